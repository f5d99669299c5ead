"""The engine's results as text (`pos.pricing.replies`)."""

from collections.abc import Callable, Iterable, Sequence

from pos.pricing import exchange as exchanges
from pos.pricing import fitting, refunds, replies, splits, types, wire
from smartpos.money import Currency, format_price, format_quantity, format_rate
from smartpos.taxes import engine as taxes

Text = Callable[[int], str]


def render_currency(currency: Currency) -> wire.Currency:
    """The currency as it came."""
    return wire.Currency(currency.code, currency.digits)


def render_sale(sale: types.Sale) -> replies.Sale:
    """What a cart costs."""
    text = sale.currency.format
    service, payment = sale.service_charge, sale.payment
    return replies.Sale(
        currency=render_currency(sale.currency),
        lines=tuple(_line(line, text) for line in sale.lines),
        service_charge=None if service is None else replies.Costs(**_costs(service, text), taxes=_shares(service.taxes, text)),
        taxes=tuple(_group(group, text) for group in sale.taxes),
        totals=replies.Totals(**_texts(sale.totals, replies.Totals.__struct_fields__, text)),
        points=None if sale.points is None else _points(sale.points, text),
        limit=None if sale.limit is None else _limit(sale.limit, sale.currency),
        payment=None if payment is None else render_payment(payment, text),
    )


def render_payment(payment: types.Payment, text: Text) -> replies.Payment:
    """How an amount is paid."""
    sums = _texts(payment, ("due", "cash_part", "rounding", "paid", "change", "tips"), text)
    names = ("part", "amount", "tendered", "change", "tip")
    paid = tuple(replies.Paid(method=tender.method, **_texts(tender, names, text)) for tender in payment.tenders)
    return replies.Payment(**sums, tenders=paid)


def render_fit(lowered: Sequence[fitting.Lowered], currency: Currency) -> replies.Fit:
    """What has to change so that the discounts are allowed."""
    lines, cart = [], None
    for change in lowered:
        discount = None if change.discount is None else wire.Discount(change.discount.kind, _value(change.discount, currency))
        if change.line is None:
            cart = replies.CartFit(discount, change.reason)
        else:
            lines.append(replies.LineFit(change.line, discount, change.reason))
    return replies.Fit(tuple(lines), cart)


def render_taxed(amount: int, profile: taxes.Profile, taxed: taxes.Taxed, currency: Currency) -> replies.Taxed:
    """An amount in one profile."""
    text = currency.format
    rates = tuple(_rate_total(*entry, text) for entry in zip(profile, taxed.bases, taxed.taxes, strict=True))
    return replies.Taxed(
        currency=render_currency(currency), amount=text(amount), net=text(taxed.net), tax=text(taxed.total - taxed.net),
        total=text(taxed.total), rates=rates,
    )  # fmt: skip


def render_refund(result: refunds.RefundResult) -> replies.Refund:
    """What is given back, all positive."""
    text, payout = result.currency.format, result.payout
    return replies.Refund(
        currency=render_currency(result.currency),
        lines=tuple(_line_part(line, text) for line in result.lines),
        taxes=_rate_sums(result.taxes, text),
        **_costs(result, text),
        payout=None if payout is None else _payout(payout, text),
    )


def render_exchange(result: exchanges.Exchange) -> replies.Exchange:
    """Both documents of an exchange and their net."""
    text = result.sale.currency.format
    return replies.Exchange(
        sale=render_sale(result.sale),
        refund=render_refund(result.refund),
        **_texts(result, ("credit", "due", "payout"), text),
        difference=_rate_sums(result.difference, text),
    )


def render_equal_split(parts: Iterable[splits.EqualPart], currency: Currency) -> replies.EqualSplit:
    """Equal parts of a bill."""
    text = currency.format
    shown = (
        replies.EqualPart(**_texts(part, ("total", "net", "tax"), text), taxes=_shares(part.taxes, text)) for part in parts
    )
    return replies.EqualSplit(render_currency(currency), tuple(shown))


def render_item_split(split: splits.ItemSplit, currency: Currency) -> replies.ItemSplit:
    """A bill by items."""
    text = currency.format
    return replies.ItemSplit(
        currency=render_currency(currency),
        parts=tuple(_part(part, text) for part in split.parts),
        unassigned=tuple(_line_part(part, text) for part in split.unassigned),
    )


def _texts(thing: object, names: Iterable[str], text: Text) -> dict[str, str]:
    return {name: text(getattr(thing, name)) for name in names}


def _costs(thing: object, text: Text) -> dict[str, str]:
    return _texts(thing, ("payable", "net", "tax", "total"), text)


def _line(line: types.SoldLine, text: Text) -> replies.SoldLine:
    return replies.SoldLine(
        id=line.id,
        quantity=format_quantity(line.quantity),
        unit=format_price(line.unit),
        **_texts(line, ("gross", "list_value", "discount", "cart_discount", "points"), text),
        gratis=line.gratis,
        **_costs(line, text),
        taxes=_shares(line.taxes, text),
    )


def _shares(shares: Sequence[types.TaxShare], text: Text) -> tuple[replies.TaxShare, ...]:
    return tuple(
        replies.TaxShare(s.rate.code, s.rate.kind, format_rate(s.rate.rate), s.rate.inclusive, text(s.amount)) for s in shares
    )


def _rate_sums(sums: Sequence[types.RateSum], text: Text) -> tuple[replies.RateSum, ...]:
    return tuple(
        replies.RateSum(s.rate.code, s.rate.kind, format_rate(s.rate.rate), s.rate.inclusive, text(s.net), text(s.amount))
        for s in sums
    )


def _rate_total(rate: taxes.Rate, base: int, amount: int, text: Text) -> replies.RateTotal:
    percent = format_rate(rate.rate)
    return replies.RateTotal(rate.code, rate.kind, percent, rate.inclusive, rate.compound, text(base), text(amount))


def _group(group: types.GroupTotal, text: Text) -> replies.Group:
    rates = tuple(_rate_total(total.rate, total.base, total.amount, text) for total in group.rates)
    return replies.Group(profile=group.profile, **_texts(group, ("amount", "net", "total"), text), rates=rates)


def _points(points: types.PointsUse, text: Text) -> replies.PointsUse:
    return replies.PointsUse(str(points.used), text(points.value), str(points.balance))


def _value(discount: types.Discount, currency: Currency) -> str:
    return format_rate(discount.value) if discount.kind == "percent" else currency.format(discount.value)


def _limit(use: types.LimitUse, currency: Currency) -> replies.LimitUse:
    allowed, used = currency.format(use.allowed), currency.format(use.used)
    return replies.LimitUse(use.maximum.kind, _value(use.maximum, currency), allowed, used, use.exceeded)


def _line_part(part: types.LinePart, text: Text) -> replies.LinePart:
    return replies.LinePart(
        id=part.id, quantity=format_quantity(part.quantity), **_costs(part, text), taxes=_shares(part.taxes, text)
    )


def _payout(payout: refunds.Payout, text: Text) -> replies.Payout:
    given = tuple(replies.GivenBack(t.method, text(t.amount), text(t.paid)) for t in payout.tenders)
    return replies.Payout(**_texts(payout, ("amount", "rounding", "paid"), text), tenders=given)


def _part(part: splits.Part, text: Text) -> replies.Part:
    lines = tuple(
        replies.PartLine(line=line.line, portion=line.portion, **_costs(line, text), taxes=_shares(line.taxes, text))
        for line in part.lines
    )
    return replies.Part(guest=part.guest, lines=lines, taxes=_rate_sums(part.taxes, text), **_costs(part, text))
