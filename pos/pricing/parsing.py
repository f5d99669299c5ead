"""Requests as text into the engine's integers; every string is read strictly, once."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pos.pricing import refunds, shift_cash, splits, types, wire
from pos.pricing.errors import PricingError
from smartpos.money import Currency, parse_count, parse_price, parse_quantity, parse_rate
from smartpos.taxes.engine import Profile, Rate, profile_of


def parse_cart(cart: wire.Cart) -> types.Cart:
    """The cart in integers. PricingError or MoneyError names what cannot be read."""
    currency = parse_currency(cart.currency)
    profiles = {key: parse_profile(cart.profiles[key]) for key in sorted(cart.profiles)}
    once("line_repeated", "line", (line.id for line in cart.lines))
    for line in cart.lines:
        if line.profile not in profiles:
            raise PricingError("unknown_profile", line=line.id)
    return types.Cart(
        currency=currency,
        customer=cart.customer,
        lines=tuple(_line(line, currency) for line in cart.lines),
        profiles=profiles,
        discount=_discount(cart.discount, currency),
        limit=_limit(cart.limit, currency),
        points=_points(cart.points),
        service_charge=_service_charge(cart.service_charge, profiles, currency),
        cash_rounding=parse_rounding(cart.cash_rounding, currency),
        tenders=None if cart.tenders is None else parse_tenders(cart.tenders, currency),
    )


def parse_currency(currency: wire.Currency) -> Currency:
    """The currency with its minor unit. MoneyError `bad_currency` for digits that none has."""
    return Currency(currency.code, currency.digits)


def once(refusal: str, name: str, keys: Iterable[str]) -> None:
    """Refuse what stands twice in a list of its own names."""
    seen = set()
    for key in keys:
        if key in seen:
            raise PricingError(refusal, **{name: key})
        seen.add(key)


def parse_sold_quantity(text: str, line: str) -> int:
    """The quantity of a line that is sold or was sold: above nothing."""
    quantity = parse_quantity(text)
    if not quantity:
        raise PricingError("quantity_zero", line=line)
    return quantity


def parse_profile(rates: tuple[wire.TaxRate, ...]) -> Profile:
    """A tax profile in the order in which its rates apply."""
    return profile_of(
        Rate(rate.code, rate.kind, parse_rate(rate.rate), rate.inclusive, rate.compound, rate.priority) for rate in rates
    )


def _line(line: wire.Line, currency: Currency) -> types.Line:
    return types.Line(
        id=line.id,
        product=line.product,
        quantity=parse_sold_quantity(line.quantity, line.id),
        list_price=parse_price(line.list),
        profile=line.profile,
        promotion=None if line.promotion is None else parse_rate(line.promotion),
        modifiers=sum(parse_price(modifier, signed=True) for modifier in line.modifiers),
        override=None if line.override is None else parse_price(line.override),
        label=None if line.label is None else currency.parse(line.label),
        gratis=line.gratis,
        discount=_discount(line.discount, currency),
    )


def _discount(discount: wire.Discount | None, currency: Currency) -> types.Discount | None:
    return None if discount is None else _value(discount.kind, discount.value, currency)


def _value(kind: wire.DiscountKind, value: str, currency: Currency) -> types.Discount:
    return types.Discount(kind, parse_rate(value) if kind == "percent" else currency.parse(value))


def _limit(limit: wire.Limit | None, currency: Currency) -> types.Limit | None:
    if limit is None:
        return None
    tiers = tuple(types.Tier(currency.parse(tier.start), _value(tier.kind, tier.value, currency)) for tier in limit.tiers)
    starts = [tier.start for tier in tiers]
    if starts and (starts[0] or any(after <= before for before, after in pairwise(starts))):
        raise PricingError("tiers_unordered")
    return types.Limit(tiers, _discount(limit.with_customer, currency), limit.approved)


def _points(points: wire.Points | None) -> types.Points | None:
    if points is None:
        return None
    use = None if points.use == "all" else parse_count(points.use)
    return types.Points(use, parse_count(points.balance), parse_count(points.minimum), parse_price(points.value_of_100))


def _service_charge(
    charge: wire.ServiceCharge | None, profiles: dict[str, Profile], currency: Currency
) -> types.ServiceCharge | None:
    if charge is None:
        return None
    if charge.profile not in profiles:
        raise PricingError("unknown_profile", line="service_charge")
    return types.ServiceCharge(_value(charge.kind, charge.value, currency), charge.profile)


def parse_rounding(rounding: wire.CashRounding | None, currency: Currency) -> types.CashRounding | None:
    """The store's cash increment, if it has one."""
    return None if rounding is None else types.CashRounding(_step(rounding.step, currency), rounding.exact_coins)


