"""What a cart costs: the steps in their order (pricing rules 1 to 13)."""

from dataclasses import replace

from pos.pricing.discounts import amount_of, discount_cart, discount_lines
from pos.pricing.limits import check_limit
from pos.pricing.lines import Row, open_rows
from pos.pricing.payment import settle
from pos.pricing.points import redeem
from pos.pricing.sale import sold_line, sold_service, tax_groups, totals_of
from pos.pricing.types import Cart, Sale


def price(cart: Cart) -> Sale:
    """What the cart costs and, where it has tenders, how they pay it. PricingError where a rule refuses it."""
    sale = quote(cart)
    if cart.tenders is None:
        return sale
    return replace(sale, payment=settle(sale.totals.total, cart.tenders, cart.cash_rounding, cart.currency))


def quote(cart: Cart) -> Sale:
    """What the cart costs, whatever its tenders. PricingError where a rule refuses it."""
    rows = open_rows(cart)
    discount_lines(rows, cart)
    limit = check_limit(rows, cart, discount_cart(rows, cart))
    service = _service_charge(rows, cart)
    points = redeem(rows, cart)
    payables, keys = [row.left for row in rows], [row.line.profile for row in rows]
    if cart.service_charge is not None:
        payables.append(service)
        keys.append(cart.service_charge.profile)
    groups, shares = tax_groups(cart, payables, keys)
    return Sale(
        currency=cart.currency,
        lines=tuple(map(sold_line, rows, shares)),
        service_charge=sold_service(service, shares[-1]) if cart.service_charge else None,
        taxes=tuple(groups),
        totals=totals_of(cart, rows, service, groups),
        points=points,
        limit=limit,
        payment=None,
    )


def _service_charge(rows: list[Row], cart: Cart) -> int:
    """The service charge (pricing rule 9): reckoned after the discounts and before points are taken off."""
    if cart.service_charge is None:
        return 0
    return amount_of(cart.service_charge.charge, sum(row.left for row in rows), cart.currency)
