"""Two tills and one customer's points at the same moment (hard case 26)."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from pos.models import Customer, PointsAccount
from pos.services.customers import CustomerInput, create_customer
from pos.services.loyalty import adjust_points
from smartpos.access.services.settings import set_values
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.services.places import create_terminal
from tests.concurrency.together import together
from tests.till import Till
from tests.world import AT, World, make_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.concurrency,
]
TILLS = 4


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world("A")


@pytest.fixture
def amra(world: World) -> Customer:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"loyalty.enabled": True}, by=world.owner, at=AT)
        customer = create_customer(CustomerInput(name="Amra", enrolled=True), by=world.owner, at=AT)
        adjust_points(customer, 500, reason="Welcome", uuid=uuid7(), by=world.owner, at=datetime.now(UTC))
    return customer


@pytest.fixture
def tills(world: World, amra: Customer) -> list[Till]:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        places = [create_terminal(world.store, by=world.owner, name=f"Till {n + 2}", at=AT) for n in range(TILLS)]
    found = [world.till(Client(), terminal=place) for place in places]
    for till in found:
        till.open_shift()
    return found


def test_of_tills_that_want_the_same_points_one_gets_them(world: World, amra: Customer, tills: list[Till]) -> None:
    body = {"customer": str(amra.uuid), "points": 500}
    answers = together([lambda till=till: till.send("POST", "/pos/points", body) for till in tills])  # type: ignore[misc]
    assert sorted(status for status, _answer in answers) == [200, 409, 409, 409]


def test_points_used_by_all_at_once_are_taken_once_and_the_rest_is_owed(
    world: World, amra: Customer, tills: list[Till]
) -> None:
    points = {"use": "500", "balance": "500", "minimum": "100", "value_of_100": "1.00"}
    sales = [till.sale([(till.item("CEV"), "1")], buyer=str(amra.uuid), points=points) for till in tills]
    answers = together([lambda till=till, sale=sale: till.post(sale)[0] for till, sale in zip(tills, sales, strict=True)])  # type: ignore[misc]
    assert [answer["state"] for answer in answers] == ["done"] * TILLS
    marks = [[mark["code"] for mark in answer["marks"]] for answer in answers]
    assert sorted(marks) == [[], *[["points_overdrawn"]] * (TILLS - 1)]
    with acting(business_id=world.business.pk):
        row = PointsAccount.objects.get(customer=amra)
    # 500 there and 4 earned by each sale, 2000 used
    assert (row.balance, row.debt) == (0, 2000 - 500 - 4 * TILLS)
    assert list(faults()) == []
