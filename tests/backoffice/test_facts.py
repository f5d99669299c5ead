"""Facts: folded from events = made anew = what the ledger says."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import F, Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backoffice.analytics.folding import kind_of
from backoffice.models import FactDay, FactHour, FactItem, FactPerson, FactTender, FactType
from inventory.models import Movement, Variant
from inventory.services.products import create_product
from inventory.types import VariantInput
from pos.models import Payment, Receipt, ReceiptLine
from smartpos.context import acting
from smartpos.operations import facts as operation_facts
from smartpos.people.services import devices
from tests.architecture.shop import give_back, sell_and_refund
from tests.till import Till
from tests.world import AT, World, fold, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ALL = (FactDay, FactHour, FactItem, FactType, FactTender, FactPerson)


def facts() -> dict[str, set[tuple[Any, ...]]]:
    """Every fact of every business, without its key."""
    return {
        fact.__name__: {row[1:] for row in fact.everywhere.values_list("id", *names(fact))} for fact in ALL
    }  # fmt: skip


def names(fact: Any) -> list[str]:
    return [field.attname for field in fact._meta.concrete_fields if field.attname != "id"]


def from_ledger(business_id: int) -> dict[str, dict[Any, Any]]:
    """The same sums, written down plainly: one receipt after the other."""
    hours: dict[Any, list[Any]] = defaultdict(lambda: [Decimal(0), 0, 0])
    kinds: dict[Any, Decimal] = defaultdict(Decimal)
    tenders: dict[Any, Decimal] = defaultdict(Decimal)
    for r in Receipt.everywhere.filter(business_id=business_id).select_related("store"):
        day = (r.store_id, r.currency, r.business_date)
        hour = hours[*day, r.occurred_at.astimezone(r.store.zone).hour]
        hour[0] += r.total
        hour[1] += {"sale": 1, "refund": 0, "void": -1}[r.kind]
        hour[2] += r.kind == "refund"
        methods = {p.method for p in Payment.objects.filter(receipt=r)}
        kinds[*day, methods.pop() if len(methods) == 1 else "mix"] += r.total
        for p in Payment.objects.filter(receipt=r):
            tenders[*day, p.method] += p.part
    return {"hours": {k: tuple(v) for k, v in hours.items()}, "kinds": dict(kinds), "tenders": dict(tenders)}


def assert_as_the_ledger(world: World) -> None:
    business = world.business.pk
    ledger = from_ledger(business)
    day = ("store_id", "currency", "day")
    mine = {fact: fact.everywhere.filter(business_id=business) for fact in ALL}
    assert {row[:4]: row[4:] for row in mine[FactHour].values_list(*day, "hour", "total", "sales", "refunds")} == ledger[
        "hours"
    ]
    assert {row[:4]: row[4] for row in mine[FactType].values_list(*day, "kind", "total")} == ledger["kinds"]
    assert {row[:4]: row[4] for row in mine[FactTender].values_list(*day, "method", "total")} == ledger["tenders"]
    everything = Receipt.everywhere.filter(business_id=business).aggregate(total=Sum("total"))["total"]
    for fact in (FactDay, FactHour, FactType, FactTender, FactPerson):
        assert mine[fact].aggregate(total=Sum("total"))["total"] == everything, fact
    lines = ReceiptLine.objects.filter(receipt__business_id=business)
    for column, of in (("total", "payable"), ("quantity", "quantity"), ("net", "net")):
        assert mine[FactItem].aggregate(sum=Sum(column))["sum"] == lines.aggregate(sum=Sum(of))["sum"], column
    for column in ("sales", "net", "cost", "costed"):
        other = FactHour if column in ("sales", "net") else FactItem
        assert mine[FactDay].aggregate(sum=Sum(column)) == mine[other].aggregate(sum=Sum(column)), column


def act(till: Till, kind: str, amount: int) -> None:
    if kind == "refund":
        sell_and_refund(till, "CEV")
        return
    total = format(Decimal(2) * amount, ".2f")
    half = format(Decimal(amount), ".2f")
    tenders = {
        "cash": [{"method": "cash", "amount": total}], "card": [{"method": "card", "amount": total}],
        "mix": [{"method": "cash", "amount": half}, {"method": "card", "amount": half}],
    }[kind]  # fmt: skip
    [answer] = till.post(till.sale([(till.item("ESP"), str(amount))], tenders=tenders))
    assert answer["state"] in ("done", "done-late"), answer


STEPS = st.lists(
    st.tuples(st.sampled_from(["cash", "card", "mix", "refund"]), st.integers(1, 5), st.integers(0, 200), st.booleans()),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=STEPS, cutoff=st.sampled_from([0, 240]), zone=st.sampled_from(["Europe/Sarajevo", "America/St_Johns"]))
def test_folded_is_made_anew_is_the_ledger(db: None, steps: list[Any], cutoff: int, zone: str) -> None:
    """Sales, mixed sales and refunds over the end of summer time, with a late cut-off, in two businesses and currencies."""
    from django.db import transaction

    with time_machine.travel(datetime(2026, 10, 24, 20, 0, tzinfo=UTC), tick=False) as clock, transaction.atomic():
        point = transaction.savepoint()
        operation_facts.forget()
        devices.forget()
        worlds = [make_world("A"), make_world("B", currency="EUR", zone=zone)]
        for world in worlds:
            world.store.cutoff_minutes = cutoff
            world.store.save()
        tills = [world.till() for world in worlds]
        for till in tills:
            till.open_shift()
        for kind, amount, minutes, second in steps:
            clock.shift(timedelta(minutes=minutes))
            act(tills[second], kind, amount)
            if minutes % 2:
                fold()
        fold()
        folded = facts()
        call_command("rebuild_facts", verbosity=0)
        assert facts() == folded
        for world in worlds:
            assert_as_the_ledger(world)
        transaction.savepoint_rollback(point)


def test_each_event_counts_once(world: World) -> None:
    till = world.till()
    till.open_shift()
    sell_and_refund(till)
    fold()
    before = facts()
    fold()
    assert facts() == before
    sell_and_refund(till)
    fold()
    with acting(business_id=world.business.pk):
        assert FactHour.objects.aggregate(sum=Sum("sales"))["sum"] == 2


def test_a_sale_keeps_what_its_goods_cost_then(world: World) -> None:
    with acting(business_id=world.business.pk):
        Variant.objects.filter(sku="ESP").update(cost=Decimal("0.40"))
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "3"), (till.item("CEV"), "1")]))
    with acting(business_id=world.business.pk):
        Variant.objects.filter(sku="ESP").update(cost=Decimal("0.90"))
    fold()
    call_command("rebuild_facts", verbosity=0)
    with acting(business_id=world.business.pk):
        [row] = FactItem.objects.filter(cost__gt=0)
        assert row.cost == Decimal("1.20")
        assert row.costed == row.net
        assert FactItem.objects.filter(costed=F("cost"), cost=0).count() == 1


def test_what_comes_back_takes_the_cost_of_its_sale(world: World) -> None:
    """Sold at 0.40 each, given back after the cost rose, or became known only then: the goods cost what they had cost."""
    till = world.till()
    till.open_shift()
    with acting(business_id=world.business.pk):
        Variant.objects.filter(sku="ESP").update(cost=Decimal("0.40"))
    for item in ("ESP", "CEV"):
        [sale] = till.post(till.sale([(till.item(item), "2")]))
        with acting(business_id=world.business.pk):
            Variant.objects.filter(sku=item).update(cost=Decimal("0.90"))
        give_back(till, sale["result"]["label"])
    fold()
    call_command("rebuild_facts", verbosity=0)
    with acting(business_id=world.business.pk):
        espresso, cevapi = (FactItem.objects.get(variant=world.variant(sku).pk) for sku in ("ESP", "CEV"))
        assert (espresso.quantity, espresso.cost, espresso.costed) == (1, Decimal("0.40"), espresso.net)
        assert (cevapi.quantity, cevapi.cost, cevapi.costed) == (1, 0, 0)
        moved = Movement.objects.order_by("pk").values_list("kind", "cost")
        assert list(moved) == [("sale", Decimal("0.40")), ("refund", Decimal("0.40")), ("sale", None), ("refund", None)]


def test_without_a_receipt_it_comes_back_at_todays_cost_and_what_is_not_counted_has_one_too(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        tea = [VariantInput(sku="TEA", price=Decimal(2), cost=Decimal("0.40"), tracked=False)]
        create_product(by=world.owner, name="Tea", category=None, tax_profile=world.standard, variants=tea, at=AT)
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("TEA"), "3")]))
    with acting(business_id=world.business.pk):
        Variant.objects.filter(sku="TEA").update(cost=Decimal("0.50"))
    cart = till.cart([(till.item("TEA"), "1")], tenders=[{"method": "cash", "amount": "2.00"}])
    figures = {name: value for name, value in till.figures(cart).items() if name != "change"}
    body = {"series": till.snapshot["device"]["series"], "number": till.number + 1, "reason": "No receipt"}
    goods = till.goods(cart, [till.item("TEA")])
    [answer] = till.post(till.operation("refund.make", {**body, "cart": cart, "goods": goods, "figures": figures}))
    assert answer["state"] == "done", answer
    fold()
    with acting(business_id=world.business.pk):
        assert not Movement.objects.exists()
        row = FactItem.objects.get()
        assert (row.quantity, row.cost, row.costed) == (2, Decimal("0.70"), row.net)


@pytest.mark.parametrize(
    ("tenders", "kind"),
    [({"cash": 5}, "cash"), ({"card": 5}, "card"), ({"cash": 2, "card": 3}, "mix"), ({"online": 5}, "online"),
     ({"cash": 0, "card": 3}, "card"), ({}, "cash"), ({"card": -4}, "card")],
)  # fmt: skip
def test_a_sale_is_of_one_kind(tenders: dict[str, int], kind: str) -> None:
    assert kind_of({method: Decimal(part) for method, part in tenders.items()}) == kind
