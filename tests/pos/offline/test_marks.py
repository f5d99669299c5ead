"""Marks tell a manager what a till did that the shop did not know of, and never stop the booking."""

from decimal import Decimal
from typing import Any

import pytest

from pos.models import Receipt
from pos.tiers import Tier
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.people.models import Employee, Role
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store
from tests.architecture.shop import known
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIVE_PERCENT = {"kind": "percent", "value": "5"}
TEN_PERCENT = {"kind": "percent", "value": "10"}


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift, which knows a customer."""
    known(world)
    till = world.till()
    till.open_shift()
    return till


def marks_of(till: Till, *, line: dict[str, Any] | None = None, sku: str = "ESP", **cart: Any) -> list[tuple[str, str]]:
    """Sell one article with a changed line and cart; answers the marks with what they speak of."""
    made = till.cart([(till.item(sku), "1")], **cart)
    made["lines"][0].update(line or {})
    sale = till.settle(made, [till.item(sku)])
    if cart.get("customer"):
        sale["body"]["customer"] = next(iter(till.rows("customer")))
    [answer] = till.post(sale)
    assert answer["state"] == "done", answer
    assert Receipt.everywhere.order_by("-pk")[0].marks.count('"code"') == len(answer["marks"])
    return [(mark["code"], mark.get("permission") or mark.get("detail") or mark.get("listed", "")) for mark in answer["marks"]]


def test_a_sale_as_the_catalogue_has_it_carries_no_mark(till: Till) -> None:
    assert marks_of(till) == []


@pytest.mark.parametrize(
    "line",
    [
        {"list": "1.99"},
        {"modifiers": ["-1.99"]},
        {"label": "0.01", "quantity": "1"},
    ],
)
def test_a_price_that_the_catalogue_does_not_explain_is_marked(till: Till, line: dict[str, Any]) -> None:
    assert ("price_differs", "2") in marks_of(till, line=line)


def test_a_label_worth_its_quantity_is_no_other_price(till: Till) -> None:
    assert marks_of(till, line={"label": "3.00", "quantity": "1.5"}) == []


@pytest.mark.parametrize(
    ("line", "permission"),
    [
        ({"override": "1.00"}, "sale.price"),
        ({"discount": FIVE_PERCENT}, None),
        ({"gratis": True}, None),
    ],
)
def test_a_right_that_the_actor_lacks_is_marked(till: Till, line: dict[str, Any], permission: str | None) -> None:
    """Boris, a cashier, may give discounts and gifts, and may not change prices."""
    assert marks_of(till, line=line) == ([("permission_missing", permission)] if permission else [])


def test_a_waiter_who_gives_a_discount_is_marked(world: World) -> None:
    till = world.till(pin="2222")
    till.open_shift()
    assert marks_of(till, discount=FIVE_PERCENT) == [("permission_missing", "sale.discount")]


@pytest.mark.parametrize(("approver", "marks"), [("owner", []), ("waiter", [("permission_missing", "sale.price")])])
def test_an_approval_counts_when_its_giver_has_the_right(
    world: World, till: Till, approver: str, marks: list[tuple[str, str]]
) -> None:
    giver: Employee = getattr(world, approver)
    cart = till.cart([(till.item("ESP"), "1")])
    cart["lines"][0]["override"] = "1.00"
    operation = till.settle(cart, [till.item("ESP")])
    [answer] = till.post({**operation, "approvals": [{"by": str(giver.uuid), "code": "sale.price"}]})
    assert [(m["code"], m["permission"]) for m in answer["marks"]] == marks


def test_rights_count_only_in_the_stores_where_somebody_works(world: World) -> None:
    """A manager of another store may neither sell nor approve here."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        other = create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        guest = create_employee(
            by=world.owner, name="Guest", role=Role.MANAGER, email="", password="", pin="7777", stores=[other], at=AT
        )
    till = world.till()
    till.open_shift()
    cart = till.cart([(till.item("ESP"), "1")])
    cart["lines"][0]["override"] = "1.00"
    operation = till.settle(cart, [till.item("ESP")])
    [answer] = till.post({**operation, "approvals": [{"by": str(guest.uuid), "code": "sale.price"}]})
    assert [mark["permission"] for mark in answer["marks"]] == ["sale.price"]
    till.actor = str(guest.uuid)
    assert marks_of(till) == [("permission_missing", "sale.make")]


