"""What a refund may not do, whatever a till sends."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pos.models import Payment, Receipt, ReceiptTax
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.services.places import create_terminal
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def paid_ten(till: Till, tenders: list[dict[str, str]]) -> dict[str, Any]:
    """Three pieces for 10.00 together: 10.00 / 3 is no whole cent."""
    cart = till.cart([(till.item("CEV"), "3")])
    cart["lines"][0]["discount"] = {"kind": "amount", "value": "17.00"}
    [answer] = till.post(till.settle(cart, [till.item("CEV")], tenders=tenders))
    assert answer["state"] == "done", answer
    return read(till, answer["result"]["label"])


def read(till: Till, label: str) -> dict[str, Any]:
    status, found = till.send("GET", f"/pos/receipts?number={label}", None)
    assert status == 200
    return found["receipts"][0]


def give_back(till: Till, receipt: dict[str, Any], quantity: str, total: str, tax: str, **more: Any) -> dict[str, Any]:
    tenders = more.pop("tenders", [{"method": "cash", "amount": total}])
    figures = {"total": total, "tax": tax, "rounding": more.pop("rounding", "0.00"), "payable": [total]}
    approvals = more.pop("approvals", [])
    operation = till.refund(receipt, {receipt["lines"][0]["id"]: quantity}, tenders=tenders, figures=figures, **more)
    [answer] = till.post({**operation, "approvals": approvals})
    return answer


CASH = [{"method": "cash", "amount": "10.00"}]
CARD = [{"method": "card", "amount": "10.00"}]


def test_one_of_three_three_times_is_what_was_paid_with_its_taxes(world: World, till: Till) -> None:
    receipt = paid_ten(till, CASH)
    assert receipt["lines"][0]["taxes"][0]["amount"] == "1.45"
    for total, tax in (("3.33", "0.48"), ("3.34", "0.49"), ("3.33", "0.48")):
        assert give_back(till, receipt, "1", total, tax)["state"] == "done"
    with acting(business_id=world.business.pk):
        assert sum(r.total for r in Receipt.objects.all()) == 0
    assert sum(t.amount for t in ReceiptTax.objects.all()) == 0
    assert sum(p.part for p in Payment.objects.all()) == 0
    refunded = read(till, receipt["label"])["lines"][0]["refunded"]
    assert refunded == {"quantity": "3", "payable": "10.00", "taxes": [{"code": "17", "amount": "1.45"}]}


def test_one_of_three_and_then_two(till: Till) -> None:
    receipt = paid_ten(till, CASH)
    assert give_back(till, receipt, "1", "3.33", "0.48")["state"] == "done"
    assert give_back(till, receipt, "2", "6.67", "0.97")["state"] == "done"


@pytest.mark.parametrize(("quantity", "total", "tax"), [("4", "13.33", "1.93"), ("3.001", "10.00", "1.45")])
def test_more_than_was_sold_goes_to_review(till: Till, quantity: str, total: str, tax: str) -> None:
    answer = give_back(till, paid_ten(till, CASH), quantity, total, tax)
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "refund_beyond_sale")
    assert Receipt.everywhere.count() == 1


def test_two_tills_give_back_the_same_last_unit(world: World, till: Till) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        terminal = create_terminal(world.store, by=world.owner, name="Till 2", at=AT)
    second = world.till(Client(), terminal=terminal)
    second.open_shift()
    receipt = paid_ten(till, CASH)
    answers = [give_back(t, receipt, "3", "10.00", "1.45") for t in (till, second)]
    assert [a["state"] for a in answers] == ["done", "review"]
    assert answers[1]["marks"][0]["code"] == "refund_beyond_sale"


@pytest.mark.parametrize(("approver", "marks"), [("owner", []), ("cashier", ["refund.alone", "refund.other_tender"])])
def test_money_paid_by_card_given_back_in_cash_is_booked_and_marked_unless_approved(
    world: World, till: Till, approver: str, marks: list[str]
) -> None:
    approvals = [{"by": str(getattr(world, approver).uuid), "code": code} for code in ("refund.alone", "refund.other_tender")]
    answer = give_back(till, paid_ten(till, CARD), "3", "10.00", "1.45", approvals=approvals)
    assert (answer["state"], [mark["permission"] for mark in answer["marks"]]) == ("done", marks)


def test_a_card_never_gets_more_than_it_paid(world: World, till: Till) -> None:
    receipt = paid_ten(till, [{"method": "card", "amount": "4.00"}, {"method": "cash", "amount": "6.00"}])
    tenders = [{"method": "card", "amount": "10.00"}]
    answer = give_back(till, receipt, "3", "10.00", "1.45", tenders=tenders)
    assert (answer["state"], answer["marks"][0]["detail"]) == ("review", "refund_above_tender")
    mixed = [{"method": "card", "amount": "4.00"}, {"method": "cash", "amount": "6.00"}]
    yes = [{"by": str(world.owner.uuid), "code": "refund.alone"}]
    assert give_back(till, receipt, "3", "10.00", "1.45", tenders=mixed, approvals=yes)["marks"] == []


def test_cash_rounding_of_refunds_is_cumulative(till: Till) -> None:
    """3.33 + 3.34 + 3.33 in steps of 0.05 never pays 10.05."""
    receipt = paid_ten(till, CASH)
    paid = []
    for total, tax, rounding in (("3.33", "0.48", "0.02"), ("3.34", "0.49", "-0.04"), ("3.33", "0.48", "0.02")):
        answer = give_back(till, receipt, "1", total, tax, rounding=rounding, cash_rounding={"step": "0.05"})
        assert answer["state"] == "done", answer
        paid.append(-Payment.objects.get(receipt__uuid=answer["id"]).amount)
    assert paid == [Decimal("3.35"), Decimal("3.30"), Decimal("3.35")]
    assert sum(paid) == 10


@pytest.mark.parametrize(
    ("change", "code", "detail"),
    [
        ({"lines": []}, "unreadable", "lines"),
        ({"reason": ""}, "unreadable", None),
        ({"original": str(uuid7())}, "original_unknown", None),
        ({"tenders": []}, "figures_differ", "tenders_below_due"),
        ({"tenders": [{"method": "cash", "amount": "10.001"}]}, "unreadable", "tenders"),
        ({"tenders": [*CASH, *CASH]}, "unreadable", "tenders"),
        ({"cash_rounding": {"step": "0"}}, "unreadable", "cash_rounding"),
        ({"cash_rounding": {"step": "x"}}, "unreadable", "cash_rounding"),
        ({"figures": {"total": "9.99", "tax": "1.45", "rounding": "0.00", "payable": ["10.00"]}}, "figures_differ", None),
        ({"series": "Z9"}, "unreadable", "series"),
        ({"original": None}, "unreadable", "cart"),
    ],
)
def test_a_refund_that_makes_no_sense_is_kept_for_review(till: Till, change: dict, code: str, detail: str | None) -> None:
    receipt = paid_ten(till, CASH)
    figures = {"total": "10.00", "tax": "1.45", "rounding": "0.00", "payable": ["10.00"]}
    operation = till.refund(receipt, {receipt["lines"][0]["id"]: "3"}, tenders=CASH, figures=figures)
    operation["body"].update(change)
    [answer] = till.post(operation)
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", code)
    assert detail is None or answer["marks"][0]["detail"] == detail
    assert Receipt.everywhere.count() == 1


@pytest.mark.parametrize("quantity", ["0", "99999999999"])
def test_quantities_at_the_edge_are_for_a_manager(till: Till, quantity: str) -> None:
    answer = give_back(till, paid_ten(till, CASH), quantity, "0.00", "0.00")
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "unreadable")


def test_the_same_line_twice_in_one_refund_is_for_a_manager(till: Till) -> None:
    receipt = paid_ten(till, CASH)
    figures = {"total": "6.66", "tax": "0.96", "rounding": "0.00", "payable": ["3.33", "3.33"]}
    operation = till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, tenders=CASH, figures=figures)
    operation["body"]["lines"] *= 2
    assert till.post(operation)[0]["state"] == "review"


def test_a_refund_is_no_sale_to_be_refunded(till: Till) -> None:
    receipt = paid_ten(till, CASH)
    refund = give_back(till, receipt, "1", "3.33", "0.48")
    again = give_back(till, {**receipt, "id": refund["id"]}, "1", "3.33", "0.48")
    assert (again["state"], again["marks"][0]["code"]) == ("review", "original_unknown")


def test_a_line_of_another_receipt_is_unknown(till: Till) -> None:
    first, second = paid_ten(till, CASH), paid_ten(till, CASH)
    answer = give_back(till, {**first, "lines": second["lines"]}, "1", "3.33", "0.48")
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "original_unknown")


def test_a_refund_without_receipt_above_the_list_price_is_marked(world: World, till: Till) -> None:
    cart = till.cart([(till.item("ESP"), "1")], tenders=[{"method": "cash", "amount": "3.00"}])
    cart["lines"][0]["override"] = "3.00"
    made = till.figures(cart)
    till.number += 1
    body = {
        "series": "A1", "number": till.number, "original": None, "reason": "No slip", "cart": cart,
        "goods": till.goods(cart, [till.item("ESP")]),
        "figures": {key: made[key] for key in ("total", "tax", "rounding", "payable")},
    }  # fmt: skip
    approvals = [{"by": str(world.owner.uuid), "code": "refund.without_receipt"}]
    [answer] = till.post(till.operation("refund.make", body, approvals=approvals))
    assert (answer["state"], [mark["code"] for mark in answer["marks"]]) == ("done", ["above_list"])
