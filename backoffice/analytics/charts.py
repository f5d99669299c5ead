"""Charts as numbers: what an SVG of the server needs to draw them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

HEIGHT = 100
STEP = 10
NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
LINES = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """From the least to the most, in steps that people count in."""

    least: Decimal
    most: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        """The values beside the lines, the highest first."""
        count = int((self.most - self.least) / self.step)
        return [self.most - self.step * n for n in range(count + 1)]

    def y(self, value: Decimal) -> Decimal:
        """How far from the top a value lies, of a hundred."""
        return (HEIGHT * (self.most - value) / (self.most - self.least)).quantize(Decimal("0.01"))


def scale(values: Sequence[Decimal]) -> Scale:
    """A scale that holds all values and nought."""
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    if low == high:
        return Scale(Decimal(0), Decimal(LINES), Decimal(1))
    rough = (high - low) / LINES
    power = Decimal(10) ** int(rough.log10().to_integral_value(ROUND_FLOOR))
    step = next(nice * power for nice in NICE if nice * power >= rough)
    least = (low / step).to_integral_value(ROUND_FLOOR) * step
    most = -(-high / step).to_integral_value(ROUND_FLOOR) * step
    return Scale(least, most, step)


def line(values: Sequence[Decimal], on: Scale) -> str:
    """The points of a line, ten apart."""
    return " ".join(f"{n * STEP},{on.y(value)}" for n, value in enumerate(values))


def runs(values: Sequence[Decimal | None], on: Scale) -> list[str]:
    """The points of a line with gaps where there is no value: one text for each stretch; a lonely value is a line to itself."""
    found: list[list[str]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append(f"{n * STEP},{on.y(value)}")
    return [" ".join(run if len(run) > 1 else run * 2) for run in found if run]


def area(values: Sequence[Decimal], on: Scale) -> str:
    """The points of the surface between a line and nought."""
    ground = on.y(Decimal(0))
    return f"0,{ground} {line(values, on)} {(len(values) - 1) * STEP},{ground}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it begins, how high it is, and whether none is higher."""

    x: int
    y: Decimal
    height: Decimal
    highest: bool


def bars(values: Sequence[Decimal], on: Scale) -> list[Bar]:
    """Upright bars from nought, ten apart and eight wide."""
    ground, highest = on.y(Decimal(0)), max(values, default=Decimal(0))
    found = []
    for n, value in enumerate(values):
        top = on.y(value)
        found.append(Bar(n * STEP + 1, min(top, ground), abs(top - ground), highest=value == highest > 0))
    return found


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the whole: its share in per cent, and where it begins on the ring."""

    share: Decimal
    start: Decimal


def ring(values: Sequence[Decimal]) -> list[Slice]:
    """The parts of a ring of a hundred; what is below nought has no part of it."""
    whole = sum((value for value in values if value > 0), Decimal(0))
    found, start = [], Decimal(0)
    for value in values:
        share = (100 * value / whole).quantize(Decimal("0.01")) if whole and value > 0 else Decimal(0)
        found.append(Slice(share, -start))
        start += share
    return found


def share(value: Decimal, of: Decimal) -> Decimal:
    """A value in per cent of another, between nought and a hundred."""
    return min(Decimal(100), max(Decimal(0), 100 * value / of)).quantize(Decimal("0.1")) if of > 0 else Decimal(0)


def change(now: Decimal, before: Decimal) -> int | None:
    """By how many per cent something grew; None where there is nothing to hold it against."""
    return int(((now - before) * 100 / before).to_integral_value()) if before > 0 else None
