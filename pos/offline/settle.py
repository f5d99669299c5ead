"""`sale.settle`: what was paid is never refused.

The engine runs over the sale's own inputs and must give the figures that the customer paid; then the inputs are held
against what was valid at the cursor, and what differs is booked as sold and marked.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from uuid import UUID

from inventory.services.stock import move_levels, post_movements
from inventory.types import MovedGoods
from pos.events import ReceiptBooked
from pos.models import Customer, Receipt
from pos.offline.approved import offline_marks, told
from pos.offline.bodies import Figures, Good, RefundFigures, SaleSettle
from pos.offline.exchanges import exchanged
from pos.offline.marks import ABOVE_LIMIT, compare_line, limit_marks, missing_rights, rounding_marks, unknown_inputs
from pos.offline.orders import paying
from pos.offline.points import Moved, points_of_sale
from pos.offline.promotions import Promoted, Promotions
from pos.offline.unbookable import Unbookable
from pos.pricing import types, wire
from pos.pricing.engine import price
from pos.pricing.errors import PricingError
from pos.pricing.parsing import parse_cart
from pos.services.receipts import LineDraft, PaymentDraft, ReceiptDraft, TaxDraft, write_receipt
from pos.services.shifts import OpenShift, shift_for_booking
from pos.services.strays import send_back
from pos.settings import setting_at
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.operations.envelope import Mark, encode
from smartpos.operations.kinds import Case, Verdict

SERVICE_CHARGE = "Service charge"
QUANTITY_ONE = 1000
TAX_CODE_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Priced:
    """A cart with what it costs and what each of its lines is."""

    cart: types.Cart
    sale: types.Sale
    goods: tuple[Good, ...]


def judge_settle(case: Case, body: SaleSettle) -> Verdict:
    """Book a paid sale."""
    try:
        marks = number_marks(case, body.series, body.number)
        shift = shift_of(case)
        priced = price_again(case, body.cart, body.goods, body.figures, change=body.figures.change)
        return paying(case, body.orders, book_sale(case, body, shift, priced, marks))
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)


def book_sale(
    case: Case, body: SaleSettle, shift: OpenShift, priced: Priced, marks: list[Mark], *, agreed: Case | None = None
) -> Verdict:  # fmt: skip
    """Everything that a paid sale books. `agreed` is the act by which it was priced, where it was paid later than that."""
    priced_by = agreed or case
    marks += missing_rights(priced_by, priced.cart) + limit_marks(priced_by, priced.cart) + offline_marks(priced_by)
    marks += rounding_marks(priced_by, priced.cart)
    moved: list[MovedGoods] = []
    lines = line_drafts(priced_by, priced, marks, moved, sign=-1)
    buyer = buyer_of(case, body.customer, marks, priced_so=priced.cart.customer)
    points = points_of_sale(case, priced.cart, priced.sale, marks, uuid=body.customer, buyer=buyer)
    draft = draft_of(
        case, shift, kind="sale", series=body.series, number=body.number, priced=priced, lines=lines, marks=marks,
        customer_id=buyer, original_id=exchanged(case, body.exchange, priced.sale),
    )  # fmt: skip
    return verdict_of(case, draft, marks, moved, points)


def buyer_of(case: Case, uuid: UUID | None, marks: list[Mark], *, priced_so: bool) -> int | None:
    """Whose the sale is. Somebody who is not known here, was erased, or whom the till only claimed, is marked and left out."""
    if uuid and not setting_at(case, "module.customer_management"):
        marks.append(Mark(code="module_off", detail="customer_management"))
    key = _key_of(case, uuid) if uuid else None
    if key is None and (uuid or priced_so):
        marks.append(Mark(code="customer_unknown"))
    return key


def _key_of(case: Case, uuid: UUID) -> int | None:
    """From the log in memory; only who is newer than it, or gone from it, costs a statement."""
    fact = case.facts.last("customer", str(uuid))
    if fact is not None and fact.body is not None:
        return fact.object_id
    return Customer.objects.filter(uuid=uuid, erased_at=None).values_list("pk", flat=True).first()


def shift_of(case: Case) -> OpenShift:
    """The shift that the act names; unknown ones are for a manager."""
    uuid = case.operation.shift
    shift = shift_for_booking(uuid, case.device.store_id) if uuid else None
    if shift is None:
        raise Unbookable("shift_unknown")
    return shift


def price_again(
    case: Case, cart: wire.Cart, goods: tuple[Good, ...], figures: Figures | RefundFigures, *, change: str | None
) -> Priced:
    """Run the engine over the operation's own inputs. Any difference from what was shown is a defect for a manager."""
    store = case.device.store
    try:
        parsed = parse_cart(cart)
        sale = price(parsed)
    except (PricingError, DomainError) as error:
        raise Unbookable("figures_differ", detail=str(getattr(error, "code", error))) from error
    if parsed.currency.code != store.currency:
        raise Unbookable("figures_differ", detail="currency")
    if [str(g.line) for g in goods] != [line.id for line in parsed.lines] or len({g.line for g in goods}) < len(goods):
        raise Unbookable("unreadable", detail="goods")
    if any(len(rate.code) > TAX_CODE_LETTERS for profile in parsed.profiles.values() for rate in profile):
        raise Unbookable("unreadable", detail="tax code")
    if sale.payment is None and sale.totals.total:
        raise Unbookable("figures_differ", detail="tenders")
    compare(figures, sale, change=change)
    return Priced(parsed, sale, goods)


