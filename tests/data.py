"""Real sales lie beside the project, not in it: tests that need them skip where they are absent, and say so."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def real_data(name: str) -> Path:
    """A file of the data folder (`SMARTPOS_DATA`, else `../shared/data`)."""
    folder = Path(os.environ.get("SMARTPOS_DATA", ROOT.parent / "shared" / "data"))
    path = folder / name
    if not path.exists():
        pytest.skip(f"no {name} in {folder}: name the folder of real sales in SMARTPOS_DATA")
    return path
