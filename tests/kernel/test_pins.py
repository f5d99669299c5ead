"""PINs: unique in a business without telling whose, of active staff of the device's store."""

from datetime import UTC, datetime

import pytest

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.people.models import Employee, Role, Store
from smartpos.people.services.employees import create_employee, update_employee
from smartpos.people.services.pins import PinUnknown, identify
from smartpos.people.services.places import create_store, create_terminal
from tests.world import AT, World

NO = "401 pin_unknown PIN not recognised. {}"
pytestmark = [pytest.mark.django_db, pytest.mark.database]


def hire(world: World, name: str, pin: str, *, role: str = Role.CASHIER, stores: list[Store] | None = None) -> Employee:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_employee(
            by=world.owner, name=name, role=role, email="", password="", pin=pin, stores=stores or [world.store], at=AT
        )


def change(world: World, employee: Employee, **more: object) -> Employee:
    values = {
        "name": employee.name, "role": employee.role, "email": "", "password": "", "pin": "", "stores": [world.store],
        "active": True, "at": AT, **more,
    }  # fmt: skip
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return update_employee(employee, by=world.owner, **values)  # type: ignore[arg-type]


def who(world: World, pin: str) -> str:
    device, _token = world.enrol()
    try:
        return identify(device, pin, address=f"of {pin}", at=datetime.now(UTC)).name
    except PinUnknown as error:
        return f"{error.status} {error.code} {error.message} {error.params}"


@pytest.mark.parametrize("pin", ["123", "12345", "12a4", "١٢٣٤", "12 4", "", "-123", "1234\n"])
def test_a_pin_is_four_ascii_digits(world: World, pin: str) -> None:
    from smartpos.people.services.pins import assert_pin

    with pytest.raises(DomainError) as caught:
        assert_pin(pin)
    assert (caught.value.code, caught.value.field) == ("pin_form", "pin")


def test_a_pin_that_somebody_has_is_refused_without_saying_whose(world: World) -> None:
    with pytest.raises(DomainError) as caught:
        hire(world, "Dado", "1111")
    assert caught.value.code == "pin_taken"
    assert "Boris" not in caught.value.message
    assert not Employee.everywhere.filter(name="Dado").exists()


def test_the_same_pin_in_another_business_is_another_persons(world: World, other_world: World) -> None:
    assert (who(world, "1111"), who(other_world, "1111")) == ("Boris A", "Boris B")
    hashes = {bytes(e.pin_hash) for e in Employee.everywhere.filter(name__startswith="Boris")}
    assert len(hashes) == 2


def test_everything_wrong_is_answered_alike(world: World) -> None:
    change(world, hire(world, "Gone", "4444"), active=False)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        other = create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
    hire(world, "Elsewhere", "5555", stores=[other])
    answers = {who(world, pin) for pin in ("0000", "4444", "5555", "no", "11111", "1111 ", "")}
    assert answers == {NO}


def test_the_owner_works_in_every_store_and_staff_in_theirs(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        other = create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        terminal = create_terminal(other, by=world.owner, name="Till 1", at=AT)
    device, _token = world.enrol(terminal)
    assert identify(device, "9999", address="x", at=AT).name == "Ana A"
    with pytest.raises(PinUnknown):
        identify(device, "1111", address="x", at=AT)


def test_an_old_pin_stops_at_once_and_an_empty_one_keeps_the_old(world: World) -> None:
    change(world, world.cashier, pin="7070")
    assert (who(world, "1111"), who(world, "7070")) == (NO, "Boris A")
    change(world, world.cashier)
    assert who(world, "7070") == "Boris A"


def test_no_log_entry_and_no_column_shows_a_pin(world: World) -> None:
    change(world, world.cashier, pin="7071")
    entry = Entry.objects.filter(action="employee.changed").latest("position")
    assert "7071" not in entry.data
    assert '"pin_changed":true' in entry.data
    stored = bytes(Employee.everywhere.get(pk=world.cashier.pk).pin_hash)
    assert len(stored) == 32
    assert b"7071" not in stored
