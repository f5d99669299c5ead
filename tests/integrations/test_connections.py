"""Connecting and disconnecting a gateway: by whom, where, sealed, and what tills see of it (POS-30)."""

import pytest
from django.test import Client

from integrations.models import Connection
from pos.models import StrayPayment
from smartpos.audit.models import Entry
from tests.links import connected, link_operation, make, pay
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


def gateways(world: World) -> list[str]:
    till = world.till(Client())
    return [row["name"] for row in till.send("GET", "/pos/orders", None)[1]["gateways"]]


def test_the_owner_connects_a_simulator_and_tills_offer_it_until_it_is_disconnected(world: World, office: Client) -> None:
    form = {"name": "Try out", "store": "", "behaviour": "normal"}
    assert office.post("/backoffice/gateways/new/", form).status_code == 302
    made = Connection.everywhere.get()
    assert made.store is None
    assert gateways(world) == ["Try out"]
    assert b"Try out" in office.get("/backoffice/gateways/").content
    again = office.post("/backoffice/gateways/new/", form)
    assert again.status_code in (409, 422)
    assert "connected there already" in again.content.decode()

    assert office.post(f"/backoffice/gateways/{made.uuid}/end/").status_code == 302
    assert office.post(f"/backoffice/gateways/{made.uuid}/end/").status_code == 302
    assert gateways(world) == []
    assert list(Entry.objects.filter(action__startswith="integration.").values_list("action", flat=True)) == [
        "integration.connected", "integration.disconnected",
    ]  # fmt: skip


def test_credentials_are_nowhere_to_be_read(world: World, office: Client) -> None:
    made = connected(world)
    from integrations.services.credentials import credentials_of

    secret = str(credentials_of(made)["secret"]).encode()
    assert secret not in bytes(made.sealed)
    assert secret not in office.get("/backoffice/gateways/").content
    assert not Entry.objects.filter(data__contains=secret.decode()).exists()


def test_a_gateway_of_one_store_is_not_offered_in_another(world: World) -> None:
    from datetime import UTC, datetime

    from smartpos.context import acting
    from smartpos.people.services.places import create_store

    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(
            by=world.owner, name="Second", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=datetime.now(UTC)
        )
    elsewhere = connected(world, store=second)
    assert gateways(world) == []
    till = world.till(Client())
    till.open_shift()
    [answer] = till.post(link_operation(till, elsewhere))
    assert answer["result"] == {"order": answer["result"]["order"], "made": False, "reason": "gateway"}


def test_the_backoffice_shows_what_happened_and_gives_stray_money_back(world: World, office: Client) -> None:
    till = world.till(Client())
    till.open_shift()
    link = pay(make(till, connected(world)), "twice")
    listed = office.get("/backoffice/online-payments/").content.decode()
    assert "kupac@example.com" in listed
    assert "1 online payment waits to be given back" in office.get("/backoffice/review/").content.decode()
    page = f"/backoffice/online-payments/{link.uuid}/"
    shown = office.get(page).content.decode()
    assert "Money that no receipt stands for · 18.00\u00a0KM · Paid twice" in shown
    assert "WEB1-1" in shown
    stray = StrayPayment.everywhere.get(link=link)
    decide = f"/backoffice/online-payments/strays/{stray.uuid}/"
    assert office.post(decide, {"decision": "dealt", "note": ""}).status_code == 422
    assert office.post(decide, {"decision": "refund"}).status_code == 302
    assert "On its way back" in office.get(page).content.decode()
    assert "WEB1-1" in office.get("/backoffice/sales/").content.decode()