def compare(figures: Figures | RefundFigures, sale: types.Sale, *, change: str | None) -> None:
    """The figures shown against the engine's, one by one; the first that differs is named."""
    text = sale.currency.format
    payment = sale.payment
    expected = {
        "total": text(sale.totals.total),
        "tax": text(sale.totals.tax),
        "rounding": text(payment.rounding if payment else 0),
        "payable": tuple(text(line.payable) for line in sale.lines),
    }
    shown = {"total": figures.total, "tax": figures.tax, "rounding": figures.rounding, "payable": figures.payable}
    if change is not None:
        expected["change"], shown["change"] = text(payment.change if payment else 0), change
    for name, value in expected.items():
        if shown[name] != value:
            raise Unbookable("figures_differ", detail=name)


def number_marks(case: Case, series: str, number: int) -> list[Mark]:
    """Hold a number against the device's series. A clash never costs a sale: both documents stay, the later is marked.

    The number counts as seen also when the operation goes to review. One below the last is a repetition only when a document
    has it: it may come late.
    """
    if series != case.device.series:
        raise Unbookable("unreadable", detail="series")
    last = case.journal.last_number
    case.journal.last_number = max(last, number)
    if number <= last:
        seen = Receipt.objects.filter(device_id=case.device.pk, series=series, number=number).exists()
        return [Mark(code="number_repeated", number=number)] if seen else []
    return [Mark(code="number_skipped", number=number)] if number > last + 1 else []


def line_drafts(case: Case, priced: Priced, marks: list[Mark], moved: list[MovedGoods], *, sign: int) -> list[LineDraft]:
    """The ledger's lines; marks and the goods that move are added to the lists given."""
    drafts = []
    marks += unknown_inputs(priced.cart)
    promotions = Promotions(case)
    for line, sold, good in zip(priced.cart.lines, priced.sale.lines, priced.goods, strict=True):
        variant_id, tracked = compare_line(case, line, good, priced.cart, marks)
        promoted = promotions.judge(line, good, marks) if sign < 0 else Promoted()
        if variant_id is not None and tracked:
            moved.append(MovedGoods(variant_id, sign * sold.quantity))
        drafts.append(
            LineDraft(
                uuid=good.line,
                variant_id=variant_id,
                name=good.name,
                sku=good.sku,
                unit=good.unit,
                quantity=sold.quantity,
                list_price=line.list_price,
                unit_price=sold.unit,
                gross=sold.gross,
                discount=sold.discount + sold.cart_discount,
                points=sold.points,
                payable=sold.payable,
                net=sold.net,
                tax=sold.tax,
                gratis=sold.gratis,
                profile=line.profile[:40],
                taxes=tax_drafts(sold.taxes),
                note=good.note,
                promotion_id=promoted.key,
                promotion_percent=promoted.percent,
                promotion_off=_promotion_off(line, sold) if promoted.percent is not None else 0,
            )
        )
    if priced.sale.service_charge is not None:
        drafts.append(_service_line(priced.sale.service_charge, priced.cart))
    return drafts


def _promotion_off(line: types.Line, sold: types.SoldLine) -> int:
    """What the promotion took off: nothing where a price by hand or a label's amount stands in its place, or nothing was to pay."""
    if line.override is not None or line.label is not None or sold.gratis:
        return 0
    return sold.list_value - sold.gross


