"""What the broker's wake-ups and the tick start."""

from typing import Any

from celery import shared_task

from smartpos.clock import now
from smartpos.db.locks import alone
from smartpos.outbox import wake
from smartpos.outbox.relay import relay
from smartpos.outbox.runner import Runner, claimable
from smartpos.outbox.subscriptions import project

# Long enough to be worth its threads, short enough that a stop does not wait.
DRAIN_SECONDS = 30


@shared_task(name=wake.RELAY, ignore_result=True)  # type: ignore[untyped-decorator]
def relay_tick(**_newer: Any) -> int:
    """Place what waits, and fold it."""
    placed = relay()
    project()
    return placed


@shared_task(name=wake.DELIVER, ignore_result=True)  # type: ignore[untyped-decorator]
def deliver_tick(**_newer: Any) -> None:
    """Deliver what is due. One drain at a time, so that slow receivers never take every worker from the relay."""
    while claimable(now()).exists():
        with alone("outbox.deliver") as first:
            if not first:
                return
            left = Runner().drain(seconds=DRAIN_SECONDS)
        if left:
            wake.send(wake.DELIVER)
            return
