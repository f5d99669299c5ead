"""The only writer of stock: movements, and the levels projected from them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from inventory.events import StockMoved
from inventory.models import Movement, StockLevel, Variant
from inventory.types import COST_NOW, MovedGoods
from smartpos.db.prepared import adapted, array, prepared_cursor
from smartpos.outbox.services import publish

_MOVE = (
    f"INSERT INTO {Movement._meta.db_table} "
    "(business_id, store_id, kind, source_kind, source_id, at, variant_id, quantity, cost) {rows}"
)
_COST = (
    f"CASE WHEN moved.cost = {COST_NOW} THEN (SELECT item.cost FROM {Variant._meta.db_table} AS item "  # noqa: S608 - own names
    "WHERE item.id = moved.variant) ELSE moved.cost END"
)
_MOVE_POSTGRES = _MOVE.format(
    rows=f"SELECT %s, %s, %s, %s, %s::uuid, %s::timestamptz, moved.variant, moved.quantity, {_COST} "  # noqa: S608 - own names
    "FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS moved (variant, quantity, cost)"
)
_MOVE_SQLITE = _MOVE.format(
    rows=f"SELECT %s, %s, %s, %s, %s, %s, moved.variant, moved.quantity, {_COST} "  # noqa: S608 - own names
    "FROM (SELECT %s AS variant, %s AS quantity, %s AS cost) AS moved"
)
_LEVEL = StockLevel._meta.db_table
_ADD = (
    f"INSERT INTO {_LEVEL} (business_id, store_id, variant_id, quantity) {{rows}} "
    f"ON CONFLICT (variant_id, store_id) DO UPDATE SET quantity = {_LEVEL}.quantity + excluded.quantity"
)
_ADD_POSTGRES = _ADD.format(rows="SELECT %s, %s, * FROM unnest(%s::bigint[], %s::bigint[])")
_ADD_SQLITE = _ADD.format(rows="VALUES (%s, %s, %s, %s)")


def move_stock(
    goods: Sequence[MovedGoods], *, business_id: int, store_id: int, kind: str, source_kind: str, source_id: UUID, at: datetime
) -> None:
    """Movements, levels and their event, for a document that is no receipt. Inside the transaction of the act, last."""
    if not goods:
        return
    post_movements(
        goods, business_id=business_id, store_id=store_id, kind=kind, source_kind=source_kind, source_id=source_id, at=at
    )
    publish(
        StockMoved(
            business_id=business_id,
            store_id=store_id,
            shard=f"{business_id}:stock:{store_id}",
            source=str(source_id),
            kind=kind,
        )
    )
    move_levels(goods, business_id=business_id, store_id=store_id)


def post_movements(
    goods: Sequence[MovedGoods], *, business_id: int, store_id: int, kind: str, source_kind: str, source_id: UUID, at: datetime
) -> None:
    """Write one movement per entry, with its cost; the source says which document they belong to.

    Levels are moved by `move_levels`.
    """
    if not goods:
        return
    head = adapted((business_id, store_id, kind, source_kind, source_id, at))
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = (array(e.variant_id for e in goods), array(e.quantity for e in goods), array(e.cost for e in goods))
            cursor.execute(_MOVE_POSTGRES, [*head, *columns])
        else:
            cursor.executemany(_MOVE_SQLITE, [(*head, e.variant_id, e.quantity, e.cost) for e in goods])


def move_levels(goods: Iterable[MovedGoods], *, business_id: int, store_id: int) -> None:
    """Add to the levels in one statement, in the order of variants so that two sales never wait for each other in a circle.

    Called last in a transaction: levels of popular goods are the hottest rows of all.
    """
    sums: dict[int, int] = defaultdict(int)
    for entry in goods:
        sums[entry.variant_id] += entry.quantity
    if not sums:
        return
    ordered = sorted(sums.items())
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            ids, quantities = [array(column) for column in zip(*ordered, strict=True)]
            cursor.execute(_ADD_POSTGRES, adapted([business_id, store_id, ids, quantities]))
        else:
            cursor.executemany(_ADD_SQLITE, [(business_id, store_id, *entry) for entry in ordered])
