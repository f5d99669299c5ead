"""Cash that moves without a sale: written once, never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pos.models import CashKind, CashMovement, Shift

# What a kind does to the drawer; the others leave it alone.
SIGNS = {
    CashKind.IN: 1, CashKind.OUT: -1, CashKind.HANDOVER: -1, CashKind.EXPENSE: -1,
    CashKind.CONSIGNED: 1, CashKind.PAYOUT: -1, CashKind.COD: 1, CashKind.COLLECTED: -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CashDraft:
    """A movement to be written; `from_drawer` says whether coins moved at all."""

    uuid: UUID
    kind: CashKind
    amount: Decimal
    reason: str
    at: datetime
    received_at: datetime
    business_date: date
    employee_id: int | None
    receiver_id: int | None = None
    category: str = ""
    expense: bool = False
    from_drawer: bool = True
    late: bool = False
    marks: str = "[]"


def move_cash(shift: Shift, given: CashDraft) -> CashMovement:
    """Write a movement of a shift. Inside the transaction of the act, which holds the shift."""
    sign = SIGNS.get(given.kind, 0) if given.from_drawer else 0
    movement = CashMovement(
        uuid=given.uuid, business_id=shift.business_id, store_id=shift.store_id, terminal_id=shift.terminal_id, shift=shift,
        employee_id=given.employee_id, receiver_id=given.receiver_id, kind=given.kind, category=given.category,
        expense=given.expense, amount=given.amount, drawer=sign * given.amount, reason=given.reason, occurred_at=given.at,
        received_at=given.received_at, business_date=given.business_date, late=given.late, currency=shift.store.currency,
        marks=given.marks,
    )  # fmt: skip
    movement.save(force_insert=True)
    return movement
