"""`shift.open` and `shift.close` as tills send them."""

from decimal import Decimal

from pos.events import ShiftClosed, ShiftOpened
from pos.models import Shift
from pos.offline.bodies import ShiftClose, ShiftOpen
from pos.services.shifts import close_shift, open_shift
from smartpos.errors import DomainError
from smartpos.money import Currency, to_decimal
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict

AMOUNT_PLACES = 4


def judge_open(case: Case, body: ShiftOpen) -> Verdict:
    """Open a shift on the device's terminal; where one is open already, a manager has to look."""
    device = case.device
    if case.actor_id is None:
        return Verdict.review("actor_unknown")
    opening = _amount(case, body.opening_float)
    if opening is None:
        return Verdict.review("unreadable", detail="opening_float")
    if Shift.objects.filter(terminal_id=device.terminal_id, closed_at__isnull=True).exists():
        return Verdict.review("shift_taken")
    if Shift.everywhere.filter(uuid=body.shift).exists():
        return Verdict.review("shift_taken")
    actor = case.actor_id

    def write() -> None:
        open_shift(
            uuid=body.shift, business_id=device.business_id, store_id=device.store_id, terminal_id=device.terminal_id,
            employee_id=actor, opening_float=opening, opened_at=case.occurred_at, business_date=case.business_date,
        )  # fmt: skip

    event = ShiftOpened(business_id=device.business_id, store_id=device.store_id, shard=_shard(case), shift=str(body.shift))
    return Verdict(
        result={"shift": str(body.shift)}, marks=_rights(case, "shift.open"), action="shift.opened",
        subject=f"shift:{body.shift}", data={"opening_float": body.opening_float}, event=event, write=write,
    )  # fmt: skip


def judge_close(case: Case, body: ShiftClose) -> Verdict:
    """Count the drawer. Closing a closed shift answers with the figures of the first time."""
    device = case.device
    shift = Shift.objects.select_for_update().filter(uuid=body.shift, store_id=device.store_id).first()
    if shift is None:
        return Verdict.review("shift_unknown")
    counted = _amount(case, body.counted)
    if counted is None:
        return Verdict.review("unreadable", detail="counted")
    closing = close_shift(shift, employee_id=case.actor_id, counted=to_decimal(counted, AMOUNT_PLACES), at=case.occurred_at)
    currency = Currency.of(device.store.currency)
    result = {
        "expected": _text(closing.expected, currency), "counted": _text(closing.counted, currency),
        "difference": _text(closing.difference, currency), "receipts": closing.receipts,
    }  # fmt: skip
    event = ShiftClosed(business_id=device.business_id, store_id=device.store_id, shard=_shard(case), shift=str(body.shift))
    return Verdict(
        result=result, marks=_rights(case, "shift.close"), action="shift.closed", subject=f"shift:{body.shift}",
        data=result, event=event,
    )  # fmt: skip


def _amount(case: Case, text: str) -> int | None:
    try:
        return Currency.of(case.device.store.currency).parse(text)
    except DomainError:
        return None


def _text(amount: Decimal, currency: Currency) -> str:
    return currency.format(int(amount.scaleb(AMOUNT_PLACES)))


def _rights(case: Case, code: str) -> list[Mark]:
    return [] if case.may(code) else [Mark(code="permission_missing", permission=code)]


def _shard(case: Case) -> str:
    return f"{case.device.business_id}:terminal:{case.device.terminal_id}"
