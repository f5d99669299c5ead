"""Open orders as tills send them: held, taken by exactly one, discarded, paid once."""

from typing import Any

import pytest
from django.test import Client

from pos.models import Order, Receipt
from pos.services.customers import CustomerInput, create_customer
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.outbox.models import OutboxEvent
from smartpos.people.models import Device, Role
from smartpos.people.services.devices import revoke
from smartpos.people.services.places import archive_store, create_store, create_terminal
from tests.architecture.queries import assert_constant_queries
from tests.architecture.shop import staff
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


@pytest.fixture
def other(world: World, till: Till) -> Till:
    """A second till of the same store."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        terminal = create_terminal(world.store, by=world.owner, name="Till 2", at=AT)
    second = world.till(Client(), terminal=terminal)
    second.open_shift()
    return second


def contents(till: Till, *skus: str, **line: Any) -> dict[str, Any]:
    lines = [
        {
            "id": str(uuid7()),
            "item": till.item(sku),
            "name": sku,
            "price": till.rows("item")[till.item(sku)][5],
            "quantity": "1",
            **line,
        }
        for sku in skus
    ]
    return {"lines": lines}


def put(till: Till, order: str = "", *, version: int = 1, held: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    body = {
        "order": order or str(uuid7()),
        "version": version,
        "contents": held or contents(till, "ESP"),
        "total": "2.00",
        "pieces": 1,
        **more,
    }
    return till.operation("order.put", body)


def hold(till: Till, **more: Any) -> str:
    [answer] = till.post(put(till, **more))
    assert answer["state"] == "done", answer
    assert answer["result"]["kept"], answer
    return answer["result"]["order"]


def claim(till: Till, order: str, version: int = 1) -> dict[str, Any]:
    [answer] = till.post(till.operation("order.claim", {"order": order, "version": version}))
    assert answer["state"] == "done", answer
    return answer["result"]


def listed(till: Till) -> list[dict[str, Any]]:
    status, found = till.send("GET", "/pos/orders", None)
    assert status == 200
    return found["orders"]


def order_of(uuid: str) -> Order:
    return Order.everywhere.get(uuid=uuid)


def test_a_held_cart_is_listed_in_the_store_and_comes_back_whole(world: World, till: Till, other: Till) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        amra = create_customer(CustomerInput(name="Amra"), by=world.owner, at=AT)
    manager = {
        "by": str(world.owner.uuid),
        "name": "Ana",
        "code": "sale.price",
        "reason": "Regular",
        "amounts": {"price": "1.50"},
        "scopes": [{"price": "1.50", "quantity": "1"}],
    }
    held = contents(till, "ESP", "CEV", override="1.50", note="no sugar", discount={"kind": "percent", "value": "5"})
    held["deal"] = {"id": str(uuid7()), "discount": {"kind": "amount", "value": "1.00"}, "approvals": [manager]}
    order = hold(till, held=held, note="  Blue coat ", customer=str(amra.uuid), total="9.98", pieces=2)
    for seen, here in ((till, True), (other, False)):
        [row] = listed(seen)
        assert (row["id"], row["here"], row["state"], row["version"]) == (order, here, "open", 1)
        assert (row["note"], row["customer"], row["by"], row["terminal"], row["total"], row["pieces"]) == (
            "Blue coat",
            "Amra",
            "Boris A",
            "Till 1",
            "9.98",
            2,
        )
    got = claim(other, order)
    assert (got["taken"], got["version"], got["note"], got["customer"]) == (True, 2, "Blue coat", str(amra.uuid))
    assert got["contents"]["lines"] == held["lines"]
    assert got["contents"]["deal"] == held["deal"]
    assert [row["state"] for row in listed(till)] == ["taken"]
    assert [entry.action for entry in Entry.objects.filter(subject=f"order:{order}").order_by("pk")] == [
        "order.held",
        "order.claimed",
    ]
    assert not list(faults())


def test_exactly_one_terminal_takes_a_cart_and_the_other_is_told_who_has_it(till: Till, other: Till) -> None:
    order = hold(till)
    assert claim(other, order)["taken"] is True
    lost = claim(till, order)
    assert (lost["taken"], lost["reason"], lost["terminal"]) == (False, "elsewhere", "Till 2")
    assert order_of(order).version == 2
    assert not OutboxEvent.objects.filter(name="operation.review").exists()


def test_the_same_operation_again_moves_nothing(till: Till) -> None:
    first = put(till)
    assert till.post(first) == till.post(first)
    take = till.operation("order.claim", {"order": first["body"]["order"], "version": 1})
    assert till.post(take) == till.post(take)
    assert order_of(first["body"]["order"]).version == 2


def test_a_cart_is_put_back_and_whoever_is_late_with_it_is_told(till: Till, other: Till) -> None:
    order = hold(till)
    claim(till, order)
    [again] = till.post(put(till, order, version=3, held=contents(till, "CEV"), note="two more"))
    assert again["result"] == {"order": order, "kept": True, "version": 3}
    assert claim(other, order, 1)["reason"] == "changed"
    assert claim(other, order, 3)["contents"]["lines"][0]["name"] == "CEV"
    [late] = till.post(put(till, order, version=4))
    assert (late["state"], late["result"]["kept"], late["result"]["reason"]) == ("done", False, "elsewhere")
    assert order_of(order).note == "two more"


def test_discarding_is_for_whoever_has_it(till: Till, other: Till) -> None:
    order = hold(till)
    [no] = other.post(other.operation("order.drop", {"order": order, "version": 1}))
    assert (no["result"]["dropped"], no["result"]["reason"]) == (False, "changed")
    [yes] = till.post(till.operation("order.drop", {"order": order, "version": 1}))
    assert yes["result"]["dropped"] is True
    assert listed(till) == []
    assert claim(till, order, 2)["reason"] == "over"


def test_an_order_that_there_is_not_and_one_of_another_business_look_alike(till: Till, other_world: World) -> None:
    foreign = other_world.till(Client())
    order = hold(foreign)
    nothing = claim(till, str(uuid7()))
    assert {**claim(till, order), "order": ""} == {**nothing, "order": ""}
    [put_over] = till.post(put(till, order))
    assert (put_over["state"], put_over["marks"][0]["code"]) == ("review", "order_unknown")
    assert order_of(order).business_id == other_world.business.pk


def test_an_empty_cart_cannot_be_held(till: Till) -> None:
    [answer] = till.post(put(till, held={"lines": []}))
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "unreadable")
    assert not Order.everywhere.exists()


def test_a_sale_settles_the_carts_it_was_made_of(till: Till) -> None:
    orders = [hold(till), hold(till)]
    for order in orders:
        claim(till, order)
    sale = till.sale([(till.item("ESP"), "2")])
    sale["body"]["orders"] = orders
    [answer] = till.post(sale)
    assert (answer["state"], answer["marks"]) == ("done", [])
    assert {str(order_of(order).receipt) for order in orders} == {sale["id"]}
    assert listed(till) == []
    assert OutboxEvent.objects.filter(name="order.changed", payload__contains='"settled"').count() == 2
    assert not list(faults())


def test_what_is_paid_twice_is_for_a_manager(till: Till, other: Till) -> None:
    """The first till is offline and sells what it holds; the second took the cart meanwhile and sold it too."""
    order = hold(till)
    claim(other, order)
    first = till.sale([(till.item("ESP"), "1")])
    first["body"]["orders"] = [order]
    [booked] = till.post(first)
    assert (booked["state"], [mark["code"] for mark in booked["marks"]]) == ("done", ["order_elsewhere"])
    second = other.sale([(other.item("ESP"), "1")])
    second["body"]["orders"] = [order]
    [twice] = other.post(second)
    assert (twice["state"], twice["result"]) == ("review", None)
    assert twice["marks"] == [{"code": "paid_twice", "detail": booked["result"]["label"]}]
    assert Receipt.everywhere.count() == 1
    assert till.post(first) == [booked]


def test_a_sale_of_a_cart_that_never_came_is_booked_and_marked(till: Till) -> None:
    sale = till.sale([(till.item("ESP"), "1")])
    sale["body"]["orders"] = [str(uuid7())]
    [answer] = till.post(sale)
    assert (answer["state"], answer["marks"]) == ("done", [{"code": "order_unknown"}])


def test_what_a_dead_device_had_in_its_hands_may_be_taken(world: World, till: Till, other: Till) -> None:
    order = hold(till)
    claim(till, order)
    assert claim(other, order, 2)["reason"] == "elsewhere"
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        revoke(Device.objects.get(series=till.snapshot["device"]["series"]), at=AT)
    assert listed(other)[0]["lost"] is True
    assert claim(other, order, 2)["taken"] is True


def test_who_may_not_hold_is_marked(world: World, till: Till) -> None:
    till.sign_in("2222")
    [answer] = till.post(put(till, customer=str(uuid7())))
    assert [mark["code"] for mark in answer["marks"]] == ["permission_missing", "customer_unknown"]
    assert answer["result"]["kept"] is True
    assert staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store)
    assert till.load().sign_in("3333").post(put(till))[0]["marks"] == []


def test_carts_of_another_store_are_out_of_sight(world: World, till: Till) -> None:
    order = hold(till)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        store = create_store(by=world.owner, name="Other", code="O1", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        terminal = create_terminal(store, by=world.owner, name="There", at=AT)
    away = world.till(Client(), terminal=terminal, pin="9999")
    assert listed(away) == []
    assert claim(away, order)["taken"] is False


@pytest.mark.feature("STO-09")
def test_a_store_with_held_carts_does_not_close(world: World, till: Till) -> None:
    hold(till)
    till.close_shift("100.00")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        create_store(by=world.owner, name="Other", code="O1", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        with pytest.raises(DomainError, match="1 cart is still held"):
            archive_store(world.store, by=world.owner, at=AT)


def test_the_list_costs_the_same_with_one_cart_and_with_many(till: Till) -> None:
    hold(till)
    assert_constant_queries(lambda: listed(till), lambda: [hold(till) for _ in range(5)], most=5)
