"""The engine's results as text: amounts with exactly the currency's digits, everything else in its shortest form."""

from collections.abc import Sequence
from typing import Any

from pos.pricing import types
from pos.pricing.refunds import RefundResult
from smartpos.money import Currency, format_price, format_quantity, format_rate


def render_sale(sale: types.Sale) -> dict[str, Any]:
    """What a cart costs (docs/pricing.md)."""
    text, totals = sale.currency.format, sale.totals
    names = (
        "gross",
        "line_discounts",
        "cart_discount",
        "discounts",
        "points",
        "service_charge",
        "net",
        "tax",
        "tax_added",
        "total",
    )
    return {
        "currency": {"code": sale.currency.code, "digits": sale.currency.digits},
        "lines": [_line(line, sale.currency) for line in sale.lines],
        "service_charge": _costs(sale.service_charge, sale.currency) if sale.service_charge else None,
        "taxes": [_group(group, sale.currency) for group in sale.taxes],
        "totals": {name: text(getattr(totals, name)) for name in (*names, "cash_due")},
        "points": _points(sale),
        "limit": _limit(sale.limit, sale.currency) if sale.limit else None,
        "payment": _payment(sale.payment, sale.currency) if sale.payment else None,
    }


def render_refund(result: RefundResult) -> dict[str, Any]:
    """What is given back, all positive."""
    text, payout = result.currency.format, result.payout
    return {
        "currency": {"code": result.currency.code, "digits": result.currency.digits},
        "lines": [
            {"id": line.id, "quantity": format_quantity(line.quantity), **_costs(line, result.currency)}
            for line in result.lines
        ],
        "payable": text(result.payable),
        "tax": text(result.tax),
        "total": text(result.total),
        "payout": payout
        and {
            "amount": text(payout.amount),
            "rounding": text(payout.rounding),
            "paid": text(payout.paid),
            "tenders": [{"method": t.method, "amount": text(t.amount), "paid": text(t.paid)} for t in payout.tenders],
        },
    }


def _line(line: types.SoldLine, currency: Currency) -> dict[str, Any]:
    text = currency.format
    names = ("gross", "list_value", "discount", "cart_discount", "points")
    return {
        "id": line.id,
        "quantity": format_quantity(line.quantity),
        "unit": format_price(line.unit),
        **{name: text(getattr(line, name)) for name in names},
        "gratis": line.gratis,
        **_costs(line, currency),
    }


def _costs(line: types.SoldLine | types.SoldService | types.LinePart, currency: Currency) -> dict[str, Any]:
    text = currency.format
    amounts = {name: text(getattr(line, name)) for name in ("payable", "net", "tax", "total")}
    return {**amounts, "taxes": _shares(line.taxes, currency)}


def _shares(shares: Sequence[types.TaxShare], currency: Currency) -> list[dict[str, Any]]:
    return [
        {
            "code": share.rate.code,
            "kind": share.rate.kind,
            "rate": format_rate(share.rate.rate),
            "inclusive": share.rate.inclusive,
            "amount": currency.format(share.amount),
        }
        for share in shares
    ]


def _group(group: types.GroupTotal, currency: Currency) -> dict[str, Any]:
    text = currency.format
    rates = [
        {
            "code": total.rate.code,
            "kind": total.rate.kind,
            "rate": format_rate(total.rate.rate),
            "inclusive": total.rate.inclusive,
            "compound": total.rate.compound,
            "base": text(total.base),
            "amount": text(total.amount),
        }
        for total in group.rates
    ]
    return {
        "profile": group.profile,
        "amount": text(group.amount),
        "net": text(group.net),
        "total": text(group.total),
        "rates": rates,
    }


def _points(sale: types.Sale) -> dict[str, str] | None:
    points = sale.points
    if points is None:
        return None
    return {"used": str(points.used), "value": sale.currency.format(points.value), "balance": str(points.balance)}


def _limit(use: types.LimitUse, currency: Currency) -> dict[str, Any]:
    maximum = use.maximum
    value = format_rate(maximum.value) if maximum.kind == "percent" else currency.format(maximum.value)
    allowed, used = currency.format(use.allowed), currency.format(use.used)
    return {"kind": maximum.kind, "value": value, "allowed": allowed, "used": used, "exceeded": use.exceeded}


def _payment(payment: types.Payment, currency: Currency) -> dict[str, Any]:
    text = currency.format
    sums = {name: text(getattr(payment, name)) for name in ("due", "cash_part", "rounding", "paid", "change", "tips")}
    names = ("part", "amount", "tendered", "change", "tip")
    tenders = [{"method": paid.method, **{name: text(getattr(paid, name)) for name in names}} for paid in payment.tenders]
    return {**sums, "tenders": tenders}
