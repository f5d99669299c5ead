"""Redeeming loyalty points (pricing rules 7 and 8)."""

from collections.abc import Sequence

from pos.pricing.errors import PricingError
from pos.pricing.lines import Row
from pos.pricing.types import Cart, Points, PointsUse
from smartpos.money import Currency, allocate


def redeem(rows: Sequence[Row], cart: Cart) -> PointsUse | None:
    """Spread the points' value over the lines that are not gratis; None where no points are used.

    Points lower the taxed amount and are no matter of discount limits. PricingError where they are not offered, not
    there, or worth more than what is left to pay.
    """
    points = cart.points
    if points is None or points.use == 0:
        return None
    _check_offer(points, cart)
    open_rows = [row for row in rows if not row.line.gratis]
    weights = [row.left for row in open_rows]
    left = sum(weights)
    used = _all_that_fit(points, left, cart.currency) if points.use is None else points.use
    value = value_of(used, points, cart.currency)
    if value > left:
        raise PricingError("points_above_total", allowed=cart.currency.format(left))
    for row, share in zip(open_rows, allocate(value, weights, cart.currency.step), strict=True):
        row.points = share
    return PointsUse(used, value, points.balance - used)


def value_of(count: int, points: Points, currency: Currency) -> int:
    """What a number of points is worth, rounded down to the minor unit."""
    return currency.floor(count * points.value_of_100, 100)


def _check_offer(points: Points, cart: Cart) -> None:
    if not cart.customer:
        raise PricingError("points_need_customer")
    if points.balance < points.minimum:
        raise PricingError("points_below_minimum", minimum=str(points.minimum), balance=str(points.balance))
    if points.use is not None and points.use > points.balance:
        raise PricingError("points_above_balance", balance=str(points.balance))


def _all_that_fit(points: Points, left: int, currency: Currency) -> int:
    """The largest number of points whose rounded value is at most what is left, or 0 where it would buy nothing."""
    if not points.value_of_100:
        return 0
    # floor(n * value / 100) <= left  <=>  n * value < 100 * (left + one minor unit)
    fitting = (100 * (left + currency.step) - 1) // points.value_of_100
    count = min(points.balance, fitting)
    return count if value_of(count, points, currency) else 0
