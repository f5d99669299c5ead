"""Whose a sale is: the customer on the cart."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from pos.models import Customer, Receipt
from pos.services.customers import (
    CustomerInput,
    create_customer,
    erase_customer,
    merge_customers,
    set_archived,
    update_customer,
)
from smartpos.access.services.settings import set_values
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.operations.models import Change, Operation
from smartpos.people.services.places import create_terminal
from tests.architecture.queries import statements
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def add(world: World, name: str) -> Customer:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_customer(CustomerInput(name=name), by=world.owner, at=AT)


@pytest.fixture
def amra(world: World) -> Customer:
    return add(world, "Amra")


@pytest.fixture
def till(world: World, amra: Customer) -> Till:
    till = world.till()
    till.open_shift()
    return till


def sold(world: World, till: Till, buyer: Any, **more: Any) -> tuple[list[str], int | None]:
    """The marks of a sale and whose it is in the ledger."""
    [answer] = till.post(till.sale([(till.item("ESP"), "1")], buyer=str(buyer) if buyer else "", **more))
    assert answer["state"] == "done", answer
    with acting(business_id=world.business.pk):
        receipt = Receipt.objects.get(uuid=answer["result"]["receipt"])
    return [mark["code"] for mark in answer["marks"]], receipt.customer_id


def test_a_sale_is_the_customers_who_was_on_the_cart(world: World, till: Till, amra: Customer) -> None:
    assert sold(world, till, amra.uuid) == ([], amra.pk)
    assert sold(world, till, None) == ([], None)


def test_a_known_customer_costs_a_sale_no_statement(till: Till, amra: Customer) -> None:
    plain = till.sale([(till.item("ESP"), "1")])
    named = till.sale([(till.item("ESP"), "1")], buyer=str(amra.uuid))
    assert len(statements(lambda: till.post(plain))) == len(statements(lambda: till.post(named)))


def test_who_was_added_after_the_tills_cache_is_known_too(world: World, till: Till) -> None:
    late = add(world, "Late")
    assert sold(world, till, late.uuid) == ([], late.pk)


def test_what_was_paid_is_booked_whoever_the_till_names(world: World, other_world: World, till: Till) -> None:
    foreign = add(other_world, "Foreign")
    gone = add(world, "Gone")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        erase_customer(gone, at=AT)
    for uuid in (uuid7(), foreign.uuid, gone.uuid):
        assert sold(world, till, uuid) == (["customer_unknown"], None)


def test_a_cart_priced_for_a_customer_names_one(world: World, till: Till) -> None:
    assert sold(world, till, None, customer=True) == (["customer_unknown"], None)


def test_an_archived_or_merged_customer_is_still_whose_it_is(world: World, till: Till, amra: Customer) -> None:
    other = add(world, "Other")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_archived(amra, archived=True, at=AT)
        merge_customers(other, amra, versions=(1, 2), at=AT)
    marks, key = sold(world, till, amra.uuid)
    assert (marks, key) == ([], amra.pk)


def test_a_refund_is_the_customers_of_the_sale(world: World, till: Till, amra: Customer) -> None:
    [sale] = till.post(till.sale([(till.item("ESP"), "1")], buyer=str(amra.uuid)))
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    receipt = found["receipts"][0]
    figures = {"total": "2.00", "tax": "0.29", "rounding": "0.00", "payable": ["2.00"]}
    tenders = [{"method": "cash", "amount": "2.00"}]
    [back] = till.post(till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, tenders=tenders, figures=figures))
    with acting(business_id=world.business.pk):
        assert Receipt.objects.get(uuid=back["result"]["receipt"]).customer_id == amra.pk


def test_a_till_learns_of_customers_and_forgets_them(world: World, till: Till, amra: Customer) -> None:
    assert till.rows("customer") == {str(amra.uuid): ["Amra", "", "", "", "", "", "", "", False, 0]}
    cursor = till.snapshot["cursor"]
    late = add(world, "Late")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        erase_customer(amra, at=AT)
    _status, news = till.send("GET", f"/pos/snapshot?after={cursor}", None)
    assert dict(news["changes"]["customer"]) == {
        str(amra.uuid): None,
        str(late.uuid): ["Late", "", "", "", "", "", "", "", False, 0],
    }


# ── somebody new at the till ─────────────────────────────────────────────────────────────────────────────────────────


def put(till: Till, uuid: object = None, name: str = "Nova", **more: Any) -> dict[str, Any]:
    return till.operation("customer.put", {"customer": str(uuid or uuid7()), "name": name, **more})


def test_somebody_new_is_there_before_the_sale_that_names_them(world: World, till: Till) -> None:
    uuid = uuid7()
    new = put(till, uuid, "Nova Kupica", email="NOVA@example.com", card="47 11", phone="061")
    sale = till.sale([(till.item("ESP"), "1")], buyer=str(uuid))
    [added, sold_to] = till.post(new, sale)
    assert (added["state"], added["marks"], sold_to["state"], sold_to["marks"]) == ("done", [], "done", [])
    with acting(business_id=world.business.pk):
        customer = Customer.objects.get(uuid=uuid)
        assert (customer.name, customer.email, customer.card, customer.version) == (
            "Nova Kupica",
            "nova@example.com",
            "4711",
            1,
        )
        assert Receipt.objects.get().customer_id == customer.pk
    assert till.load().rows("customer")[str(uuid)][0] == "Nova Kupica"


def test_what_a_till_says_of_people_is_in_no_book(world: World, till: Till) -> None:
    operation = put(till, name="Zlatko Tajni", email="zlatko@example.com", phone="066777888")
    assert till.post(operation) == till.post(operation)
    unreadable = till.operation("customer.put", {"customer": str(uuid7()), "name": "Zlatko", "more": "Tajni"})
    [answer] = till.post(unreadable)
    assert answer["state"] == "review"
    books = [*Operation.everywhere.values(), *Entry.objects.values(), *Change.everywhere.values()]
    for word in ("Zlatko", "zlatko@", "066777888", "Tajni"):
        assert word not in repr(books), word
    assert list(faults()) == []


def test_the_later_of_two_changes_holds(world: World, till: Till, amra: Customer) -> None:
    early, late = put(till, amra.uuid, "Early"), put(till, amra.uuid, "Late")
    till.post(late)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        late_at = Customer.objects.get(pk=amra.pk).changed_at
        update_customer(
            Customer.objects.get(pk=amra.pk), CustomerInput(name="Office"), version=2, at=late_at + timedelta(hours=1)
        )
    [answer] = till.post(early)
    assert answer["state"] == "done"
    amra.refresh_from_db()
    assert amra.name == "Office"
    actions = Entry.objects.filter(subject=f"customer:{amra.uuid}").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["customer.created", "customer.changed", "customer.changed", "customer.outdated"]


@pytest.mark.feature("OFF-13")
def test_two_tills_with_no_network_change_one_customer_and_the_later_moment_wins(
    world: World, till: Till, amra: Customer
) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_terminal(world.store, by=world.owner, name="Second", at=AT)
    other = world.till(Client(), terminal=second)
    other.clock = lambda: datetime.now(UTC) + timedelta(seconds=1)
    early, late = put(till, amra.uuid, "Early"), put(other, amra.uuid, "Late")
    other.post(late)
    till.post(early)
    amra.refresh_from_db()
    assert amra.name == "Late"
    entries = Entry.objects.filter(subject=f"customer:{amra.uuid}").order_by("pk").values_list("action", "device_id")
    found = list(entries)[1:]
    assert [action for action, _device in found] == ["customer.changed", "customer.outdated"]
    assert len({device for _action, device in found}) == 2
    assert till.load().rows("customer")[str(amra.uuid)][0] == other.load().rows("customer")[str(amra.uuid)][0] == "Late"


def test_an_address_or_card_of_another_is_left_out_and_marked(world: World, till: Till) -> None:
    till.post(put(till, email="one@example.com", card="1"))
    uuid = uuid7()
    [answer] = till.post(put(till, uuid, "Two", email="ONE@example.com", card="1", phone="061"))
    assert [(m["code"], m["detail"]) for m in answer["marks"]] == [("contact_left_out", "email"), ("contact_left_out", "card")]
    [bad] = till.post(put(till, email="nonsense"))
    assert [m["detail"] for m in bad["marks"]] == ["email"]
    with acting(business_id=world.business.pk):
        two = Customer.objects.get(uuid=uuid)
    assert (two.name, two.phone, two.email, two.card) == ("Two", "061", "", None)


def test_nobody_reaches_a_foreign_or_erased_customer(world: World, other_world: World, till: Till, amra: Customer) -> None:
    foreign = add(other_world, "Foreign")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        erase_customer(amra, at=AT)
    for uuid in (foreign.uuid, amra.uuid):
        [answer] = till.post(put(till, uuid, "Mine"))
        assert (answer["state"], answer["marks"][0]["code"]) == ("review", "customer_unknown")
    foreign.refresh_from_db()
    amra.refresh_from_db()
    assert (foreign.name, amra.name) == ("Foreign", "")


def test_a_till_where_the_part_is_off_is_booked_and_marked(world: World, till: Till, amra: Customer) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"module.customer_management": False}, by=world.owner, at=AT)
    till.load()
    assert sold(world, till, amra.uuid) == (["module_off"], amra.pk)
    [answer] = till.post(put(till))
    assert [mark["code"] for mark in answer["marks"]] == ["module_off"]
