"""Everything that can be said about the code without running the product. All steps run; the end says which failed.

python -m scripts.check [step…]
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "var" / "tools"
Command = list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A name, what it runs, and whether this machine can run it."""

    name: str
    command: Command
    possible: Callable[[], bool] = lambda: True
    without: str = ""


def tool(name: str) -> str:
    """A program beside this Python."""
    return str(Path(sys.executable).with_name(name))


def steps() -> list[Step]:
    """In the order of their price."""
    python = sys.executable
    compiler = TOOLS / "tsc" / "tsc"
    upgrade = TOOLS / "htmx_upgrade_check.py"
    return [
        Step("ruff", [tool("ruff"), "check", "."]),
        Step("format", [tool("ruff"), "format", "--check", "."]),
        Step("imports", [tool("lint-imports")]),
        Step("templates", [tool("djlint"), "templates", "--lint", "--quiet"]),
        Step("htmx", [python, str(upgrade), "templates"], upgrade.exists, "the htmx checker could not be fetched"),
        Step("scripts", [str(compiler), "-p", "tsconfig.json"], compiler.exists, "the type checker could not be fetched"),
        Step("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Step("sizes", [python, "-m", "pytest", "-q", "--no-header", "tests/architecture/test_size_ratchet.py"]),
        Step("inline", [python, "-m", "pytest", "-q", "--no-header", "tests/workshop/test_templates.py"]),
        Step("mypy", [tool("mypy")]),
    ]


def main(names: list[str]) -> int:
    """Run the steps asked for, or all."""
    known = {step.name: step for step in steps()}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"check: no step is called {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = [step.name for step in known.values() if (not names or step.name in names) and not passes(step)]
    print(f"check: failed: {', '.join(failed)}" if failed else "check: all good", flush=True)
    return 1 if failed else 0


def passes(step: Step) -> bool:
    """Run one step; its output is shown only when it has something to say."""
    if not step.possible():
        print(f"{step.name:<12} not run: {step.without}", flush=True)
        return True
    began = time.monotonic()
    done = subprocess.run(
        step.command, cwd=ROOT, env={**os.environ, "SMARTPOS_LOG_LEVEL": "ERROR"}, capture_output=True, text=True, check=False
    )
    print(f"{step.name:<12} {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
