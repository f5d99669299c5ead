"""Businesses, stores and terminals: what may change, when, and who is told."""

from datetime import timedelta
from typing import Any

import pytest

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.operations.models import Change
from smartpos.people.models import Device, Employee, Role, Store, Terminal
from smartpos.people.services import places
from smartpos.people.services.businesses import update_business
from smartpos.people.services.employees import create_employee
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _acting(world: World) -> Any:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        yield


def store(world: World, name: str = "Ilidža", **more: Any) -> Store:
    return own(world, places.create_store, name=name, **{"currency": "BAM", "time_zone": "Europe/Sarajevo", **more})


def own(world: World, act: Any, *args: Any, **kwargs: Any) -> Any:
    """An act of the owner, at a fixed time; a till's request has ended whatever act went on before."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return act(*args, by=world.owner, at=AT, **kwargs)


def refusal(world: World, act: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
    with pytest.raises(DomainError) as no:
        own(world, act, *args, **kwargs)
    return no.value.field, no.value.message


def test_a_store_has_a_short_code_of_its_own_without_anybody_choosing_one(world: World) -> None:
    made = [store(world, "Čaršija"), store(world, "Car"), store(world, "Đul"), store(world, "!!!"), store(world, "Carigrad")]
    assert [s.code for s in made] == ["CAR", "CAR2", "DUL", "S", "CAR3"]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": "   "}),
        ("name", {"name": "x" * 121}),
        ("phone", {"phone": "call me"}),
        ("mode", {"mode": "kiosk"}),
        ("currency", {"currency": "XXX"}),
        ("time_zone", {"time_zone": "Mars/Base"}),
        ("cutoff_minutes", {"cutoff_minutes": 1440}),
    ],
)
def test_what_is_wrong_with_a_new_store_is_said_beside_its_field_and_nothing_is_saved(
    world: World, field: str, given: dict[str, Any]
) -> None:
    before = Store.everywhere.count(), Entry.objects.count()
    fields = {"name": "Ilidža", "currency": "BAM", "time_zone": "UTC", **given}
    assert refusal(world, places.create_store, **fields)[0] == field
    assert (Store.everywhere.count(), Entry.objects.count()) == before


def test_a_store_without_a_currency_of_its_own_follows_the_business(world: World) -> None:
    business = own(world, update_business, world.business, currency="EUR")
    world.owner.business = business
    follower, stubborn = store(world, "A", currency=""), store(world, "B", currency="USD")
    assert (follower.currency, stubborn.currency) == ("EUR", "USD")
    own(world, update_business, business, currency="CHF")
    follower.refresh_from_db()
    stubborn.refresh_from_db()
    assert (follower.currency, stubborn.currency) == ("CHF", "USD")
    assert own(world, places.set_store_currency, stubborn, currency="").currency == "CHF"
    assert own(world, places.set_store_currency, stubborn, currency="bam").currency == "BAM"


def test_a_currency_does_not_change_while_a_shift_is_open_and_stored_receipts_keep_theirs(world: World) -> None:
    till = world.till()
    till.open_shift()
    [sold] = till.post(till.sale([(till.item("ESP"), "1")]))
    field, words = refusal(world, places.set_store_currency, world.store, currency="EUR")
    assert field == "currency"
    assert "Till 1" in words
    till.close_shift("102.00")
    own(world, places.set_store_currency, world.store, currency="EUR")
    _status, found = till.send("GET", f"/pos/receipts?number={sold['result']['label']}", None)
    assert found["receipts"][0]["currency"] == "BAM"
    assert till.load().snapshot["store"]["currency"] == "EUR"


def test_the_business_cannot_change_the_currency_of_a_store_that_has_a_shift_open(world: World) -> None:
    own(world, update_business, world.business, currency="BAM")
    own(world, places.set_store_currency, world.store, currency="")
    world.till().open_shift()
    assert refusal(world, update_business, world.business, currency="EUR")[0] == "currency"
    world.store.refresh_from_db()
    assert world.store.currency == "BAM"


def test_a_store_with_an_open_shift_or_stock_is_not_archived(world: World) -> None:
    store(world)
    till = world.till()
    till.open_shift()
    assert "Till 1" in refusal(world, places.archive_store, world.store)[1]
    till.close_shift("100.00")
    from inventory.models import StockLevel

    lying = {"business_id": world.business.pk, "store": world.store, "variant": world.variant("ESP"), "quantity": 3}
    level = StockLevel.everywhere.create(**lying)
    assert "stock" in refusal(world, places.archive_store, world.store)[1]
    level.quantity = -3
    level.save()
    assert not own(world, places.archive_store, world.store).active
    assert Device.everywhere.filter(store=world.store, revoked_at__isnull=True).count() == 0
    status, body = till.send("GET", "/pos/snapshot", None)
    assert (status, body["error"]["code"]) == (401, "device_revoked")
    assert own(world, places.restore_store, world.store).active


def test_the_last_open_store_stays(world: World) -> None:
    assert "at least one" in refusal(world, places.archive_store, world.store)[1]


def test_a_terminal_is_archived_when_its_shift_is_closed_and_its_device_stops(world: World) -> None:
    till = world.till()
    till.open_shift()
    assert "still open" in refusal(world, places.archive_terminal, world.terminal)[1]
    till.close_shift("100.00")
    own(world, places.archive_terminal, world.terminal)
    assert till.send("GET", "/pos/device", None)[0] == 401
    own(world, places.restore_terminal, world.terminal)
    assert Terminal.everywhere.get(pk=world.terminal.pk).active


def test_two_terminals_of_a_store_have_two_names(world: World) -> None:
    second = own(world, places.create_terminal, world.store, name="Till 2")
    assert refusal(world, places.update_terminal, second, name=" Till  1 ", training=False)[0] == "name"


def test_saving_the_same_again_writes_nothing(world: World) -> None:
    made = store(world, phone="+387 33 123 456")
    given = {"name": made.name, "address": "", "city": "", "phone": made.phone, "mode": made.mode, "receipt_footer": ""}
    before = Entry.objects.count(), Change.everywhere.count()
    own(world, places.update_store, made, **given)
    own(world, places.restore_store, made)
    assert (Entry.objects.count(), Change.everywhere.count()) == before


def test_tills_learn_of_a_change_of_their_store_and_only_of_theirs(world: World) -> None:
    till = world.till()
    cursor = till.snapshot["cursor"]
    other = store(world)
    own(world, places.set_store_clock, other, time_zone="Europe/Vienna", cutoff_minutes=120)
    given = {"name": "New name", "address": "", "city": "", "phone": "", "mode": "both", "receipt_footer": ""}
    own(world, places.update_store, world.store, **given)
    _status, news = till.send("GET", f"/pos/snapshot?after={cursor}", None)
    assert news["cursor"] > cursor
    assert [key for key, _body in news["changes"]["store"]] == [str(world.store.uuid)]
    assert (news["store"]["name"], news["store"]["mode"]) == ("New name", "both")


def test_changing_the_clock_leaves_what_is_stored_alone(world: World) -> None:
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    from pos.models import Receipt

    before = list(Receipt.everywhere.values_list("business_date", "occurred_at"))
    own(world, places.set_store_clock, world.store, time_zone="Pacific/Auckland", cutoff_minutes=6 * 60)
    assert list(Receipt.everywhere.values_list("business_date", "occurred_at")) == before


def test_somebody_who_is_no_owner_works_in_the_store_that_they_open(world: World) -> None:
    admin: Employee = create_employee(
        by=world.owner, name="Adi", role=Role.ADMIN, email="", password="", pin="4321", stores=[world.store], at=AT
    )
    made = places.create_store(by=admin, name="Second", currency="BAM", time_zone="UTC", at=AT + timedelta(days=1))
    assert made in admin.stores.all()