@pytest.mark.parametrize(
    ("cart", "detail"),
    [
        ({"cash_rounding": {"step": "0.05"}}, "cash_rounding"),
    ],
)
def test_what_no_setting_asks_for_is_marked(till: Till, cart: dict[str, Any], detail: str) -> None:
    assert marks_of(till, **cart) == [("input_unknown", detail)]


def test_a_service_charge_is_a_line_of_its_own_and_marked(till: Till) -> None:
    profile = next(iter(till.rows("profile")))
    assert marks_of(till, service_charge={**TEN_PERCENT, "profile": profile}) == [("input_unknown", "service_charge")]
    assert [line.name for line in Receipt.everywhere.get().lines.order_by("position")] == ["Espresso", "Service charge"]


def test_a_fraction_of_a_piece_and_a_strange_product_are_marked(till: Till) -> None:
    assert marks_of(till, line={"quantity": "0.5"}) == [("quantity_differs", "")]
    assert marks_of(till, line={"product": "another"}) == [("input_unknown", "product")]


def test_other_tax_rates_than_the_catalogue_had_are_marked(till: Till) -> None:
    cart = till.cart([(till.item("ESP"), "1")])
    for rates in cart["profiles"].values():
        rates[0]["rate"] = "0.0001"
    [answer] = till.post(till.settle(cart, [till.item("ESP")]))
    assert [mark["code"] for mark in answer["marks"]] == ["tax_differs"]


def test_an_item_of_another_tenant_is_sold_as_unknown_and_moves_no_stock(other_world: World, till: Till) -> None:
    from inventory.models import Movement

    cart = till.cart([(till.item("ESP"), "1")])
    operation = till.settle(cart, [till.item("ESP")])
    operation["body"]["goods"][0]["item"] = str(other_world.variant("ESP").uuid)
    [answer] = till.post(operation)
    assert (answer["state"], [m["code"] for m in answer["marks"]]) == ("done", ["item_unknown"])
    assert Receipt.everywhere.get().lines.get().variant is None
    assert not Movement.everywhere.exists()


def set_for(world: World, values: dict[str, Any]) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values(values, by=world.owner, at=AT)


def test_more_discount_than_the_limit_of_its_time_is_marked(world: World, till: Till) -> None:
    """As shipped 5 % below 50; the settings valid when the sale was made decide, not those of its arrival."""
    ten = {"discount": TEN_PERCENT}
    assert marks_of(till, line=ten) == [("limit_exceeded", "0.20")]
    made = till.cart([(till.item("ESP"), "1")])
    made["lines"][0].update(ten)
    before = till.settle(made, [till.item("ESP")])
    set_for(world, {"discount.tiers": (Tier(Decimal(0), None, "percent", Decimal(10)),)})
    [answer] = till.post(before)
    assert [mark["code"] for mark in answer["marks"]] == ["limit_exceeded"]
    till.load()
    assert marks_of(till, line=ten) == []


@pytest.mark.feature("SET-06")
@pytest.mark.feature("POS-16")
def test_with_a_customer_the_other_limit_holds(till: Till) -> None:
    twenty = {"discount": {"kind": "percent", "value": "20"}}
    assert marks_of(till, line=twenty) == [("limit_exceeded", "0.40")]
    assert marks_of(till, line=twenty, customer=True) == []


def test_a_manager_at_the_till_gives_more(world: World, till: Till) -> None:
    till.sign_in("9999")
    assert marks_of(till, line={"discount": TEN_PERCENT}) == []
