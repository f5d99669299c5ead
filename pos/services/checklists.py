"""Checklists: written, changed, archived in the office; ticked at tills. Each change is told to tills and stands in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from inventory.folding import searchable
from pos.models import Checklist, ChecklistStore, ChecklistTask, ChecklistTick, Frequency
from smartpos.access.services.settings import may_change
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.operations.services.changes import NewState, put
from smartpos.people.models import Employee, Store

LONGEST_NAME = 80
LONGEST_TASK = 120
MOST_TASKS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskInput:
    """A task as a form gives it; without `uuid` it is new."""

    uuid: UUID | None = None
    text: str
    mandatory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistInput:
    """A list as a form gives it, its tasks in order; no `stores`: all of them, also later ones."""

    name: str
    frequency: str
    tasks: Sequence[TaskInput]
    morning: bool = False
    stores: Sequence[Store] = ()


def create_checklist(given: ChecklistInput, *, by: Employee, at: datetime, uuid: UUID | None = None) -> Checklist:
    """Write a new list (EMP-07). The same uuid again answers with the one that was made first."""
    with write_transaction():
        known: Checklist | None = Checklist.objects.filter(uuid=uuid).first() if uuid else None
        if known is not None:
            if known.name != _line(given.name):
                raise Conflict(_("This form is out of date"))
            return known
        assert_stores(by, given.stores)
        checklist = Checklist(business_id=by.business_id, created_at=at, **({"uuid": uuid} if uuid else {}))
        _fill(checklist, given)
        checklist.save()
        _save_tasks(checklist, given.tasks, at)
        _save_stores(checklist, given.stores)
        record("checklist.created", subject=_subject(checklist), data=_words(checklist), at=at)
        _tell(checklist)
        return checklist


def update_checklist(checklist: Checklist, given: ChecklistInput, *, version: int, by: Employee, at: datetime) -> Checklist:
    """Change one. `version` is the one the form was made from: another one now means that somebody else was quicker."""
    with write_transaction():
        checklist = held(checklist, by=by)
        if version != checklist.version:
            raise Conflict(_("Somebody else has changed this list meanwhile. Look at what is there now, then save again."))
        assert_stores(by, given.stores)
        before = _words(checklist)
        _fill(checklist, given)
        _save_tasks(checklist, given.tasks, at)
        _save_stores(checklist, given.stores)
        changes = {name: [before[name], value] for name, value in _words(checklist).items() if value != before[name]}
        if not changes:
            return checklist
        checklist.version += 1
        checklist.save()
        record("checklist.changed", subject=_subject(checklist), data={"name": checklist.name, "changes": changes}, at=at)
        _tell(checklist)
        return checklist


def set_archived(checklist: Checklist, *, archived: bool, by: Employee, at: datetime) -> Checklist:
    """Take one off the tills, or put it back. Doing it twice changes nothing."""
    with write_transaction():
        checklist = held(checklist, by=by)
        if checklist.active is not archived:
            return checklist
        checklist.active = not archived
        checklist.version += 1
        checklist.save(update_fields=["active", "version"])
        action = "checklist.archived" if archived else "checklist.restored"
        record(action, subject=_subject(checklist), data={"name": checklist.name}, at=at)
        _tell(checklist)
        return checklist


@dataclass(frozen=True, slots=True, kw_only=True)
class TickDraft:
    """What somebody did to a task at a till."""

    uuid: UUID
    task: ChecklistTask
    period: str
    done: bool
    employee_id: int | None
    device_id: int
    store_id: int
    business_date: date
    at: datetime
    received_at: datetime


def tick(given: TickDraft) -> None:
    """Write the row and tell the store's tills (EMP-08). Inside the transaction of the operation.

    What was done earlier and arrives later changes nothing of what tills show: the newest act counts.
    """
    serialise(f"ticks:{given.store_id}")
    task = given.task
    ChecklistTick(
        uuid=given.uuid, business_id=task.business_id, store_id=given.store_id, checklist_id=task.checklist_id, task=task,
        period=given.period, done=given.done, text=task.text, employee_id=given.employee_id, device_id=given.device_id,
        business_date=given.business_date, occurred_at=given.at, received_at=given.received_at,
    ).save(force_insert=True)  # fmt: skip
    newest = (
        ChecklistTick.objects.filter(task=task, store=given.store_id)
        .select_related("employee")
        .order_by("-occurred_at", "-pk")
        .first()
    )
    if newest is not None and newest.uuid == given.uuid:
        who = str(newest.employee.uuid) if newest.employee else ""
        body = [given.period, given.done, who, given.at.isoformat(timespec="seconds")]
        put([NewState("tick", str(task.uuid), task.pk, body, given.store_id)])


def held(checklist: Checklist, *, by: Employee) -> Checklist:
    """The row, locked; NotAllowed where it is for a store that is not this person's."""
    found: Checklist = Checklist.objects.select_for_update().get(pk=checklist.pk)
    if not may_manage(found, by):
        raise NotAllowed(_("You can change the checklists of the stores where you work."))
    return found


