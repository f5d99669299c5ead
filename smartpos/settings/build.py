"""The build id of the static files: a digest of their names and contents."""

import hashlib
from pathlib import Path


def static_build_id(folder: Path) -> str:
    """Twelve hex digits that change when any static file does."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
