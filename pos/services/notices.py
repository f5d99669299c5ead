"""Telling people what the tills did: a fold of events, each exactly once."""

from collections.abc import Sequence

from pos.selectors.notices import drafts_of
from smartpos.clock import now
from smartpos.notifications.services.telling import notify
from smartpos.outbox.subscriptions import Placed


def fold(events: Sequence[Placed]) -> None:
    """Inside the business's act, in the transaction that moves the projection's place."""
    notify(drafts_of(events), at=now())
