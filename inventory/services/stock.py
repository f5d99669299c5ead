"""The only writer of stock: movements, and the levels projected from them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from inventory.models import Movement, StockLevel
from inventory.types import MovedGoods
from smartpos.db.rows import insert_rows

_COLUMNS = ("business_id", "store_id", "variant_id", "kind", "quantity", "cost", "source_kind", "source_id", "at")
_LEVEL = StockLevel._meta.db_table
_ADD = (
    f"INSERT INTO {_LEVEL} (business_id, store_id, variant_id, quantity) {{rows}} "
    f"ON CONFLICT (variant_id, store_id) DO UPDATE SET quantity = {_LEVEL}.quantity + excluded.quantity"
)
_ADD_POSTGRES = _ADD.format(rows="SELECT %s, %s, * FROM unnest(%s::bigint[], %s::bigint[])")
_ADD_SQLITE = _ADD.format(rows="VALUES (%s, %s, %s, %s)")


def post_movements(
    goods: Sequence[MovedGoods], *, business_id: int, store_id: int, kind: str, source_kind: str, source_id: UUID, at: datetime
) -> None:
    """Write one movement per entry; the source says which document they belong to. Levels are moved by `move_levels`."""
    rows = [
        (business_id, store_id, entry.variant_id, kind, entry.quantity, None, source_kind, source_id, at) for entry in goods
    ]
    insert_rows(Movement, _COLUMNS, rows)


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
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            ids, quantities = [list(column) for column in zip(*ordered, strict=True)]
            cursor.execute(_ADD_POSTGRES, [business_id, store_id, ids, quantities])
        else:
            cursor.executemany(_ADD_SQLITE, [(business_id, store_id, *entry) for entry in ordered])
