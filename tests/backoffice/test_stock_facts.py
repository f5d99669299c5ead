"""The value of stock day by day: folded in any order = made anew = what the stock ledger says."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backoffice.analytics import stock
from backoffice.models import FactShelf, FactStock
from inventory.models import Movement, Variant
from inventory.services.stock import move_stock
from inventory.types import MovedGoods
from smartpos.clock import business_day
from smartpos.context import acting
from tests.world import World, fold, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)


def move(world: World, sku: str, quantity: int, *, at: datetime, kind: str = "receive", cost: str | None = None) -> None:
    """Goods that come or go; with `cost` the variant costs that from now on."""
    with acting(business_id=world.business.pk):
        if cost is not None:
            Variant.objects.filter(sku=sku).update(cost=Decimal(cost))
        goods = [MovedGoods(world.variant(sku).pk, quantity * 1000)]
        with transaction.atomic():
            move_stock(
                goods, business_id=world.business.pk, store_id=world.store.pk, kind=kind, source_kind="test", source_id=uuid4(),
                at=at,
            )  # fmt: skip


def values(world: World) -> dict[int, Decimal]:
    """What the stock is worth at the end of each day of November on which that changed."""
    with acting(business_id=world.business.pk):
        found, value = {}, Decimal(0)
        for row in FactStock.objects.exclude(change=0).order_by("day"):
            value += row.change
            found[row.day.day] = value
        return found


def rows() -> set[tuple[Any, ...]]:
    shelves = FactShelf.everywhere.values_list("store", "variant", "day", "level", "cost", "cost_at")
    return {*shelves, *FactStock.everywhere.exclude(change=0, spent=0).values_list("store", "day", "change", "spent")}


def from_ledger(world: World) -> dict[date, Decimal]:
    """The value of each day on which something moved, written down plainly."""
    level: dict[int, Decimal] = defaultdict(Decimal)
    known: dict[int, tuple[datetime, Decimal]] = {}
    found = {}
    moved = [
        (business_day(m.at, world.store.zone, world.store.cutoff_minutes), m)
        for m in Movement.everywhere.filter(store_id=world.store.pk)
    ]
    for day in sorted({day for day, _m in moved}):
        for _day, m in (pair for pair in moved if pair[0] == day):
            level[m.variant_id] += m.quantity
            if m.cost is not None and m.kind not in ("refund", "void"):
                known[m.variant_id] = max(known.get(m.variant_id, (m.at, m.cost)), (m.at, m.cost))
        found[day] = sum((max(Decimal(0), level[key]) * known[key][1] for key in known), Decimal(0))
    return found


def test_stock_is_worth_what_lies_there_at_its_last_known_cost(world: World) -> None:
    """Ten at 0.40; three go when one costs 0.50; more go than there were; the rest is nothing, and what comes late counts."""
    move(world, "ESP", 10, at=NOON, cost="0.40")
    move(world, "CEV", 5, at=NOON)  # nobody knows its cost
    move(world, "ESP", -3, at=NOON + timedelta(days=3), kind="sale", cost="0.50")
    fold()
    assert values(world) == {2: Decimal("4.00"), 5: Decimal("3.50")}
    move(world, "ESP", -9, at=NOON + timedelta(days=5), kind="sale")
    fold()
    assert values(world) == {2: Decimal("4.00"), 5: Decimal("3.50"), 7: Decimal(0)}
    move(world, "ESP", 4, at=NOON + timedelta(days=1))  # booked late, at what it costs now
    move(world, "ESP", 1, at=NOON + timedelta(days=6), kind="refund", cost="9.99")  # revalues nothing
    fold()
    assert values(world) == {2: Decimal("4.00"), 3: Decimal("7.00"), 5: Decimal("5.50"), 7: Decimal("1.00"), 8: Decimal("1.50")}
    with acting(business_id=world.business.pk):  # three at 0.50 and nine at 0.50 went, one came back at what it says
        assert FactStock.objects.aggregate(sum=Sum("spent"))["sum"] == Decimal("6.00") - Decimal("9.99")
    before = rows()
    call_command("rebuild_facts", verbosity=0)
    assert rows() == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ESP", "CEV"]), st.integers(-4, 6).filter(bool), st.integers(0, 200),
        st.sampled_from(["receive", "sale", "refund"]), st.sampled_from([None, "0.40", "0.55", "1.3333"]), st.booleans(),
    ),
    min_size=1, max_size=14,
)  # fmt: skip


@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_in_any_order_it_is_what_the_ledger_says(db: None, steps: list[Any]) -> None:
    point = transaction.savepoint()
    world = make_world("Shelves")
    for sku, quantity, hours, kind, cost, now in steps:
        move(world, sku, quantity, at=NOON + timedelta(hours=hours), kind=kind, cost=cost)
        if now:
            fold()
    fold()
    folded = rows()
    value, mine = Decimal(0), {}
    for row in FactStock.everywhere.filter(store=world.store).order_by("day"):
        value += row.change
        mine[row.day] = value
    last = Decimal(0)
    for day, worth in from_ledger(world).items():
        last = mine.get(day, last)
        assert last == worth, day
    call_command("rebuild_facts", verbosity=0)
    assert rows() == folded
    transaction.savepoint_rollback(point)


def test_many_variants_are_read_some_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "AT_ONCE", 1)
    for sku in ("ESP", "CEV", "ODD"):
        move(world, sku, 2, at=NOON, cost="1.00")
    fold()
    assert values(world) == {2: Decimal("6.00")}
