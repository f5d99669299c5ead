"""What a drawer should hold, and how far the count is off (pricing rule 17)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawer:
    """The sums of a shift, the count and what the drawer held when it was closed before (None: not known)."""

    opening: int
    taken: int
    change: int
    refunds: int
    cash_in: int
    cash_out: int
    handovers: int
    cod: int
    counted: int | None
    previous_close: int | None


@dataclass(frozen=True, slots=True)
class DrawerResult:
    """Expected cash, counted less expected, and opening less the previous close. These may be negative."""

    expected: int
    difference: int | None
    opening_difference: int | None


def reckon(drawer: Drawer) -> DrawerResult:
    """Expected cash of the shift and its differences."""
    came = drawer.opening + drawer.taken + drawer.cash_in + drawer.cod
    went = drawer.change + drawer.refunds + drawer.cash_out + drawer.handovers
    expected = came - went
    return DrawerResult(
        expected=expected,
        difference=None if drawer.counted is None else drawer.counted - expected,
        opening_difference=None if drawer.previous_close is None else drawer.opening - drawer.previous_close,
    )
