"""Where uv comes from: the machine's own, one fetched before, pip's, or the very archive that uv.lock names."""

import hashlib
import io
import platform
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from pathlib import Path
from typing import Any


class NoInstaller(Exception):
    """uv cannot be had; the message says what to do."""


def find_uv(root: Path) -> str:
    """A program that installs the locked packages."""
    own = root / "var" / "tools" / "uv"
    known = shutil.which("uv")
    if known is not None and subprocess.run([known, "--version"], capture_output=True, check=False).returncode == 0:
        return known
    if (own / "bin" / "uv").exists():
        return str(own / "bin" / "uv")
    pinned = _pinned(root)
    if not _by_pip(own, pinned["version"]):
        _by_archive(own, pinned)
    return str(own / "bin" / "uv")


def _pinned(root: Path) -> dict[str, Any]:
    with (root / "uv.lock").open("rb") as file:
        packages: list[dict[str, Any]] = tomllib.load(file)["package"]
    return next(package for package in packages if package["name"] == "uv")


def _by_pip(own: Path, version: str) -> bool:
    """Into a folder of our own: allowed where the distribution manages Python, and it asks the index that this machine uses."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--target", str(own)]
    return subprocess.run([*command, f"uv=={version}"], capture_output=True, check=False).returncode == 0


def _by_archive(own: Path, pinned: dict[str, Any]) -> None:
    """Without pip: one file out of the archive for this machine, verified by the digest in the lock file."""
    wheel = _wheel(pinned["wheels"])
    try:
        with urllib.request.urlopen(wheel["url"], timeout=120) as answer:
            data: bytes = answer.read()
    except OSError as error:
        raise NoInstaller(
            f"uv could not be fetched ({error}). Give this machine access to the package index, or install uv yourself "
            "(apt-get install python3-pip, then: pip install --user --break-system-packages uv)."
        ) from error
    if "sha256:" + hashlib.sha256(data).hexdigest() != wheel["hash"]:
        raise NoInstaller("the archive of uv is not the one that uv.lock names (SHA-256 differs)")
    target = own / "bin" / "uv"
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".data/scripts/uv"))
        draft = target.with_name(".uv.draft")
        draft.write_bytes(archive.read(name))
    draft.chmod(0o755)
    draft.replace(target)


def _wheel(wheels: list[dict[str, str]]) -> dict[str, str]:
    """The archive for this system and processor."""
    machine = platform.machine().lower()
    system = {"linux": r"(manylinux|musllinux)\w*", "darwin": r"macosx\w*"}.get(sys.platform, "none")
    libc = "manylinux" if platform.libc_ver()[0] else "musllinux"
    fitting = [wheel for wheel in wheels if re.search(rf"{system}_{machine}", wheel["url"])]
    best = sorted(fitting, key=lambda wheel: libc not in wheel["url"])
    if not best:
        raise NoInstaller(f"uv has no archive for {sys.platform} {machine}; install it yourself and run this again")
    return best[0]
