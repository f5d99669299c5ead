"""Unit price, gross and gratis of each line (pricing rules 1 to 3)."""

from dataclasses import dataclass

from pos.pricing.errors import PricingError
from pos.pricing.types import Cart, Line
from smartpos.money import MAX_AMOUNT, MAX_QUANTITY, ONE, WHOLE, Currency, round_half_up


@dataclass(slots=True)
class Row:
    """A line on its way through the steps; each step fills in its own reduction."""

    line: Line
    unit: int
    gross: int
    list_value: int
    discount: int = 0
    cart_discount: int = 0
    points: int = 0

    @property
    def left(self) -> int:
        """What is left to pay after the reductions so far."""
        return self.gross - self.discount - self.cart_discount - self.points


def open_rows(cart: Cart) -> list[Row]:
    """The cart's lines with unit price, gross and list value. PricingError where a line breaks rules 1 to 3."""
    gratis: dict[str, int] = {}
    rows = []
    for line in cart.lines:
        if line.gratis:
            _count_gratis(line, gratis)
        rows.append(_open_row(line, cart.currency))
    return rows


def gratis_split(quantity: int) -> tuple[int, int]:
    """What stays of a line and what becomes gratis when it is marked: one unit, or all of a line up to one unit."""
    gratis = min(quantity, ONE)
    return quantity - gratis, gratis


def label_quantity(label: int, unit: int) -> int:
    """The quantity behind a price label's amount, at least the smallest one.

    PricingError `label_without_price`, or `quantity_too_large` for what no line can hold.
    """
    if not unit:
        raise PricingError("label_without_price")
    quantity = max(1, round_half_up(label * ONE, unit))
    if quantity > MAX_QUANTITY:
        raise PricingError("quantity_too_large")
    return quantity


def _open_row(line: Line, currency: Currency) -> Row:
    unit = _unit_price(line, currency)
    list_value = currency.round(max(0, line.list_price + line.modifiers) * line.quantity, ONE)
    gross = currency.round(unit * line.quantity, ONE)
    if line.label is not None:
        if line.override is not None or line.modifiers:
            raise PricingError("label_fixed", line=line.id)
        gross = list_value = line.label
    if max(gross, list_value) > MAX_AMOUNT:
        raise PricingError("amount_too_large", line=line.id)
    return Row(line, unit, 0 if line.gratis else gross, list_value)


def _unit_price(line: Line, currency: Currency) -> int:
    if line.override is not None:
        return line.override
    price = line.list_price
    if line.promotion is not None:
        price = currency.round(price * (WHOLE - line.promotion), WHOLE)
    unit = price + line.modifiers
    if unit < 0:
        raise PricingError("unit_below_zero", line=line.id)
    return unit


def _count_gratis(line: Line, counted: dict[str, int]) -> None:
    counted[line.product] = counted.get(line.product, 0) + line.quantity
    if counted[line.product] > ONE:
        raise PricingError("gratis_limit", line=line.id, product=line.product)