def may_manage(checklist: Checklist, by: Employee) -> bool:
    """Whether all of its stores are this person's."""
    links = checklist.store_links.select_related("store").all()
    return may_change(by, None) or (not checklist.in_all_stores and all(may_change(by, link.store) for link in links))


def assert_stores(by: Employee, stores: Sequence[Store]) -> None:
    """A person writes lists for the stores where they work, and for all of them only who works in all of them."""
    if not (may_change(by, None) or (stores and all(may_change(by, store) for store in stores))):
        raise NotAllowed(_("Choose the stores: lists can be written for those where you work."), field="stores")


def _line(text: str) -> str:
    return " ".join(text.split())


def _fill(checklist: Checklist, given: ChecklistInput) -> None:
    """Check what is given and put it into the row."""
    name = _line(given.name)
    if not name:
        raise DomainError(_("Give a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise DomainError(_("At most %(most)s characters.") % {"most": LONGEST_NAME}, field="name")
    if given.frequency not in Frequency.values:
        raise DomainError(_("Choose how often."), field="frequency")
    if not given.tasks:
        raise DomainError(_("Write at least one task."), field="tasks")
    if len(given.tasks) > MOST_TASKS:
        raise DomainError(_("At most %(most)s tasks.") % {"most": MOST_TASKS}, field="tasks")
    for place, task in enumerate(given.tasks):
        if not _line(task.text):
            raise DomainError(_("Say what is to be done."), field=f"tasks-{place}-text")
        if len(_line(task.text)) > LONGEST_TASK:
            raise DomainError(_("At most %(most)s characters.") % {"most": LONGEST_TASK}, field=f"tasks-{place}-text")
    checklist.name, checklist.folded = name, searchable(name)[:120]
    checklist.frequency, checklist.morning = given.frequency, given.morning
    checklist.in_all_stores = not given.stores


def _save_tasks(checklist: Checklist, tasks: Sequence[TaskInput], at: datetime) -> None:
    """In the order given. One that is left out stays for the ticks that speak of it."""
    there = {task.uuid: task for task in ChecklistTask.objects.filter(checklist=checklist, removed_at=None)}
    kept = []
    for position, given in enumerate(tasks):
        if given.uuid is not None and given.uuid not in there:
            raise Conflict(_("Somebody else has changed this list meanwhile. Look at what is there now, then save again."))
        task = (
            there[given.uuid]
            if given.uuid
            else ChecklistTask(business_id=checklist.business_id, checklist=checklist, added_at=at)
        )
        task.position, task.text, task.mandatory = position, _line(given.text), given.mandatory
        task.save()
        kept.append(task.pk)
    ChecklistTask.objects.filter(checklist=checklist, removed_at=None).exclude(pk__in=kept).update(removed_at=at)


def _save_stores(checklist: Checklist, stores: Sequence[Store]) -> None:
    links = ChecklistStore.objects.filter(checklist=checklist)
    wanted, known = {store.pk for store in stores}, set(links.values_list("store_id", flat=True))
    links.filter(store__in=known - wanted).delete()
    ChecklistStore.objects.bulk_create(
        [ChecklistStore(business_id=checklist.business_id, checklist=checklist, store_id=key) for key in sorted(wanted - known)]
    )


def _tasks(checklist: Checklist) -> list[ChecklistTask]:
    return list(ChecklistTask.objects.filter(checklist=checklist, removed_at=None).order_by("position", "pk"))


def _words(checklist: Checklist) -> dict[str, Any]:
    """The list as the log tells it; a task that must be done with «!»."""
    stores = checklist.store_links.order_by("store__name").values_list("store__name", flat=True)
    return {
        "name": checklist.name, "frequency": checklist.frequency, "morning": checklist.morning,
        "tasks": ", ".join(f"{task.text}{'!' if task.mandatory else ''}" for task in _tasks(checklist)),
        "stores": ", ".join(stores) or "*",
    }  # fmt: skip


def _subject(checklist: Checklist) -> str:
    return f"checklist:{checklist.uuid}"


def _tell(checklist: Checklist) -> None:
    """Tell tills. One for some stores has a row for each of these, and is gone for the others."""
    body: list[Any] | None = None
    if checklist.active:
        tasks = [[str(task.uuid), task.text, task.mandatory] for task in _tasks(checklist)]
        body = [checklist.name, checklist.frequency, tasks, checklist.morning]
    states = [NewState("checklist", str(checklist.uuid), checklist.pk, body if checklist.in_all_stores else None)]
    if body is not None and not checklist.in_all_stores:
        stores = checklist.store_links.order_by("store_id").values_list("store_id", flat=True)
        states += [NewState("checklist", str(checklist.uuid), checklist.pk, body, store) for store in stores]
    put(states)
