"""What happened at the tills."""

from dataclasses import dataclass

from smartpos.outbox.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptBooked(Event):
    """A sale, refund or void stands in the ledger. `excess`: more was taken off than allowed: `approved` by a manager, or `taken`."""

    name = "receipt.booked"
    version = 1

    receipt: str
    kind: str
    total: str
    excess: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptMailed(Event):
    """Somebody wanted a receipt by mail."""

    name = "receipt.mailed"
    version = 1

    receipt: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InvoiceIssued(Event):
    """A receipt became an invoice, or a refund a credit note (`kind`)."""

    name = "invoice.issued"
    version = 1

    invoice: str
    receipt: str
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundAsked(Event):
    """A refund waits for a manager."""

    name = "refund.asked"
    version = 1

    request: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundDecided(Event):
    """A manager said yes or no to it."""

    name = "refund.decided"
    version = 1

    request: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerChanged(Event):
    """Somebody was added, changed, archived, merged or erased."""

    name = "customer.changed"
    version = 1

    customer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingSold(Event):
    """Somebody practised; nothing is folded from it."""

    name = "training.sold"
    version = 1

    operation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderChanged(Event):
    """An open order was put there, taken, discarded or settled; tills of the store fetch which ones are open."""

    name = "order.changed"
    version = 1

    order: str
    kind: str
    state: str


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


@dataclass(frozen=True, kw_only=True, slots=True)
class CashMoved(Event):
    """Cash came into a drawer or left it without a sale."""

    name = "cash.moved"
    version = 1

    movement: str
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EntrustedBooked(Event):
    """Money of an owner of goods or of a courier was taken or paid on."""

    name = "entrusted.booked"
    version = 1

    entry: str
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionOpened(Event):
    """Somebody stands at a till."""

    name = "session.opened"
    version = 1

    employee: str
    method: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionClosed(Event):
    """They went, or it locked itself."""

    name = "session.closed"
    version = 1

    employee: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueDiscarded(Event):
    """A till threw away what it had not sent."""

    name = "queue.discarded"
    version = 1

    operation: str
    device: str
    count: int
    total: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistTicked(Event):
    """A task of a checklist was ticked, or the tick was taken back."""

    name = "checklist.ticked"
    version = 1

    checklist: str
    task: str
    period: str
    done: bool
