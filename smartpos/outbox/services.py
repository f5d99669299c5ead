"""Publishing."""

import msgspec

from smartpos.clock import now
from smartpos.db.rows import insert_row
from smartpos.outbox import wake
from smartpos.outbox.events import Event
from smartpos.outbox.models import OutboxEvent


def publish(event: Event) -> None:
    """Store an event inside the transaction that made it true."""
    payload = msgspec.to_builtins(event)
    for name in ("business_id", "store_id", "shard"):
        payload.pop(name)
    insert_row(
        OutboxEvent, business_id=event.business_id, store_id=event.store_id, shard=event.shard, name=event.name,
        version=event.version, payload=msgspec.json.encode(payload).decode(), created_at=now(),
    )  # fmt: skip
    wake.after_commit()
