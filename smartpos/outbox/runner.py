"""Handing deliveries to their handlers: claimed in a short transaction, worked on outside any, settled in another one."""

import logging
import os
import random
import socket
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import DatabaseError, connections
from django.db.models import Exists, OuterRef, Q, QuerySet

from smartpos.clock import now
from smartpos.context import Act, acting, begin
from smartpos.db.locks import serialise, write_transaction
from smartpos.ids import uuid7
from smartpos.outbox import deliveries
from smartpos.outbox.deliveries import Handler, Outcome, Work
from smartpos.outbox.models import OPEN, Delivery, DeliveryState

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
RENEW = timedelta(seconds=20)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
THREADS = 4


def new_owner() -> str:
    """The name under which a worker holds leases; a restarted one has another."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid7().hex[-12:]}"


def claimable(at: datetime) -> QuerySet[Delivery]:
    """Open, due, held by nobody who lives, and at the head of its shard."""
    others = Delivery.objects.filter(shard=OuterRef("shard"), state__in=OPEN).exclude(pk=OuterRef("pk"))
    ahead = others.filter(Q(pk__lt=OuterRef("pk")) | Q(lease_until__gt=at))
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
    return Delivery.objects.filter(free, state__in=OPEN, due_at__lte=at).filter(Q(shard="") | ~Exists(ahead))


def claim(owner: str, *, limit: int, at: datetime) -> list[tuple[Delivery, bool]]:
    """Up to `limit` deliveries under a lease, and for each whether an earlier attempt ended without a word."""
    if not claimable(at).exists():  # a look costs no writer's place
        return []
    with write_transaction():
        serialise("outbox.claim")
        found = list(claimable(at).select_for_update(skip_locked=True).order_by("due_at", "pk")[:limit])
        held = []
        for row in found:
            broken = row.lease_until is not None
            row.attempts, row.lease_owner, row.lease_until = row.attempts + 1, owner, at + LEASE
            held.append((row, broken or row.state == DeliveryState.UNKNOWN))
        Delivery.objects.bulk_update(found, ["attempts", "lease_owner", "lease_until"])
    return held


def run(row: Delivery, *, unsure: bool, owner: str, at: Callable[[], datetime] = now) -> Outcome:
    """One attempt of a claimed delivery, from the handler's call to the settled row."""
    try:
        handler = deliveries.handler_of(row.kind)
    except deliveries.UnknownKind:
        outcome, tries = deliveries.failed(f"nobody delivers {row.kind}"), 0
    else:
        outcome, tries = _attempt(handler, row, unsure=unsure), handler.tries
        if outcome.state == DeliveryState.UNKNOWN and handler.ask is None:
            outcome = deliveries.failed(f"nobody knows whether it arrived: {outcome.reason}")
    settle(row, outcome, owner=owner, tries=tries, at=at())
    return outcome


def _attempt(handler: Handler, row: Delivery, *, unsure: bool) -> Outcome:
    work = Work(
        row.uuid, row.kind, row.key, row.business_id, row.store_id, msgspec.json.decode(row.payload), row.attempts,
    )  # fmt: skip
    if row.attempts > handler.tries:
        return deliveries.failed(row.last_error or "every attempt was cut off in the middle")
    with acting(business_id=row.business_id, store_id=row.store_id, actor_id=None, device_id=None):
        try:
            if unsure and handler.ask is not None:
                outcome = handler.ask(work)
                if outcome.state != DeliveryState.WAITING:
                    return outcome
            return handler.function(work)
        except Exception as error:
            logger.exception("delivery %s %s failed", row.kind, row.key)
            reason = f"{type(error).__name__}: {error}"
            return deliveries.unknown(reason) if handler.ask else deliveries.retry(reason)


def pause(attempt: int) -> timedelta:
    """Twice as long each time, spread by a fifth so that what failed together does not come back together."""
    longest: timedelta = min(FIRST_PAUSE * (1 << min(attempt - 1, 20)), LONGEST_PAUSE)
    return longest * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, guards nothing


def settle(row: Delivery, outcome: Outcome, *, owner: str, tries: int, at: datetime) -> None:
    """Write down how an attempt ended, unless somebody else holds the delivery by now."""
    state = outcome.state
    if state in OPEN and row.attempts >= tries:
        state = DeliveryState.DEAD
    values: dict[str, Any] = {"state": state, "lease_owner": "", "lease_until": None}
    if state == DeliveryState.DONE:
        values |= {"finished_at": at, "last_error": "", "note": outcome.reason[:200]}
    else:
        values |= {"last_error": outcome.reason[:500]}
    if state in OPEN:
        values["due_at"] = at + (outcome.after or pause(row.attempts))
    with write_transaction():
        kept = Delivery.objects.filter(pk=row.pk, lease_owner=owner).update(**values)
    if not kept:
        logger.warning("delivery %s %s: the lease ran out before its attempt did", row.kind, row.key)
    elif state == DeliveryState.DEAD:
        logger.error("delivery %s %s is given up: %s", row.kind, row.key, outcome.reason)


def deliver_due() -> int:
    """Everything that is due, one after the other, in this thread; answers how many. For tests and commands."""
    owner, count = new_owner(), 0
    while held := claim(owner, limit=1, at=now()):
        for row, unsure in held:
            run(row, unsure=unsure, owner=owner)
            count += 1
    return count


def free_all_leases() -> None:
    """For the only worker of an embedded edition, at its start: whoever held a lease is dead."""
    Delivery.objects.filter(state__in=OPEN, lease_until__isnull=False).update(lease_until=now())


class Runner:
    """Deliveries in parallel, in threads; leases of what takes long are renewed while it runs."""

    def __init__(self, *, threads: int = THREADS) -> None:
        self.owner = new_owner()
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="deliver")
        self.running: dict[Future[None], int] = {}
        self.renewed_at = now()

    def step(self) -> bool:
        """Begin what is due and has room; True when something began."""
        self.running = {future: pk for future, pk in self.running.items() if not future.done()}
        at = now()
        self._renew(at)
        room = self.threads - len(self.running)
        held = claim(self.owner, limit=room, at=at) if room else []
        for row, unsure in held:
            self.running[self.pool.submit(self._run, row, unsure=unsure)] = row.pk
        return bool(held)

    def _run(self, row: Delivery, *, unsure: bool) -> None:
        begin(Act())
        try:
            run(row, unsure=unsure, owner=self.owner)
        except DatabaseError:
            logger.exception("delivery %s %s: its end could not be written; the lease will run out", row.kind, row.key)
        finally:
            connections.close_all()

    def _renew(self, at: datetime) -> None:
        if self.running and at - self.renewed_at > RENEW:
            with write_transaction():
                held = Delivery.objects.filter(pk__in=self.running.values(), lease_owner=self.owner)
                held.update(lease_until=at + LEASE)
            self.renewed_at = at

    def drain(self, *, seconds: float) -> bool:
        """Work until nothing is due or the time is over, then end what runs; True when something may be left."""
        until = now() + timedelta(seconds=seconds)
        while True:
            began = now() < until and self.step()
            if not began and not self.running:
                break
            wait(self.running, timeout=1.0, return_when=FIRST_COMPLETED)
            self.running = {future: pk for future, pk in self.running.items() if not future.done()}
            self._renew(now())
        self.close()
        return now() >= until

    def close(self) -> None:
        """Let what runs come to its end; begin nothing more."""
        self.pool.shutdown(wait=True, cancel_futures=True)
