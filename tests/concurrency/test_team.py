"""Two managers and one bonus, two tills and one task, at the same moment."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from pos.models import BonusPayout, ChecklistTick, ShiftReport
from pos.selectors import bonus as selector
from pos.selectors.checklists import completed_by, on_day
from pos.services.bonus import pay, undo
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.clock import business_day
from smartpos.context import acting
from smartpos.errors import Conflict
from smartpos.ids import uuid7
from smartpos.people.models import Employee, Role
from smartpos.people.services.places import create_terminal
from tests.architecture.shop import staff
from tests.bonus import THIS, ruled
from tests.checklists import task_of, write
from tests.concurrency.together import together
from tests.world import AT, World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.concurrency]
# The month is over, and somebody looks.
LATER = datetime.combine(selector.month_end(THIS) + timedelta(days=5), datetime.min.time(), UTC)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world("A")


@pytest.mark.feature("EMP-13")
def test_managers_who_pay_the_same_month_at_once_pay_it_once(world: World) -> None:
    ruled(world)
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "4")]))
    payers = [world.owner] + [
        staff(world, f"Mirza {n}", Role.ADMIN, pin=f"777{n}", store=world.store, email=f"mirza{n}@a.example") for n in range(3)
    ]

    def press(by: Employee) -> str:
        with acting(business_id=world.business.pk, actor_id=by.pk):
            try:
                given = {"uuid": uuid7(), "shown": Decimal("0.15"), "paid_on": THIS, "by": by, "at": LATER}
                pay(world.cashier, THIS, "BAM", **given)
            except Conflict as conflict:
                return conflict.message
        return "paid"

    for turn in (1, 2):
        answers = together([lambda by=by: press(by) for by in payers])  # type: ignore[misc]
        assert sorted(answers) == sorted(["paid", *["This month is paid already."] * 3])
        payout = BonusPayout.everywhere.latest("pk")
        assert (BonusPayout.everywhere.count(), payout.turn, payout.bonus) == (turn, turn, Decimal("0.15"))
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            undo(payout, reason="Once more", by=world.owner, at=LATER)
    assert Entry.objects.filter(action="bonus.paid").count() == 2
    assert list(faults()) == []


@pytest.mark.feature("EMP-08")
def test_tills_that_tick_the_same_task_at_once_tick_it_once(world: World) -> None:
    """Both acts are kept; the task is done once, by one person, whom tills, the office and the bonus name alike."""
    checklist = write(world, "Lock the doors!")
    task = task_of(checklist, "Lock the doors")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        terminals = [create_terminal(world.store, by=world.owner, name=f"Till {n}", at=AT) for n in (2, 3)]
    tills = [world.till(Client(), terminal=one, pin=pin) for one, pin in zip(terminals, ("1111", "2222"), strict=True)]
    for till in tills:
        till.open_shift("0.00")
    ticks = [till.operation("checklist.tick", {"task": str(task.uuid), "done": True}) for till in tills]
    answers = together(
        [lambda till=till, tick=tick: till.post(tick)[0]["state"] for till, tick in zip(tills, ticks, strict=True)]
    )  # type: ignore[misc]
    assert answers == ["done", "done"]
    assert ChecklistTick.everywhere.count() == 2

    with acting(business_id=world.business.pk):
        day = business_day(datetime.now(UTC), world.store.zone, 0)
        [progress] = on_day([world.store], day)
        [state] = progress.tasks
        who = state.tick.employee
        assert (progress.done, progress.whole, progress.missing) == (1, True, [])
        assert who in (world.cashier, world.waiter)
        assert completed_by(day.replace(day=1)) == {who.pk: 1}
    for till in tills:
        assert till.load().rows("tick")[str(task.uuid)][:3] == [state.tick.period, True, str(who.uuid)]
        assert till.close_shift("0.00")["state"] == "done"
    for report in ShiftReport.everywhere.all():
        assert report_lists(report) == [("Before closing", 1, 1, [])]
    assert list(faults()) == []


def report_lists(report: ShiftReport) -> list[tuple[str, int, int, list[str]]]:
    return [(one["name"], one["done"], one["tasks"], one["missing"]) for one in json.loads(report.figures)["checklists"]]
