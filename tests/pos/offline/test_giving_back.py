"""What goes back to the shelf, what a share is worth, and requests that wait for a manager (POS-43, 44, 47)."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from inventory.models import Movement, StockLevel
from pos.models import Receipt, ReceiptLine, RefundRequest, Shift
from pos.services.refunds import approve_request, reject_request
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.people.models import Role
from tests.architecture.shop import staff
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def sold(till: Till, *goods: tuple[str, str], **more: Any) -> dict[str, Any]:
    [answer] = till.post(till.sale([(till.item(sku), quantity) for sku, quantity in goods], **more))
    assert answer["state"] == "done", answer
    return read(till, answer["result"]["label"])


def read(till: Till, label: str) -> dict[str, Any]:
    _status, found = till.send("GET", f"/pos/receipts?number={label}", None)
    return found["receipts"][0]


def back(till: Till, receipt: dict[str, Any], quantities: dict[str, str], total: str, tax: str, **more: Any) -> dict[str, Any]:
    """A refund of one line in cash, as an operation."""
    figures = {"total": total, "tax": tax, "rounding": "0.00", "payable": [total]}
    operation = till.refund(receipt, quantities, tenders=[{"method": "cash", "amount": total}], figures=figures)
    operation["body"] |= more
    return operation


def level(world: World, sku: str) -> Decimal:
    with acting(business_id=world.business.pk):
        return StockLevel.objects.get(variant=world.variant(sku)).quantity


def test_of_sixty_and_forty_less_ten_per_cent_the_forty_pay_thirty_six(world: World, till: Till) -> None:
    """Hard case 25."""
    cart = till.cart([(till.item("ESP"), "30"), (till.item("CEV"), "4")], discount={"kind": "percent", "value": "10"})
    cart["lines"][1]["override"] = "10.00"
    [answer] = till.post(till.settle(cart, [till.item("ESP"), till.item("CEV")]))
    receipt = read(till, answer["result"]["label"])
    assert receipt["total"] == "90.00"
    [answer] = till.post(back(till, receipt, {receipt["lines"][1]["id"]: "4"}, "36.00", "5.23"))
    assert answer["state"] == "done", answer
    with acting(business_id=world.business.pk):
        assert Receipt.objects.get(kind="refund").total == Decimal(-36)


def test_damaged_goods_are_paid_back_and_do_not_go_back_to_the_shelf(world: World, till: Till) -> None:
    receipt = sold(till, ("CEV", "3"))
    whole, broken = (back(till, receipt, {receipt["lines"][0]["id"]: "1"}, "9.00", tax) for tax in ("1.31", "1.30"))
    broken["body"]["damaged"] = [broken["body"]["lines"][0]["line"]]
    assert [answer["state"] for answer in till.post(whole, broken)] == ["done", "done"]
    assert level(world, "CEV") == -2
    assert not Movement.everywhere.filter(source_id=broken["id"]).exists()
    assert list(ReceiptLine.objects.filter(original_line__isnull=False).order_by("pk").values_list("restocked", flat=True)) == [
        True,
        False,
    ]
    assert list(faults()) == []


def test_damaged_goods_without_a_receipt_move_no_stock(world: World, till: Till) -> None:
    cart = till.cart([(till.item("ESP"), "1"), (till.item("ESP"), "1")], tenders=[{"method": "cash", "amount": "4.00"}])
    made = till.figures(cart)
    till.number += 1
    body = {
        "series": "A1", "number": till.number, "reason": "No slip", "cart": cart, "damaged": [cart["lines"][0]["id"]],
        "goods": till.goods(cart, [till.item("ESP")] * 2), "figures": {k: made[k] for k in ("total", "tax", "rounding", "payable")},
    }  # fmt: skip
    [answer] = till.post(till.operation("refund.make", body))
    assert answer["state"] == "done"
    assert level(world, "ESP") == 1
    assert list(faults()) == []


def test_the_till_that_comes_second_may_give_back_what_is_left(till: Till) -> None:
    """Sold 3, 1 went back elsewhere: 2 are left, and they are worth two thirds."""
    receipt = sold(till, ("CEV", "3"))
    line = receipt["lines"][0]["id"]
    till.post(back(till, receipt, {line: "1"}, "9.00", "1.31"))
    seen = read(till, receipt["label"])
    assert seen["lines"][0]["refunded"]["quantity"] == "1"
    assert seen["tenders"][0]["refunded"] == "9.00"
    assert till.post(back(till, seen, {line: "2"}, "18.00", "2.61"))[0]["state"] == "done"


# ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def asked(till: Till, receipt: dict[str, Any], quantity: str = "1", total: str = "9.00", **more: Any) -> dict[str, Any]:
    lines = [{"original_line": receipt["lines"][0]["id"], "quantity": quantity}]
    return till.operation(
        "refund.request", {"original": receipt["id"], "reason": "Cold", "lines": lines, "total": total, **more}
    )


@pytest.fixture
def receipt(till: Till) -> dict[str, Any]:
    return sold(till, ("CEV", "3"))


def paid_out(till: Till, receipt: dict[str, Any], request: dict[str, Any], tax: str = "1.31") -> dict[str, Any]:
    operation = back(till, receipt, {receipt["lines"][0]["id"]: "1"}, "9.00", tax, request=request["id"])
    [answer] = till.post(operation)
    return answer


def test_a_request_moves_nothing_until_it_is_approved_and_paid_once(world: World, till: Till, receipt: dict[str, Any]) -> None:
    request = asked(till, receipt)
    [answer] = till.post(request)
    assert (answer["state"], answer["result"]) == ("done", {"request": request["id"]})
    assert till.post(request) == [answer]
    assert level(world, "CEV") == -3
    assert Receipt.everywhere.count() == 1
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        approve_request(request["id"], by=world.owner, at=AT)
        approve_request(request["id"], by=world.owner, at=AT)
    assert Entry.objects.filter(action="refund.approved").count() == 1
    assert Receipt.everywhere.count() == 1
    first = paid_out(till, receipt, request)
    assert (first["state"], first["marks"]) == ("done", [])
    kept = RefundRequest.everywhere.get()
    assert (kept.state, str(kept.refund.uuid)) == ("paid", first["id"])
    second = paid_out(till, receipt, request, "1.30")
    assert (second["state"], second["marks"][0]["code"]) == ("review", "request_paid")
    assert list(faults()) == []


def test_a_rejection_needs_a_note_and_moves_nothing(world: World, till: Till, receipt: dict[str, Any]) -> None:
    request = asked(till, receipt)
    till.post(request)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        with pytest.raises(DomainError, match="Say why"):
            reject_request(request["id"], by=world.owner, note=" ", at=AT)
        reject_request(request["id"], by=world.owner, note="Eaten", at=AT)
        with pytest.raises(Conflict):
            approve_request(request["id"], by=world.owner, at=AT)
    answer = paid_out(till, receipt, request)
    assert (answer["state"], [mark["code"] for mark in answer["marks"]]) == (
        "done",
        ["request_unapproved", "permission_missing"],
    )


def test_nobody_decides_about_their_own_request(world: World, receipt: dict[str, Any], till: Till) -> None:
    with acting(business_id=world.business.pk):
        till.actor = str(world.owner.uuid)
    request = asked(till, receipt)
    till.post(request)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        for decide in (approve_request, reject_request):
            with pytest.raises(NotAllowed, match="own request"):
                decide(request["id"], by=world.owner, note="x", at=AT)
        manager = staff(world, "Mira", Role.MANAGER, pin="4444", store=world.store)
        assert approve_request(request["id"], by=manager, at=AT).decided_by == manager
        with pytest.raises(NotAllowed):
            approve_request(request["id"], by=world.cashier, at=AT)


def test_a_yes_holds_for_those_lines_and_no_more(world: World, till: Till, receipt: dict[str, Any]) -> None:
    request = asked(till, receipt)
    till.post(request)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        approve_request(request["id"], by=world.owner, at=AT)
    more = back(till, receipt, {receipt["lines"][0]["id"]: "2"}, "18.00", "2.61", request=request["id"])
    [answer] = till.post(more)
    assert "request_unapproved" in [mark["code"] for mark in answer["marks"]]
    assert RefundRequest.everywhere.get().state == "approved"


def test_what_went_back_meanwhile_cannot_be_approved(world: World, till: Till, receipt: dict[str, Any]) -> None:
    request = asked(till, receipt, "3", "27.00")
    till.post(request, back(till, receipt, {receipt["lines"][0]["id"]: "1"}, "9.00", "1.31"))
    with acting(business_id=world.business.pk, actor_id=world.owner.pk), pytest.raises(Conflict, match="Meanwhile"):
        approve_request(request["id"], by=world.owner, at=AT)


@pytest.mark.parametrize(
    ("quantity", "total", "code"),
    [("4", "36.00", "refund_beyond_sale"), ("1", "8.00", "figures_differ"), ("0", "0.00", "unreadable")],
)
def test_a_request_beyond_the_sale_is_for_a_manager(
    till: Till, receipt: dict[str, Any], quantity: str, total: str, code: str
) -> None:
    [answer] = till.post(asked(till, receipt, quantity, total))
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", code)
    assert not RefundRequest.everywhere.exists()


def test_the_log_says_who_asked_for_what(till: Till, receipt: dict[str, Any]) -> None:
    till.post(asked(till, receipt))
    data = json.loads(Entry.objects.get(action="refund.asked").data)
    assert (data["label"], data["total"], data["reason"]) == (receipt["label"], "9.00", "Cold")
    assert Shift.everywhere.count() == 1
