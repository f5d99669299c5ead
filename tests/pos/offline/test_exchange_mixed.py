"""Exchanges where more comes together: cash that is rounded, points used and earned, an invoice that is taken back."""

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from pos.models import Invoice, Payment, PointsAccount, PointsEntry, Receipt
from pos.selectors import checks
from pos.selectors.invoices import invoice_of
from pos.services.customers import CustomerInput, create_customer
from pos.services.loyalty import adjust_points
from smartpos.access.services.settings import set_values
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from tests.pos.offline.test_exchange import codes, read
from tests.pos.offline.test_invoices import BUYER, issue
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STEP = {"step": "0.05"}


def a_till(world: World, **settings: Any) -> Till:
    """Ana's till with 100.00 in the drawer, after something was set: she needs nobody's yes."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({code.replace("__", "."): value for code, value in settings.items()}, by=world.owner, at=AT)
    till = world.till(pin="9999")
    till.open_shift("100.00")
    return till


def back(till: Till, receipt: dict[str, Any], total: str, tax: str, tenders: dict[str, str], **more: Any) -> dict[str, Any]:
    """One piece of the first line comes back for something else; what is lent is the tender `exchange`."""
    figures = {"total": total, "tax": tax, "rounding": more.pop("rounding", "0.00"), "payable": [total]}
    given = [{"method": method, "amount": amount} for method, amount in tenders.items()]
    return till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, tenders=given, figures=figures, **more)


def taken(
    till: Till,
    refund: dict[str, Any],
    lent: str,
    goods: list[tuple[str, str]],
    *cash: dict[str, str],
    buyer: str = "",
    **cart: Any,
) -> dict[str, Any]:
    """The sale that it is exchanged for."""
    lines = [(till.item(sku), quantity) for sku, quantity in goods]
    sale = till.sale(lines, tenders=[{"method": "exchange", "amount": lent}, *cash], buyer=buyer, **cart)
    sale["body"]["exchange"] = refund["id"]
    return sale | {"needs": [refund["id"]]}


def nothing_is_wrong() -> None:
    assert [*faults(), *checks.exchanges(), *checks.receipts()] == []


@pytest.mark.feature("POS-43")
def test_only_the_net_is_rounded_whichever_way_it_goes(world: World) -> None:
    """2.31 against 9.00, then that against 0.99: coins of 0.05 are paid and given, the lent parts stay exact."""
    till = a_till(world, currency__cash_step="0.05")
    first = till.cart([(till.item("ESP"), "1")], cash_rounding=STEP)
    first["lines"][0]["override"] = "2.31"
    [sold] = till.post(till.settle(first, [till.item("ESP")], tenders=[{"method": "cash", "amount": "2.30"}]))
    refund = back(till, read(till, sold["result"]["label"]), "2.31", "0.34", {"exchange": "2.31"}, cash_rounding=STEP)
    paid = {"method": "cash", "amount": "6.70", "tendered": "10.00"}
    dearer = till.post(refund, taken(till, refund, "2.31", [("CEV", "1")], paid, cash_rounding=STEP))
    assert codes(dearer) == [("done", []), ("done", [])]
    cheaper = back(
        till, read(till, dearer[1]["result"]["label"]), "9.00", "1.31", {"cash": "8.01", "exchange": "0.99"},
        cash_rounding=STEP, rounding="-0.01",
    )  # fmt: skip
    answers = till.post(cheaper, taken(till, cheaper, "0.99", [("ODD", "1")], cash_rounding=STEP))
    assert codes(answers) == [("done", []), ("done", [])]
    with acting(business_id=world.business.pk):
        assert [(r.kind, r.total, r.rounding) for r in Receipt.objects.order_by("pk")] == [
            ("sale", Decimal("2.31"), Decimal("-0.01")), ("refund", Decimal("-2.31"), Decimal(0)),
            ("sale", Decimal("9.00"), Decimal("0.01")), ("refund", Decimal("-9.00"), Decimal("0.01")),
            ("sale", Decimal("0.99"), Decimal(0)),
        ]  # fmt: skip
        sums = dict(Payment.objects.values_list("method").annotate(sum=Sum("amount")))
        assert sums == {"cash": Decimal("1.00"), "exchange": Decimal(0)}
    assert till.close_shift("101.00")["result"]["expected"] == "101.00"  # 100 + 2.30 + 6.70 - 8.00
    nothing_is_wrong()


@pytest.mark.feature("POS-43")
@pytest.mark.feature("LOY-10")
def test_points_go_back_and_are_used_and_earned_anew(world: World) -> None:
    """7.00 and 200 points against 18.00, 300 of whose points pay 3.00: each document moves points by its own figures."""
    till = a_till(world, loyalty__enabled=True)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        buyer = create_customer(CustomerInput(name="Amra", enrolled=True), by=world.owner, at=AT)
        adjust_points(buyer, 500, reason="Test", uuid=uuid7(), by=world.owner, at=AT)
    till.load()
    rules = {"minimum": "100", "value_of_100": "1.00"}
    [sold] = till.post(
        till.sale([(till.item("CEV"), "1")], buyer=str(buyer.uuid), points={"use": "200", "balance": "500", **rules})
    )
    assert sold["marks"] == []
    receipt = read(till, sold["result"]["label"])
    refund = back(till, receipt, "7.00", "1.02", {"exchange": "7.00"})
    sale = taken(
        till, refund, "7.00", [("CEV", "2")], {"method": "cash", "amount": "8.00"}, buyer=str(buyer.uuid),
        points={"use": "300", "balance": "307", **rules},
    )  # fmt: skip
    assert codes(till.post(refund, sale)) == [("done", []), ("done", [])]
    with acting(business_id=world.business.pk):
        moved = [(entry.kind, entry.moved) for entry in PointsEntry.objects.order_by("pk")]
        assert sorted(moved[1:3]) == [("earned", 7), ("redeemed", -200)]
        assert sum(points for kind, points in moved if kind == "reversed") == 193
        assert sorted(moved[-2:]) == [("earned", 15), ("redeemed", -300)]
        account = PointsAccount.objects.get()
        assert (account.balance, account.debt) == (215, 0)
    assert till.close_shift("115.00")["result"]["expected"] == "115.00"  # 100 + 7 + 8
    nothing_is_wrong()


@pytest.mark.feature("POS-43")
@pytest.mark.feature("POS-62")
def test_the_invoice_of_what_comes_back_is_credited_and_the_new_sale_has_one_of_its_own(world: World) -> None:
    till = a_till(world)
    sale = till.sale([(till.item("CEV"), "2")])
    till.post(sale, issue(till, sale["id"], 1, needs=[sale["id"]]))
    refund = back(till, read(till, "A1-1"), "9.00", "1.31", {"cash": "7.00", "exchange": "2.00"})
    credit = issue(till, refund["id"], 1, buyer=None, needs=[refund["id"]])
    new = taken(till, refund, "2.00", [("ESP", "1")])
    invoice = issue(till, new["id"], 2, needs=[new["id"]])
    answers = till.post(refund, credit, new, invoice)
    assert codes(answers) == [("done", [])] * 4
    year = till.clock().year
    assert [answer["result"].get("label") for answer in answers] == ["A1-2", f"CN-A1-{year}-1", "A1-3", f"INV-A1-{year}-2"]
    with acting(business_id=world.business.pk):
        note = invoice_of(Receipt.objects.get(uuid=refund["id"]))
        assert note is not None
        assert (note.original.number if note.original else None, note.buyer.company) == (1, BUYER["company"])
        assert Invoice.objects.count() == 3
    # More than was sold: neither document of the exchange is booked, and so neither of their papers.
    beyond = back(till, read(till, "A1-1"), "18.00", "2.62", {"exchange": "18.00"})
    beyond["body"]["lines"][0]["quantity"] = "2"
    other = taken(till, beyond, "18.00", [("CEV", "2")])
    answers = till.post(
        beyond, issue(till, beyond["id"], 2, buyer=None, needs=[beyond["id"]]), other,
        issue(till, other["id"], 3, needs=[other["id"]]),
    )  # fmt: skip
    assert [answer["state"] for answer in answers] == ["review"] * 4
    assert till.close_shift("111.00")["result"]["expected"] == "111.00"  # 100 + 18 - 7
