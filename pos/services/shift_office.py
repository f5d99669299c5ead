"""What the office does about shifts: close one that nobody closes at its till, and correct one that is closed (SHF-28)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from pos.events import ShiftClosed
from pos.models import CashKind, CashMovement, Closed, Shift
from pos.services.autoclose import open_shifts
from pos.services.cash import CashDraft, move_cash
from pos.services.shift_mails import mail_closed
from pos.services.shifts import Count, close_shift
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.clock import business_day
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.outbox.services import publish
from smartpos.people.models import Employee

CLOSE, CORRECT = "shifts.close", "shifts.correct"
LONGEST = 200


def close_in_office(uuid: UUID, *, by: Employee, counted: Decimal, reason: str, at: datetime) -> Shift:
    """Count a drawer for somebody who went. What its till still has to send comes as a supplement. A difference needs its reason."""
    if counted < 0:
        raise DomainError(_("An amount from nought."), field="counted")
    with write_transaction():
        shift = open_shifts().select_for_update(of=("self",)).filter(uuid=uuid).first()
        if shift is None:
            raise Conflict(_("This shift is closed already."))
        _assert_may(by, CLOSE, shift)
        closing = close_shift(shift, Count(employee_id=by.pk, counted=counted, at=at, how=Closed.OFFICE, reason=_words(reason)))
        if closing.difference and not reason.strip():
            raise DomainError(_("The count differs from what was expected. Say why."), field="reason")
        data = {
            "expected": str(closing.expected),
            "counted": str(counted),
            "reason": _words(reason),
            "currency": shift.store.currency,
        }
        record("shift.closed_in_office", subject=f"shift:{uuid}", data=data, at=at)
        shard = f"{shift.business_id}:terminal:{shift.terminal_id}"
        publish(ShiftClosed(business_id=shift.business_id, store_id=shift.store_id, shard=shard, shift=str(uuid)))
        mail_closed(shift)
    return shift  # type: ignore[no-any-return]


def correct(shift: Shift, *, uuid: UUID, by: Employee, amount: Decimal, reason: str, at: datetime) -> CashMovement:
    """Add an entry beside the frozen figures, which stay as they are. The same `uuid` is the same entry."""
    _assert_may(by, CORRECT, shift)
    if not amount:
        raise DomainError(_("An amount above nought."), field="amount")
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    with write_transaction():
        known: CashMovement | None = CashMovement.objects.filter(uuid=uuid, shift=shift).first()
        if known is not None:
            return known
        if CashMovement.everywhere.filter(uuid=uuid).exists():
            raise Conflict(_("This page is out of date. Load it again."))
        if shift.is_open:
            raise Conflict(_("This shift is still open. It is corrected at the till."))
        day = business_day(at, shift.store.zone, shift.store.cutoff_minutes)
        draft = CashDraft(
            uuid=uuid, kind=CashKind.CORRECTION, amount=amount, reason=_words(reason), at=at, received_at=at, business_date=day,
            employee_id=by.pk, late=True,
        )  # fmt: skip
        movement = move_cash(shift, draft)
        data = {"amount": str(amount), "reason": _words(reason), "currency": shift.store.currency}
        record("shift.corrected", subject=f"shift:{shift.uuid}", data=data, at=at)
    return movement


def _assert_may(by: Employee, code: str, shift: Shift) -> None:
    if not allowed(by, code, shift.store_id):
        raise NotAllowed(_("Your role does not allow this. Ask a manager or the owner."))


def _words(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
