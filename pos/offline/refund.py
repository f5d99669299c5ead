"""`refund.make`: of a receipt, by the refund rule over what was paid; or without one, approved."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from inventory.models import Variant
from inventory.types import MovedGoods
from pos.models import Receipt, ReceiptLine, RefundRequest
from pos.offline.approved import offline_marks
from pos.offline.bodies import RefundMake
from pos.offline.exchanges import EXCHANGE
from pos.offline.giving import Wanted, original_of, rounding_of, scaled, tenders_of, thousandths, wanted_lines, worth
from pos.offline.marks import missing_rights, rounding_at, rounding_marks
from pos.offline.points import points_back
from pos.offline.settle import draft_of, line_drafts, number_marks, price_again, shift_of, tax_drafts, verdict_of
from pos.offline.unbookable import Unbookable
from pos.pricing.refunds import RefundResult
from pos.pricing.types import LinePart
from pos.services.receipts import LineDraft, PaymentDraft, ReceiptDraft
from pos.services.refunds import approved_request, pay_out
from pos.settings import setting_at
from smartpos.money import Currency
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict

MAKE = "refund.make"
ALONE = "refund.alone"
WITHOUT_RECEIPT = "refund.without_receipt"
OTHER_TENDER = "refund.other_tender"
# What the right to refund without a receipt holds in itself: an amount by hand, at most the list's.
OF_AMOUNTS = ("sale.make", "sale.price")


def judge_refund(case: Case, body: RefundMake) -> Verdict:
    """Book money given back."""
    try:
        marks = number_marks(case, body.series, body.number) + module_marks(case) + offline_marks(case)
        return _of_receipt(case, body, marks) if body.original else _without_receipt(case, body, marks)
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)


def module_marks(case: Case) -> list[Mark]:
    """A till that did not know yet gave money back although the shop has switched refunds off: booked, and shown."""
    return [] if setting_at(case, "module.refunds") else [Mark(code="module_off", detail="refunds")]


def _without_receipt(case: Case, body: RefundMake, marks: list[Mark]) -> Verdict:
    """Priced like a sale and booked with its signs turned."""
    if body.cart is None:
        raise Unbookable("unreadable", detail="cart")
    shift = shift_of(case)
    priced = price_again(case, body.cart, body.goods, body.figures, change=None)
    marks += lacking(case, WITHOUT_RECEIPT) + rounding_marks(case, priced.cart)
    marks += [mark for mark in missing_rights(case, priced.cart) if mark.permission not in OF_AMOUNTS]
    for line, sold in zip(priced.cart.lines, priced.sale.lines, strict=True):
        if sold.unit > line.list_price:
            marks.append(Mark(code="above_list", line=line.id))
    if any(tender.method == EXCHANGE for tender in priced.cart.tenders or ()):
        raise Unbookable("exchange_differs")
    if priced.cart.points is not None:
        marks.append(Mark(code="input_unknown", detail="points"))
    moved: list[MovedGoods] = []
    lines = line_drafts(case, priced, marks, moved, sign=1)
    draft = draft_of(
        case, shift, kind="refund", series=body.series, number=body.number, priced=priced, lines=lines, marks=marks,
        reason=body.reason,
    )  # fmt: skip
    kept = _off_the_shelf(draft, frozenset(body.damaged), moved)
    return verdict_of(case, kept, marks, moved)


def _off_the_shelf(draft: ReceiptDraft, damaged: frozenset[UUID], moved: list[MovedGoods]) -> ReceiptDraft:
    """Damaged goods are noted and move no stock: taken out of `moved`."""
    for line in draft.lines:
        if line.uuid in damaged:
            entry = next((m for m in moved if (m.variant_id, m.quantity) == (line.variant_id, line.quantity)), None)
            if entry is not None:
                moved.remove(entry)
    return replace(draft, lines=[replace(line, restocked=line.uuid not in damaged) for line in draft.lines])


def lacking(case: Case, *codes: str) -> list[Mark]:
    """The rights that the actor had not and that nobody approved."""
    return [Mark(code="permission_missing", permission=code) for code in codes if not case.may(code)]


def _of_receipt(case: Case, body: RefundMake, marks: list[Mark]) -> Verdict:
    assert body.original is not None
    original = original_of(case, body.original)
    shift = shift_of(case)
    wanted = wanted_lines(original, [(line.line, line.original_line, line.quantity) for line in body.lines])
    tenders = tenders_of(original, body)
    result = worth(original, wanted, tenders, rounding_of(original, body))
    _compare(body, result)
    request = _request(case, original, body, marks)
    if request is None:
        marks += lacking(case, MAKE, ALONE)
        if any((t.now or 0) > t.amount - t.refunded for t in tenders if t.method != EXCHANGE):
            marks += lacking(case, OTHER_TENDER)
    marks += _rounding_marks(case, body, result)
    if not shift.is_open:
        marks.append(Mark(code="shift_closed"))
    damaged = frozenset(body.damaged)
    draft = _draft(case, original, body, wanted, result, marks=marks, shift_id=shift.pk, terminal_id=shift.terminal_id)
    points = points_back(case, original, now=result.total, lines={w.line.pk: w.now for w in wanted})
    verdict = verdict_of(case, draft, marks, _moved([w for w in wanted if w.uuid not in damaged]), points)
    if request is not None:
        verdict.write = partial(_book_and_pay, verdict.write, request, case.operation.id)
    return verdict


def _request(case: Case, original: Receipt, body: RefundMake, marks: list[Mark]) -> RefundRequest | None:
    """The approved request that this pays out, held; one that was paid already is for a manager, another one is no consent."""
    if body.request is None:
        return None
    asked = {line.original_line: (line.quantity, line.line not in body.damaged) for line in body.lines}
    request = approved_request(body.request, original, asked)
    if request is None:
        marks.append(Mark(code="request_unapproved"))
    elif request.refund_id is not None:
        raise Unbookable("request_paid")
    return request


def _book_and_pay(book: Callable[[], None], request: RefundRequest, uuid: UUID) -> None:
    book()
    pay_out(request, uuid)


def _rounding_marks(case: Case, body: RefundMake, result: RefundResult) -> list[Mark]:
    """Whether cash was rounded as the settings of the act's time say."""
    wanted = rounding_at(case, result.currency)
    sent = result.currency.parse(body.cash_rounding.step) if body.cash_rounding else None
    in_cash = any(tender.method == "cash" for tender in body.tenders)
    differs = in_cash and sent != (wanted.step if wanted else None)
    return [Mark(code="input_unknown", detail="cash_rounding")] if differs else []


