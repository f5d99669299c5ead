"""What has to be lowered or removed so that a cart's manual discounts are allowed (POS-18): the cart's, then the lines'.

The cart discount gives way first; where the lines alone pass the limit, they give way from the last to the first. A
discount keeps its kind; what would be lowered to nothing is removed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.pricing.discounts import amount_of, eligible_rows, reserved
from pos.pricing.limits import exact_discount, maximum_for
from pos.pricing.lines import Row, open_rows
from pos.pricing.types import Cart, Discount
from smartpos.money import WHOLE, Currency


@dataclass(frozen=True, slots=True)
class Lowered:
    """A discount as it may stay (None: not at all) and the refusal that it would otherwise meet; `line` None: the cart's."""

    line: str | None
    discount: Discount | None
    reason: str


def fit_discounts(cart: Cart) -> tuple[Lowered, ...]:
    """The changes, lines first, in their order; none where `price` would refuse no discount."""
    lowered: dict[str | None, Lowered] = {}
    rows = [_within_line(row, cart, lowered) for row in open_rows(cart)]
    discount = _within_cart(rows, cart, lowered)
    if cart.limit is not None and not cart.limit.approved:
        maximum = maximum_for(cart.limit, sum(row.gross for row in rows), customer=cart.customer)
        if maximum is not None:
            _within_limit(rows, cart, discount, maximum, lowered)
    return tuple(lowered[key] for key in (*(line.id for line in cart.lines), None) if key in lowered)


def _within_line(row: Row, cart: Cart, lowered: dict[str | None, Lowered]) -> Row:
    """Rule 4: what a line may have at all."""
    discount = row.line.discount
    if discount is None:
        return row
    if row.line.gratis:
        return _set(row, None, "gratis_discounted", cart, lowered)
    if reserved(row, cart):
        return _set(row, None, "promotion_needs_customer", cart, lowered)
    if amount_of(discount, row.gross, cart.currency) > row.gross:
        return _set(row, replace(discount, value=row.gross), "discount_above_line", cart, lowered)
    row.discount = amount_of(discount, row.gross, cart.currency)
    return row


def _within_cart(rows: Sequence[Row], cart: Cart, lowered: dict[str | None, Lowered]) -> Discount | None:
    """Rule 5: what the cart may have at all."""
    discount = cart.discount
    if discount is None:
        return None
    eligible = eligible_rows(rows, cart)
    base = sum(row.left for row in eligible)
    if not eligible:
        return _set_cart(None, "no_eligible_lines", lowered)
    if amount_of(discount, base, cart.currency) > base:
        return _set_cart(replace(discount, value=base), "discount_above_cart", lowered)
    return discount


def _within_limit(
    rows: list[Row], cart: Cart, discount: Discount | None, maximum: Discount, lowered: dict[str | None, Lowered]
) -> None:
    """Rule 6, the cart's discount first, then the lines' from the last."""
    room = _Room(maximum, sum(row.gross for row in rows), cart.currency)
    for row in rows:
        if row.line.discount is not None:
            room.left -= room.cost(row.line.discount, row.gross)
    if discount is not None:
        base = sum(row.left for row in eligible_rows(rows, cart))
        room.left -= room.cost(discount, base)
        if room.left < 0:
            # Where the lines alone are too much, they are about to give way: what the cart's would come to is not known yet.
            _set_cart(room.fit(discount, base), "limit_exceeded", lowered)
    for index in reversed(range(len(rows))):
        row = rows[index]
        if room.left < 0 and row.discount and row.line.discount is not None:
            rows[index] = _set(row, room.fit(row.line.discount, row.gross), "limit_exceeded", cart, lowered)


class _Room:
    """What a limit leaves, in 1/WHOLE of a scaled amount: exact where it is a percentage, rounded where it is an amount."""

    def __init__(self, maximum: Discount, gross: int, currency: Currency) -> None:
        self.exact, self.currency = maximum.kind == "percent", currency
        self.left = gross * maximum.value if self.exact else maximum.value * WHOLE

    def cost(self, discount: Discount, base: int) -> int:
        """What a discount takes of the room."""
        return exact_discount(discount, base) if self.exact else amount_of(discount, base, self.currency) * WHOLE

    def fit(self, discount: Discount, base: int) -> Discount | None:
        """A discount that was counted and is too much, as large as it may be; None where nothing of it may stay."""
        self.left += self.cost(discount, base)
        if self.left < 0:
            return None
        fitting = replace(discount, value=min(discount.value, self._largest(discount, base)))
        self.left -= self.cost(fitting, base)
        return fitting if fitting.value else None

    def _largest(self, discount: Discount, base: int) -> int:
        step = self.currency.step
        if discount.kind == "amount":
            return self.left // (WHOLE * step) * step
        if self.exact:
            return self.left // base
        # round(base * p / WHOLE) <= left  <=>  2 * base * p < 2 * left + one minor unit
        return (2 * self.left + WHOLE * step - 1) // (2 * base)


def _set(row: Row, discount: Discount | None, reason: str, cart: Cart, lowered: dict[str | None, Lowered]) -> Row:
    lowered[row.line.id] = Lowered(row.line.id, discount, reason)
    amount = 0 if discount is None else amount_of(discount, row.gross, cart.currency)
    return replace(row, line=replace(row.line, discount=discount), discount=amount)


def _set_cart(discount: Discount | None, reason: str, lowered: dict[str | None, Lowered]) -> Discount | None:
    lowered[None] = Lowered(None, discount, reason)
    return discount
