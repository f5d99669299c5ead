"""`refund.make`: of a receipt, by the refund rule over what was paid; or without one, approved."""

from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db.models import QuerySet, Sum

from inventory.models import Variant
from inventory.types import MovedGoods
from pos.models import Payment, Receipt, ReceiptKind, ReceiptLine, ReceiptTax
from pos.offline.bodies import RefundMake
from pos.offline.marks import missing_rights
from pos.offline.settle import Unbookable, draft_of, line_drafts, number_marks, price_again, shift_of, tax_drafts, verdict_of
from pos.pricing import wire
from pos.pricing.errors import PricingError
from pos.pricing.refunds import Refund, RefundLine, RefundResult, RefundRounding, RefundTender, refund
from pos.pricing.types import LinePart, TaxShare
from pos.selectors.receipts import Given, given_back, taxes_by_line
from pos.services.receipts import LineDraft, PaymentDraft, ReceiptDraft
from smartpos.errors import DomainError
from smartpos.money import Currency, parse_quantity
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict
from smartpos.taxes.engine import Rate

WITHOUT_RECEIPT = "refund.without_receipt"
OTHER_TENDER = "refund.other_tender"
NOTHING = Given(Decimal(0), Decimal(0), {})


def judge_refund(case: Case, body: RefundMake) -> Verdict:
    """Book money given back."""
    try:
        marks = number_marks(case, body.series, body.number)
        return _of_receipt(case, body, marks) if body.original else _without_receipt(case, body, marks)
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)


