"""Exact money: amounts, prices, quantities and rates as scaled integers (pricing rule 0).

Units: amounts, unit prices and costs are int in 1/10,000 of the currency unit, quantities int in
1/1,000, rates int in 1/10,000 of a per cent. Text crosses every boundary; nothing here is a float.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from smartpos.errors import DomainError

PRICE_PLACES: Final = 4
QUANTITY_PLACES: Final = 3
RATE_PLACES: Final = 4
UNIT: Final = 10**PRICE_PLACES
ONE: Final = 10**QUANTITY_PLACES
# 100 %: a rate divided by this is the plain fraction.
WHOLE: Final = 100 * 10**RATE_PLACES
# Eleven digits before the point: every scaled amount stays below 2**53, so a browser can hold it in any type.
AMOUNT_DIGITS: Final = 11
QUANTITY_DIGITS: Final = 7
COUNT_DIGITS: Final = 12
MAX_AMOUNT: Final = 10 ** (AMOUNT_DIGITS + PRICE_PLACES) - 1
MAX_QUANTITY: Final = 10 ** (QUANTITY_DIGITS + QUANTITY_PLACES) - 1

_LONGEST_TEXT: Final = 32
_NUMBER: Final = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_STEPS: Final = {0: 10_000, 2: 100, 3: 10}

_ISO_4217: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
        "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
        "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
        "NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
        "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
}
CURRENCY_DIGITS: Final[dict[str, int]] = {code: digits for digits, codes in _ISO_4217.items() for code in codes.split()}


class MoneyError(DomainError):
    """Text that is not an exact number of the kind asked for; `code` is stable and names a message."""

    def __init__(self, code: str) -> None:
        super().__init__(code=code)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and the digits of its minor unit (0, 2 or 3)."""

    code: str
    digits: int

    def __post_init__(self) -> None:
        if self.digits not in _STEPS:
            raise MoneyError("bad_currency")

    @classmethod
    def of(cls, code: str) -> "Currency":
        """The ISO 4217 currency of that code; MoneyError `unknown_currency` when there is none."""
        if code not in CURRENCY_DIGITS:
            raise MoneyError("unknown_currency")
        return cls(code, CURRENCY_DIGITS[code])

    @property
    def step(self) -> int:
        """One minor unit, as a scaled amount."""
        return _STEPS[self.digits]

    def round(self, numerator: int, denominator: int = 1) -> int:
        """The scaled amount numerator / denominator, half-up on the absolute value to the minor unit."""
        step = _STEPS[self.digits]
        return step * round_half_up(numerator, denominator * step)

    def floor(self, numerator: int, denominator: int = 1) -> int:
        """The scaled amount numerator / denominator (not negative), rounded down to the minor unit."""
        step = _STEPS[self.digits]
        return step * (numerator // (denominator * step))

    def parse(self, text: str, *, signed: bool = False) -> int:
        """An amount in whole minor units, as a scaled int; MoneyError for anything else."""
        step = _STEPS[self.digits]
        return step * _parse(text, self.digits, AMOUNT_DIGITS, signed=signed)

    def format(self, amount: int) -> str:
        """The amount as a plain decimal with exactly the currency's digits; it must be whole minor units."""
        step = _STEPS[self.digits]
        minor, rest = divmod(abs(amount), step)
        if rest:
            raise ValueError(f"{amount} is not whole minor units of {self.code}")
        sign = "-" if amount < 0 else ""
        if not self.digits:
            return f"{sign}{minor}"
        units, part = divmod(minor, 10**self.digits)
        return f"{sign}{units}.{part:0{self.digits}d}"


def round_half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to numerator / denominator; halves go away from zero. The denominator is positive."""
    doubled = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -doubled if numerator < 0 else doubled


def round_to_step(amount: int, step: int) -> int:
    """The amount rounded half-up on the absolute value to a multiple of the step (pricing rule 13)."""
    return step * round_half_up(amount, step)


def parse_price(text: str, *, signed: bool = False) -> int:
    """A unit price, price difference or cost with up to four decimals, scaled by 10,000."""
    return _parse(text, PRICE_PLACES, AMOUNT_DIGITS, signed=signed)


def parse_quantity(text: str) -> int:
    """A quantity of zero or more with up to three decimals, scaled by 1,000."""
    return _parse(text, QUANTITY_PLACES, QUANTITY_DIGITS, signed=False)


def parse_rate(text: str) -> int:
    """A percentage from 0 to 100 with up to four decimals, scaled by 10,000."""
    rate = _parse(text, RATE_PLACES, AMOUNT_DIGITS, signed=False)
    if rate > WHOLE:
        raise MoneyError("number_too_large")
    return rate


def parse_count(text: str) -> int:
    """A whole number of zero or more, as points are."""
    return _parse(text, 0, COUNT_DIGITS, signed=False)


def format_price(price: int) -> str:
    """A unit price in its shortest form: up to four decimals, no trailing zeros."""
    return _shortest(price, PRICE_PLACES)


def format_quantity(quantity: int) -> str:
    """A quantity in its shortest form: up to three decimals, no trailing zeros."""
    return _shortest(quantity, QUANTITY_PLACES)


def format_rate(rate: int) -> str:
    """A percentage in its shortest form: up to four decimals, no trailing zeros."""
    return _shortest(rate, RATE_PLACES)


def from_decimal(value: Decimal, places: int) -> int:
    """A database Decimal as a scaled int; MoneyError when it is not finite or carries more than `places` decimals."""
    if not value.is_finite():
        raise MoneyError("bad_number")
    numerator, denominator = value.as_integer_ratio()
    scaled, rest = divmod(numerator * 10**places, denominator)
    if rest:
        raise MoneyError("too_many_decimals")
    return int(scaled)


def to_decimal(scaled: int, places: int) -> Decimal:
    """A scaled int as an exact Decimal, whatever the arithmetic context's precision."""
    return Decimal(f"{scaled}E-{places}")


def allocate(amount: int, weights: Sequence[int], step: int) -> list[int]:
    """Split an amount of whole steps in proportion to the weights by largest remainder (pricing rule 8).

    Remainders are compared as exact fractions, ties go to the earlier weight, and the parts add up exactly. Neither
    the amount nor a weight is negative; ValueError when there is something to share but every weight is zero.
    """
    whole = sum(weights)
    if not whole:
        if amount:
            raise ValueError("nothing to allocate over")
        return [0] * len(weights)
    units = amount // step
    parts = [units * weight // whole for weight in weights]
    left = units - sum(parts)
    if left:
        remainders = [units * weight % whole for weight in weights]
        # Sorting backwards keeps equal remainders in their order: the earlier wins.
        for index in sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)[:left]:
            parts[index] += 1
    return [part * step for part in parts]


def equal_split(amount: int, count: int, step: int) -> list[int]:
    """Split an amount of whole steps into `count` equal parts; what is left goes one step each to the first."""
    share, left = divmod(amount // step, count)
    return [(share + (index < left)) * step for index in range(count)]


def _parse(text: str, places: int, digits: int, *, signed: bool) -> int:
    match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        raise MoneyError("bad_number")
    sign, whole, fraction = match.groups("")
    if len(fraction) > places:
        raise MoneyError("too_many_decimals")
    if len(whole) > digits:
        raise MoneyError("number_too_large")
    value = int(whole + fraction.ljust(places, "0"))
    if not sign:
        return value
    if not signed:
        raise MoneyError("negative_number")
    if not value:
        # A minus sign before nothing says two things at once.
        raise MoneyError("bad_number")
    return -value


def _shortest(scaled: int, places: int) -> str:
    sign = "-" if scaled < 0 else ""
    whole, fraction = divmod(abs(scaled), 10**places)
    if not fraction:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{f'{fraction:0{places}d}'.rstrip('0')}"
