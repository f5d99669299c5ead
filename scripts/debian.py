"""Debian packages: installed when missing and when we may; else named, with what will not work."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """Something that the machine has to have, and the packages that bring it."""

    packages: tuple[str, ...]
    present: Callable[[], bool]
    without: str


def has_library(*names: str) -> bool:
    """Whether the dynamic linker finds all of them."""
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_program(*names: str) -> bool:
    """Whether one of the programs is on the path."""
    return any(shutil.which(name) for name in names)


RUN = (
    Need(
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        lambda: has_library("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
        "receipts and reports as PDF",
    ),
)
TESTS = (
    Need(("nodejs",), lambda: has_program("node"), "the JavaScript unit tests"),
    Need(("chromium",), lambda: has_program("chromium", "chromium-browser"), "the end-to-end tests"),
    # what drives the browser needs it, and nothing else brings it
    Need(("libatomic1",), lambda: has_library("libatomic.so.1"), "the end-to-end tests"),
)


def ensure(needs: tuple[Need, ...]) -> None:
    """Install what is missing; whoever may not is told what will not work, and goes on."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install(packages)
        missing = [need for need in missing if not need.present()]
    if missing:
        wanted = " ".join(package for need in missing for package in need.packages)
        print(f"setup: not on this machine: {wanted}", file=sys.stderr)
        print(
            f"setup: until they are, this will not work: {', '.join(dict.fromkeys(need.without for need in missing))}",
            file=sys.stderr,
        )
        print(f"setup: as root: apt-get install --no-install-recommends {wanted}", file=sys.stderr)


def _install(packages: list[str]) -> None:
    """Quietly; the lists are fetched only when the first try does not find a package."""
    install = ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *packages]
    print(f"setup: Debian packages {' '.join(packages)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(install, env=quiet, capture_output=True, check=False).returncode:
        subprocess.run(["apt-get", "update", "--quiet=2"], env=quiet, capture_output=True, check=False)
        subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL, check=False)
