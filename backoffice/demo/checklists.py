"""The demo's checklists: what the shop and the café do before they close, and once a week."""

from datetime import datetime

from pos.services.checklists import ChecklistInput, TaskInput, create_checklist
from smartpos.people.models import Employee, Store

# Whether in the shop, name, how often, tasks; «!» for those that must be done.
CHECKLISTS = (
    (True, "Prije zatvaranja", "daily", ("Prebrojati ladicu!", "Ugasiti rashladne vitrine!", "Dopuniti police uz kasu")),
    (True, "Sedmično čišćenje", "weekly", ("Oprati izlog", "Provjeriti rokove trajanja!")),
    (False, "Prije zatvaranja", "daily", ("Očistiti aparat za kafu!", "Dopuniti salvete", "Zaključati baštu!")),
)


def list_tasks(shop: Store, cafe: Store, *, by: Employee, at: datetime) -> None:
    """Write them."""
    for in_shop, name, frequency, texts in CHECKLISTS:
        tasks = [TaskInput(text=text.rstrip("!"), mandatory=text.endswith("!")) for text in texts]
        given = ChecklistInput(name=name, frequency=frequency, tasks=tasks, stores=[shop if in_shop else cafe])
        create_checklist(given, by=by, at=at)
