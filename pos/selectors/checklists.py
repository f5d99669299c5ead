"""Reading checklists: which there are, what is done of a period, what is missing, and what a shift's report keeps of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from inventory.folding import search_words
from pos.checklist_periods import DAY, days_of, latest, period_of
from pos.models import Checklist, ChecklistStore, ChecklistTask, ChecklistTick, Frequency
from smartpos.access.modules import module_on
from smartpos.clock import day_start
from smartpos.people.models import Store

MODULE = "checklists"
# So many periods back stand on a list's page.
SHOWN = {Frequency.DAILY: 14, Frequency.WEEKLY: 8, Frequency.MONTHLY: 6}


@dataclass(frozen=True, slots=True)
class TaskState:
    """A task of a period; `tick` is the newest act on it, which may have taken the tick back."""

    task: ChecklistTask
    tick: ChecklistTick | None

    @property
    def done(self) -> bool:
        """Whether it is ticked."""
        return self.tick is not None and self.tick.done


@dataclass(frozen=True, slots=True)
class Progress:
    """How a list stands in a period of a store."""

    checklist: Checklist
    store: Store
    period: str
    tasks: list[TaskState]

    @property
    def done(self) -> int:
        """Ticked tasks."""
        return sum(state.done for state in self.tasks)

    @property
    def whole(self) -> bool:
        """Whether every task is ticked."""
        return bool(self.tasks) and self.done == len(self.tasks)

    @property
    def missing(self) -> list[str]:
        """Mandatory tasks that are not ticked."""
        return [state.task.text for state in self.tasks if state.task.mandatory and not state.done]


def checklists(stores: Sequence[Store]) -> QuerySet[Checklist]:
    """What is worked through in any of these stores, with what a row of a list shows."""
    here = ChecklistStore.objects.filter(checklist=OuterRef("pk"), store__in=[store.pk for store in stores])
    found: QuerySet[Checklist] = Checklist.objects.filter(Q(in_all_stores=True) | Exists(here))
    count = Count("tasks", filter=Q(tasks__removed_at=None))
    return found.prefetch_related("store_links__store").annotate(count=count)


def with_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Lists in whose names every word occurs."""
    for word in search_words(text):
        rows = rows.filter(folded__contains=word)
    return rows


def checklist_of(uuid: UUID, stores: Sequence[Store]) -> Checklist | None:
    """A list of one of these stores."""
    return checklists(stores).filter(uuid=uuid).first()


def stores_of(checklist: Checklist, stores: Sequence[Store]) -> list[Store]:
    """Those of these stores in which it is worked through."""
    if checklist.in_all_stores:
        return list(stores)
    keys = {link.store_id for link in checklist.store_links.all()}
    return [store for store in stores if store.pk in keys]


def on_day(stores: Sequence[Store], day: date, *, frequency: str = "") -> list[Progress]:
    """How the lists in use stand in these stores in the periods of a business day. Four statements, whatever there is."""
    lists = checklists(stores).filter(active=True, **({"frequency": frequency} if frequency else {}))
    found = list(lists.order_by("folded", "pk").prefetch_related(_tasks()))
    pairs = [
        (checklist, store, period_of(checklist.frequency, day)) for checklist in found for store in stores_of(checklist, stores)
    ]
    return _progress(pairs)


def of_checklist(checklist: Checklist, stores: Sequence[Store], days: dict[int, date]) -> list[Progress]:
    """How a list stood in its latest periods, newest first, store by store; `days` is the business day in each store."""
    found = Checklist.objects.prefetch_related(_tasks(), "store_links").get(pk=checklist.pk)
    count = SHOWN[Frequency(found.frequency)]
    pairs = []
    for store in stores_of(found, stores):
        begun = found.created_at.astimezone(store.zone).date()
        keys = latest(found.frequency, days[store.pk], count)
        pairs += [(found, store, key) for key in keys if days_of(key)[1] >= begun]
    return sorted(_progress(pairs), key=lambda one: one.period, reverse=True)


def missing_today(store: Store, day: date) -> list[str]:
    """Mandatory tasks of the daily lists that are not done on a business day (SHF-12)."""
    return [text for one in on_day([store], day, frequency=Frequency.DAILY) for text in one.missing]


def frozen(store: Store, day: date) -> list[dict[str, Any]]:
    """What a shift's report keeps of the lists (SHF-27), as plain JSON; nothing where the store does without them."""
    if not module_on(MODULE, store):
        return []
    return [
        {
            "name": one.checklist.name, "frequency": one.checklist.frequency, "done": one.done, "tasks": len(one.tasks),
            "missing": one.missing,
        }
        for one in on_day([store], day)
    ]  # fmt: skip


def completed_by(month: date) -> Counter[int]:
    """How many completed lists each person has a tick in, of the periods that ended in this month (EMP-12). Four statements."""
    last = (month + 31 * DAY).replace(day=1) - DAY
    days = [month + n * DAY for n in range((last - month).days + 1)]
    keys = {period_of(often, day) for often in Frequency for day in days}
    keys = {key for key in keys if month <= days_of(key)[1] <= last}
    states: dict[tuple[int, int, str], dict[int, ChecklistTick]] = {}
    for tick in ChecklistTick.objects.filter(period__in=keys).order_by("occurred_at", "pk"):
        states.setdefault((tick.checklist_id, tick.store_id, tick.period), {})[tick.task_id] = tick
    lists = {one.pk: one for one in Checklist.objects.filter(pk__in={key[0] for key in states}).prefetch_related(_tasks())}
    stores = {store.pk: store for store in Store.objects.filter(pk__in={key[1] for key in states})}
    found: Counter[int] = Counter()
    for (checklist, store, key), ticks in states.items():
        tasks = _belonging(lists[checklist], stores[store], key)
        done = [ticks[task.pk] for task in tasks if task.pk in ticks and ticks[task.pk].done]
        if tasks and len(done) == len(tasks):
            found.update({tick.employee_id for tick in done if tick.employee_id is not None})
    return found


def _tasks() -> "Prefetch[Any]":
    return Prefetch("tasks", queryset=ChecklistTask.objects.order_by("position", "pk"))


def _progress(pairs: Sequence[tuple[Checklist, Store, str]]) -> list[Progress]:
    """The newest act on each task of each period; what belonged to a period is judged by when it came and went."""
    ticks: dict[tuple[int, int, str], ChecklistTick] = {}
    wanted = ChecklistTick.objects.filter(
        checklist__in={checklist.pk for checklist, _store, _key in pairs}, store__in={store.pk for _list, store, _key in pairs},
        period__in={key for _list, _store, key in pairs},
    )  # fmt: skip
    for tick in wanted.select_related("employee").order_by("occurred_at", "pk"):
        ticks[tick.task_id, tick.store_id, tick.period] = tick
    return [
        Progress(
            checklist,
            store,
            key,
            [TaskState(task, ticks.get((task.pk, store.pk, key))) for task in _belonging(checklist, store, key)],
        )
        for checklist, store, key in pairs
    ]


def _belonging(checklist: Checklist, store: Store, key: str) -> list[ChecklistTask]:
    """The tasks that a period had when it ended; of one that runs, those on the list now."""
    end = day_start(days_of(key)[1] + DAY, store.zone, store.cutoff_minutes)
    return [
        task for task in checklist.tasks.all() if task.added_at < end and (task.removed_at is None or task.removed_at >= end)
    ]
