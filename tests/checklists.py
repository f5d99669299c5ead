"""Checklists for tests: written as somebody in the office would, ticked as a till does."""

from datetime import UTC, datetime
from typing import Any

from pos.models import Checklist, ChecklistTask
from pos.services.checklists import ChecklistInput, TaskInput, create_checklist
from smartpos.context import acting
from tests.till import Till
from tests.world import World


def write(world: World, *texts: str, **more: Any) -> Checklist:
    """A daily list of these tasks; one that ends with «!» is mandatory."""
    tasks = [
        TaskInput(text=text.rstrip("!"), mandatory=text.endswith("!"))
        for text in texts or ("Clean coffee machine!", "Restock napkins")
    ]
    given = {"name": "Before closing", "frequency": "daily", "tasks": tasks} | more
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_checklist(ChecklistInput(**given), by=world.owner, at=datetime.now(UTC))


def task_of(checklist: Checklist, text: str) -> ChecklistTask:
    """The task that says so."""
    return ChecklistTask.everywhere.get(checklist=checklist, text=text, removed_at=None)


def ticked(till: Till, task: ChecklistTask, *, done: bool = True, **more: Any) -> dict[str, Any]:
    """Tick it, or take the tick back."""
    [answer] = till.post(till.operation("checklist.tick", {"task": str(task.uuid), "done": done}, **more))
    return answer
