"""What happened at the tills."""

from dataclasses import dataclass

from smartpos.outbox.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptBooked(Event):
    """A sale, refund or void stands in the ledger."""

    name = "receipt.booked"
    version = 1

    receipt: str
    kind: str
    total: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftOpened(Event):
    """A drawer's turn began."""

    name = "shift.opened"
    version = 1

    shift: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftClosed(Event):
    """A drawer was counted; its totals are frozen."""

    name = "shift.closed"
    version = 1

    shift: str
