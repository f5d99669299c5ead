"""Before the server starts: the database at its present shape, and demo data when it is empty.

    python -m scripts.prepare [--demo]

An embedded database carries the mark of the shape that it was last brought to, so that a start with nothing to do costs nothing.
The mark is inside the file: a backup that is put back brings its own.
"""

import hashlib
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Migrate, then seed, then mark."""
    import django  # noqa: PLC0415 - the settings' variable comes first

    demo = "--demo" in sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is ready now
    from django.db import connection  # noqa: PLC0415

    if pending():
        print("Bringing the database to its present shape …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    if demo:
        call_command("seed_demo")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {shape(demo=demo)}")
    return 0


def pending() -> bool:
    """Whether a migration is still to be applied."""
    from django.db import connection  # noqa: PLC0415 - Django is ready now
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_done(database: Path, *, demo: bool) -> bool:
    """Whether the embedded database carries the present mark; any doubt means no."""
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1)) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == shape(demo=demo))
    except sqlite3.Error:
        return False


def shape(*, demo: bool) -> int:
    """A number that changes with any migration, of ours or of a package, and with whether a demo is wanted."""
    digest = hashlib.sha256(f"demo {demo}".encode() + (ROOT / "uv.lock").read_bytes())
    own = (*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/migrations/*.py"))
    for path in sorted(own):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return int.from_bytes(digest.digest()[:4]) >> 2


if __name__ == "__main__":
    sys.exit(main())
