"""Projections: tables folded from events, each event exactly once, at most two seconds late, and rebuildable.

A projection's place in the stream moves in the transaction that folds. What must leave the house is no projection: its fold
enqueues a delivery.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec
from django.db.models import Max

from smartpos.clock import now
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.outbox.models import OutboxEvent, ProjectionState
from smartpos.outbox.relay import hold_still

logger = logging.getLogger(__name__)
BATCH = 500
LONGEST_PAUSE = timedelta(minutes=1)
OF_BUSINESS = attrgetter("business_id")


@dataclass(frozen=True, slots=True)
class Placed:
    """An event as a fold sees it; the payload is what the event carried, as JSON keeps it."""

    position: int
    business_id: int
    store_id: int | None
    name: str
    version: int
    payload: dict[str, Any]
    at: datetime


Fold = Callable[[Sequence[Placed]], None]


@dataclass(frozen=True, slots=True)
class Projection:
    """`fold` gets the events of one business, in order, inside that business's act and in the transaction that moves the place.

    `rebuild` makes the whole projection anew from the ledgers, for all businesses, while nobody can publish. A `version` that is
    not the one it was made with has it made anew: whoever changes what is folded raises it.
    """

    name: str
    events: tuple[str, ...]
    fold: Fold
    rebuild: Callable[[], None] | None = None
    version: int = 1

    def wants(self, name: str) -> bool:
        """Whether an event is among those asked for: by its name, or a beginning such as `receipt.*`."""
        return any(name == asked or (asked.endswith("*") and name.startswith(asked[:-1])) for asked in self.events)


_projections: dict[str, Projection] = {}


def declare_projection(
    name: str, *, events: Sequence[str], fold: Fold, rebuild: Callable[[], None] | None = None, version: int = 1
) -> Projection:
    """Fold these events from now on; called once, from a room's `declarations`. With `rebuild` it begins with what already is."""
    if name in _projections:
        raise LookupError(f"projection {name} is declared twice")
    _projections[name] = Projection(name, tuple(events), fold, rebuild, version)
    return _projections[name]


def projections() -> list[Projection]:
    """All declared projections, by name."""
    return [_projections[name] for name in sorted(_projections)]


def project() -> int:
    """Fold what was placed since the last time, in every projection; answers how many events were looked at."""
    if not _projections:
        return 0
    newest = OutboxEvent.objects.aggregate(last=Max("position"))["last"] or 0
    places = {
        name: (version, place) for name, version, place in ProjectionState.objects.values_list("name", "version", "position")
    }
    count = 0
    for projection in projections():
        version, place = places.get(projection.name, (0, 0))
        if version != projection.version:
            begin_projection(projection)
        elif place >= newest:
            continue
        while step := _step(projection):
            count += step
    return count


def begin_projection(projection: Projection) -> None:
    """The first place of a projection that this database has not seen before, or not in this version."""
    if projection.rebuild is not None:
        rebuild(projection.name)
    else:
        ProjectionState.objects.update_or_create(name=projection.name, defaults={"version": projection.version})


def _step(projection: Projection) -> int:
    """One batch; nothing after a failure until its pause is over, and then one event at a time, up to the one that fails."""
    at = now()
    try:
        with write_transaction():
            state = ProjectionState.objects.select_for_update().get(name=projection.name)
            if state.retry_at is not None and state.retry_at > at:
                return 0
            events = _after(state.position, 1 if state.failures else BATCH)
            if not events:
                return 0
            wanted = sorted((e for e in events if projection.wants(e.name)), key=OF_BUSINESS)
            for business_id, own in groupby(wanted, key=OF_BUSINESS):
                with acting(business_id=business_id, store_id=None, actor_id=None, device_id=None):
                    projection.fold(list(own))
            # What failed before went well now; the rest of its batch may come at once.
            state.position, state.failures, state.error, state.retry_at = events[-1].position, 0, "", None
            state.save()
            return len(events)
    except Exception as error:
        logger.exception("projection %s stands still", projection.name)
        _stand_still(projection, f"{type(error).__name__}: {error}", at=at)
        return 0


def _stand_still(projection: Projection, error: str, *, at: datetime) -> None:
    with write_transaction():
        state = ProjectionState.objects.select_for_update().get(name=projection.name)
        state.failures += 1
        # The first failure of a batch only narrows the next one to a single event.
        state.retry_at = at + min(timedelta(seconds=2 ** min(state.failures, 10)), LONGEST_PAUSE) if state.failures > 1 else at
        state.error = error[:500]
        state.save()


def _after(position: int, limit: int) -> list[Placed]:
    names = ("position", "business_id", "store_id", "name", "version", "payload", "created_at")
    rows = OutboxEvent.objects.filter(position__gt=position).order_by("position").values_list(*names)[:limit]
    return [
        Placed(position, business_id, store_id, name, version, msgspec.json.decode(payload), at)
        for position, business_id, store_id, name, version, payload, at in rows
    ]


def rebuild(name: str) -> None:
    """Make a projection anew from the ledgers and place it behind the last event. Publishing waits meanwhile."""
    projection = _projections[name]
    if projection.rebuild is None:
        raise LookupError(f"projection {name} cannot be rebuilt")
    with write_transaction():
        ProjectionState.objects.get_or_create(name=name)
        state = ProjectionState.objects.select_for_update().get(name=name)  # whoever folds comes to its end first
        state.position = hold_still()
        projection.rebuild()
        state.failures, state.error, state.retry_at, state.version = 0, "", None, projection.version
        state.save()


def slowest_place() -> int | None:
    """The place that the slowest projection has read up to; None where there is no projection."""
    names = [projection.name for projection in projections()]
    places = list(ProjectionState.objects.filter(name__in=names).values_list("position", flat=True))
    return min(places) if len(places) == len(names) and names else 0 if names else None
