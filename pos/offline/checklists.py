"""`checklist.tick`, and what a closing has to say of the day's checklists. Who did what is kept, whatever a list looks like now."""

from functools import partial

from pos.checklist_periods import period_of
from pos.events import ChecklistTicked
from pos.models import ChecklistTask
from pos.offline.checklist_bodies import ChecklistTick
from pos.selectors.checklists import MODULE, missing_today
from pos.services.checklists import TickDraft, tick
from pos.settings import setting_at
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict

TICK = "checklist.tick"
SWITCH = "module.checklists"
GATE = "shift.checklist"
# A mark's detail is read in a line.
LONGEST_DETAIL = 200


def judge_tick(case: Case, body: ChecklistTick) -> Verdict:
    """A task was ticked, or the tick taken back (EMP-08)."""
    task = ChecklistTask.objects.select_related("checklist").filter(uuid=body.task).first()
    if task is None:
        return Verdict.review("checklist_unknown")
    marks = [] if case.may(TICK) else [Mark(code="permission_missing", permission=TICK)]
    if not setting_at(case, SWITCH):
        marks.append(Mark(code="module_off", detail=MODULE))
    device, checklist = case.device, task.checklist
    period = period_of(checklist.frequency, case.business_date)
    given = TickDraft(
        uuid=case.operation.id, task=task, period=period, done=body.done, employee_id=case.actor_id, device_id=device.pk,
        store_id=device.store_id, business_date=case.business_date, at=case.occurred_at, received_at=case.received_at,
    )  # fmt: skip
    event = ChecklistTicked(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:store:{device.store_id}",
        checklist=str(checklist.uuid), task=str(task.uuid), period=period, done=body.done,
    )  # fmt: skip
    return Verdict(
        result={"period": period}, marks=marks, action="checklist.ticked" if body.done else "checklist.unticked",
        subject=f"checklist:{checklist.uuid}", data={"name": checklist.name, "task": task.text, "period": period}, event=event,
        write_last=partial(tick, given),
    )  # fmt: skip


def undone_marks(case: Case) -> list[Mark]:
    """A mark where a shift was closed over mandatory tasks, though the settings of that time ask for them (SHF-12)."""
    if not setting_at(case, GATE) or not setting_at(case, SWITCH):
        return []
    missing = missing_today(case.device.store, case.business_date)
    return [Mark(code="checklist_open", detail=", ".join(missing)[:LONGEST_DETAIL])] if missing else []
