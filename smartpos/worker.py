"""The embedded worker: `python -m smartpos.worker`. Worker, beat and watcher as threads of one process, no broker.

Nothing is lost with it: what is to be done stands in the outbox table, and the next start finds it.
"""

import logging
import os
import signal
import threading
from types import FrameType

import django
import django.db
from django.db.backends.base.base import BaseDatabaseWrapper


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    from smartpos.celery import app  # noqa: PLC0415 - Django first

    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    quiet = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    worker = app.Worker(pool="threads", concurrency=2, loglevel="WARNING", **quiet)
    threading.Thread(target=worker.start, name="worker", daemon=True).start()
    threading.Thread(target=_beat, args=(stop,), name="beat", daemon=True).start()
    watch(stop)
    worker.stop()


def _beat(stop: threading.Event) -> None:
    from celery.beat import EmbeddedService  # noqa: PLC0415 - Django first
    from django.conf import settings  # noqa: PLC0415

    from smartpos.celery import app  # noqa: PLC0415

    service = EmbeddedService(app, thread=True, schedule_filename=str(settings.DATA_DIR / "beat-schedule"))
    service.start()
    stop.wait()
    service.stop()


def watch(stop: threading.Event, *, every: float = 0.05) -> None:
    """Relay when somebody committed: SQLite's data_version changes with every commit of another connection."""
    from django.db import connection  # noqa: PLC0415 - Django first

    from smartpos.outbox.relay import relay  # noqa: PLC0415

    seen = None
    while not stop.wait(every):
        try:
            version = _version(connection)
            if version != seen or version is None:
                relay()
                seen = _version(connection)
        except django.db.Error:
            logging.getLogger(__name__).exception("the relay will look again")
            connection.close()
            stop.wait(1.0)


def _version(connection: BaseDatabaseWrapper) -> int | None:
    """None where the database cannot say: then every look relays."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
