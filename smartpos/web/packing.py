"""Static files as they travel: scripts without comments, and whatever shrinks also compressed, beside itself.

Made once for each build, in the data folder, when the first process of that build starts; the sources stay as they are written.
"""

import gzip
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import rjsmin

SHRINKING = {".css", ".js", ".json", ".svg", ".txt", ".wasm"}
# Less than this saves nothing on the way.
LEAST_SAVED = 0.05
# A process of the build before may serve on while this one starts.
KEPT = 7 * 24 * 3600


def packed(source: Path, folder: Path, build: str) -> Path:
    """The packed files of this build; two processes that start at once make the same, and one of both stays."""
    target = folder / build
    if not target.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".making-") as work:
            made = Path(work) / build
            for path in sorted(path for path in source.rglob("*") if path.is_file()):
                _pack(path, made / path.relative_to(source))
            try:
                made.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
        _clear(folder, but=target)
    return target


def _pack(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes()
    if path.suffix == ".js":
        content = rjsmin.jsmin(content)
    target.write_bytes(content)
    if path.suffix in SHRINKING:
        smaller = gzip.compress(content, 9, mtime=0)
        if len(smaller) < len(content) * (1 - LEAST_SAVED):
            target.with_name(f"{target.name}.gz").write_bytes(smaller)


def _clear(folder: Path, *, but: Path) -> None:
    """Builds that nobody serves any more."""
    for old in folder.iterdir():
        if old != but and time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)
