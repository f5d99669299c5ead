"""The arithmetic of bonus and commission (EMP-04, EMP-09 to EMP-12): exact, with one rounding at the end. Pure.

Amounts are scaled integers in 1/10,000 of the currency's unit, rates in 1/10,000 of a per cent.
"""

from dataclasses import dataclass

from smartpos.money import WHOLE, Currency


@dataclass(frozen=True, slots=True)
class Sum:
    """What a month comes to: the threshold with the season in it, how far the sales are towards it in whole per cent, the bonus."""

    target: int
    progress: int
    bonus: int


def bonus_of(currency: Currency, *, sales: int, threshold: int, percent: int, season: int = WHOLE) -> Sum:
    """`percent` of what the sales are above the threshold; at it or below nothing.

    The threshold of a season is not rounded before the bonus is taken of what lies above it; the target that is shown is.
    """
    above = max(sales * WHOLE - threshold * season, 0)
    target = currency.round(threshold * season, WHOLE)
    progress = 100 if target <= 0 else max(0, sales) * 100 // target
    return Sum(target, progress, currency.round(above * percent, WHOLE * WHOLE))


def commission_of(currency: Currency, *, sales: int, percent: int) -> int:
    """`percent` of the sales; below nought where more came back than was sold."""
    return currency.round(sales * percent, WHOLE)
