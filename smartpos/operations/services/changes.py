"""Telling tills what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from smartpos.context import current
from smartpos.db.rows import insert_rows
from smartpos.operations.events import CacheChanged
from smartpos.operations.models import Change, ChangeCursor
from smartpos.outbox.services import publish


@dataclass(frozen=True, slots=True)
class NewState:
    """What a thing looks like to a till from now on; `body` None means it is gone. `store_id` None: to every store."""

    kind: str
    key: str
    object_id: int
    body: Sequence[Any] | None
    store_id: int | None = None


def put(states: Sequence[NewState]) -> int:
    """Append to the business's change log, inside the transaction that changed the things; answers the new cursor.

    The cursor's row stays locked until commit, so cursors become visible in order and a till never skips one.
    """
    business = current().business_id
    if business is None:
        raise LookupError("a change needs a business in the current act")
    if not states:
        return ChangeCursor.objects.filter(business_id=business).values_list("value", flat=True).first() or 0
    ChangeCursor.objects.bulk_create([ChangeCursor(business_id=business)], ignore_conflicts=True)
    row = ChangeCursor.objects.select_for_update().get(business_id=business)
    names = ("business_id", "cursor", "kind", "key", "object_id", "store_id", "body")
    rows = [
        (business, row.value + n, s.kind, s.key, s.object_id, s.store_id, _text(s.body)) for n, s in enumerate(states, start=1)
    ]
    insert_rows(Change, names, rows)
    row.value += len(rows)
    row.save(update_fields=["value"])
    publish(CacheChanged(business_id=business, store_id=None, shard=f"{business}:cache", cursor=row.value))
    return int(row.value)


def _text(body: Sequence[Any] | None) -> str | None:
    return None if body is None else msgspec.json.encode(body).decode()
