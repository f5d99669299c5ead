"""Money given back."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from inventory.models import StockLevel
from pos.models import Payment, Receipt
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def sold(till: Till, sku: str, quantity: str) -> dict:
    """A sale of one article, as the till reads its receipt back."""
    [answer] = till.post(till.sale([(till.item(sku), quantity)]))
    assert answer["state"] == "done"
    status, found = till.send("GET", f"/pos/receipts?number={answer['result']['label']}", None)
    assert status == 200
    return found["receipts"][0]


def figures(total: str, tax: str) -> dict:
    """What the till shows for a refund of one line, paid back in cash."""
    return {
        "tenders": [{"method": "cash", "amount": total}],
        "figures": {"total": total, "tax": tax, "rounding": "0.00", "payable": [total]},
    }


def test_parts_of_a_refund_add_up_to_what_was_paid(world: World, till: Till) -> None:
    receipt = sold(till, "ODD", "3")  # 2.97 at 17 %: tax 0.43
    line = receipt["lines"][0]["id"]
    for total, tax in (("0.99", "0.14"), ("0.99", "0.15"), ("0.99", "0.14")):
        [answer] = till.post(till.refund(receipt, {line: "1"}, **figures(total, tax)))
        assert answer["state"] == "done", answer
    with acting(business_id=world.business.pk):
        assert Receipt.objects.aggregate(total=Sum("total"), tax=Sum("tax")) == {"total": 0, "tax": 0}
        assert Payment.objects.aggregate(sum=Sum("amount"))["sum"] == 0
        assert StockLevel.objects.get(variant=world.variant("ODD")).quantity == 0
    assert list(faults()) == []


def test_a_refund_above_what_was_sold_goes_to_review(till: Till) -> None:
    receipt = sold(till, "ESP", "1")
    line = receipt["lines"][0]["id"]
    [first] = till.post(till.refund(receipt, {line: "1"}, **figures("2.00", "0.29")))
    [second] = till.post(till.refund(receipt, {line: "1"}, **figures("2.00", "0.29")))
    assert first["state"] == "done"
    assert (second["state"], second["marks"][0]["code"]) == ("review", "refund_beyond_sale")
    assert Receipt.everywhere.filter(kind="refund").count() == 1


def test_a_refund_of_another_tenants_receipt_is_unknown(other_world: World, till: Till) -> None:
    stranger = other_world.till()
    stranger.open_shift()
    receipt = sold(stranger, "ESP", "1")
    line = receipt["lines"][0]["id"]
    [answer] = till.post(till.refund(receipt, {line: "1"}, **figures("2.00", "0.29")))
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "original_unknown")


@pytest.mark.parametrize(("approved", "marks"), [(True, []), (False, ["permission_missing"])])
def test_a_refund_without_receipt_is_booked_and_marked_unless_approved(
    world: World, till: Till, approved: bool, marks: list[str]
) -> None:
    cart = till.cart([(till.item("ESP"), "2")], tenders=[{"method": "cash", "amount": "4.00"}])
    made = till.figures(cart)
    till.number += 1
    body = {
        "series": "A1", "number": till.number, "original": None, "reason": "No slip", "cart": cart,
        "goods": till.goods(cart, [till.item("ESP")]),
        "figures": {key: made[key] for key in ("total", "tax", "rounding", "payable")},
    }  # fmt: skip
    approvals = [{"by": str(world.owner.uuid), "code": "refund.without_receipt"}] if approved else []
    [answer] = till.post(till.operation("refund.make", body, approvals=approvals))
    assert answer["state"] == "done"
    assert [mark["code"] for mark in answer["marks"]] == marks
    with acting(business_id=world.business.pk):
        assert Receipt.objects.get().total == Decimal(-4)
        assert StockLevel.objects.get(variant=world.variant("ESP")).quantity == Decimal(2)


def test_closing_a_shift_reckons_what_the_drawer_must_hold(till: Till) -> None:
    receipt = sold(till, "CEV", "2")
    till.post(till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, **figures("9.00", "1.31")))
    answer = till.close_shift("108.50")
    assert answer["result"] == {"expected": "109.00", "counted": "108.50", "difference": "-0.50", "receipts": 2}
    again = till.operation("shift.close", {"shift": till.shift, "counted": "1.00"})
    assert till.post({**again, "id": str(uuid7())})[0]["result"] == answer["result"]
