"""What is agreed at the till (prices, discounts, gifts, notes) and what managers said yes to: booked, marked, told in the log."""

import json
from typing import Any

import pytest

from pos.documents import receipt_html
from pos.models import Receipt
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.people.models import Employee
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ABOVE, PRICE, GRATIS = "sale.discount_above_limit", "sale.price", "sale.gratis"
NOTE = "bez luka <b>&"
TIERS = [{"start": "0", "kind": "percent", "value": "5"}]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def agreed(till: Till, *, approved: bool = True) -> dict[str, Any]:
    """2 × 2.00 at 1.50, one Ćevapi with a tenth off and one gratis, another tenth off the cart: all that a ticket can hold."""
    skus = ("ESP", "CEV", "CEV")
    limit = {"tiers": TIERS, "approved": True} if approved else None
    cart = till.cart(
        [(till.item(sku), "2" if sku == "ESP" else "1") for sku in skus],
        discount={"kind": "percent", "value": "10"},
        limit=limit,
    )
    price, less, gift = cart["lines"]
    price["override"] = "1.50"
    less["discount"] = {"kind": "percent", "value": "10"}
    gift["gratis"] = True
    operation = till.settle(cart, [till.item(sku) for sku in skus])
    operation["body"]["goods"][1]["note"] = NOTE
    return operation


def yes(by: Employee, code: str, **more: Any) -> dict[str, Any]:
    return {"by": str(by.uuid), "code": code, "reason": "guest", "amounts": {"discount": "2.01"}, **more}


def codes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(mark["code"], mark.get("permission", "")) for mark in answer["marks"]]


def test_what_a_manager_approved_is_booked_without_a_mark_and_the_log_names_who_why_and_what(world: World, till: Till) -> None:
    operation = agreed(till) | {"approvals": [yes(world.owner, ABOVE), yes(world.owner, PRICE, amounts={"price": "1.50"})]}
    [answer] = till.post(operation)
    assert (answer["state"], answer["marks"]) == ("done", [])
    receipt = Receipt.everywhere.get()
    assert (str(receipt.gross), str(receipt.discount), str(receipt.total)) == ("12", "2.01", "9.99")
    lines = list(receipt.lines.order_by("position"))
    assert [(line.gratis, line.note) for line in lines] == [(False, ""), (False, NOTE), (True, "")]
    assert (str(lines[0].list_price), str(lines[0].unit_price)) == ("2", "1.5")
    told = json.loads(Entry.objects.get(action="receipt.sale", subject=f"receipt:{receipt.uuid}").data)
    assert (told["approved_by"], told["reason"], told["offline"]) == (world.owner.name, "guest", False)
    assert told["discount"] == "2.01"
    assert told["amounts"] == {"discount": "2.01", "price": "1.50"}


@pytest.mark.parametrize("giver", [None, "cashier", "waiter"])
def test_what_nobody_with_the_right_approved_is_booked_and_marked(world: World, till: Till, giver: str | None) -> None:
    """An approval by somebody who has not the right, or is no manager, is none, and the log does not name them."""
    given = [yes(getattr(world, giver), code) for code in (ABOVE, PRICE)] if giver else []
    [answer] = till.post(agreed(till) | {"approvals": given})
    assert answer["state"] == "done"
    assert codes(answer) == [("permission_missing", PRICE), ("permission_missing", ABOVE), ("limit_exceeded", "")]
    told = json.loads(Entry.objects.get(action="receipt.sale").data)
    assert "approved_by" not in told
    assert told["discount"] == "2.01"


def test_each_right_is_approved_by_itself(world: World, till: Till) -> None:
    [answer] = till.post(agreed(till) | {"approvals": [yes(world.owner, ABOVE)]})
    assert codes(answer) == [("permission_missing", PRICE)]


def test_a_till_that_looked_at_no_limit_is_held_to_it(till: Till) -> None:
    [answer] = till.post(agreed(till, approved=False))
    assert codes(answer) == [("permission_missing", PRICE), ("limit_exceeded", "")]


def test_a_waiter_may_give_nothing_away_without_a_manager(world: World) -> None:
    till = world.till(pin="2222")
    till.open_shift()
    cart = till.cart([(till.item("ESP"), "1")])
    cart["lines"][0]["gratis"] = True
    [answer] = till.post(till.settle(cart, [till.item("ESP")]))
    assert codes(answer) == [("permission_missing", GRATIS)]
    cart = till.cart([(till.item("ESP"), "1")])
    cart["lines"][0]["gratis"] = True
    [answer] = till.post(till.settle(cart, [till.item("ESP")]) | {"approvals": [yes(world.owner, GRATIS)]})
    assert answer["marks"] == []


def test_what_was_approved_with_no_network_is_shown_to_a_manager(world: World, till: Till) -> None:
    given = [yes(world.owner, ABOVE, offline=True), yes(world.owner, PRICE)]
    [answer] = till.post(agreed(till) | {"approvals": given})
    assert codes(answer) == [("approved_offline", ABOVE)]
    assert json.loads(Entry.objects.get(action="receipt.sale").data)["offline"] is True


def test_the_receipt_shows_what_was_agreed_and_a_note_is_only_text(world: World, till: Till) -> None:
    till.post(agreed(till) | {"approvals": [yes(world.owner, ABOVE), yes(world.owner, PRICE)]})
    with acting(business_id=world.business.pk):
        page = receipt_html(Receipt.everywhere.select_related("store", "business").get())
    assert "bez luka &lt;b&gt;&amp;" in page
    assert "GRATIS" in page
    for amount in ("12.00", "2.01", "9.99"):
        assert amount in page
    _status, answer = till.send("GET", "/pos/receipts", None)
    [receipt] = answer["receipts"]
    assert (receipt["gross"], receipt["discount"], receipt["total"]) == ("12.00", "2.01", "9.99")
    assert [(line["note"], line["gratis"], line["gross"]) for line in receipt["lines"]] == [
        ("", False, "3.00"), (NOTE, False, "9.00"), ("", True, "0.00"),
    ]  # fmt: skip


def test_a_note_of_more_than_200_letters_is_no_sale_of_ours(till: Till) -> None:
    operation = till.sale([(till.item("ESP"), "1")])
    operation["body"]["goods"][0]["note"] = "x" * 201
    [answer] = till.post(operation)
    assert answer["state"] == "review"


def test_a_gift_comes_back_for_nothing(world: World, till: Till) -> None:
    """What is refunded of a ticket with gifts is what was paid for."""
    till.post(agreed(till) | {"approvals": [yes(world.owner, ABOVE), yes(world.owner, PRICE)]})
    _status, answer = till.send("GET", "/pos/receipts", None)
    [receipt] = answer["receipts"]
    assert [line["payable"] for line in receipt["lines"]][2] == "0.00"
