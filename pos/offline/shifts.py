"""`shift.open` and `shift.close` as tills send them. What happened at a drawer is booked; what is odd about it is marked."""

from datetime import date
from decimal import Decimal
from functools import partial

from pos.events import ShiftClosed, ShiftOpened
from pos.models import Closed, Shift
from pos.offline.cash import book_late_count, book_notes
from pos.offline.checklists import undone_marks
from pos.offline.coins import AMOUNT_PLACES, amount_of
from pos.offline.shift_bodies import ShiftClose, ShiftOpen
from pos.offline.shift_hours import early_minutes, late_minutes
from pos.services.autoclose import BEFORE, close_by_itself, closing_moment, open_shifts
from pos.services.shift_mails import mail_closed, mail_opened
from pos.services.shifts import Closing, Count, Opening, close_shift, open_shift
from pos.settings import setting_at
from pos.tiers import plain
from smartpos.clock import business_day
from smartpos.money import Currency
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict
from smartpos.people.models import Device
from smartpos.people.services.rules import serialise_shifts


def judge_open(case: Case, body: ShiftOpen) -> Verdict:
    """Open a shift on the device's terminal; where one is open already, a manager has to look."""
    device = case.device
    if case.actor_id is None:
        return Verdict.review("actor_unknown")
    opening = amount_of(case, body.opening_float)
    if opening is None:
        return Verdict.review("unreadable", detail="opening_float")
    serialise_shifts(device.store_id)
    # The device may have moved since this process last looked.
    terminal_id: int = Device.objects.values_list("terminal_id", flat=True).get(pk=device.pk)
    held = open_shifts().select_for_update(of=("self",)).filter(terminal=terminal_id).first()
    if held is not None and closing_moment(held) > case.occurred_at:
        return Verdict.review("shift_taken")
    if Shift.everywhere.filter(uuid=body.shift).exists():
        return Verdict.review("shift_taken")
    if held is not None:  # its day is over, and the scheduler has not come to it yet
        close_by_itself(held)
    late = late_minutes(case)
    given = Opening(
        uuid=body.shift, business_id=device.business_id, store_id=device.store_id, terminal_id=terminal_id,
        employee_id=case.actor_id, opening_float=opening, opened_at=case.occurred_at, business_date=_day(case),
        reason=body.reason.strip(), late_minutes=late, late_reason=body.late_reason.strip(),
    )  # fmt: skip
    marks = [*_rights(case, "shift.open"), *_opening_marks(case, body, opening, late), *_elsewhere(case)]
    said = {"opening_float": body.opening_float, "reason": given.reason, "late_reason": given.late_reason}
    return Verdict(
        result={"shift": str(body.shift)}, marks=marks, action="shift.opened", subject=f"shift:{body.shift}",
        data={name: text for name, text in said.items() if text}, event=_event(ShiftOpened, case, body),
        write=partial(_open, given),
    )  # fmt: skip


def judge_close(case: Case, body: ShiftClose) -> Verdict:
    """Count the drawer. Closing a closed shift answers with the figures of the first time."""
    device = case.device
    shift = (
        Shift.objects.select_related("store", "business", "terminal", "opened_by")
        .filter(uuid=body.shift, store_id=device.store_id)
        .select_for_update(of=("self",))
        .first()
    )
    if shift is None:
        return Verdict.review("shift_unknown")
    counted = amount_of(case, body.counted)
    if counted is None:
        return Verdict.review("unreadable", detail="counted")
    if any(not amount_of(case, note.amount) for note in body.expenses):
        return Verdict.review("unreadable", detail="expenses")
    early = early_minutes(case)
    marks = _rights(case, "shift.close")
    book_notes(case, shift, body.expenses, marks)
    closing = close_shift(shift, _count(case, body, counted, early))
    if closing.first:
        mail_closed(shift)
        marks += _closing_marks(case, body, closing, early) + undone_marks(case)
    elif shift.not_counted:
        book_late_count(case, shift, counted)
    result = _result(closing, Currency.of(device.store.currency))
    why = {"reason": body.reason.strip(), "early_reason": body.early_reason.strip()}
    return Verdict(
        result=result, marks=marks, action="shift.closed", subject=f"shift:{body.shift}",
        data=result | {name: text for name, text in why.items() if text}, event=_event(ShiftClosed, case, body),
    )  # fmt: skip


def _day(case: Case) -> date:
    """The day of the shift: in the last minute, when shifts close themselves, it is the next one."""
    store = case.device.store
    return max(case.business_date, business_day(case.occurred_at + BEFORE, store.zone, store.cutoff_minutes))


def _open(given: Opening) -> None:
    mail_opened(open_shift(given))


def _count(case: Case, body: ShiftClose, counted: Decimal, early: int) -> Count:
    return Count(
        employee_id=case.actor_id, counted=counted, at=case.occurred_at, how=Closed.TILL, reason=body.reason.strip(),
        early_minutes=early, early_reason=body.early_reason.strip(),
        sheet=[{"value": row.value, "count": row.count} for row in body.sheet if row.count],
        unfinished=[{"kind": left.kind, "count": left.count} for left in body.unfinished],
    )  # fmt: skip


def _result(closing: Closing, currency: Currency) -> dict[str, object]:
    def text(amount: Decimal) -> str:
        return currency.format(int(amount.scaleb(AMOUNT_PLACES)))

    return {
        "expected": text(closing.expected), "counted": text(closing.counted), "difference": text(closing.difference),
        "receipts": closing.receipts,
    }  # fmt: skip


def _opening_marks(case: Case, body: ShiftOpen, opening: Decimal, late: int) -> list[Mark]:
    """A float other than the fixed one, a start later than the threshold allows; and where a reason was due and none came."""
    marks = []
    fixed = setting_at(case, "shift.opening_amount")
    if setting_at(case, "shift.opening_mode") == "fixed" and opening != fixed:
        marks.append(Mark(code="float_differs", listed=plain(fixed)))
        marks += [] if body.reason.strip() else [Mark(code="reason_missing", detail="opening")]
    if late:
        marks.append(Mark(code="opened_late", seconds=late * 60))
        marks += [] if body.late_reason.strip() else [Mark(code="reason_missing", detail="late")]
    return marks


def _closing_marks(case: Case, body: ShiftClose, closing: Closing, early: int) -> list[Mark]:
    """An end earlier than the threshold allows; and where a reason was due and none came."""
    marks = []
    if abs(closing.difference) > setting_at(case, "shift.tolerance") and not body.reason.strip():
        marks.append(Mark(code="reason_missing", detail="difference"))
    if early:
        marks.append(Mark(code="closed_early", seconds=early * 60))
        marks += [] if body.early_reason.strip() else [Mark(code="reason_missing", detail="early")]
    return marks


def _elsewhere(case: Case) -> list[Mark]:
    """One open shift a person (C-54): a till with no network could not know of the other one, so that its sales are booked."""
    other = (
        Shift.objects.filter(opened_by=case.actor_id, closed_at__isnull=True).values_list("terminal__name", flat=True).first()
    )
    return [] if other is None else [Mark(code="shift_elsewhere", detail=other)]


def _rights(case: Case, code: str) -> list[Mark]:
    return [] if case.may(code) else [Mark(code="permission_missing", permission=code)]


def _event(kind: type[ShiftOpened] | type[ShiftClosed], case: Case, body: ShiftOpen | ShiftClose) -> ShiftOpened | ShiftClosed:
    device = case.device
    shard = f"{device.business_id}:terminal:{device.terminal_id}"
    return kind(business_id=device.business_id, store_id=device.store_id, shard=shard, shift=str(body.shift))
