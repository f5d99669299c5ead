"""Line discounts, the cart discount and its allocation (pricing rules 4, 5 and 8)."""

from collections.abc import Sequence

from pos.pricing.errors import PricingError
from pos.pricing.lines import Row
from pos.pricing.types import Cart, Discount
from smartpos.money import WHOLE, Currency, allocate


def amount_of(discount: Discount, base: int, currency: Currency) -> int:
    """The discount as an amount of the base, rounded to the minor unit."""
    return currency.round(base * discount.value, WHOLE) if discount.kind == "percent" else discount.value


def reserved(row: Row, cart: Cart) -> bool:
    """Whether the line's promotion keeps manual discounts away, as it does without a customer."""
    return row.line.promotion is not None and not cart.customer


def eligible_rows(rows: Sequence[Row], cart: Cart) -> list[Row]:
    """The lines that a cart discount reaches."""
    return [row for row in rows if not row.line.gratis and not reserved(row, cart)]


def discount_lines(rows: Sequence[Row], cart: Cart) -> None:
    """Set each line's own discount, or raise PricingError (pricing rule 4)."""
    for row in rows:
        discount = row.line.discount
        if discount is None:
            continue
        if row.line.gratis:
            raise PricingError("gratis_discounted", line=row.line.id)
        if reserved(row, cart):
            raise PricingError("promotion_needs_customer", line=row.line.id)
        row.discount = amount_of(discount, row.gross, cart.currency)
        if row.discount > row.gross:
            raise PricingError("discount_above_line", line=row.line.id, allowed=cart.currency.format(row.gross))


def discount_cart(rows: Sequence[Row], cart: Cart) -> int:
    """Spread the cart discount over its lines and return it, or raise PricingError (pricing rules 5 and 8)."""
    if cart.discount is None:
        return 0
    eligible = eligible_rows(rows, cart)
    if not eligible:
        raise PricingError("no_eligible_lines")
    weights = [row.left for row in eligible]
    base = sum(weights)
    amount = amount_of(cart.discount, base, cart.currency)
    if amount > base:
        raise PricingError("discount_above_cart", allowed=cart.currency.format(base))
    for row, share in zip(eligible, allocate(amount, weights, cart.currency.step), strict=True):
        row.cart_discount = share
    return amount
