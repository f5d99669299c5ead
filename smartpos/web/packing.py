"""Static files as they travel: scripts in few pieces and small, and whatever shrinks also compressed, beside itself.

Made once for each build, in the data folder, when the first process of that build starts; the sources stay as they are written.
Where there is no esbuild for a machine, scripts travel as they are written: the same program, in more and larger files.
"""

import gzip
import json
import shutil
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

PACKER = Path(__file__).resolve().parents[2] / "var" / "bin" / "esbuild"
# Each face of the product by itself, so that neither waits for the other's scripts. Their shared pieces lie beside them: a module
# finds pictures and workers from where it is.
BUNDLES = (("js/pos", ("main.js", "pack-worker.js")), ("js/office", ("main.js",)))
SMALL = ("--minify", "--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=error")
PATIENCE = 60
SHRINKING = {".css", ".js", ".json", ".svg", ".txt", ".wasm"}
# Less than this saves nothing on the way.
LEAST_SAVED = 0.05
# A process of the build before may serve on while this one starts.
KEPT = 7 * 24 * 3600


def shipped() -> Path:
    """Where this build's files lie as they travel; the sources, where no process has packed them."""
    target = settings.DATA_DIR / "static" / settings.STATIC_BUILD
    return target if target.is_dir() else settings.STATIC_DIR


def packed(source: Path, folder: Path, build: str, *, packer: Path | None = PACKER) -> Path:
    """The packed files of this build; two processes that start at once make the same, and one of both stays."""
    target = folder / build
    if not target.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".making-") as work:
            made = Path(work) / build
            _pack(source, made, packer)
            try:
                made.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
        _clear(folder, but=target)
    return target


def _pack(source: Path, made: Path, packer: Path | None) -> None:
    source = source.resolve()
    done = _scripts(source, made, packer) if packer and packer.is_file() else set()
    for path in sorted(path for path in source.rglob("*") if path.is_file() and path not in done):
        target = made / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for path in [path for path in made.rglob("*") if path.suffix in SHRINKING]:
        _compress(path)


def _scripts(source: Path, made: Path, packer: Path) -> set[Path]:
    """Write the bundles, and small what is in none; answers the sources that need no copy."""
    done: set[Path] = set()
    for folder, names in BUNDLES:
        entries = [path for name in names if (path := source / folder / name).is_file()]
        if entries:
            report = made / "report.json"
            more = ["--bundle", "--splitting", "--format=esm", f"--chunk-names={folder}/[name]-[hash]", "--sourcemap"]
            _run(packer, source, made, [*more, f"--metafile={report}"], entries)
            done |= {source / name for name in json.loads(report.read_text(encoding="utf-8"))["inputs"]}
            report.unlink()
    alone = [path for path in sorted(source.rglob("*.js")) if path not in done]
    if alone:
        _run(packer, source, made, [], alone)
    return done | set(alone)


def _run(packer: Path, source: Path, made: Path, more: list[str], entries: list[Path]) -> None:
    command = [str(packer), *map(str, entries), *SMALL, *more, f"--outbase={source}", f"--outdir={made}"]
    subprocess.run(command, cwd=source, check=True, timeout=PATIENCE)  # noqa: S603 - the locked program over our own files


def _compress(path: Path) -> None:
    content = path.read_bytes()
    smaller = gzip.compress(content, 9, mtime=0)
    if len(smaller) < len(content) * (1 - LEAST_SAVED):
        path.with_name(f"{path.name}.gz").write_bytes(smaller)


def _clear(folder: Path, *, but: Path) -> None:
    """Builds that nobody serves any more."""
    for old in folder.iterdir():
        if old != but and time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)