def _service_line(service: types.SoldService, cart: types.Cart) -> LineDraft:
    profile = cart.service_charge.profile if cart.service_charge else ""
    return LineDraft(
        uuid=uuid7(), variant_id=None, name=SERVICE_CHARGE, sku="", unit="piece", quantity=QUANTITY_ONE,
        list_price=service.payable, unit_price=service.payable, gross=service.payable, discount=0, points=0,
        payable=service.payable, net=service.net, tax=service.tax, gratis=False, profile=profile[:40],
        taxes=tax_drafts(service.taxes),
    )  # fmt: skip


def tax_drafts(shares: tuple[types.TaxShare, ...]) -> tuple[TaxDraft, ...]:
    """A line's tax shares as the ledger keeps them."""
    return tuple(TaxDraft(s.rate.code, s.rate.kind, s.rate.rate, s.rate.inclusive, s.rate.compound, s.amount) for s in shares)


def draft_of(
    case: Case, shift: OpenShift, *, kind: str, series: str, number: int, priced: Priced, lines: list[LineDraft],
    marks: list[Mark], reason: str = "", customer_id: int | None = None, original_id: int | None = None,
) -> ReceiptDraft:  # fmt: skip
    """The document of a priced cart."""
    device, sale = case.device, priced.sale
    late = not shift.is_open
    if late:
        marks.append(Mark(code="shift_closed"))
    tenders = sale.payment.tenders if sale.payment else ()
    return ReceiptDraft(
        uuid=case.operation.id, business_id=device.business_id, store_id=device.store_id, terminal_id=shift.terminal_id,
        device_id=device.pk, shift_id=shift.pk, employee_id=case.actor_id, customer_id=customer_id, kind=kind,
        original_id=original_id, reason=reason, series=series,
        number=number, occurred_at=case.occurred_at, received_at=case.received_at, business_date=case.business_date,
        late=late, currency=sale.currency.code, service=sale.totals.service_charge, total=sale.totals.total,
        rounding=sale.payment.rounding if sale.payment else 0, lines=lines,
        payments=[PaymentDraft(p.method, p.part, p.amount, p.tendered, p.change, p.tip) for p in tenders],
    )  # fmt: skip


def verdict_of(
    case: Case, draft: ReceiptDraft, marks: list[Mark], moved: list[MovedGoods], points: Moved | None = None
) -> Verdict:  # fmt: skip
    """Everything that booking a document does, ready to run."""
    device = case.device
    total, discount = (_said(amount) for amount in (draft.total, sum(line.discount for line in draft.lines)))
    noted = (
        {"label": draft.label, "total": total, "currency": draft.currency}
        | ({"discount": discount} if discount != "0" else {})
        | ({"reason": draft.reason} if draft.reason else {})
    )
    event = ReceiptBooked(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:terminal:{draft.terminal_id}",
        receipt=str(draft.uuid), kind=draft.kind, total=total, excess=excess_of(case, marks),
    )  # fmt: skip
    return Verdict(
        state="done-late" if draft.late else "done", result={"receipt": str(draft.uuid), "label": draft.label},
        marks=marks, action=f"receipt.{draft.kind}", subject=f"receipt:{draft.uuid}",
        data={**noted, **told(case)}, event=event,
        write=partial(_write, draft, moved, marks, points),
        write_last=partial(move_levels, moved, business_id=device.business_id, store_id=device.store_id),
    )  # fmt: skip


def excess_of(case: Case, marks: list[Mark]) -> str:
    """Whether more was taken off than the person at work may: a manager said yes, or nobody did (C-53)."""
    if any(mark.code == "limit_exceeded" for mark in marks):
        return "taken"
    return "approved" if any(approval.code == ABOVE_LIMIT for approval in case.approved()) else ""


def _said(amount: int) -> str:
    return format(Decimal(amount).scaleb(-4).normalize(), "f")


def _write(draft: ReceiptDraft, moved: list[MovedGoods], marks: list[Mark], points: Moved | None) -> None:
    # Now, and not when the draft was made: what is wrong with clock, day and actor is marked after the judge.
    receipt = write_receipt(replace(draft, marks=encode(marks).decode()))
    if points is not None:
        points.write(receipt)
    send_back(receipt, draft)
    post_movements(
        moved, business_id=draft.business_id, store_id=draft.store_id, kind=draft.kind, source_kind="receipt",
        source_id=draft.uuid, at=draft.occurred_at,
    )  # fmt: skip
