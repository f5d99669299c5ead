"""One file that holds a whole installation: the database as it was at one moment, pictures, and the keys of its data folder.

A backup is taken while the shop sells. Restoring is for a shop that stands still; it ends with every check of the books.
"""

import json
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder

from smartpos.audit.checks import known_checks

FORMAT = 1
MANIFEST, SQLITE, POSTGRES = "manifest.json", "database.sqlite3", "database.dump"
KEYS = ("pin-key", "secret-key")


class BackupError(Exception):
    """It was not done; the message says why, and nothing was changed."""


def _folders() -> dict[str, Path]:
    """What besides the database and the keys belongs to the shop, and where it lies; the rest is made again."""
    return {"media": Path(settings.MEDIA_DIR), "mail": Path(settings.DATA_DIR) / "mail"}


def backup(target: Path, *, at: datetime) -> dict[str, Any]:
    """Write everything into one file, readable by its owner alone; answers what is in it."""
    if target.exists():
        raise BackupError(f"{target} is there already. Choose another name.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}.")
    data = Path(settings.DATA_DIR)
    manifest = {
        "format": FORMAT, "database": connection.vendor, "at": at.isoformat(),
        "migrations": sorted(".".join(pair) for pair in MigrationRecorder(connection).applied_migrations()),
    }  # fmt: skip
    draft = target.with_name(f".{target.name}.part")
    with TemporaryDirectory(dir=target.parent, prefix=".smartpos-") as folder:
        dump = _dump(Path(folder))
        draft.touch(mode=0o600)
        with tarfile.open(draft, "w:gz", compresslevel=6) as archive:
            (Path(folder) / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            for path in (Path(folder) / MANIFEST, dump):
                archive.add(path, path.name)
            for name, place in {**{key: data / key for key in KEYS}, **_folders()}.items():
                if place.exists():
                    archive.add(place, f"data/{name}")
    draft.rename(target)
    return manifest


def _dump(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        path = folder / SQLITE
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return path
    path = folder / POSTGRES
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")
    return path


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL at our database; the password goes by the environment and not into the list of processes."""
    if shutil.which(program) is None:
        raise BackupError(
            f"{program} is not on this machine: apt-get install postgresql-client (of the server's version or newer)."
        )
    at = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {name: str(at[key]) for name, key in names.items() if at[key]}
    path = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    done = subprocess.run([program, *arguments], env=path | env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()[-500:]}")


def read_manifest(source: Path) -> dict[str, Any]:
    """What a backup says of itself; BackupError where it is none."""
    try:
        with tarfile.open(source) as archive:
            file = archive.extractfile(MANIFEST)
            found: Any = json.loads(file.read() if file else b"null")
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise BackupError(f"{source} is no backup of SmartPOS.") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BackupError(f"{source} was made by another version of backups.")
    return dict(found)


def restore(source: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put a backup in the place of what is there. Without `replace` only into an empty database."""
    manifest = read_manifest(source)
    if manifest["database"] != connection.vendor:
        raise BackupError(f"This backup is of {manifest['database']}; this installation runs on {connection.vendor}.")
    if not replace and _holds_something():
        raise BackupError("This installation holds data. To put the backup in its place: --replace")
    with _standing_still(), TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restore-") as folder:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        _put_database(Path(folder))
        _put_data(Path(folder) / "data")
    return manifest


def _holds_something() -> bool:
    tables = connection.introspection.table_names()
    if "people_business" not in tables:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM people_business")
        return bool(cursor.fetchone()[0])


@contextmanager
def _standing_still() -> Iterator[None]:
    """Nobody serves this data folder meanwhile; a server elsewhere that uses the same database has to be stopped by hand."""
    import fcntl  # noqa: PLC0415 - only this act needs it

    with (Path(settings.DATA_DIR) / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError("SmartPOS runs on this data. Stop it first.") from error
        yield


def _put_database(folder: Path) -> None:
    if connection.vendor == "postgresql":
        connections.close_all()
        arguments = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run("pg_restore", *arguments, "--dbname", str(connection.settings_dict["NAME"]), str(folder / POSTGRES))
        return
    with sqlite3.connect(folder / SQLITE) as check:
        [verdict] = check.execute("PRAGMA integrity_check").fetchone()
    check.close()
    if verdict != "ok":
        raise BackupError(f"The database in the backup is damaged: {verdict}")
    place = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    (folder / SQLITE).replace(place)


def _put_data(folder: Path) -> None:
    data = Path(settings.DATA_DIR)
    for name in KEYS:
        if (folder / name).exists():
            (folder / name).replace(data / name)
            (data / name).chmod(0o600)
    for name, place in _folders().items():
        if (folder / name).exists():
            shutil.rmtree(place, ignore_errors=True)  # the folder itself may be a mounted disk, and stays then
            shutil.copytree(folder / name, place, dirs_exist_ok=True)


def wrong_books() -> list[str]:
    """Everything that the checks of the books find wrong."""
    return [finding.text for _rule, check in known_checks() for finding in check() if finding.fault]
