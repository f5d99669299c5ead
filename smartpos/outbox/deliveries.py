"""The one way by which anything leaves the house: mail, slips, webhooks, fiscal requests, jobs (docs/outbox.md).

A service enqueues inside its transaction; after the commit a worker hands the delivery to the handler of its kind. A handler is
called at least once, so twice must give the same; what it answers decides how the delivery goes on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.utils.functional import Promise

from smartpos.clock import now
from smartpos.context import current
from smartpos.outbox import wake
from smartpos.outbox.models import OPEN, Delivery, DeliveryState

LONGEST_KEY = 120
MOST_BYTES = 64 * 1024
TRIES = 12


@dataclass(frozen=True, slots=True)
class Work:
    """What a handler is given. `attempt` counts from one; the payload is what was enqueued, as JSON keeps it."""

    uuid: UUID
    kind: str
    key: str
    business_id: int | None
    store_id: int | None
    payload: dict[str, Any]
    attempt: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended; made by the four functions below."""

    state: DeliveryState
    reason: str = ""
    after: timedelta | None = None


def done(note: str = "") -> Outcome:
    """It arrived."""
    return Outcome(DeliveryState.DONE, note)


def retry(reason: str, *, after: timedelta | None = None) -> Outcome:
    """It certainly did not arrive; try again, after a growing pause unless one is given."""
    return Outcome(DeliveryState.WAITING, reason, after)


def failed(reason: str) -> Outcome:
    """It cannot arrive, however often it is tried: a person has to look."""
    return Outcome(DeliveryState.DEAD, reason)


def unknown(reason: str) -> Outcome:
    """Nobody knows whether it arrived: it is asked for before it is tried again."""
    return Outcome(DeliveryState.UNKNOWN, reason)


Handle = Callable[[Work], Outcome]


@dataclass(frozen=True, slots=True)
class Handler:
    """Who delivers a kind.

    `ask` finds out what became of an attempt whose end nobody saw: `done`, `failed`, still `unknown`, or `retry` for «it did not
    arrive», upon which it is tried at once. Without it the handler itself is called again.
    `describe` says in a few words what a delivery is about, for the page of the outbox.
    """

    kind: str
    function: Handle
    label: str | Promise
    ask: Handle | None = None
    describe: Callable[[Mapping[str, Any]], str] | None = None
    tries: int = TRIES


_handlers: dict[str, Handler] = {}


class UnknownKind(LookupError):
    """Nobody declared a handler of this kind."""


def declare_handler(
    kind: str, function: Handle, *, label: str | Promise, ask: Handle | None = None,
    describe: Callable[[Mapping[str, Any]], str] | None = None, tries: int = TRIES,
) -> Handler:  # fmt: skip
    """Say who delivers a kind; called once, from a room's `declarations`."""
    if kind in _handlers:
        raise UnknownKind(f"{kind} is declared twice")
    _handlers[kind] = Handler(kind, function, label, ask, describe, tries)
    return _handlers[kind]


def handler_of(kind: str) -> Handler:
    """The declared handler of a kind."""
    if kind not in _handlers:
        raise UnknownKind(kind)
    return _handlers[kind]


def handlers() -> list[Handler]:
    """All declared handlers, by kind."""
    return [_handlers[kind] for kind in sorted(_handlers)]


def enqueue(
    *, kind: str, key: str, payload: Mapping[str, Any], business_id: int | None = None, store_id: int | None = None,
    shard: str = "", due_at: datetime | None = None,
) -> bool:  # fmt: skip
    """Ask for a delivery inside the caller's transaction; True when it is new.

    `key` makes asking twice harmless: it is unique among the deliveries of its kind. `shard` puts deliveries in a row, one at a
    time in the order of asking. Business and store are those of the current act unless given. Amounts and ids come as strings.
    """
    handler_of(kind)
    if not key or len(key) > LONGEST_KEY:
        raise ValueError(f"a delivery's key has 1 to {LONGEST_KEY} characters")
    text = msgspec.json.encode(payload).decode()
    if len(text) > MOST_BYTES:
        raise ValueError("a delivery carries ids, not documents")
    at, act = now(), current()
    row = Delivery(
        kind=kind, key=key, shard=shard, payload=text, created_at=at, due_at=due_at or at,
        business_id=business_id or act.business_id, store_id=store_id or act.store_id,
    )  # fmt: skip
    Delivery.objects.bulk_create([row], ignore_conflicts=True)
    fresh = Delivery.objects.filter(uuid=row.uuid).exists()
    if fresh and row.due_at <= at:
        wake.after_commit(wake.DELIVER)
    return fresh


def is_open(kind: str, key: str) -> bool:
    """Whether a delivery is still being tried: it was asked for, and neither arrived nor was given up."""
    return bool(Delivery.objects.filter(kind=kind, key=key, state__in=OPEN).exists())


def forget_delivery(*, kind: str, key: str) -> None:
    """Drop a delivery whose payload must not be kept; an attempt that is going on comes to its end."""
    Delivery.objects.filter(kind=kind, key=key).delete()
