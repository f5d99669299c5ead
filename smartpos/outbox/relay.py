"""Giving events their place: one writer, because ids commit out of order and a reader of "id > last" would skip some."""

from django.db import connection, transaction
from django.db.models import Max

from smartpos.db.locks import serialise
from smartpos.outbox.models import OutboxEvent

BATCH = 500
_PLACE = """
UPDATE outbox_event SET position = placed.position
FROM (
  SELECT id, (SELECT COALESCE(MAX(position), 0) FROM outbox_event) + ROW_NUMBER() OVER (ORDER BY id) AS position
  FROM (SELECT id FROM outbox_event WHERE position IS NULL ORDER BY id LIMIT %s) AS waiting
) AS placed
WHERE outbox_event.id = placed.id
"""


def relay() -> int:
    """Place the events that wait, oldest first; answers how many. Twice at once is harmless: the second waits for the first."""
    placed = 0
    while OutboxEvent.objects.filter(position__isnull=True).exists():  # a look costs no writer's place
        with transaction.atomic():
            serialise("outbox.relay")
            count = _place()
        placed += count
        if count < BATCH:
            return placed
    return placed


def hold_still() -> int:
    """Inside a transaction: every committed event has its place and nobody can publish until commit; answers the last place.

    SQLite's writer is alone anyway. On PostgreSQL whoever publishes waits at the table, so what others have not committed yet
    is neither in the ledgers that the caller reads nor among the placed events.
    """
    serialise("outbox.relay")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE outbox_event IN SHARE MODE")
    while _place() == BATCH:
        pass
    return OutboxEvent.objects.aggregate(last=Max("position"))["last"] or 0


def _place() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [BATCH])
        return int(cursor.rowcount)
