"""The embedded worker: `python -m smartpos.worker`. Worker, beat and watcher as threads of one process, no broker.

Nothing is lost with it: what is to be done stands in the outbox table, and the next start finds it.
"""

import logging
import os
import signal
import threading
import time
import warnings
from types import FrameType

import django
import django.db
from celery.exceptions import SecurityWarning
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
    quiet = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True, "quiet": True}
    # No broker, no foreign messages: whoever starts a shop's computer as root hears of it elsewhere.
    warnings.filterwarnings("ignore", category=SecurityWarning)
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


def watch(stop: threading.Event, *, every: float = 0.05, longest: float = 1.0) -> None:
    """Relay, fold and deliver when somebody committed (SQLite's data_version says so), and once a second for what falls due."""
    from django.db import connection  # noqa: PLC0415 - Django first

    from smartpos.outbox.relay import relay  # noqa: PLC0415
    from smartpos.outbox.runner import Runner, free_all_leases  # noqa: PLC0415
    from smartpos.outbox.subscriptions import project  # noqa: PLC0415

    runner, seen, looked = Runner(), None, 0.0
    free_all_leases()
    while not stop.wait(every):
        try:
            version = _version(connection)
            if version is None or version != seen or time.monotonic() - looked > longest:
                looked = time.monotonic()
                relay()
                project()
                runner.step()
                seen = version
        except django.db.Error:
            logging.getLogger(__name__).exception("the worker will look again")
            connection.close()
            stop.wait(1.0)
    runner.close()


def _version(connection: BaseDatabaseWrapper) -> int | None:
    """None where the database cannot say: then every look relays."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
