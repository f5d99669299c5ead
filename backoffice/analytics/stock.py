"""What lay on the shelves: levels and the value of stock day by day, folded from the stock ledger.

A store's stock is worth what lies there, times what a unit cost when that was last recorded; what is owed (below nought) is worth
nothing. The last record is the newest movement that says what goods cost at its time, so goods that come back revalue nothing.
What comes late moves the days since then too, so the order in which movements arrive does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery

from backoffice.analytics.folding import NOUGHT, STEP, Sums, store
from backoffice.analytics.models import FactShelf, FactStock
from inventory.models import Movement, MovementKind
from pos.models import Receipt
from smartpos.clock import business_day
from smartpos.context import acting
from smartpos.outbox.subscriptions import Placed
from smartpos.people.models import Business, Store

NAME = "stock"
EVENTS = ("receipt.booked", "stock.moved")
BACK = (MovementKind.REFUND, MovementKind.VOID)
SOLD = (MovementKind.SALE, *BACK)
AT_ONCE = 200

# When a cost was recorded, and the cost; of two at one time the higher.
Known = tuple[datetime, Decimal]


@dataclass(slots=True)
class Moved:
    """What a day's movements of a variant come to."""

    quantity: Decimal = NOUGHT
    known: Known | None = None
    spent: Decimal = NOUGHT

    def add(self, kind: str, quantity: Decimal, cost: Decimal | None, at: datetime) -> None:
        """One more movement."""
        self.quantity += quantity
        if cost is None:
            return
        if kind in SOLD:
            self.spent -= (quantity * cost).quantize(STEP, ROUND_HALF_UP)
        if kind not in BACK:
            self.known = max(self.known or (at, cost), (at, cost))


@dataclass(frozen=True, slots=True)
class Shelf:
    """A variant's place on the shelves at the end of a day."""

    level: Decimal = NOUGHT
    known: Known | None = None

    @property
    def value(self) -> Decimal:
        """What it is worth."""
        return (max(NOUGHT, self.level) * self.known[1]).quantize(STEP, ROUND_HALF_UP) if self.known else NOUGHT


Days = dict[date, Moved]


def fold(events: Sequence[Placed]) -> None:
    """Add the movements of these documents."""
    sources = [UUID(event.payload["receipt" if event.name == "receipt.booked" else "source"]) for event in events]
    for _some, found in _by_variants(Movement.objects.filter(source_id__in=sources)):
        add(found)


def rebuild() -> None:
    """All days of all businesses anew."""
    for business in Business.objects.order_by("pk"):
        with acting(business_id=business.pk):
            FactShelf.objects.all().delete()
            FactStock.objects.all().delete()
            for _some, found in _by_variants(Movement.objects.all()):
                add(found)


def _by_variants(movements: "QuerySet[Any]") -> Iterator[tuple[list[int], dict[int, dict[int, Days]]]]:
    """Movements by store, variant and day, some variants at a time."""
    zones = {shop.pk: shop for shop in Store.objects.all()}
    booked = Receipt.objects.filter(uuid=OuterRef("source_id")).values("business_date")[:1]
    rows = movements.annotate(day=Subquery(booked)).order_by("variant_id", "store_id", "pk")
    wanted = rows.values_list("variant_id", "store_id", "kind", "quantity", "cost", "at", "day")
    each = groupby(wanted.iterator(chunk_size=2000), key=itemgetter(0))
    while True:
        found: dict[int, dict[int, Days]] = defaultdict(lambda: defaultdict(lambda: defaultdict(Moved)))
        some = []
        for variant, own in islice(each, AT_ONCE):
            some.append(variant)
            for _variant, shop, kind, quantity, cost, at, day in own:
                where = day or business_day(at, zones[shop].zone, zones[shop].cutoff_minutes)
                found[shop][variant][where].add(kind, quantity, cost, at)
        if not some:
            return
        yield some, found


def add(found: Mapping[int, Mapping[int, Days]]) -> None:
    """Move levels and values of stores, from the first of these days on."""
    for shop in Store.objects.filter(pk__in=list(found)).order_by("pk"):
        _move(shop, found[shop.pk])


def _move(shop: Store, moved: Mapping[int, Days]) -> None:
    first = min(min(days) for days in moved.values())
    before, since = _shelves(shop, list(moved), first)
    changes: dict[date, Decimal] = defaultdict(lambda: NOUGHT)
    rows: list[FactShelf] = []
    for variant, days in moved.items():
        for day, shelf in _moved(before.get(variant, Shelf()), since[variant], days, changes):
            at, cost = shelf.known or (None, None)
            rows.append(
                FactShelf(
                    business_id=shop.business_id, store=shop, variant=variant, day=day, level=shelf.level, cost=cost, cost_at=at
                )
            )
    FactShelf.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["store", "variant", "day"], update_fields=["level", "cost", "cost_at"],
        batch_size=500,
    )  # fmt: skip
    spent: dict[date, Decimal] = defaultdict(lambda: NOUGHT)
    for days in moved.values():
        for day, own in days.items():
            spent[day] += own.spent
    keys = sorted({*spent, *(day for day, change in changes.items() if change)})
    sums: Sums = {(shop.business_id, shop.pk, day): [changes[day], spent[day]] for day in keys}
    store(FactStock, (), ("change", "spent"), sums, place=("business_id", "store_id", "day"))


def _shelves(shop: Store, variants: list[int], first: date) -> tuple[dict[int, Shelf], dict[int, dict[date, Shelf]]]:
    """Where variants stood before a day, and on each day since then on which they moved. Three statements."""
    own = FactShelf.objects.filter(store=shop, variant__in=variants)
    last = dict(own.filter(day__lt=first).values_list("variant").annotate(last=Max("day")).order_by("variant"))
    standing = own.filter(day__in=set(last.values()))
    before = {row.variant: _shelf(row) for row in standing if last.get(row.variant) == row.day}
    since: dict[int, dict[date, Shelf]] = defaultdict(dict)
    for row in own.filter(day__gte=first):
        since[row.variant][row.day] = _shelf(row)
    return before, since


def _shelf(row: FactShelf) -> Shelf:
    return Shelf(row.level, (row.cost_at, row.cost) if row.cost_at is not None and row.cost is not None else None)


def _moved(
    before: Shelf, since: Mapping[date, Shelf], days: Days, changes: dict[date, Decimal]
) -> Iterable[tuple[date, Shelf]]:
    """The shelf anew on each day that it moved; `changes` gets what that adds to the value of each day."""
    old = new = before
    quantity, known = NOUGHT, None
    for day in sorted({*since, *days}):
        if day in days:
            quantity += days[day].quantity
            known = _newest(known, days[day].known)
        was_old, was_new = old, new
        old = since.get(day, old)
        new = Shelf(old.level + quantity, _newest(old.known, known))
        changes[day] += (new.value - was_new.value) - (old.value - was_old.value)
        yield day, new


def _newest(one: Known | None, other: Known | None) -> Known | None:
    return max(one, other) if one and other else one or other
