"""The taxes of one amount (pricing rule 10): inclusive, exclusive, compound, priority. Pure.

Amounts are scaled integers of whole minor units, rates int in 1/10,000 of a per cent. Each tax is rounded once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, TypeVar

from smartpos.errors import DomainError
from smartpos.money import WHOLE, Currency

Kind = Literal["standard", "reduced", "zero", "exempt"]


class TaxProfileError(DomainError):
    """Rates that cannot stand together: `tax_code_repeated` or `tax_rate_not_zero`."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate with its identity: 0 % and exempt differ, although both tax nothing."""

    code: str
    kind: Kind
    rate: int
    inclusive: bool
    compound: bool
    priority: int


Profile = tuple[Rate, ...]
Percent = TypeVar("Percent")
# A date, or its ISO text: both compare as days do.
Day = TypeVar("Day", date, str)


class Taxed(NamedTuple):
    """The taxes of an amount, in the profile's order: printed net, what each rate was reckoned on, each rounded tax."""

    net: int
    bases: tuple[int, ...]
    taxes: tuple[int, ...]
    total: int


def profile_of(rates: Iterable[Rate]) -> Profile:
    """The rates in the order in which they apply: by priority, equal ones as listed. TaxProfileError if they clash."""
    profile = tuple(sorted(rates, key=lambda rate: rate.priority))
    seen = set()
    for rate in profile:
        if rate.code in seen:
            raise TaxProfileError(code="tax_code_repeated", tax=rate.code)
        if rate.rate and rate.kind in ("zero", "exempt"):
            raise TaxProfileError(code="tax_rate_not_zero", tax=rate.code)
        seen.add(rate.code)
    return profile


def taxes_of(profile: Profile, amount: int, currency: Currency) -> Taxed:
    """The taxes of an amount (not negative) in a profile made by `profile_of`.

    Inclusive rates are taken out of the amount, then exclusive ones are added on the printed net; `total` is the
    amount with the latter.
    """
    taxes = [currency.round(amount * part, whole) for part, whole in _inclusive_parts(profile)]
    net = amount - sum(taxes)
    bases = [0] * len(profile)
    running = net
    for index, rate in enumerate(profile):
        if rate.inclusive:
            bases[index] = running if rate.compound else net
            running += taxes[index]
    for index, rate in enumerate(profile):
        if not rate.inclusive:
            bases[index] = running if rate.compound else net
            taxes[index] = currency.round(bases[index] * rate.rate, WHOLE)
            running += taxes[index]
    return Taxed(net, tuple(bases), tuple(taxes), running)


def percent_on(first: Percent, changes: Iterable[tuple[Day, Percent]], day: Day) -> Percent:
    """The percentage on a day: the first, or that of the last change which is in force; changes in the order of their days."""
    return next((percent for start, percent in reversed(list(changes)) if start <= day), first)


@lru_cache(maxsize=512)
def _inclusive_parts(profile: Profile) -> tuple[tuple[int, int], ...]:
    """For each rate the exact fraction of the amount that is its tax; 0 for the exclusive ones.

    With run = 1 at first, each inclusive rate t (times run if compound) adds itself to run; the tax is amount / run * t.
    """
    scale, run = WHOLE, WHOLE
    shares: list[int] = []
    for rate in profile:
        if not rate.inclusive:
            shares.append(0)
        elif rate.compound:
            # One more factor of 100 % in every denominator keeps the product whole.
            scale, shares = scale * WHOLE, [share * WHOLE for share in shares]
            share = rate.rate * run
            run = run * WHOLE + share
            shares.append(share)
        else:
            share = rate.rate * (scale // WHOLE)
            run += share
            shares.append(share)
    return tuple((share, run) for share in shares)
