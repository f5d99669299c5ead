"""X reads, Z closes: gapless, every receipt in exactly one, and every figure derived a second time from the receipts."""

import json
from collections import defaultdict
from decimal import Decimal

import pytest
from django.test import Client

from pos.models import Payment, Receipt, ReceiptLine, ReceiptTax, ZReport
from smartpos.ids import uuid7
from tests.architecture.shop import sell_and_refund
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    till = world.till()
    till.open_shift("100.00")
    return till


def z(till: Till, world: World, **more: object) -> tuple[int, dict]:
    return till.send("POST", "/pos/z", {"id": str(uuid7()), "actor": str(world.owner.uuid), **more})


def x(till: Till, world: World) -> dict:
    status, body = till.send("GET", f"/pos/x?actor={world.owner.uuid}", None)
    assert status == 200, body
    return dict(body)


def derived(receipts: list[Receipt]) -> dict[str, object]:
    """The same figures out of the receipts' rows, one by one, in Python."""
    kinds: dict[str, list[Decimal]] = defaultdict(list)
    tenders: dict[str, Decimal] = defaultdict(Decimal)
    taxes: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    discount = Decimal(0)
    for receipt in receipts:
        lines = ReceiptLine.objects.filter(receipt=receipt)
        kinds[receipt.kind].append(sum((line.net + line.tax for line in lines), Decimal(0)))
        discount += sum((line.discount for line in lines), Decimal(0))
        for payment in Payment.objects.filter(receipt=receipt):
            tenders[payment.method] += payment.amount
        for tax in ReceiptTax.objects.filter(receipt=receipt):
            taxes[tax.code, tax.rate] += tax.amount
    return {
        "sales": (len(kinds["sale"]), sum(kinds["sale"], Decimal(0))), "refunds": (len(kinds["refund"]), sum(kinds["refund"], Decimal(0))),
        "voids": (len(kinds["void"]), sum(kinds["void"], Decimal(0))), "discount": discount, "tenders": dict(tenders), "taxes": dict(taxes),
    }  # fmt: skip


def told(figures: dict) -> dict[str, object]:
    return {
        **{kind: (figures[kind]["count"], Decimal(figures[kind]["total"])) for kind in ("sales", "refunds", "voids")},
        "discount": Decimal(figures["discount"]), "tenders": {name: Decimal(text) for name, text in figures["tenders"].items()},
        "taxes": {(tax["code"], Decimal(tax["rate"])): Decimal(tax["amount"]) for tax in figures["taxes"]},
    }  # fmt: skip


@pytest.mark.feature("SHF-24", "SHF-25")
def test_every_figure_of_x_and_z_is_what_the_receipts_make(till: Till, world: World) -> None:
    sell_and_refund(till)
    till.post(till.sale([(till.item("CEV"), "3")], discount={"kind": "percent", "value": "10"}))
    till.post(till.sale([(till.item("ESP"), "1")], tenders=[{"method": "card", "amount": "2.00"}]))
    till.post(till.operation("cash.move", {"direction": "in", "amount": "7.00", "reason": "Change"}))
    first, again = x(till, world)["figures"], x(till, world)["figures"]
    assert first == again
    assert told(first) == derived(list(Receipt.everywhere.all()))
    status, made = z(till, world)
    assert (status, made["report"]["number"], made["report"]["figures"]) == (200, 1, first)
    assert [(m["kind"], m["amount"]) for m in first["movements"]] == [("in", "7.00")]
    after = x(till, world)
    assert (after["last"], after["figures"]["sales"]["count"], after["figures"]["movements"]) == (1, 0, [])
    sell_and_refund(till)
    assert z(till, world)[1]["report"]["number"] == 2
    parts = [json.loads(report.figures) for report in ZReport.everywhere.order_by("number")]
    assert sum(Decimal(part["total"]) for part in parts) == sum(receipt.total for receipt in Receipt.everywhere.all())
    days = [Decimal(day["total"]) for part in parts for day in part["days"]]
    assert sum(days) == sum(Decimal(part["total"]) for part in parts)