def _compare(body: RefundMake, result: RefundResult) -> None:
    text = result.currency.format
    figures, payout = body.figures, result.payout
    shown = (figures.total, figures.tax, figures.rounding, figures.payable)
    payable = tuple(text(line.payable) for line in result.lines)
    if shown != (text(result.total), text(result.tax), text(payout.rounding if payout else 0), payable):
        raise Unbookable("figures_differ")


def _draft(
    case: Case, original: Receipt, body: RefundMake, wanted: list[Wanted], result: RefundResult, *, marks: list[Mark],
    shift_id: int, terminal_id: int,
) -> ReceiptDraft:  # fmt: skip
    device, damaged = case.device, frozenset(body.damaged)
    given = result.payout.tenders if result.payout else ()
    return ReceiptDraft(
        uuid=case.operation.id, business_id=device.business_id, store_id=device.store_id, terminal_id=terminal_id,
        device_id=device.pk, shift_id=shift_id, employee_id=case.actor_id, customer_id=original.customer_id,
        kind="refund", original_id=original.pk,
        reason=body.reason, series=body.series, number=body.number, occurred_at=case.occurred_at,
        received_at=case.received_at, business_date=case.business_date, late=any(m.code == "shift_closed" for m in marks),
        currency=original.currency, total=result.total, rounding=result.payout.rounding if result.payout else 0,
        lines=[_line_draft(w, r, restocked=w.uuid not in damaged) for w, r in zip(wanted, result.lines, strict=True)],
        payments=[PaymentDraft(g.method, g.amount, g.paid, g.paid, 0, 0) for g in given if g.amount or g.paid],
    )  # fmt: skip


def _line_draft(wanted: Wanted, r: LinePart, *, restocked: bool) -> LineDraft:
    line = wanted.line
    return LineDraft(
        uuid=wanted.uuid, variant_id=line.variant_id, name=line.name, sku=line.sku, unit=line.unit, quantity=r.quantity,
        list_price=scaled(line.list_price), unit_price=scaled(line.unit_price), gross=r.payable, discount=0, points=0,
        payable=r.payable, net=r.net, tax=r.tax, gratis=line.gratis, profile=line.tax_profile, taxes=tax_drafts(r.taxes),
        original_line_id=line.pk, restocked=restocked, promotion_id=line.promotion_id,
        promotion_percent=None if line.promotion_percent is None else scaled(line.promotion_percent),
        promotion_off=_promotion_back(line, r.quantity),
    )  # fmt: skip


def _promotion_back(line: ReceiptLine, quantity: int) -> int:
    """The part of what a promotion took off that goes back with a part of the line."""
    sold = thousandths(line.quantity)
    return Currency.of(line.receipt.currency).round(scaled(line.promotion_off) * quantity, sold) if line.promotion_off else 0


def _moved(wanted: list[Wanted]) -> list[MovedGoods]:
    """What is kept in stock comes back with the cost that it was sold with."""
    back = [(w.line.variant_id, w) for w in wanted if w.line.variant_id is not None]
    tracked = set(Variant.objects.filter(pk__in=[key for key, _w in back], tracked=True).values_list("pk", flat=True))
    return [MovedGoods(key, w.now, None if w.line.cost is None else scaled(w.line.cost)) for key, w in back if key in tracked]
