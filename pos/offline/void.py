"""`receipt.void`: a receipt of the running shift is taken back whole (POS-48). Later there is only a refund."""

from collections import defaultdict
from decimal import Decimal

from inventory.models import Movement
from inventory.types import MovedGoods
from pos.models import Payment, Receipt, ReceiptLine, ReceiptTax
from pos.offline.approved import offline_marks
from pos.offline.bodies import ReceiptVoid
from pos.offline.exchanges import part_of_exchange
from pos.offline.giving import original_of, scaled, thousandths
from pos.offline.points import points_back
from pos.offline.refund import lacking
from pos.offline.settle import number_marks, shift_of, verdict_of
from pos.offline.unbookable import Unbookable
from pos.selectors.receipts import taxes_by_line
from pos.services.receipts import LineDraft, PaymentDraft, ReceiptDraft, TaxDraft
from pos.services.shifts import OpenShift
from smartpos.ids import uuid7
from smartpos.money import Currency
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict

VOID = "receipt.void"


def judge_void(case: Case, body: ReceiptVoid) -> Verdict:
    """Book a receipt that turns every figure of another. A second void, or one after a refund, moves nothing and is for a manager."""
    try:
        marks = number_marks(case, body.series, body.number) + offline_marks(case) + lacking(case, VOID)
        original = original_of(case, body.original)
        shift = shift_of(case)
        if shift.pk != original.shift_id:
            raise Unbookable("void_other_shift")
        if part_of_exchange(original):
            raise Unbookable("void_exchange")
        if original.reversals.exists():
            raise Unbookable("void_after_refund")
        if body.total != Currency.of(original.currency).format(scaled(original.total + original.rounding)):
            raise Unbookable("figures_differ", detail="total")
        points = points_back(case, original, now=scaled(original.total), lines=None)
        return verdict_of(case, _draft(case, original, body, shift, marks), marks, _moved(original), points)
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)


def _draft(case: Case, original: Receipt, body: ReceiptVoid, shift: OpenShift, marks: list[Mark]) -> ReceiptDraft:
    if not shift.is_open:
        marks.append(Mark(code="shift_closed"))
    taxes = taxes_by_line([original])
    device = case.device
    return ReceiptDraft(
        uuid=case.operation.id, business_id=device.business_id, store_id=device.store_id, terminal_id=shift.terminal_id,
        device_id=device.pk, shift_id=shift.pk, employee_id=case.actor_id, customer_id=original.customer_id, kind="void",
        original_id=original.pk, reason=body.reason, series=body.series, number=body.number, occurred_at=case.occurred_at,
        received_at=case.received_at, business_date=case.business_date, late=not shift.is_open, currency=original.currency,
        service=scaled(original.service), total=scaled(original.total), rounding=scaled(original.rounding),
        lines=[_line(line, taxes[original.pk, line.position]) for line in original.lines.order_by("position")],
        payments=[_payment(payment) for payment in original.payments.order_by("pk")],
    )  # fmt: skip


def _line(line: ReceiptLine, taxes: list[ReceiptTax]) -> LineDraft:
    return LineDraft(
        uuid=uuid7(), variant_id=line.variant_id, name=line.name, sku=line.sku, unit=line.unit, quantity=thousandths(line.quantity),
        list_price=scaled(line.list_price), unit_price=scaled(line.unit_price), gross=scaled(line.gross),
        discount=scaled(line.discount), points=scaled(line.points), payable=scaled(line.payable), net=scaled(line.net),
        tax=scaled(line.tax), gratis=line.gratis, profile=line.tax_profile, original_line_id=line.pk, note=line.note,
        promotion_id=line.promotion_id, promotion_off=scaled(line.promotion_off),
        promotion_percent=None if line.promotion_percent is None else scaled(line.promotion_percent),
        taxes=tuple(TaxDraft(t.code, t.kind, scaled(t.rate), t.inclusive, t.compound, scaled(t.amount)) for t in taxes),
    )  # fmt: skip


def _payment(paid: Payment) -> PaymentDraft:
    amount = scaled(paid.amount)
    return PaymentDraft(paid.method, scaled(paid.part), amount, amount, 0, scaled(paid.tip))


def _moved(original: Receipt) -> list[MovedGoods]:
    """Exactly what the sale took comes back, with its cost: also where goods are no longer counted since."""
    sums: dict[tuple[int, Decimal | None], Decimal] = defaultdict(Decimal)
    moves = Movement.objects.filter(source_kind="receipt", source_id=original.uuid)
    for variant, cost, quantity in moves.values_list("variant", "cost", "quantity"):
        sums[variant, cost] -= quantity
    return [
        MovedGoods(variant, thousandths(quantity), None if cost is None else scaled(cost))
        for (variant, cost), quantity in sums.items()
        if quantity
    ]