@pytest.mark.feature("SHF-25")
def test_a_second_z_with_nothing_in_it_is_asked_about_and_a_lost_answer_makes_no_second(till: Till, world: World) -> None:
    sell_and_refund(till)
    body = {"id": str(uuid7()), "actor": str(world.owner.uuid)}
    first = till.send("POST", "/pos/z", body)
    assert till.send("POST", "/pos/z", body) == first
    status, refused = z(till, world)
    assert (status, refused["error"]["code"]) == (409, "z_empty")
    assert z(till, world, empty=True)[1]["report"]["number"] == 2
    reprints = till.send("GET", f"/pos/z?actor={world.owner.uuid}", None)[1]["reports"]
    assert [report["number"] for report in reprints] == [2, 1]
    assert ZReport.everywhere.count() == 2


def test_who_may_read_and_close_the_day(till: Till, world: World, other_world: World) -> None:
    sell_and_refund(till)
    for actor in (world.cashier, world.waiter, other_world.owner):
        assert till.send("POST", "/pos/z", {"id": str(uuid7()), "actor": str(actor.uuid)})[0] == 403
        assert till.send("GET", f"/pos/z?actor={actor.uuid}", None)[0] == 403
        assert till.send("GET", f"/pos/x?actor={actor.uuid}", None)[0] == 403
    assert till.send("GET", "/pos/x?actor=x", None)[0] == 400
    stranger = other_world.till(Client())
    assert x(stranger, other_world)["figures"]["sales"]["count"] == 0
    assert not ZReport.everywhere.exists()


def test_what_comes_late_is_in_the_next_z_under_its_own_day(till: Till, world: World) -> None:
    late = till.sale([(till.item("ESP"), "1")])
    sell_and_refund(till)
    till.close_shift("100.00")
    z(till, world)
    till.post(late)
    report = z(till, world)[1]["report"]
    assert (report["number"], report["figures"]["sales"]["count"], len(report["figures"]["days"])) == (2, 1, 1)


@pytest.mark.feature("SHF-23")
def test_a_sale_without_a_shift_is_not_booked(world: World) -> None:
    till = world.till()
    [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "shift_unknown")
    assert not Receipt.everywhere.exists()


@pytest.mark.feature("SHF-27")
def test_the_report_of_a_shift_names_the_z_that_was_made_in_it_and_all_that_happened(till: Till, world: World) -> None:
    """Gifts, discounts, voids, goods of others, parcels, tenders, receipts and the Z in one report."""
    gift = till.cart([(till.item("ESP"), "1")])
    gift["lines"][0]["gratis"] = True
    half = till.cart([(till.item("ESP"), "2")], discount={"kind": "percent", "value": "50"})
    sales = [till.settle(gift, [till.item("ESP")], tenders=[]), till.settle(half, [till.item("ESP")])]
    card = till.sale([(till.item("ESP"), "1")], tenders=[{"method": "card", "amount": "2.00"}])
    till.post(*sales, card)
    courier = {"id": str(uuid7()), "name": "SDS"}
    till.post(till.operation("parcels.receive", {"courier": courier, "packages": 1, "cod": "9.00"}))
    number = z(till, world)[1]["report"]["number"]
    till.close_shift("111.00")
    report = till.send("GET", f"/pos/shifts/{till.shift}?actor={world.owner.uuid}", None)[1]
    figures = report["figures"]
    assert report["z_numbers"] == [number]
    assert (figures["gratis"]["count"], figures["discount"], figures["tenders"]) == (
        1,
        "2.00",
        {"card": "2.00", "cash": "2.00"},
    )
    assert [entry["kind"] for entry in figures["entrusted"]] == ["cod"]
    assert len(report["receipts"]) == 3
    assert report["shift"]["difference"] == "0.00"
