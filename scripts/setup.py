"""Bring a clone to the point where it runs: Python packages, browser assets, catalogues of words, Debian packages.

    sh scripts/setup.sh          what the product needs
    sh scripts/setup.sh --dev    and what tests and checks need

Standard library only. Each step is skipped while the files that it rests on are unchanged.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scripts import assets, bootstrap, debian

ROOT = Path(__file__).resolve().parents[1]
STAMP = ROOT / "var" / "setup.json"
SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, what it rests on, and what it leaves behind."""

    name: str
    rests_on: Iterable[Path]
    leaves: Path
    run: Callable[[], None]

    def digest(self) -> str:
        """Changes when a file that the step rests on does, or the Python that runs it."""
        found = hashlib.sha256(f"{sys.prefix} {sys.version}".encode())
        for path in sorted(self.rests_on):
            found.update(path.relative_to(ROOT).as_posix().encode())
            found.update(path.read_bytes())
        return found.hexdigest()


class Failed(Exception):
    """A step without which nothing runs."""


def steps(*, dev: bool) -> list[Step]:
    """What has to be done, in order."""
    locks = [ROOT / "uv.lock", ROOT / "package-lock.json"]
    own = ROOT / "scripts"
    icons = ROOT / "static" / "icons.txt"
    catalogues = list((ROOT / "locale").rglob("*.po"))
    python = ROOT / ".venv" / "bin" / "python"
    found = [
        Step("packages", [locks[0], own / "setup.py"], python, lambda: sync(dev=False)),
        Step("assets", [locks[1], icons, own / "assets.py"], ROOT / "static" / "vendor" / "icons.svg", lambda: fetch([])),
        Step("words", catalogues, ROOT, compile_words),
    ]
    if dev:
        found[0] = Step("packages with tools", [locks[0], own / "setup.py"], python, lambda: sync(dev=True))
        tools = ROOT / "var" / "tools" / "axe.min.js"
        found.append(Step("tools", [locks[1], own / "assets.py"], tools, lambda: fetch(["--tools"])))
    return found


def sync(*, dev: bool) -> None:
    """The locked packages in `.venv`. Without `--dev` tools that are there already stay."""
    more = [] if dev else ["--no-default-groups", "--inexact"]
    command = [bootstrap.find_uv(ROOT), "sync", "--frozen", "--quiet", "--no-python-downloads", "--python", sys.executable]
    # What the machine trusts counts, as it does for every other program here: its own list of authorities, where it has one.
    trust = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"} if SYSTEM_AUTHORITIES.exists() else {}
    if subprocess.run([*command, *more], cwd=ROOT, env={**os.environ, **trust}, check=False).returncode:
        raise Failed("uv could not install the locked packages (see above)")


def fetch(arguments: list[str]) -> None:
    """Browser files or tools."""
    if assets.main(arguments) and not arguments:
        raise Failed("the browser's files could not be fetched")


def compile_words() -> None:
    """Catalogues are compiled by the installed packages, so that gettext's programs are not needed."""
    subprocess.run([ROOT / ".venv" / "bin" / "python", "-m", "scripts.messages", "compile"], cwd=ROOT, check=True)


def main(arguments: list[str] | None = None) -> int:
    """Do what is not done yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    options = parser.parse_args(arguments)
    done: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.exists() else {}
    for step in steps(dev=options.dev):
        digest = step.digest()
        if done.get(step.name) == digest and step.leaves.exists():
            continue
        print(f"setup: {step.name} …", flush=True)
        try:
            step.run()
        except (Failed, bootstrap.NoInstaller) as problem:
            print(f"setup: {problem}", file=sys.stderr)
            return 1
        done[step.name] = digest
        if step.name == "packages with tools":
            done["packages"] = digest
        STAMP.parent.mkdir(parents=True, exist_ok=True)
        STAMP.write_text(json.dumps(done, indent=1), encoding="utf-8")
    debian.ensure(debian.RUN + debian.TESTS if options.dev else debian.RUN)
    return 0


if __name__ == "__main__":
    sys.exit(main())
