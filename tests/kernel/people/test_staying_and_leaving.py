"""People from hiring to leaving, and their sessions: what is written down, what stands in the way, what ends at once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from pos.models import Shift
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.models import Employee, Role
from smartpos.people.services.employees import set_active
from tests.architecture.shop import staff
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PEOPLE = "/backoffice/employees/"


def come_in(email: str, address: str = "10.0.0.7") -> Client:
    client = Client(REMOTE_ADDR=address)
    assert client.post("/sign-in/", {"email": email, "password": PASSWORD}).status_code == 302
    return client


def form_of(world: World, **more: Any) -> dict[str, Any]:
    return {
        "uuid": str(uuid7()), "version": "0", "name": "Dado", "role": "cashier", "email": "", "phone": "", "pin": "5656", "card": "",
        "commission": "", "language": "", "stores": str(world.store.uuid), "primary": str(world.store.uuid), **more,
    }  # fmt: skip


def of_person(world: World, person: Employee, **more: Any) -> dict[str, Any]:
    person.refresh_from_db()
    return form_of(
        world, uuid=str(person.uuid), version=str(person.version), name=person.name, role=person.role, pin="", **more
    )


def said(action: str, person: Employee) -> list[str]:
    found = Entry.objects.filter(action=action, subject=f"employee:{person.uuid}").order_by("pk")
    return [entry.data for entry in found]


@pytest.mark.feature("EMP-05")
def test_hiring_changing_and_leaving_are_written_down_and_nobody_is_erased(world: World) -> None:
    owner = come_in("ana@a.example")
    assert owner.post(f"{PEOPLE}new/", form_of(world)).status_code == 302
    dado = Employee.everywhere.get(name="Dado")
    assert said("employee.created", dado) == ['{"name":"Dado","role":"cashier"}']
    page = f"{PEOPLE}{dado.uuid}/"
    assert owner.post(page, {**of_person(world, dado), "name": "Dado D."}).status_code == 302
    assert owner.post(page, {**of_person(world, dado), "role": "employee"}).status_code == 302
    renamed, promoted = said("employee.changed", dado)
    assert '"name":"Dado → Dado D."' in renamed
    assert '"role":"cashier → employee"' in promoted
    assert owner.post(f"{page}deactivate/").status_code == 302
    dado.refresh_from_db()
    assert not dado.active
    assert len(said("employee.deactivated", dado)) == 1
    assert owner.post(f"{page}delete/").status_code == 404
    assert "Dado D." in owner.get(page).content.decode()
    assert {entry.actor_id for entry in Entry.objects.filter(subject=f"employee:{dado.uuid}")} == {world.owner.pk}


@pytest.mark.feature("EMP-05")
def test_the_last_owner_stays_and_nobody_rises_by_their_own_hand(world: World) -> None:
    owner, before = come_in("ana@a.example"), (world.owner.role, True)
    page = f"{PEOPLE}{world.owner.uuid}/"
    assert owner.post(f"{page}deactivate/").status_code in {403, 422}
    assert owner.post(page, {**of_person(world, world.owner), "role": "admin"}).status_code == 422
    world.owner.refresh_from_db()
    assert (world.owner.role, world.owner.active) == before
    for role, above in ((Role.ADMIN, "owner"), (Role.MANAGER, "admin")):
        person = staff(
            world, role, role, pin={"admin": "7777", "manager": "3333"}[role], store=world.store, email=f"{role}@a.example"
        )
        client = come_in(person.email)
        for target, wanted in ((person, above), (world.cashier, above), (world.cashier, str(role))):
            answer = client.post(f"{PEOPLE}{target.uuid}/", {**of_person(world, target), "role": wanted})
            assert answer.status_code in {403, 422}, (role, wanted)
        assert client.post(f"{PEOPLE}new/", form_of(world, role=above)).status_code in {403, 422}
        person.refresh_from_db()
        world.cashier.refresh_from_db()
        assert (person.role, world.cashier.role) == (role, Role.CASHIER)


@pytest.mark.feature("EMP-05")
def test_whoever_has_an_open_shift_leaves_when_a_manager_has_closed_it(world: World) -> None:
    staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store, email="mira@a.example")
    till = world.till()
    till.open_shift("100.00")
    manager, page = come_in("mira@a.example"), f"{PEOPLE}{world.cashier.uuid}/deactivate/"
    refused = manager.post(page)
    assert refused.status_code == 422
    assert "Boris A still has an open shift: Till 1 (Store A)" in refused.content.decode()
    assert Employee.everywhere.get(pk=world.cashier.pk).active
    closing = till.sign_in("3333").close_shift("100.00")
    assert closing["state"] == "done"
    assert Shift.everywhere.get().closed_by.name == "Mira"
    assert manager.post(page).status_code == 302
    assert not Employee.everywhere.get(pk=world.cashier.pk).active


def entries(*actions: str) -> list[tuple[str, int | None, str, bool]]:
    found = Entry.objects.filter(action__in=actions).order_by("pk")
    return [(entry.action, entry.actor_id, entry.address, entry.device_id is not None) for entry in found]


@pytest.mark.feature("AUT-14")
def test_coming_and_going_stand_in_the_log_at_the_office_and_at_the_till_and_the_shift_goes_on(world: World) -> None:
    client = come_in("ana@a.example")
    client.post("/sign-out/")
    assert client.get(PEOPLE).status_code == 302
    ana = world.owner.pk
    assert entries("session.started", "session.ended") == [
        ("session.started", ana, "10.0.0.7", False), ("session.ended", ana, "10.0.0.7", False),
    ]  # fmt: skip
    till = world.till()
    till.post(till.operation("session.open", {"method": "pin", "offline": False}))
    till.open_shift()
    [answer] = till.post(till.operation("session.close", {"reason": "hand"}))
    assert answer["state"] == "done"
    assert Shift.everywhere.get().closed_at is None
    till.sign_in("2222")
    till.post(till.operation("session.open", {"method": "pin", "offline": True}))
    boris, ceca = world.cashier.pk, world.waiter.pk
    assert [(action, who, device) for action, who, _where, device in entries("session.opened", "session.closed")] == [
        ("session.opened", boris, True), ("session.closed", boris, True), ("session.opened", ceca, True),
    ]  # fmt: skip


@pytest.mark.feature("AUT-14")
def test_somebody_dismissed_is_out_at_the_next_request_everywhere(world: World) -> None:
    mira = staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store, email="mira@a.example")
    client, till = come_in("mira@a.example"), world.till(pin="3333")
    with_pin = Client()
    with_pin.cookies["smartpos_device"] = world.enrol()[1]
    headers = {"X-SmartPOS-Till": "1"}
    ticket = with_pin.post("/pos/office-session", {"pin": "3333"}, content_type="application/json", headers=headers).json()
    with_pin.post("/sign-in/", {"ticket": ticket["ticket"]})
    assert (client.get(PEOPLE).status_code, with_pin.get(PEOPLE).status_code) == (200, 200)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_active(mira, by=world.owner, active=False, at=datetime.now(UTC))
    assert (client.get(PEOPLE).status_code, with_pin.get(PEOPLE).status_code) == (302, 302)
    till = world.till()
    assert till.send("POST", "/pos/pin", {"pin": "3333"})[0] == 401
    assert str(mira.uuid) not in till.rows("employee")
