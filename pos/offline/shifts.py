"""`shift.open` and `shift.close` as tills send them."""

from decimal import Decimal

from pos.events import ShiftClosed, ShiftOpened
from pos.models import Shift
from pos.offline.bodies import ShiftClose, ShiftOpen
from pos.services.shifts import close_shift, open_shift
from pos.settings import setting_at
from pos.tiers import plain
from smartpos.errors import DomainError
from smartpos.money import Currency, to_decimal
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict
from smartpos.people.models import Device
from smartpos.people.services.rules import serialise_shifts

AMOUNT_PLACES = 4


def judge_open(case: Case, body: ShiftOpen) -> Verdict:
    """Open a shift on the device's terminal; where one is open already, a manager has to look."""
    device = case.device
    if case.actor_id is None:
        return Verdict.review("actor_unknown")
    opening = _amount(case, body.opening_float)
    if opening is None:
        return Verdict.review("unreadable", detail="opening_float")
    serialise_shifts(device.store_id)
    # The device may have moved since this process last looked.
    terminal_id: int = Device.objects.values_list("terminal_id", flat=True).get(pk=device.pk)
    if Shift.objects.filter(terminal_id=terminal_id, closed_at__isnull=True).exists():
        return Verdict.review("shift_taken")
    if Shift.everywhere.filter(uuid=body.shift).exists():
        return Verdict.review("shift_taken")
    actor = case.actor_id

    def write() -> None:
        open_shift(
            uuid=body.shift, business_id=device.business_id, store_id=device.store_id, terminal_id=terminal_id,
            employee_id=actor, opening_float=opening, opened_at=case.occurred_at, business_date=case.business_date,
        )  # fmt: skip

    event = ShiftOpened(business_id=device.business_id, store_id=device.store_id, shard=_shard(case), shift=str(body.shift))
    return Verdict(
        result={"shift": str(body.shift)}, marks=[*_rights(case, "shift.open"), *opening_marks(case, opening)], action="shift.opened",
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
        result=result, marks=[*_rights(case, "shift.close"), *closing_marks(case)], action="shift.closed", subject=f"shift:{body.shift}",
        data=result, event=event,
    )  # fmt: skip


def opening_marks(case: Case, opening: int) -> list[Mark]:
    """A float other than the fixed one, and a start later than the threshold allows."""
    marks = []
    fixed = setting_at(case, "shift.opening_amount")
    if setting_at(case, "shift.opening_mode") == "fixed" and to_decimal(opening, AMOUNT_PLACES) != fixed:
        marks.append(Mark(code="float_differs", listed=plain(fixed)))
    start = setting_at(case, "shift.work_start")
    late = _minute(case) - _clock(case, start) if start else 0
    if late > setting_at(case, "shift.late_minutes"):
        marks.append(Mark(code="opened_late", seconds=late * 60))
    return marks


def closing_marks(case: Case) -> list[Mark]:
    """An end earlier than the threshold allows."""
    end = setting_at(case, "shift.work_end")
    early = _clock(case, end) - _minute(case) if end else 0
    return [Mark(code="closed_early", seconds=early * 60)] if early > setting_at(case, "shift.early_minutes") else []


def _minute(case: Case) -> int:
    """The minute of the business day at which the act was made, by the store's clock."""
    local = case.occurred_at.astimezone(case.device.store.zone)
    return _since_cutoff(case, local.hour * 60 + local.minute)


def _clock(case: Case, text: str) -> int:
    hours, minutes = text.split(":")
    return _since_cutoff(case, int(hours) * 60 + int(minutes))


def _since_cutoff(case: Case, minute: int) -> int:
    return (minute - case.device.store.cutoff_minutes) % (24 * 60)


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
