"""Ticking at tills, and what a closing says of tasks that are not done."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pos.models import ChecklistTick, Shift, ShiftReport
from pos.services.autoclose import close_overdue
from smartpos.access.services.settings import set_values
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.services.places import create_store
from tests.checklists import task_of, ticked, write
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CLEAN, NAPKINS = "Clean coffee machine", "Restock napkins"


@pytest.fixture
def till(world: World) -> Till:
    return world.till()


def codes(answer: dict) -> list[str]:
    return [mark["code"] for mark in answer["marks"]]


def require(world: World, **more: object) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"shift.checklist": True, **more}, by=world.owner, at=AT)


@pytest.mark.feature("EMP-08")
def test_a_tick_is_kept_with_who_and_when_and_told_to_every_till(world: World, till: Till) -> None:
    checklist = write(world)
    task = task_of(checklist, CLEAN)
    till.load()
    assert till.rows("checklist")[str(checklist.uuid)] == [
        "Before closing", "daily", [[str(task.uuid), CLEAN, True], [str(task_of(checklist, NAPKINS).uuid), NAPKINS, False]], False,
    ]  # fmt: skip
    assert ticked(till, task)["result"] == {"period": till.day}
    period, done, who, _at = till.load().rows("tick")[str(task.uuid)]
    assert (period, done, who) == (till.day, True, str(world.cashier.uuid))
    ticked(till, task, done=False)
    assert till.load().rows("tick")[str(task.uuid)][1] is False
    assert list(ChecklistTick.everywhere.order_by("pk").values_list("done", "employee", "text", "period")) == [
        (True, world.cashier.pk, CLEAN, till.day), (False, world.cashier.pk, CLEAN, till.day),
    ]  # fmt: skip
    log = Entry.objects.filter(business_id=world.business.pk, subject=f"checklist:{checklist.uuid}").order_by("pk")
    assert [entry.action for entry in log if entry.chain.startswith("device")] == ["checklist.ticked", "checklist.unticked"]
    assert json.loads(log.last().data) == {"name": "Before closing", "task": CLEAN, "period": till.day}


def test_the_same_tick_twice_is_one(world: World, till: Till) -> None:
    task = task_of(write(world), CLEAN)
    operation = till.operation("checklist.tick", {"task": str(task.uuid), "done": True})
    assert till.post(operation, operation)[0] == till.post(operation)[0]
    assert ChecklistTick.everywhere.count() == 1


def test_what_was_done_earlier_and_comes_later_does_not_win(world: World, till: Till) -> None:
    task = task_of(write(world), CLEAN)
    other = world.till()
    now = datetime.now(UTC)
    early = till.operation("checklist.tick", {"task": str(task.uuid), "done": True})
    early["at"] = (now - timedelta(seconds=2)).isoformat()
    other.clock = lambda: now - timedelta(seconds=1)
    ticked(other, task, done=False)
    till.post(early)
    assert other.load().rows("tick")[str(task.uuid)][1] is False


def test_each_period_begins_anew(world: World, till: Till) -> None:
    daily, weekly, monthly = (write(world, name=name, frequency=name) for name in ("daily", "weekly", "monthly"))
    day = datetime.fromisoformat(till.day)
    year, week, _weekday = day.isocalendar()
    found = [ticked(till, task_of(one, CLEAN))["result"]["period"] for one in (daily, weekly, monthly)]
    assert found == [till.day, f"{year}-W{week:02}", till.day[:7]]


def test_what_is_unknown_or_not_allowed_is_told(world: World, other_world: World, till: Till) -> None:
    foreign = task_of(write(other_world), CLEAN)
    assert codes(ticked(till, foreign)) == ["checklist_unknown"]
    assert not ChecklistTick.everywhere.exists()
    [answer] = till.post(till.operation("checklist.tick", {"task": str(uuid7()), "done": "yes"}))
    assert (answer["state"], codes(answer)) == ("review", ["unreadable"])
    task = task_of(write(world), CLEAN)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"module.checklists": False}, by=world.owner, at=AT)
    till.load()
    assert codes(ticked(till, task)) == ["module_off"]
    assert ChecklistTick.everywhere.count() == 1


def test_a_list_of_another_store_is_not_here(world: World, till: Till) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
    write(world, name="Elsewhere", stores=[second])
    assert till.load().rows("checklist") == {}


@pytest.mark.feature("SHF-12", "SHF-27")
def test_a_closing_over_open_tasks_is_booked_marked_and_reported(world: World, till: Till) -> None:
    checklist = write(world, f"{CLEAN}!", NAPKINS, "Count!")
    require(world)
    till.load().open_shift()
    ticked(till, task_of(checklist, CLEAN))
    answer = till.close_shift("100.00")
    assert answer["state"] == "done"
    assert [mark for mark in answer["marks"] if mark["code"] == "checklist_open"] == [
        {"code": "checklist_open", "detail": "Count"}
    ]
    figures = json.loads(ShiftReport.everywhere.get().figures)
    assert figures["checklists"] == [
        {"name": "Before closing", "frequency": "daily", "done": 1, "tasks": 3, "missing": ["Count"]}
    ]
    till.load().open_shift()
    ticked(till, task_of(checklist, "Count"))
    assert "checklist_open" not in codes(till.close_shift("100.00"))


def test_without_the_setting_nothing_is_marked(world: World, till: Till) -> None:
    write(world)
    till.load().open_shift()
    assert codes(till.close_shift("100.00")) == []


@pytest.mark.feature("SHF-12")
def test_a_shift_that_closes_itself_says_what_was_left(world: World, till: Till) -> None:
    write(world)
    require(world)
    till.load().open_shift()
    with acting(business_id=world.business.pk):
        close_overdue(datetime.now(UTC) + timedelta(days=2))
    assert Shift.everywhere.get().closed_how == "auto"
    assert json.loads(ShiftReport.everywhere.get().figures)["checklists"][0]["missing"] == [CLEAN]


def test_weekly_tasks_hold_no_shift(world: World, till: Till) -> None:
    write(world, "Defrost!", frequency="weekly")
    require(world)
    till.load().open_shift()
    assert codes(till.close_shift("100.00")) == []