def _without_receipt(case: Case, body: RefundMake, marks: list[Mark]) -> Verdict:
    """Priced like a sale and booked with its signs turned."""
    if body.cart is None:
        raise Unbookable("unreadable", detail="cart")
    shift = shift_of(case)
    priced = price_again(case, body.cart, body.goods, body.figures, change=None)
    if not case.may(WITHOUT_RECEIPT):
        marks.append(Mark(code="permission_missing", permission=WITHOUT_RECEIPT))
    marks += [mark for mark in missing_rights(case, priced.cart) if mark.permission != "sale.price"]
    for line, sold in zip(priced.cart.lines, priced.sale.lines, strict=True):
        if sold.unit > line.list_price:
            marks.append(Mark(code="above_list", line=line.id))
    moved: list[MovedGoods] = []
    lines = line_drafts(case, priced, marks, moved, sign=1)
    draft = draft_of(
        case, shift, kind="refund", series=body.series, number=body.number, priced=priced, lines=lines, marks=marks,
        reason=body.reason,
    )  # fmt: skip
    return verdict_of(case, draft, marks, moved)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sold line, what went back of it before, and how much goes back now."""

    line: ReceiptLine
    taxes: list[ReceiptTax]
    before: Given
    uuid: UUID
    now: int


def _of_receipt(case: Case, body: RefundMake, marks: list[Mark]) -> Verdict:
    original = Receipt.objects.select_for_update().filter(uuid=body.original, store_id=case.device.store_id).first()
    if original is None or original.kind != ReceiptKind.SALE:
        raise Unbookable("original_unknown")
    shift = shift_of(case)
    wanted = _wanted(original, body)
    tenders = _tenders(original, body)
    result = _refunded(original, body, wanted, tenders)
    _compare(body, result)
    if not case.may("refund.make"):
        marks.append(Mark(code="permission_missing", permission="refund.make"))
    if any((t.now or 0) > t.amount - t.refunded for t in tenders) and not case.may(OTHER_TENDER):
        marks.append(Mark(code="permission_missing", permission=OTHER_TENDER))
    if body.cash_rounding is not None:
        marks.append(Mark(code="input_unknown", detail="cash_rounding"))
    if not shift.is_open:
        marks.append(Mark(code="shift_closed"))
    draft = _draft(case, original, body, wanted, result, marks=marks, shift_id=shift.pk, terminal_id=shift.terminal_id)
    return verdict_of(case, draft, marks, _moved(wanted))


def _wanted(original: Receipt, body: RefundMake) -> list[Wanted]:
    lines = {line.uuid: line for line in original.lines.all()}
    taxes, before = taxes_by_line([original]), given_back([original])
    if not body.lines or len({asked.original_line for asked in body.lines}) < len(body.lines):
        raise Unbookable("unreadable", detail="lines")
    wanted = []
    for asked in body.lines:
        line = lines.get(asked.original_line)
        if line is None:
            raise Unbookable("original_unknown", detail="line")
        shares = taxes[original.pk, line.position]
        wanted.append(Wanted(line, shares, before.get(line.pk, NOTHING), asked.line, _quantity(asked.quantity)))
    return wanted


def _quantity(text: str) -> int:
    try:
        quantity = parse_quantity(text)
    except DomainError as error:
        raise Unbookable("unreadable", detail="quantity") from error
    if not quantity:
        raise Unbookable("unreadable", detail="quantity")
    return quantity


def _refunded(original: Receipt, body: RefundMake, wanted: list[Wanted], tenders: tuple[RefundTender, ...]) -> RefundResult:
    """The amounts by the refund rule. The money is out of the drawer, so a missing approval is a mark and no refusal."""
    request = Refund(
        currency=Currency.of(original.currency), lines=tuple(_refund_line(w) for w in wanted), tenders=tenders,
        cash_rounding=_rounding(original, body), approved=True,
    )  # fmt: skip
    try:
        return refund(request)
    except (PricingError, DomainError) as error:
        code = str(getattr(error, "code", error))
        raise Unbookable("refund_beyond_sale" if code.startswith("refund_above") else "figures_differ", detail=code) from error


def _rounding(original: Receipt, body: RefundMake) -> RefundRounding | None:
    if body.cash_rounding is None:
        return None
    try:
        step = Currency.of(original.currency).parse(body.cash_rounding.step)
    except DomainError as error:
        raise Unbookable("unreadable", detail="cash_rounding") from error
    if not step:
        raise Unbookable("unreadable", detail="cash_rounding")
    return RefundRounding(step, _cash_paid_out(original))


def _refund_line(wanted: Wanted) -> RefundLine:
    line, before = wanted.line, wanted.before
    shares = tuple(
        TaxShare(Rate(t.code, t.kind, scaled(t.rate), t.inclusive, t.compound, 1), scaled(t.amount))  # type: ignore[arg-type]
        for t in wanted.taxes
    )
    return RefundLine(
        id=str(line.uuid), quantity=thousandths(line.quantity), payable=scaled(line.payable), taxes=shares, now=wanted.now,
        quantity_before=thousandths(before.quantity), payable_before=scaled(before.payable),
        taxes_before=tuple(scaled(before.taxes.get(t.code, Decimal(0))) for t in wanted.taxes),
    )  # fmt: skip


def _tenders(original: Receipt, body: RefundMake) -> tuple[RefundTender, ...]:
    paid = _parts(Payment.objects.filter(receipt=original))
    back = _parts(Payment.objects.filter(receipt__original=original))
    currency = Currency.of(original.currency)
    try:
        now = {tender.method: currency.parse(tender.amount) for tender in body.tenders}
    except DomainError as error:
        raise Unbookable("unreadable", detail="tenders") from error
    if len(now) < len(body.tenders):
        raise Unbookable("unreadable", detail="tenders")
    methods = [*paid, *(method for method in now if method not in paid)]
    return tuple(RefundTender(m, paid.get(m, 0), -back.get(m, 0), now.get(m, 0)) for m in methods)


def _parts(payments: QuerySet[Payment]) -> dict[wire.Method, int]:
    sums = payments.values_list("method").annotate(sum=Sum("part")).order_by("method")
    return {cast(wire.Method, method): scaled(amount) for method, amount in sums}


def _cash_paid_out(original: Receipt) -> int:
    cash = Payment.objects.filter(receipt__original=original, method="cash").aggregate(sum=Sum("amount"))["sum"]
    return -scaled(cash or Decimal(0))


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
    device = case.device
    given = result.payout.tenders if result.payout else ()
    return ReceiptDraft(
        uuid=case.operation.id, business_id=device.business_id, store_id=device.store_id, terminal_id=terminal_id,
        device_id=device.pk, shift_id=shift_id, employee_id=case.actor_id, kind="refund", original_id=original.pk,
        reason=body.reason, series=body.series, number=body.number, occurred_at=case.occurred_at,
        received_at=case.received_at, business_date=case.business_date, late=any(m.code == "shift_closed" for m in marks),
        currency=original.currency, total=result.total, rounding=result.payout.rounding if result.payout else 0,
        lines=[_line_draft(w, r) for w, r in zip(wanted, result.lines, strict=True)],
        payments=[PaymentDraft(g.method, g.amount, g.paid, g.paid, 0, 0) for g in given if g.amount or g.paid],
    )  # fmt: skip


def _line_draft(wanted: Wanted, r: LinePart) -> LineDraft:
    line = wanted.line
    return LineDraft(
        uuid=wanted.uuid, variant_id=line.variant_id, name=line.name, sku=line.sku, unit=line.unit, quantity=r.quantity,
        list_price=scaled(line.list_price), unit_price=scaled(line.unit_price), gross=r.payable, discount=0, points=0,
        payable=r.payable, net=r.net, tax=r.tax, gratis=line.gratis, profile=line.tax_profile, taxes=tax_drafts(r.taxes),
        original_line_id=line.pk,
    )  # fmt: skip


def _moved(wanted: list[Wanted]) -> list[MovedGoods]:
    quantities = [(w.line.variant_id, w.now) for w in wanted if w.line.variant_id is not None]
    keys = [key for key, _quantity in quantities]
    tracked = set(Variant.objects.filter(pk__in=keys, tracked=True).values_list("pk", flat=True))
    return [MovedGoods(key, quantity) for key, quantity in quantities if key in tracked]


def scaled(amount: Decimal) -> int:
    """A column's Decimal as the engine's integer: 1/10,000."""
    return int(amount.scaleb(4))


def thousandths(quantity: Decimal) -> int:
    """A column's quantity as the engine's integer: 1/1,000."""
    return int(quantity.scaleb(3))
