"""Points in the Backoffice: the log, a customer's entries, giving and taking by hand, the settings' page."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pos.models import Customer, PointsAccount
from pos.services.customers import CustomerInput, create_customer
from pos.services.loyalty import adjust_points
from smartpos.access.services.settings import set_values
from smartpos.access.settings import value
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.ids import uuid7
from tests.architecture.queries import statements
from tests.world import AT, PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SETTINGS = {
    "loyalty.enabled": "on",
    "loyalty.points_per_unit": "0.5",
    "loyalty.value_of_100": "5",
    "loyalty.minimum": "50",
}


@pytest.fixture
def office(world: World, client: Client) -> Client:
    """Ana, signed in."""
    client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    return client


def add(world: World, name: str, points: int = 0, **more: Any) -> Customer:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        customer = create_customer(CustomerInput(name=name, enrolled=True, **more), by=world.owner, at=AT)
        if points:
            adjust_points(customer, points, reason="Welcome", uuid=uuid7(), by=world.owner, at=AT)
    return customer


def balance(world: World, customer: Customer) -> int:
    with acting(business_id=world.business.pk):
        return PointsAccount.objects.get(customer=customer).balance


@pytest.mark.feature("SET-13")
@pytest.mark.feature("LOY-03")
def test_the_page_of_the_programme_shows_the_worth_of_one_point_and_refuses_what_is_below_nought(
    world: World, office: Client
) -> None:  # fmt: skip
    address = "/backoffice/settings/loyalty/"
    page = office.get(address).content.decode()
    assert "One point is worth 0.01." in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    for name in ("loyalty.points_per_unit", "loyalty.value_of_100", "loyalty.minimum"):
        assert office.post(address, {**SETTINGS, name: "-1", "seen": seen}).status_code == 422, name
    page = office.post(address, {**SETTINGS, "seen": seen}).content.decode()
    assert "One point is worth 0.05." in page
    with acting(business_id=world.business.pk):
        assert (value("loyalty.enabled"), value("loyalty.value_of_100"), value("loyalty.minimum")) == (True, Decimal(5), 50)


@pytest.mark.feature("LOY-11")
def test_the_log_is_filtered_and_taken_away(world: World, office: Client) -> None:
    add(world, "Amra", 120)
    goran = add(world, "Goran", 70)
    page = office.get("/backoffice/loyalty/").content.decode()
    for word in ("Amra", "Goran", "120", "Adjusted", "Welcome", "Ana A", "The programme is off"):
        assert word in page, word
    only = office.get("/backoffice/loyalty/?q=goran").content.decode()
    assert "Goran" in only
    assert "Amra" not in only.split("<main")[1]
    assert "Amra" not in office.get("/backoffice/loyalty/?kind=earned").content.decode().split("<main")[1]
    lines = b"".join(office.get("/backoffice/loyalty/?export=csv").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].lstrip("\ufeff").startswith("Customer,Time,Type,Points,Balance after")
    assert any(line.startswith("Goran,") and ",70,70," in line for line in lines)
    few = len(statements(lambda: office.get("/backoffice/loyalty/")))
    for number in range(4):
        add(world, f"More {number}", 10)
    assert len(statements(lambda: office.get("/backoffice/loyalty/"))) == few
    assert "Goran" in office.get(f"/backoffice/customers/{goran.uuid}/points/").content.decode()


def test_points_are_given_and_taken_with_a_reason(world: World, office: Client) -> None:
    amra = add(world, "Amra", 120)
    address = f"/backoffice/customers/{amra.uuid}/points/adjust/"
    given = {"uuid": str(uuid7()), "points": "-20", "reason": "Booked twice"}
    assert office.post(address, given).status_code == 302
    assert office.post(address, given).status_code == 302
    assert balance(world, amra) == 100
    for wrong in ({"points": "0"}, {"points": "-101"}, {"reason": " "}, {"points": "many"}):
        answer = office.post(address, {**given, "uuid": str(uuid7()), **wrong})
        assert answer.status_code == 422, wrong
    assert (
        "Only 100 points can be taken."
        in office.post(address, {**given, "uuid": str(uuid7()), "points": "-101"}).content.decode()
    )
    entry = Entry.objects.filter(action="customer.points_adjusted").last()
    assert entry is not None
    assert "Booked twice" in entry.data
    page = office.get(f"/backoffice/customers/{amra.uuid}/").content.decode()
    assert "Booked twice" in page
    assert "120" in page


@pytest.mark.feature("CUS-03")
def test_the_file_of_customers_has_points_and_notes_whatever_the_page_shows(world: World, office: Client) -> None:
    add(world, "Amra", 120, email="amra@example.com", phone="061", city="Mostar", note="=Likes the window")
    answer = office.get("/backoffice/customers/?column=name&export=csv")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines == ["\ufeffName,E-mail,Phone,City,Points,Note", "Amra,amra@example.com,061,Mostar,120,'=Likes the window"]
    assert Entry.objects.filter(action="list.exported").exists()


def test_somebody_new_is_offered_to_join_where_the_shop_says_so(world: World, office: Client) -> None:
    new = "/backoffice/customers/new/"
    assert "checked" not in office.get(new).content.decode().split('name="enrolled"')[1].split(">")[0]
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"loyalty.enabled": True, "loyalty.auto_enrol": True}, by=world.owner, at=AT)
    assert "checked" in office.get(new).content.decode().split('name="enrolled"')[1].split(">")[0]
