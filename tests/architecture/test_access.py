"""Roles, rights and modules over every address of the Backoffice: what is off refuses, whatever way it is asked."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from smartpos.access.modules import known_modules, module_on
from smartpos.access.permissions import OFFICE_ROLES, known, permission_of
from smartpos.access.services.rights import set_rights
from smartpos.access.services.settings import set_values
from smartpos.access.settings import known_settings, known_tabs
from smartpos.context import acting
from smartpos.people.models import Employee, Role
from smartpos.web import navigation
from tests.architecture.addresses import Address, addresses
from tests.architecture.product import source_files
from tests.architecture.shop import staff
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SOME_ID = "0192f0c1-7e6a-7000-8000-000000000001"
WAYS: dict[str, dict[str, str]] = {"page": {}, "fragment": {"HX-Request": "true"}, "file": {"Accept": "text/csv"}}
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
EXAMPLES = {"uuid": SOME_ID, "int": "1", "slug": "currency", "str": "currency"}


def code_of(address: Address) -> str:
    kind, _, code = str(getattr(address.view, "guard", "")).partition(": ")
    return code if kind == "office" else ""


def office_addresses() -> list[tuple[str, str]]:
    """Every address of the Backoffice with the permission it asks for."""
    found = [(a.path, code_of(a)) for a in addresses() if code_of(a)]
    return [(PARAMETER.sub(lambda match: EXAMPLES[match[1] or "str"], path), code) for path, code in found]


def signed_in(person: Employee) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def answers(client: Client, path: str) -> dict[str, int]:
    """What each way of asking gets; a POST too."""
    found = {way: client.get(path, headers=headers).status_code for way, headers in WAYS.items()}
    return {
        **found,
        "export": client.get(f"{path}?format=csv&export=csv").status_code,
        "post": client.post(path, {}).status_code,
    }


# 405: the address takes another method; it is decided before the guard, and says nothing of anybody's data.
def refused(found: dict[str, int], status: int) -> bool:
    return set(found.values()) <= {status, 405} and status in found.values()


@pytest.mark.feature("AUT-02")
@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.CASHIER, Role.WAITER])
def test_no_role_below_manager_enters_the_backoffice_whatever_way_it_asks(world: World, role: str) -> None:
    client = signed_in(staff(world, "Klara", role, pin="4444", store=world.store, email="klara@a.example"))
    let_in = {path: found for path, _code in office_addresses() if not refused(found := answers(client, path), 403)}
    assert let_in == {}


def test_whoever_is_not_signed_in_sees_nothing(world: World) -> None:
    client = Client()
    for path, _code in office_addresses():
        assert set(answers(client, path).values()) <= {302, 401, 405}, path


@pytest.mark.feature("SEC-13")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.MANAGER])
def test_a_right_that_is_switched_off_refuses_every_address_at_the_next_request(world: World, role: str) -> None:
    person = staff(world, "Mira", role, pin="3333", store=world.store, email="mira@a.example")
    client = signed_in(person)
    by_code: dict[str, list[str]] = {}
    for path, code in office_addresses():
        by_code.setdefault(code, []).append(path)
    for code, paths in by_code.items():
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            set_rights({(role, code): False}, by=world.owner, at=AT)
        open_still = {path: found for path in paths if not refused(found := answers(client, path), 403)}
        assert open_still == {}, code
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            set_rights({(role, code): True}, by=world.owner, at=AT)
    assert {client.get(path).status_code for path, code in office_addresses()} - {403} != set()


@pytest.mark.feature("SEC-13")
def test_the_owners_every_right_stays_and_pages_open(world: World) -> None:
    owner = signed_in(world.owner)
    assert 403 not in {owner.get(path).status_code for path, _code in office_addresses()}


def switch(world: World, code: str, *, on: bool) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({f"module.{code}": on}, by=world.owner, at=AT)


@pytest.mark.feature("SET-11")
def test_a_section_that_is_off_leaves_the_menu_and_its_addresses_refuse(world: World) -> None:
    owner = signed_in(world.owner)
    for module in known_modules():
        if module.pos:
            continue
        covered = [path for path, code in office_addresses() if permission_of(code).group in module.groups]
        assert covered, f"module {module.code} switches nothing off"
        switch(world, module.code, on=False)
        menu = owner.get(reverse("office-settings")).content.decode()
        assert {path for path in covered if f'href="{path}"' in menu} == set(), module.code
        still = {path: found for path in covered if not refused(found := answers(owner, path), 404)}
        assert still == {}, module.code
        switch(world, module.code, on=True)
        assert owner.get(covered[0]).status_code != 404 or "<" in covered[0] or SOME_ID in covered[0]


@pytest.mark.feature("SET-11")
def test_settings_cannot_be_hidden() -> None:
    hidden = {group for module in known_modules() for group in module.groups}
    assert hidden & {"settings", "permission", "office"} == set()


def test_a_refusal_of_a_module_says_what_it_is(world: World) -> None:
    owner = signed_in(world.owner)
    switch(world, "sales", on=False)
    page = owner.get("/backoffice/sales/").content.decode()
    fragment = owner.get("/backoffice/sales/", headers={"HX-Request": "true"}).content.decode()
    assert "switched off" in page
    assert "switched off" in fragment


def test_every_module_of_the_till_is_asked_for() -> None:
    root = next(iter(source_files())).parents[0]
    while not (root / "static").exists():
        root = root.parent
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (root / "static/js/pos").rglob("*.js"))
    server = "\n".join(path.read_text(encoding="utf-8") for path in source_files())
    for module in known_modules():
        if module.pos:
            assert f'"module.{module.code}"' in scripts, f"the till does not ask for module.{module.code}"
            assert f'"module.{module.code}"' in server or f'"{module.code}")' in server


def test_the_entry_of_a_module_carries_the_modules_guard(world: World) -> None:
    views = {a.name: a.view for a in addresses()}
    for entry in navigation._entries:
        if entry.module:
            assert getattr(views[entry.url], "module", "") == entry.module, entry.url
    with acting(business_id=world.business.pk):
        assert all(module_on(module.code) for module in known_modules())


def test_every_setting_is_read_somewhere() -> None:
    """A setting that nobody reads would be a promise. Tills read theirs by code; the server by code or by the end of it."""
    root = next(iter(source_files())).parents[0]
    while not (root / "static").exists():
        root = root.parent
    files = [*source_files(), *(root / "static/js/pos").rglob("*.js")]
    declaring = {"declarations.py"}
    text = "\n".join(
        re.sub(r'Setting\(\s*"[\w.]+"', "", path.read_text(encoding="utf-8")) for path in files if path.name not in declaring
    )
    for setting in known_settings():
        name = setting.code.partition(".")[2]
        assert f'"{setting.code}"' in text or f'"{name}"' in text, f"nobody reads {setting.code}"


def test_every_setting_stands_on_a_page_in_a_section_of_it() -> None:
    tabs = {tab.code: {section.code for section in tab.sections} for tab in known_tabs()}
    for setting in known_settings():
        assert setting.section in tabs.get(setting.tab, set()), setting.code
    for tab in known_tabs():
        if tab.url:
            assert reverse(tab.url)


def test_no_right_of_the_backoffice_is_shipped_below_manager() -> None:
    wrong = [p.code for p in known() if not p.till and set(p.roles) - set(OFFICE_ROLES)]
    assert wrong == []
