"""What must be true of stock: a level is the sum of its movements."""

from collections.abc import Iterator
from heapq import merge
from itertools import groupby

from django.db.models import Sum

from inventory.models import Movement, StockLevel
from smartpos.audit.checks import Finding

PLACE = ("store_id", "variant_id")


def levels() -> Iterator[Finding]:
    """Walk levels and the sums of movements side by side; where one is missing, it counts as nought."""
    moved = Movement.everywhere.order_by(*PLACE).values_list(*PLACE).annotate(sum=Sum("quantity")).iterator(chunk_size=2000)
    kept = StockLevel.everywhere.order_by(*PLACE).values_list(*PLACE, "quantity").iterator(chunk_size=2000)
    both = merge(((*row, "moved") for row in moved), ((*row, "kept") for row in kept), key=lambda row: row[:2])
    for (store, variant), rows in groupby(both, key=lambda row: row[:2]):
        found = {kind: quantity for _store, _variant, quantity, kind in rows}
        level, movements = found.get("kept", 0), found.get("moved", 0)
        if level != movements:
            yield Finding(f"variant {variant} in store {store}: the level says {level}, movements come to {movements}")
