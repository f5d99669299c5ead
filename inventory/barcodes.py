"""Barcodes, pure: check digits of the EAN family, labels of scales, GS1 element strings.

The twin is `static/js/pos/barcodes.js`; both run the vectors in `tests/golden/barcodes.json`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

GTIN_LENGTHS = (8, 12, 13, 14)
FNC1 = "\x1d"
# Symbology identifiers that scanners may put before GS1 data.
GS1_PREFIXES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
THREE = 3
QUANTITY_PLACES = 3


def check_digit(body: str) -> str:
    """The check digit behind these digits: weights 3 and 1 from the right."""
    total = sum(int(digit) * (THREE if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-total % 10)


def check_digit_fault(code: str) -> str:
    """The digit that an EAN-8, UPC-A, EAN-13 or GTIN-14 should end with; "" when it does, or the code is none of these."""
    if len(code) not in GTIN_LENGTHS or not _digits(code):
        return ""
    right = check_digit(code[:-1])
    return "" if code.endswith(right) else right


def spellings(code: str) -> list[str]:
    """The ways one trade item's code is written, the scanned one first: UPC-A is an EAN-13 with a nought before it."""
    found = [code]
    if _digits(code) and len(code) in GTIN_LENGTHS:
        bare = code.lstrip("0")
        found += [bare.zfill(length) for length in GTIN_LENGTHS if len(bare) <= length]
    return list(dict.fromkeys(found))


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


@dataclass(frozen=True, slots=True)
class Label:
    """What a scale's label says: the item's code, and its weight (thousandths) or price (minor units), as digits."""

    item: str
    kind: str
    value: int


class BadCheckDigit(ValueError):
    """A label of this shop that was misread: nothing may be sold by it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern such as `2CCCCCCWWWWWK`: fixed digits, C item code, W weight, P price, V passed over, K check digit."""

    text: str

    def __post_init__(self) -> None:
        fault = pattern_fault(self.text)
        if fault:
            raise ValueError(fault)

    def read(self, code: str) -> Label | None:
        """What a code says by this pattern; None when it is not one of these. BadCheckDigit when it was misread."""
        if len(code) != len(self.text) or not _digits(code):
            return None
        fixed = "".join(digit for digit, letter in zip(code, self.text, strict=True) if letter.isdigit())
        if fixed != "".join(letter for letter in self.text if letter.isdigit()):
            return None
        if check_digit(code[:-1]) != code[-1]:
            raise BadCheckDigit(code)
        kind = "W" if "W" in self.text else "P"
        return Label(self._part(code, "C"), "weight" if kind == "W" else "price", int(self._part(code, kind)))

    def _part(self, code: str, wanted: str) -> str:
        return "".join(digit for digit, letter in zip(code, self.text, strict=True) if letter == wanted)


def pattern_fault(text: str) -> str:
    """What is wrong with a pattern, as a word: "length", "prefix", "letters", "parts" or "check"; "" when it is good."""
    if len(text) != len("2CCCCCCWWWWWK"):
        return "length"
    if not re.fullmatch(r"2[0-9]?[0-9]?[CWPV]+K", text):
        return "letters" if text.startswith("2") else "prefix"
    weight, price = "W" in text, "P" in text
    if weight == price or "C" not in text or not re.fullmatch(r"[0-9]+C+V?[WP]+K", text):
        return "parts"
    return ""


def read_label(code: str, patterns: Sequence[Pattern]) -> Label | None:
    """The first pattern that fits says what a label means."""
    for pattern in patterns:
        label = pattern.read(code)
        if label is not None:
            return label
    return None


@dataclass(frozen=True, slots=True)
class Gs1:
    """What a GS1 element string says; weight in thousandths of a kilogram, price in the digits it was given, dates YYMMDD."""

    gtin: str = ""
    lot: str = ""
    serial: str = ""
    expiry: str = ""
    best_before: str = ""
    weight: int | None = None
    price: tuple[int, int] | None = None


# Lengths of the values behind application identifiers of fixed length, by their first two digits (GS1 General Specifications).
FIXED = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6, "15": 6, "16": 6, "17": 6, "18": 6,
    "19": 6, "20": 2, "31": 6, "32": 6, "33": 6, "34": 6, "35": 6, "36": 6, "41": 13,
}  # fmt: skip
LONG_IDENTIFIERS = re.compile(r"^(?:3[1-6]|39|7[0-9]|80|82)")
LONGEST_VALUE = 90


def read_gs1(code: str) -> Gs1 | None:
    """A GS1-128 or DataMatrix string, raw from the scanner or in brackets; None when it is not one, or is broken."""
    elements = _bracketed(code) if code.startswith("(") else _raw(code)
    if not elements or "01" not in elements:
        return None
    gtin = elements["01"]
    if not _digits(gtin) or check_digit_fault(gtin):
        return None
    weight = next((_weight(ai, value) for ai, value in elements.items() if ai.startswith("310") and len(ai) == 4), None)
    price = next((_price(ai, value) for ai, value in elements.items() if ai.startswith("392") and len(ai) == 4), None)
    return Gs1(
        gtin, elements.get("10", ""), elements.get("21", ""), elements.get("17", ""), elements.get("15", ""), weight, price
    )  # fmt: skip


def _weight(identifier: str, value: str) -> int | None:
    """310n: kilograms with n decimals, as thousandths; finer ones are rounded half up."""
    if not _digits(value) or not identifier[3].isdigit():
        return None
    places = int(identifier[3])
    if places <= QUANTITY_PLACES:
        return int(value) * int(10 ** (QUANTITY_PLACES - places))
    divisor = 10 ** (places - QUANTITY_PLACES)
    return int((int(value) * 2 + divisor) // (2 * divisor))


def _price(identifier: str, value: str) -> tuple[int, int] | None:
    return (int(value), int(identifier[3])) if _digits(value) and identifier[3].isdigit() else None


def _bracketed(code: str) -> dict[str, str]:
    parts = re.findall(r"\(([0-9]{2,4})\)([^(]+)", code)
    whole = "".join(f"({ai}){value}" for ai, value in parts) == code
    return dict(parts) if whole and all(_fits(ai, value) for ai, value in parts) else {}


def _fits(identifier: str, value: str) -> bool:
    fixed = FIXED.get(identifier[:2])
    return len(value) == fixed if fixed is not None else 0 < len(value) <= LONGEST_VALUE


def _raw(code: str) -> dict[str, str]:
    """Element after element; those of variable length end with FNC1 or the end."""
    for prefix in GS1_PREFIXES:
        code = code.removeprefix(prefix)
    rest, found = code.lstrip(FNC1), {}
    while rest:
        size = 4 if LONG_IDENTIFIERS.match(rest) else 2
        identifier, rest = rest[:size], rest[size:]
        if not _digits(identifier) or len(identifier) < size:
            return {}
        fixed = FIXED.get(identifier[:2])
        value, rest = (rest[:fixed], rest[fixed:].lstrip(FNC1)) if fixed is not None else rest.partition(FNC1)[::2]
        if not _fits(identifier, value):
            return {}
        found[identifier] = value
    return found
