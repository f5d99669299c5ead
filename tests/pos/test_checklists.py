"""Checklists in the Backoffice: what is kept and refused, who may, and what is seen of what was done."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from pos.checklist_periods import days_of, label_of, latest, period_of
from pos.models import Checklist, ChecklistTask, ChecklistTick
from pos.selectors.checklists import of_checklist, on_day
from smartpos.access.services.settings import set_values
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.people.models import Role, Store
from smartpos.people.services.places import create_store
from tests.architecture.shop import staff
from tests.checklists import task_of, ticked, write
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = "01934b7e-0000-7000-8000-00000000000c"
PAGE = "/backoffice/checklists/"


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def second(world: World) -> Store:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)


def filled(*texts: str, order: list[str] | None = None, **more: Any) -> dict[str, Any]:
    rows = {f"tasks-{n}-text": text for n, text in enumerate(texts)}
    numbers = order or [str(n) for n in range(len(texts))]
    return {
        "uuid": NEW, "version": "0", "name": "Before closing", "frequency": "daily", "scope": "all", "tasks-order": numbers,
        **rows, **more,
    }  # fmt: skip


def tasks(checklist: Checklist) -> list[tuple[str, bool]]:
    rows = ChecklistTask.everywhere.filter(checklist=checklist, removed_at=None).order_by("position")
    return list(rows.values_list("text", "mandatory"))


@pytest.mark.feature("EMP-07")
def test_a_list_is_written_once_changed_and_put_away(world: World, office: Client) -> None:
    for _ in range(2):
        answer = office.post(f"{PAGE}new/", filled("Count", "Clean", order=["1", "0"], **{"tasks-0-mandatory": "on"}))
        assert answer.status_code == 302
    checklist = Checklist.everywhere.get()
    assert tasks(checklist) == [("Clean", False), ("Count", True)]
    assert office.post(f"{PAGE}new/", filled("Count", name="Something else")).status_code == 409
    edit = f"{PAGE}{checklist.uuid}/edit/"
    kept = str(task_of(checklist, "Count").uuid)
    changed = filled("Count the drawer", "Lock", version="1", frequency="weekly", **{"tasks-0-uuid": kept})
    assert office.post(edit, changed).status_code == 302
    assert office.post(edit, changed).status_code == 409
    assert tasks(checklist) == [("Count the drawer", False), ("Lock", False)]
    office.post(f"{PAGE}{checklist.uuid}/archive/")
    office.post(f"{PAGE}{checklist.uuid}/restore/")
    log = Entry.objects.filter(business_id=world.business.pk, subject=f"checklist:{checklist.uuid}").order_by("position")
    assert [entry.action for entry in log] == [
        "checklist.created", "checklist.changed", "checklist.archived", "checklist.restored",
    ]  # fmt: skip
    assert json.loads(log[1].data)["changes"] == {
        "frequency": ["daily", "weekly"], "tasks": ["Clean, Count!", "Count the drawer, Lock"],
    }  # fmt: skip


@pytest.mark.feature("EMP-07")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"frequency": "hourly"}, "frequency"),
        ({"scope": "chosen"}, "stores"),
        ({"tasks-0-gone": "on"}, "__all__"),
        ({"tasks-order": []}, "__all__"),
        ({"tasks-order": ["x", "-1", "99999"]}, "__all__"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, office: Client, wrong: dict[str, Any], field: str) -> None:
    answer = office.post(f"{PAGE}new/", filled("Count", **wrong))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Checklist.everywhere.exists()


def test_a_task_without_words_is_refused_in_its_row(world: World, office: Client) -> None:
    answer = office.post(f"{PAGE}new/", filled("Count", "  "))
    assert answer.status_code == 422
    assert "text" in answer.context["form"].rows[1].errors
    assert office.post(f"{PAGE}new/", filled("x" * 121)).status_code == 422
    many = filled(*[f"Task {n}" for n in range(61)])
    assert office.post(f"{PAGE}new/", many).status_code == 422


def test_a_row_of_another_list_is_no_row_of_this_one(world: World, other_world: World, office: Client) -> None:
    mine, foreign = write(world), write(other_world)
    stolen = str(task_of(foreign, "Restock napkins").uuid)
    answer = office.post(f"{PAGE}{mine.uuid}/edit/", filled("Mine now", version="1", **{"tasks-0-uuid": stolen}))
    assert answer.status_code == 409
    assert office.get(f"{PAGE}{foreign.uuid}/").status_code == 404


@pytest.mark.feature("EMP-08")
def test_who_did_what_and_when_is_seen_in_the_office(world: World, office: Client, second: Store) -> None:
    checklist = write(world)
    till = world.till()
    ticked(till, task_of(checklist, "Clean coffee machine"))
    ticked(till, task_of(checklist, "Restock napkins"))
    ticked(till, task_of(checklist, "Restock napkins"), done=False)
    for address in (f"{PAGE}{checklist.uuid}/", f"{PAGE}progress/"):
        page = office.get(address).content.decode()
        assert "1 of 2" in page
        assert world.cashier.name in page
        assert "taken back" in page
    assert "0 of 2" in office.get(f"{PAGE}progress/").content.decode()  # the second store
    for odd in ("x", "9999-99-99", "2999-01-01", "0001-01-01", ""):
        assert office.get(f"{PAGE}progress/?day={odd}").status_code == 200


def test_a_task_that_was_taken_off_stays_in_its_periods(world: World) -> None:
    checklist = write(world, "Old", "Kept")
    at = datetime(2026, 11, 2, 12, tzinfo=UTC)
    rows = ChecklistTask.everywhere.filter(checklist=checklist)
    rows.update(added_at=at)
    rows.filter(text="Old").update(removed_at=at + timedelta(days=2))
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        days = {
            day: [state.task.text for state in on_day([world.store], at.date() + timedelta(days=day))[0].tasks]
            for day in (-1, 0, 1, 2)
        }
    assert days == {-1: [], 0: ["Old", "Kept"], 1: ["Old", "Kept"], 2: ["Kept"]}


def test_a_manager_of_one_store_writes_for_that_store_alone(world: World, second: Store) -> None:
    manager = staff(world, "Mirza", Role.MANAGER, pin="7777", store=world.store, email="mirza@a.example")
    there, everywhere = write(world, name="There", stores=[second]), write(world, name="All")
    client = Client()
    client.force_login(manager.user)
    assert client.get(f"{PAGE}{there.uuid}/").status_code == 404
    assert client.get(f"{PAGE}{everywhere.uuid}/").status_code == 200
    for one in (there, everywhere):
        assert client.post(f"{PAGE}{one.uuid}/archive/").status_code == 404
    assert client.post(f"{PAGE}new/", filled("Count")).status_code == 422
    here = {"scope": "chosen", "stores": [str(world.store.uuid)]}
    assert client.post(f"{PAGE}new/", filled("Count", **here)).status_code == 302
    assert (
        client.post(f"{PAGE}new/", filled("Count", **here | {"stores": [str(second.uuid)], "uuid": NEW[:-1] + "d"})).status_code
        == 422
    )


def test_the_section_can_be_switched_off(world: World, office: Client) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"module.checklist_pages": False}, by=world.owner, at=AT)
    assert office.get(PAGE).status_code == 404


def test_periods_are_days_iso_weeks_and_months() -> None:
    day = datetime(2027, 1, 1, tzinfo=UTC).date()
    assert [period_of(often, day) for often in ("daily", "weekly", "monthly")] == ["2027-01-01", "2026-W53", "2027-01"]
    assert [part.isoformat() for part in days_of("2026-W53")] == ["2026-12-28", "2027-01-03"]
    assert [part.isoformat() for part in days_of("2026-02")] == ["2026-02-01", "2026-02-28"]
    assert latest("weekly", day, 3) == ["2026-W53", "2026-W52", "2026-W51"]
    assert latest("monthly", day, 2) == ["2027-01", "2026-12"]
    assert label_of("2026-12") == "December 2026"


def test_periods_before_the_list_was_written_are_not_shown(world: World) -> None:
    checklist = write(world)
    today = datetime.now(UTC).date()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        assert len(of_checklist(checklist, [world.store], {world.store.pk: today})) <= 2
    assert not ChecklistTick.everywhere.exists()
