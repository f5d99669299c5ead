"""What goes back of a receipt: the lines that are wanted, what went back of them before, and what they are worth by the refund rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast
from uuid import UUID

from django.db.models import QuerySet, Sum

from pos.models import Payment, Receipt, ReceiptKind, ReceiptLine, ReceiptTax
from pos.offline.bodies import RefundMake
from pos.offline.exchanges import EXCHANGE
from pos.offline.unbookable import Unbookable
from pos.pricing import wire
from pos.pricing.errors import PricingError
from pos.pricing.refunds import Refund, RefundLine, RefundResult, RefundRounding, RefundTender, refund
from pos.pricing.types import TaxShare
from pos.selectors.receipts import NOTHING, Given, given_back, taxes_by_line
from smartpos.errors import DomainError
from smartpos.money import Currency, parse_quantity
from smartpos.operations.kinds import Case
from smartpos.taxes.engine import Rate


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sold line, what went back of it before, and how much goes back now."""

    line: ReceiptLine
    taxes: list[ReceiptTax]
    before: Given
    uuid: UUID
    now: int


def original_of(case: Case, uuid: UUID) -> Receipt:
    """The sale, held until the transaction ends, so that two tills never give the same piece back. One that was voided is gone."""
    original: Receipt | None = Receipt.objects.select_for_update().filter(uuid=uuid, store_id=case.device.store_id).first()
    if original is None or original.kind != ReceiptKind.SALE:
        raise Unbookable("original_unknown")
    if original.reversals.filter(kind=ReceiptKind.VOID).exists():
        raise Unbookable("already_voided")
    return original


def wanted_lines(original: Receipt, asked: Sequence[tuple[UUID, UUID, str]]) -> list[Wanted]:
    """The sold lines of a refund: each is the refund line's id, the sold line's, and the quantity as text."""
    lines = {line.uuid: line for line in original.lines.all()}
    taxes, before = taxes_by_line([original]), given_back([original])
    if not asked or len({sold for _own, sold, _quantity in asked}) < len(asked):
        raise Unbookable("unreadable", detail="lines")
    wanted = []
    for own, sold, quantity in asked:
        line = lines.get(sold)
        if line is None:
            raise Unbookable("original_unknown", detail="line")
        shares = taxes[original.pk, line.position]
        wanted.append(Wanted(line, shares, before.get(line.pk, NOTHING), own, _quantity(quantity)))
    return wanted


def _quantity(text: str) -> int:
    try:
        quantity = parse_quantity(text)
    except DomainError as error:
        raise Unbookable("unreadable", detail="quantity") from error
    if not quantity:
        raise Unbookable("unreadable", detail="quantity")
    return quantity


def worth(
    original: Receipt,
    wanted: list[Wanted],
    tenders: tuple[RefundTender, ...] | None = None,
    rounding: RefundRounding | None = None,
) -> RefundResult:
    """The amounts by the refund rule. The money is out of the drawer, so a missing approval is a mark and no refusal."""
    request = Refund(
        currency=Currency.of(original.currency), lines=tuple(_refund_line(w) for w in wanted), tenders=tenders,
        cash_rounding=rounding, approved=True,
    )  # fmt: skip
    try:
        return refund(request)
    except (PricingError, DomainError) as error:
        code = str(getattr(error, "code", error))
        raise Unbookable("refund_beyond_sale" if code.startswith("refund_above") else "figures_differ", detail=code) from error


def rounding_of(original: Receipt, body: RefundMake) -> RefundRounding | None:
    """The step of the cash, and what earlier refunds of the sale paid out."""
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


def tenders_of(original: Receipt, body: RefundMake) -> tuple[RefundTender, ...]:
    """Every tender of the sale with what went back on it before and what goes back now, and those that are new."""
    paid = _parts(Payment.objects.filter(receipt=original))
    # what an exchange paid goes back as cash does
    if EXCHANGE in paid:
        paid["cash"] = paid.get("cash", 0) + paid.pop(EXCHANGE)
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


def scaled(amount: Decimal) -> int:
    """A column's Decimal as the engine's integer: 1/10,000."""
    return int(amount.scaleb(4))


def thousandths(quantity: Decimal) -> int:
    """A column's quantity as the engine's integer: 1/1,000."""
    return int(quantity.scaleb(3))
