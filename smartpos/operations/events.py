"""What happened in the journal."""

from dataclasses import dataclass

from smartpos.outbox.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class CacheChanged(Event):
    """Tills have something to fetch."""

    name = "change"
    version = 1

    cursor: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationParked(Event):
    """An operation waits for a manager."""

    name = "operation.review"
    version = 1

    operation: str
    kind: str
