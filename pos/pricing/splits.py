"""Splitting a bill equally or by items (pricing rule 15)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pos.pricing.errors import PricingError
from pos.pricing.refunds import rate_sums, share_before
from pos.pricing.sale import net_and_tax
from pos.pricing.types import LinePart, RateSum, TaxShare
from smartpos.money import Currency, allocate, equal_split, format_quantity

LEAST_GUESTS: Final = 2
MOST_GUESTS: Final = 50


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line of the bill with the amounts of its result."""

    id: str
    quantity: int
    payable: int
    taxes: tuple[TaxShare, ...]


@dataclass(frozen=True, slots=True)
class Portion:
    """A quantity of a line, for one guest or shared equally by several."""

    line: str
    quantity: int
    guests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EqualPart:
    """One guest's part of an equal split."""

    total: int
    net: int
    tax: int
    taxes: tuple[TaxShare, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    """What one guest pays of one portion (its position in the request)."""

    line: str
    portion: int
    payable: int
    net: int
    tax: int
    total: int
    taxes: tuple[TaxShare, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One guest's part of a split by items."""

    guest: str
    lines: tuple[PartLine, ...]
    taxes: tuple[RateSum, ...]
    payable: int
    net: int
    tax: int
    total: int


@dataclass(frozen=True, slots=True)
class ItemSplit:
    """The guests' parts, and what no portion covers yet; together they are the bill."""

    parts: tuple[Part, ...]
    unassigned: tuple[LinePart, ...]


@dataclass(slots=True)
class _Assigned:
    """How far a line is given away: the sums of its portions so far."""

    line: BillLine
    quantity: int
    payable: int
    taxes: list[int]


def split_equal(total: int, taxes: Sequence[TaxShare], guests: int, currency: Currency) -> tuple[EqualPart, ...]:
    """Equal parts, odd minor units to the first guests; the bill's rounded taxes are allocated over the parts.

    PricingError for fewer than two guests or too many, and for taxes that a bill of nothing cannot hold.
    """
    if not LEAST_GUESTS <= guests <= MOST_GUESTS:
        raise PricingError("guests_out_of_range", least=str(LEAST_GUESTS), most=str(MOST_GUESTS))
    if not total and any(share.amount for share in taxes):
        raise PricingError("taxes_above_total")
    totals = equal_split(total, guests, currency.step)
    columns = [allocate(share.amount, totals, currency.step) for share in taxes]
    parts = []
    for index, part in enumerate(totals):
        shares = tuple(TaxShare(share.rate, column[index]) for share, column in zip(taxes, columns, strict=True))
        tax = sum(share.amount for share in shares)
        parts.append(EqualPart(part, part - tax, tax, shares))
    return tuple(parts)


def split_items(lines: Sequence[BillLine], guests: Sequence[str], portions: Sequence[Portion], currency: Currency) -> ItemSplit:
    """Each portion's amounts grow along its line as a refund's do; a shared portion is split equally.

    PricingError for unknown lines and guests and for more than a line holds.
    """
    assigned = {line.id: _Assigned(line, 0, 0, [0] * len(line.taxes)) for line in lines}
    held: dict[str, list[PartLine]] = {guest: [] for guest in guests}
    for index, portion in enumerate(portions):
        if portion.line not in assigned:
            raise PricingError("unknown_line", line=portion.line)
        _check_guests(portion, held)
        payable, taxes = _take(assigned[portion.line], portion.quantity, currency)
        for guest, part in _shared(portion, index, payable, taxes, currency):
            held[guest].append(part)
    parts = tuple(_part(guest, own) for guest, own in held.items())
    left = tuple(_rest(state, currency) for state in assigned.values() if state.quantity < state.line.quantity)
    return ItemSplit(parts, left)


def _check_guests(portion: Portion, known: dict[str, list[PartLine]]) -> None:
    if not portion.guests:
        raise PricingError("portion_without_guest", line=portion.line)
    for position, guest in enumerate(portion.guests):
        if guest not in known:
            raise PricingError("unknown_guest", guest=guest)
        if guest in portion.guests[:position]:
            raise PricingError("guest_repeated", guest=guest)


def _take(state: _Assigned, quantity: int, currency: Currency) -> tuple[int, list[TaxShare]]:
    """The next quantity of a line: its payable and tax shares."""
    line, until = state.line, state.quantity + quantity
    if until > line.quantity:
        raise PricingError("split_above_line", line=line.id, left=format_quantity(line.quantity - state.quantity))
    payable = share_before(line.payable, until, line.quantity, currency) - state.payable
    shares = []
    for index, share in enumerate(line.taxes):
        amount = share_before(share.amount, until, line.quantity, currency) - state.taxes[index]
        state.taxes[index] += amount
        shares.append(TaxShare(share.rate, amount))
    state.quantity, state.payable = until, state.payable + payable
    return payable, shares


def _shared(
    portion: Portion, index: int, payable: int, taxes: Sequence[TaxShare], currency: Currency
) -> Iterator[tuple[str, PartLine]]:
    """The portion in equal parts for its guests."""
    count = len(portion.guests)
    payables = equal_split(payable, count, currency.step)
    columns = [equal_split(share.amount, count, currency.step) for share in taxes]
    for position, guest in enumerate(portion.guests):
        mine = payables[position]
        shares = tuple(TaxShare(share.rate, column[position]) for share, column in zip(taxes, columns, strict=True))
        net, tax = net_and_tax(mine, shares)
        yield guest, PartLine(portion.line, index, mine, net, tax, net + tax, shares)


def _part(guest: str, lines: Sequence[PartLine]) -> Part:
    return Part(
        guest=guest,
        lines=tuple(lines),
        taxes=rate_sums(lines),
        payable=sum(line.payable for line in lines),
        net=sum(line.net for line in lines),
        tax=sum(line.tax for line in lines),
        total=sum(line.total for line in lines),
    )


def _rest(state: _Assigned, currency: Currency) -> LinePart:
    left = state.line.quantity - state.quantity
    payable, shares = _take(state, left, currency)
    net, tax = net_and_tax(payable, shares)
    return LinePart(state.line.id, left, payable, net, tax, net + tax, tuple(shares))


def tax_difference(allocated: dict[str, int], anew: dict[str, int]) -> dict[str, int]:
    """What a part's own fiscal receipt taxes more (or less, then negative) than the part was allocated, per code."""
    return {code: anew.get(code, 0) - allocated.get(code, 0) for code in allocated | anew}
