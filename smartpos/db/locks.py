"""The one place for locks that are not rows.

SQLite has a single writer and an unfair busy handler: eight tills at once made the slowest wait over a second.
One fair queue in front of the write transaction (a thread lock inside the process, a file lock between processes) ends that.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

_threads = threading.Lock()


@contextmanager
def write_transaction() -> Iterator[None]:
    """One atomic write. On SQLite it queues for the writer's place first; elsewhere row locks do the work."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _threads, (Path(settings.DATA_DIR) / "write.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        with transaction.atomic():
            yield


def serialise(name: str) -> None:
    """Inside a transaction: let one holder of this name at a time go on, until commit. The SQLite writer is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody else is inside a block of this name; outside transactions, for as long as the block lasts.

    SQLite has one worker process, which is alone.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        [first] = cursor.fetchone()
        try:
            yield bool(first)
        finally:
            if first:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
