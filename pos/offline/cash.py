"""`cash.move` and `cash.handover`, and what a closing writes beside its count. Coins that moved are booked; what is odd is marked."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import override

from pos.cash_categories import CODE, Category
from pos.events import CashMoved
from pos.models import CashKind, CashMovement, Shift
from pos.offline.approved import offline_marks
from pos.offline.coins import amount_of, lacking
from pos.offline.entrusted import judge_collected
from pos.offline.settle import shift_of
from pos.offline.shift_bodies import CashHandover, CashMove, ExpenseNote
from pos.offline.unbookable import Unbookable
from pos.selectors.drawer import expected_cash
from pos.services.cash import CashDraft, move_cash
from pos.settings import setting_at
from smartpos.operations.envelope import Mark, encode
from smartpos.operations.kinds import Case, Verdict
from smartpos.people.models import Employee

RECEIVE, HANDOVER, MODULE = "cash.receive", "cash.handover", "module.cash_handover"
RIGHTS = {"in": "cash.in", "out": "cash.out"}


def judge_move(case: Case, body: CashMove) -> Verdict:
    """Cash in or cash out (SHF-04, SHF-05)."""
    kind, marks = CashKind(body.direction), lacking(case, RIGHTS[body.direction])
    expense = False
    if kind == CashKind.OUT:
        found = is_expense(case, body.category)
        marks += [Mark(code="category_unknown", detail=body.category)] if found is None else []
        expense = bool(found)
    try:
        if not body.reason.strip():
            raise Unbookable("unreadable", detail="reason")
        category = body.category if kind == CashKind.OUT else ""
        return _verdict(case, kind, body.amount, marks, category=category, expense=expense, reason=body.reason.strip())
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)


def judge_handover(case: Case, body: CashHandover) -> Verdict:
    """Cash to an owner or manager, who gave their PIN (SHF-13, SHF-14). Without it nobody can say who has the money."""
    receiver = Employee.objects.filter(uuid=body.receiver).values_list("pk", "name").first()
    confirmed = any(approval.code == RECEIVE and approval.by == body.receiver for approval in case.approved())
    try:
        if receiver is None or not confirmed or receiver[0] == case.actor_id:
            raise Unbookable("receiver_unconfirmed")
        marks = lacking(case, HANDOVER) + offline_marks(case)
        if not setting_at(case, MODULE):
            marks.append(Mark(code="module_off", detail="cash_handover"))
        if body.courier is not None:
            return judge_collected(case, body.amount, body.courier, marks, receiver=receiver, note=body.reason)
        told, reason = {"receiver": receiver[1]}, body.reason.strip()
        return _verdict(case, CashKind.HANDOVER, body.amount, marks, told=told, receiver_id=receiver[0], reason=reason)
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)


def _verdict(
    case: Case, kind: CashKind, amount: str, marks: list[Mark], *, told: dict[str, str] | None = None, **more: Any
) -> Verdict:  # fmt: skip
    moved = amount_of(case, amount)
    if not moved:
        raise Unbookable("unreadable", detail="amount")
    held = shift_of(case)
    shift = Shift.objects.select_related("store").get(pk=held.pk)
    if held.is_open and kind != CashKind.IN and moved > expected_cash(shift):
        marks.append(Mark(code="drawer_short"))
    marks += [] if held.is_open else [Mark(code="shift_closed")]
    device, uuid = case.device, case.operation.id
    event = CashMoved(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:terminal:{shift.terminal_id}",
        movement=str(uuid), kind=kind.value,
    )  # fmt: skip
    said = {"amount": amount, "currency": shift.store.currency, "category": more.get("category", ""), "reason": more["reason"]}
    return Verdict(
        state="done" if held.is_open else "done-late", result={"movement": str(uuid)}, marks=marks, action=f"cash.{kind.value}",
        subject=f"shift:{shift.uuid}", data={name: text for name, text in (said | (told or {})).items() if text}, event=event,
        write=partial(_write, case, shift, kind, moved, marks, late=not held.is_open, more=more),
    )  # fmt: skip


def _write(
    case: Case, shift: Shift, kind: CashKind, amount: Decimal, marks: list[Mark], *, late: bool, more: dict[str, Any]
) -> None:
    # Now, and not before: what is wrong with clock, day and actor is marked after the judge.
    move_cash(shift, _draft(case, case.operation.id, kind, amount, late=late, marks=encode(marks).decode(), **more))


def book_notes(case: Case, shift: Shift, notes: Sequence[ExpenseNote], marks: list[Mark]) -> None:
    """The expense notes of a closing (SHF-10); the caller holds the shift. A note that came before is not written again."""
    known = set(CashMovement.everywhere.filter(uuid__in=[note.id for note in notes]).values_list("uuid", flat=True))
    for note in notes:
        amount = amount_of(case, note.amount)
        if amount is None or note.id in known:
            continue
        known.add(note.id)
        if is_expense(case, note.category) is None:
            marks.append(Mark(code="category_unknown", detail=note.category))
        more = {"category": note.category, "expense": True, "reason": note.reason.strip(), "from_drawer": note.drawer}
        move_cash(shift, _draft(case, note.id, CashKind.EXPENSE, amount, late=not shift.is_open, **more))


def book_late_count(case: Case, shift: Shift, counted: Decimal) -> None:
    """Somebody counted with no network a drawer that closed itself meanwhile: the count stands beside the frozen figures."""
    if not CashMovement.objects.filter(shift=shift, kind=CashKind.COUNT).exists():
        move_cash(shift, _draft(case, case.operation.id, CashKind.COUNT, counted, late=True, reason=""))


def _draft(case: Case, uuid: UUID, kind: CashKind, amount: Decimal, **more: Any) -> CashDraft:
    return CashDraft(
        uuid=uuid, kind=kind, amount=amount, at=case.occurred_at, received_at=case.received_at, business_date=case.business_date,
        employee_id=case.actor_id, **more,
    )  # fmt: skip


def is_expense(case: Case, name: str) -> bool | None:
    """Whether the category was an expense by the settings of the act's time; None for a name that nobody set.

    What is shipped has a name in each language, and the till may have spoken any of them.
    """
    categories: tuple[Category, ...] = setting_at(case, CODE)
    for language, _name in settings.LANGUAGES:
        with override(language):
            found = next((expense for known, expense in categories if str(known) == name), None)
        if found is not None:
            return found
    return None
