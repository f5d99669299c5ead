"""The limit on manual discounts (pricing rule 6)."""

from collections.abc import Sequence

from pos.pricing.discounts import amount_of, eligible_rows
from pos.pricing.errors import PricingError
from pos.pricing.lines import Row
from pos.pricing.types import Cart, Discount, Limit, LimitUse
from smartpos.money import WHOLE, format_rate


def check_limit(rows: Sequence[Row], cart: Cart, cart_discount: int) -> LimitUse | None:
    """Hold all manual discounts against the limit; None where there is no limit.

    PricingError `limit_exceeded` above it, unless the cart says that a manager approved.
    """
    gross = sum(row.gross for row in rows)
    maximum = maximum_for(cart.limit, gross, customer=cart.customer) if cart.limit else None
    if cart.limit is None or maximum is None:
        return None
    used = sum(row.discount for row in rows) + cart_discount
    if maximum.kind == "percent":
        exceeded = _all_exact(rows, cart) > gross * maximum.value
    else:
        exceeded = used > maximum.value
    use = LimitUse(maximum, amount_of(maximum, gross, cart.currency), used, exceeded)
    if exceeded and not cart.limit.approved:
        raise _refusal(use, cart)
    return use


def maximum_for(limit: Limit, gross: int, *, customer: bool) -> Discount | None:
    """The maximum that applies to a cart of that gross; None means no limit."""
    if customer:
        return limit.with_customer
    maximum = None
    for tier in limit.tiers:
        if tier.start <= gross:
            maximum = tier.maximum
    return maximum


def line_share(row: Row) -> int:
    """The line's discount in units of 1/WHOLE of a scaled amount, per cent unrounded."""
    return 0 if row.line.discount is None else exact_discount(row.line.discount, row.gross)


def _all_exact(rows: Sequence[Row], cart: Cart) -> int:
    lines = sum(line_share(row) for row in rows)
    if cart.discount is None:
        return lines
    base = sum(row.gross - row.discount for row in eligible_rows(rows, cart))
    return lines + exact_discount(cart.discount, base)


def exact_discount(discount: Discount, base: int) -> int:
    """A discount in units of 1/WHOLE of a scaled amount, per cent unrounded."""
    return base * discount.value if discount.kind == "percent" else discount.value * WHOLE


def _refusal(use: LimitUse, cart: Cart) -> PricingError:
    currency, maximum = cart.currency, use.maximum
    limit = format_rate(maximum.value) if maximum.kind == "percent" else currency.format(maximum.value)
    return PricingError(
        "limit_exceeded",
        kind=maximum.kind,
        limit=limit,
        allowed=currency.format(use.allowed),
        used=currency.format(use.used),
    )
