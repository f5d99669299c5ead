"""Requests as text into the engine's integers; every string is read strictly, once."""

from pos.pricing import refunds, types, wire
from pos.pricing.errors import PricingError
from smartpos.money import Currency, parse_count, parse_price, parse_quantity, parse_rate
from smartpos.taxes.engine import Profile, Rate, profile_of


def parse_cart(cart: wire.Cart) -> types.Cart:
    """The cart in integers. PricingError or MoneyError names what cannot be read."""
    currency = Currency(cart.currency.code, cart.currency.digits)
    profiles = {key: parse_profile(rates) for key, rates in cart.profiles.items()}
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
        cash_rounding=_rounding(cart.cash_rounding),
        tenders=None if cart.tenders is None else tuple(_tender(tender, currency) for tender in cart.tenders),
    )


def parse_profile(rates: tuple[wire.TaxRate, ...]) -> Profile:
    """A tax profile in the order in which its rates apply."""
    return profile_of(
        Rate(rate.code, rate.kind, parse_rate(rate.rate), rate.inclusive, rate.compound, rate.priority) for rate in rates
    )


def _line(line: wire.Line, currency: Currency) -> types.Line:
    return types.Line(
        id=line.id,
        product=line.product,
        quantity=parse_quantity(line.quantity),
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


def _rounding(rounding: wire.CashRounding | None) -> types.CashRounding | None:
    return None if rounding is None else types.CashRounding(parse_price(rounding.step), rounding.exact_coins)


def _tender(tender: wire.Tender, currency: Currency) -> types.Tender:
    return types.Tender(
        method=tender.method,
        amount=currency.parse(tender.amount),
        tendered=None if tender.tendered is None else currency.parse(tender.tendered),
        tip=0 if tender.tip is None else currency.parse(tender.tip),
    )


def parse_refund(refund: wire.Refund) -> refunds.Refund:
    """A refund in integers."""
    currency = Currency(refund.currency.code, refund.currency.digits)
    given = refund.cash_rounding
    rounding = refunds.RefundRounding(parse_price(given.step), currency.parse(given.paid_out)) if given else None
    return refunds.Refund(
        currency=currency,
        lines=tuple(_refund_line(line, currency) for line in refund.lines),
        tenders=None if refund.tenders is None else tuple(_refund_tender(tender, currency) for tender in refund.tenders),
        cash_rounding=rounding,
        approved=refund.approved,
    )


def _refund_line(line: wire.RefundLine, currency: Currency) -> refunds.RefundLine:
    before = {tax.code: currency.parse(tax.amount) for tax in line.refunded.taxes}
    shares = tuple(
        types.TaxShare(
            Rate(tax.code, tax.kind, parse_rate(tax.rate), tax.inclusive, compound=False, priority=1),
            currency.parse(tax.amount),
        )
        for tax in line.taxes
    )
    return refunds.RefundLine(
        id=line.id,
        quantity=parse_quantity(line.quantity),
        payable=currency.parse(line.payable),
        taxes=shares,
        now=parse_quantity(line.now),
        quantity_before=parse_quantity(line.refunded.quantity),
        payable_before=currency.parse(line.refunded.payable),
        taxes_before=tuple(before.get(tax.code, 0) for tax in line.taxes),
    )


def _refund_tender(tender: wire.RefundTender, currency: Currency) -> refunds.RefundTender:
    now = None if tender.now is None else currency.parse(tender.now)
    return refunds.RefundTender(tender.method, currency.parse(tender.amount), currency.parse(tender.refunded), now)
