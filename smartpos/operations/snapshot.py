"""What a till caches, whole or since a cursor."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Max, Q

from smartpos.operations.facts import works_in
from smartpos.operations.models import Change, ChangeCursor
from smartpos.people.models import Store

Rows = dict[str, list[tuple[str, msgspec.Raw]]]
_NULL = msgspec.Raw(b"null")
_decode = msgspec.json.Decoder(list[Any]).decode


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The latest state of each thing, as text ready to be sent; `full` means that it replaces what a till has."""

    cursor: int
    full: bool
    rows: Rows


def cursor_now() -> int:
    """How far the current business's change log goes."""
    return ChangeCursor.objects.values_list("value", flat=True).first() or 0


def snapshot(store: Store, after: int | None) -> Snapshot:
    """Everything that concerns a store, or what changed since `after`. Three queries, whatever the size.

    People who do not work in the store are gone for its tills.
    """
    end = cursor_now()
    full = after is None or after > end
    changes = Change.objects.filter(Q(store_id=None) | Q(store_id=store.pk), cursor__lte=end)
    if not full:
        changes = changes.filter(cursor__gt=after)
    latest = changes.order_by().values("kind", "key").annotate(last=Max("cursor")).values("last")
    rows: Rows = defaultdict(list)
    states = Change.objects.filter(cursor__in=latest).order_by("cursor").values_list("kind", "key", "body")
    for kind, key, body in states.iterator(chunk_size=5000):
        if body is not None and (kind != "employee" or works_in(_decode(body), store.uuid)):
            rows[kind].append((key, msgspec.Raw(body.encode())))
        elif not full:
            rows[kind].append((key, _NULL))
    return Snapshot(end, full, dict(rows))
