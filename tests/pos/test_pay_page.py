"""The page behind a payment link: the bill, the way to pay, and every state, in the customer's language (POS-30)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.architecture.queries import statements
from tests.links import connected, make, pay, press_pay
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    till = world.till()
    till.open_shift()
    return till


def test_the_bill_is_shown_to_whoever_has_the_address_and_to_nobody_else(world: World, till: Till) -> None:
    link = make(till, connected(world))
    page = Client().get(f"/pay/{link.token}/")
    shown = page.content.decode()
    assert page.status_code == 200
    assert "Ćevapi veliki" in shown
    assert "18.00" in shown
    assert "noindex" in shown
    assert "no-store" in page["Cache-Control"]
    for wrong in (link.token[:-1], link.token + "x", str(link.uuid), "x" * 43):
        assert Client().get(f"/pay/{wrong}/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(f"/pay/{link.token}/").status_code == 403


def test_it_speaks_the_language_that_the_browser_chose(world: World, till: Till) -> None:
    link = make(till, connected(world))
    bosnian = Client()
    bosnian.cookies["smartpos_language"] = "bs"
    assert "Vaša kupovina" in bosnian.get(f"/pay/{link.token}/").content.decode()
    assert "Your purchase" in Client().get(f"/pay/{link.token}/", headers={"Accept-Language": "bs"}).content.decode()


def test_pressing_pay_leads_to_the_gateway_and_back_until_it_is_paid(world: World, till: Till) -> None:
    link = make(till, connected(world))
    going = press_pay(link)
    assert going["Refresh"].startswith("0; url=http://testserver/simulator/")
    waiting = Client().get(f"/pay/{link.token}/", headers={"HX-Request": "true"}).content.decode()
    assert 'data-state="waiting"' in waiting
    assert "wait here" in waiting
    pay(link)
    paid = Client().get(f"/pay/{link.token}/", headers={"HX-Request": "true"}).content.decode()
    assert 'data-state="paid"' in paid
    assert "WEB1-1" in paid
    assert 'data-state="paid"' in press_pay(link).content.decode()


def test_an_expired_and_a_cancelled_link_say_so_and_take_nothing(world: World, till: Till) -> None:
    gateway = connected(world)
    old, cancelled = make(till, gateway), make(till, gateway)
    till.post(till.operation("link.cancel", {"order": str(cancelled.order.uuid)}))
    assert 'data-state="cancelled"' in press_pay(cancelled).content.decode()
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
        assert 'data-state="expired"' in press_pay(old).content.decode()


def test_the_page_costs_the_same_with_one_line_and_with_many(world: World, till: Till) -> None:
    gateway = connected(world)
    items = [till.item(sku) for sku in ("ESP", "CEV", "ODD")]
    one, many = make(till, gateway, [(items[0], "1")]), make(till, gateway, [(items[n % 3], "1") for n in range(30)])
    costs = [len(statements(lambda link=link: Client().get(f"/pay/{link.token}/"))) for link in (one, many)]
    assert costs[0] == costs[1] <= 6
