"""Around every page of the Backoffice: menu, store filter, search of everything."""

import re

import pytest
from django.test import Client

from smartpos.context import acting
from smartpos.people.models import Role, Store
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store
from tests.world import AT, PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SALES = "/backoffice/sales/"


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def second(world: World) -> Store:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_store(by=world.owner, name="Second", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)


def manager_of(world: World) -> Client:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        mira = create_employee(
            by=world.owner, name="Mira", role=Role.MANAGER, email="mira@a.example", password=PASSWORD, pin="3333",
            stores=[world.store], at=AT,
        )  # fmt: skip
    client = Client()
    client.force_login(mira.user)
    return client


def sell(world: World) -> str:
    till = world.till()
    till.open_shift()
    [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    return str(answer["result"]["label"])


def shown(client: Client) -> str:
    """The store that the top bar names."""
    page = client.get(SALES).content.decode()
    found = re.search(r'popovertarget="store-choice" aria-label="[^:]+: ([^"]+)"', page)
    return found[1] if found else ""


def test_the_store_filter_is_remembered_and_narrows_lists(office: Client, world: World, second: Store) -> None:
    label = sell(world)
    assert shown(office) == "All stores"
    assert label in office.get(SALES).content.decode()
    assert label not in office.get(f"{SALES}?store={second.uuid}").content.decode()
    assert shown(office) == "Second"
    assert label not in office.get(SALES).content.decode()
    assert label in office.get(f"{SALES}?store=all").content.decode()
    assert shown(office) == "All stores"


def test_a_detail_opens_whatever_store_is_chosen(office: Client, world: World, second: Store) -> None:
    sell(world)
    address = re.search(r'class="row-link" href="([^"]+)"', office.get(SALES).content.decode())[1]
    office.get(f"{SALES}?store={second.uuid}")
    assert office.get(address).status_code == 200


def test_a_manager_chooses_among_assigned_stores_only(world: World, second: Store, other_world: World) -> None:
    client = manager_of(world)
    page = ""
    for store in (second, other_world.store):
        page = client.get(f"{SALES}?store={store.uuid}").content.decode()
        assert store.name not in page
    assert 'id="stores"' not in page


def test_the_search_finds_by_kind(office: Client, world: World) -> None:
    label = sell(world)
    page = office.get("/backoffice/search/?q=esp").content.decode()
    assert "Espresso" in page
    assert label in office.get(f"/backoffice/search/?q={label.lower()}").content.decode()
    assert "Drinks" in office.get("/backoffice/search/?q=drin").content.decode()
    assert (
        'href="/backoffice/devices/"'
        in office.get("/backoffice/search/?q=devic", headers={"HX-Request": "true"}).content.decode()
    )
    assert "Boris A" in office.get("/backoffice/search/?q=boris").content.decode()
    assert (
        'href="/backoffice/settings/'
        in office.get("/backoffice/search/?q=currency").content.decode().split('id="found-list"')[1]
    )
    assert "Nothing is called" in office.get("/backoffice/search/?q=zzz").content.decode()


def test_the_search_shows_nothing_of_a_neighbour(office: Client, world: World, other_world: World) -> None:
    label = sell(other_world)
    for text in (label, "Business B", "Ana B", "Store B"):
        assert (
            'class="found__hit"'
            not in office.get(f"/backoffice/search/?q={text}", headers={"HX-Request": "true"}).content.decode()
        )


@pytest.mark.parametrize("text", ["%", "_", "'", '"><script>', "\\", "🦊", "a" * 500, "-" * 30, "9" * 40])
def test_the_search_takes_whatever_is_written(office: Client, world: World, text: str) -> None:
    answer = office.get("/backoffice/search/", {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_one_line_of_the_menu_is_the_current_one(office: Client, world: World) -> None:
    page = office.get("/backoffice/products/new/").content.decode()
    menu = page.split('id="menu"')[1].split("</nav>")[0]
    assert menu.count('aria-current="page"') == 1
    assert re.search(r'href="/backoffice/products/"[^>]+aria-current="page"', menu)


def test_the_menu_stays_as_this_browser_was_told(office: Client, world: World) -> None:
    assert 'data-menu="auto"' in office.get(SALES).content.decode()
    office.cookies["smartpos_menu"] = "narrow"
    assert 'data-menu="narrow"' in office.get(SALES).content.decode()
    office.cookies["smartpos_menu"] = '"><b>'
    assert "<b>" not in office.get(SALES).content.decode()
