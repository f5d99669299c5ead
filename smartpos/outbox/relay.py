"""Giving events their place: one writer, because ids commit out of order and a reader of "id > last" would skip some."""

from django.db import connection, transaction

from smartpos.db.locks import serialise

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
    while True:
        with transaction.atomic():
            serialise("outbox.relay")
            with connection.cursor() as cursor:
                cursor.execute(_PLACE, [BATCH])
                count = int(cursor.rowcount)
        placed += count
        if count < BATCH:
            return placed