def _step(text: str, currency: Currency) -> int:
    step = currency.parse(text)
    if not step:
        raise PricingError("rounding_step_zero")
    return step


def parse_tenders(tenders: Sequence[wire.Tender], currency: Currency) -> tuple[types.Tender, ...]:
    """Payments in integers."""
    return tuple(
        types.Tender(
            method=tender.method,
            amount=currency.parse(tender.amount),
            tendered=None if tender.tendered is None else currency.parse(tender.tendered),
            tip=0 if tender.tip is None else currency.parse(tender.tip),
        )
        for tender in tenders
    )


def parse_shares(taxes: Sequence[wire.TaxShare], currency: Currency) -> tuple[types.TaxShare, ...]:
    """Shares of rounded taxes, as a sale's result gives them."""
    once("tax_code_repeated", "tax", (tax.code for tax in taxes))
    return tuple(
        types.TaxShare(
            Rate(tax.code, tax.kind, parse_rate(tax.rate), tax.inclusive, compound=False, priority=1),
            currency.parse(tax.amount),
        )
        for tax in taxes
    )


def parse_refund(refund: wire.Refund) -> refunds.Refund:
    """A refund in integers."""
    currency = parse_currency(refund.currency)
    once("line_repeated", "line", (line.id for line in refund.lines))
    given = refund.cash_rounding
    rounding = refunds.RefundRounding(_step(given.step, currency), currency.parse(given.paid_out)) if given else None
    return refunds.Refund(
        currency=currency,
        lines=tuple(_refund_line(line, currency) for line in refund.lines),
        tenders=None if refund.tenders is None else tuple(_refund_tender(tender, currency) for tender in refund.tenders),
        cash_rounding=rounding,
        approved=refund.approved,
    )


def _refund_line(line: wire.RefundLine, currency: Currency) -> refunds.RefundLine:
    before = {tax.code: currency.parse(tax.amount) for tax in line.refunded.taxes}
    return refunds.RefundLine(
        id=line.id,
        quantity=parse_sold_quantity(line.quantity, line.id),
        payable=currency.parse(line.payable),
        taxes=parse_shares(line.taxes, currency),
        now=parse_quantity(line.now),
        quantity_before=parse_quantity(line.refunded.quantity),
        payable_before=currency.parse(line.refunded.payable),
        taxes_before=tuple(before.get(tax.code, 0) for tax in line.taxes),
    )


def _refund_tender(tender: wire.RefundTender, currency: Currency) -> refunds.RefundTender:
    now = None if tender.now is None else currency.parse(tender.now)
    return refunds.RefundTender(tender.method, currency.parse(tender.amount), currency.parse(tender.refunded), now)


def parse_bill(bill: wire.SplitItems, currency: Currency) -> tuple[list[splits.BillLine], list[splits.Portion]]:
    """The lines of a bill and the portions of its guests."""
    once("line_repeated", "line", (line.id for line in bill.lines))
    once("guest_repeated", "guest", bill.guests)
    lines = [
        splits.BillLine(
            id=line.id,
            quantity=parse_sold_quantity(line.quantity, line.id),
            payable=currency.parse(line.payable),
            taxes=parse_shares(line.taxes, currency),
        )
        for line in bill.lines
    ]
    return lines, [splits.Portion(part.line, parse_quantity(part.quantity), part.guests) for part in bill.portions]


def parse_tax_amounts(taxes: Sequence[wire.TaxAmount], currency: Currency) -> dict[str, int]:
    """Amounts by the code of their tax."""
    once("tax_code_repeated", "tax", (tax.code for tax in taxes))
    return {tax.code: currency.parse(tax.amount) for tax in taxes}


def parse_drawer(drawer: wire.ShiftCash, currency: Currency) -> shift_cash.Drawer:
    """The sums of a shift."""
    return shift_cash.Drawer(
        opening=currency.parse(drawer.opening),
        taken=currency.parse(drawer.taken),
        change=currency.parse(drawer.change),
        refunds=currency.parse(drawer.refunds),
        cash_in=currency.parse(drawer.cash_in),
        cash_out=currency.parse(drawer.cash_out),
        handovers=currency.parse(drawer.handovers),
        cod=currency.parse(drawer.cod),
        counted=None if drawer.counted is None else currency.parse(drawer.counted),
        previous_close=None if drawer.previous_close is None else currency.parse(drawer.previous_close),
    )
