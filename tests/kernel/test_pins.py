"""PINs: unique in a business without telling whose, of active staff of the device's store."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.people.models import Employee, Role, Store
from smartpos.people.services.employees import create_employee, set_active, update_employee
from smartpos.people.services.pins import PinUnknown, identify, pin_hash
from smartpos.people.services.places import create_store, create_terminal
from tests.architecture.shop import staff
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
        "name": employee.name, "role": employee.role, "pin": "", "stores": [world.store], "at": AT, **more,
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
    gone = hire(world, "Gone", "4444")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_active(gone, by=world.owner, active=False, at=AT)
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


def office_of(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee.user)
    return client


def form_for(world: World, person: Employee, **more: str) -> dict[str, str]:
    person.refresh_from_db()
    return {
        "uuid": str(person.uuid), "version": str(person.version), "name": person.name, "role": person.role, "email": "", "phone": "",
        "pin": "", "card": "", "commission": "", "language": "", "stores": str(world.store.uuid), "primary": str(world.store.uuid), **more,
    }  # fmt: skip


@pytest.fixture
def admin(world: World) -> Client:
    """Adi, an admin, at the Backoffice."""
    return office_of(staff(world, "Adi", Role.ADMIN, pin="7777", store=world.store, email="adi@a.example"))


@pytest.mark.feature("AUT-05")
def test_an_admin_types_a_new_pin_and_the_old_one_opens_nothing_from_then_on(world: World, admin: Client) -> None:
    till, page = world.till(), f"/backoffice/employees/{world.cashier.uuid}/"
    verifier = till.rows("employee")[str(world.cashier.uuid)]

    def enter(pin: str) -> int:
        return till.send("POST", "/pos/pin", {"pin": pin})[0]

    assert admin.post(page, form_for(world, world.cashier, phone="033 111 222")).status_code == 302
    assert enter("1111") == 200
    assert admin.post(page, form_for(world, world.cashier, pin="7070")).status_code == 302
    assert (enter("1111"), enter("7070")) == (401, 200)
    # What a till made of the old PIN for offline hangs on the person's row, which is another one now.
    assert till.load().rows("employee")[str(world.cashier.uuid)] != verifier
    assert admin.post(page, form_for(world, world.cashier, pin="707")).status_code == 422
    assert enter("7070") == 200
    first, second = Entry.objects.filter(action="employee.changed").order_by("pk")
    assert '"pin_changed":false' in first.data
    assert '"pin_changed":true' in second.data
    assert second.actor_id == Employee.everywhere.get(name="Adi").pk
    shown = admin.get(f"/backoffice/audit/{second.pk}/").content.decode()
    assert "7070" not in second.data + second.subject + shown.partition("<main")[2]
    assert "7070" not in admin.get(page).content.decode().partition("<main")[2]


@pytest.mark.feature("AUT-06")
def test_a_pin_is_one_persons_whoever_asks_and_nothing_stored_can_be_tried_out(world: World, admin: Client) -> None:
    gone = hire(world, "Gordana", "4444")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_active(gone, by=world.owner, active=False, at=AT)
    refused = []
    for pin in ("1111", "9999", "4444"):
        answer = admin.post(f"/backoffice/employees/{world.waiter.uuid}/", form_for(world, world.waiter, pin=pin))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["pin"])
        refused.append(str(answer.context["form"].errors["pin"]))
        assert not any(name in refused[-1] for name in ("Boris", "Ana", "Gordana"))
    assert len(set(refused)) == 1
    assert who(world, "2222") == "Ceca A"
    with pytest.raises(IntegrityError), transaction.atomic():
        Employee.everywhere.filter(pk=world.waiter.pk).update(pin_hash=pin_hash(world.business.pk, "1111"))
    stored = {bytes(value) for value in Employee.everywhere.values_list("pin_hash", flat=True) if value}
    pins = [f"{n:04d}".encode() for n in range(10_000)]
    for make in (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.sha512):
        assert not stored & {make(pin).digest() for pin in pins}
    with override_settings(PIN_KEY="another key"):
        assert not stored & {pin_hash(world.business.pk, pin.decode()) for pin in pins}
