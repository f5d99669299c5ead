"""A data folder with its database, for tests that start the product: bringing one to its shape takes many seconds."""

import functools
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


@functools.cache
def prepared(*, demo: bool) -> "tempfile.TemporaryDirectory[str]":
    """A data folder with its database, made once in this process; each product begins with a copy."""
    folder = tempfile.TemporaryDirectory(prefix="smartpos-e2e-")
    env = {**os.environ, "SMARTPOS_DATA_DIR": folder.name, "DATABASE_URL": "", "REDIS_URL": ""}
    env["SMARTPOS_DEMO"] = env["SMARTPOS_LOCAL_ONLY"] = str(int(demo))
    for command in (["migrate", "-v0"], *([["seed_demo", "--days", "3"]] if demo else [])):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    return folder
