"""The day's end while everybody still sells: one number each, every receipt in exactly one report, one closing."""

import json
from decimal import Decimal

import pytest
from django.test import Client

from pos.models import Receipt, Shift, ShiftReport, ZReport
from pos.selectors.checks import shifts as broken_shifts
from pos.services.autoclose import close_overdue, closing_moment
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.services.places import create_terminal
from tests.concurrency.together import together
from tests.till import Till
from tests.world import AT, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.concurrency]


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world("A")


@pytest.fixture
def tills(world: World) -> list[Till]:
    """Three, with a shift each."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        terminals = [create_terminal(world.store, by=world.owner, name=f"Till {n + 2}", at=AT) for n in range(3)]
    found = [world.till(Client(), terminal=terminal) for terminal in terminals]
    for till in found:
        till.open_shift()
    return found


@pytest.mark.feature("SHF-25")
def test_two_clicks_make_one_z_and_every_receipt_stands_in_exactly_one(world: World, tills: list[Till]) -> None:
    def sell(till: Till) -> None:
        for _sale in range(4):
            [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
            assert answer["state"] == "done"

    def close(till: Till) -> tuple[int, dict]:
        return till.send("POST", "/pos/z", {"id": str(uuid7()), "actor": str(world.owner.uuid)})

    sell(tills[0])
    answers = together([lambda till=till: close(till) for till in tills])
    assert sorted(status for status, _body in answers) == [200, 409, 409]
    office = world.till(Client(), terminal=world.terminal)
    together([*(lambda till=till: sell(till) for till in tills), lambda: close(office)])
    close(tills[0])
    reports = ZReport.everywhere.order_by("number")
    assert [report.number for report in reports] == list(range(1, len(reports) + 1))
    figures = [json.loads(report.figures) for report in reports]
    assert sum(one["sales"]["count"] for one in figures) == Receipt.everywhere.count() == 16
    assert sum(Decimal(one["total"]) for one in figures) == sum(receipt.total for receipt in Receipt.everywhere.all())


@pytest.mark.feature("SHF-18")
def test_one_closing_wins_and_sales_of_the_same_second_belong_to_one_shift(world: World, tills: list[Till]) -> None:
    till = tills[0]
    shift = Shift.everywhere.select_related("store").get(uuid=till.shift)
    at = closing_moment(shift)
    sales = [till.sale([(till.item("ESP"), "1")]) for _n in range(5)]

    def by_itself() -> str:
        with acting(business_id=world.business.pk):
            return close_overdue(at)

    together([lambda: till.post(*sales), by_itself, by_itself, lambda: tills[1].close_shift("100.00")])
    assert ShiftReport.everywhere.count() == 3
    assert Receipt.everywhere.filter(shift=shift).count() == 5
    assert list(broken_shifts()) == []
