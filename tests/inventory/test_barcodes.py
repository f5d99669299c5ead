"""Barcodes by the vectors that the till's twin runs too."""

import json
from pathlib import Path
from typing import Any

import pytest

from inventory.barcodes import (
    BadCheckDigit,
    Gs1,
    Pattern,
    check_digit,
    check_digit_fault,
    pattern_fault,
    read_gs1,
    read_label,
    spellings,
)

GOLDEN: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "barcodes.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", GOLDEN["check_digits"], ids=lambda c: c["body"])
def test_check_digits_of_the_ean_family(case: dict[str, Any]) -> None:
    assert check_digit(case["body"]) == case["digit"]


@pytest.mark.parametrize("case", GOLDEN["faults"], ids=lambda c: c["code"] or "empty")
def test_a_wrong_check_digit_says_the_right_one_and_other_codes_say_nothing(case: dict[str, Any]) -> None:
    assert (check_digit_fault(case["code"]) or None) == case["expected"]


@pytest.mark.parametrize("case", GOLDEN["spellings"], ids=lambda c: c["code"])
def test_one_trade_item_is_found_by_every_spelling(case: dict[str, Any]) -> None:
    assert spellings(case["code"]) == case["all"]


@pytest.mark.parametrize("case", GOLDEN["patterns"], ids=lambda c: c["pattern"] or "empty")
def test_a_pattern_that_cannot_work_is_refused(case: dict[str, Any]) -> None:
    assert pattern_fault(case["pattern"]) == case["fault"]


@pytest.mark.parametrize("case", GOLDEN["labels"], ids=lambda c: c["code"])
def test_labels_of_the_scale(case: dict[str, Any]) -> None:
    patterns = [Pattern(text) for text in case["patterns"]]
    if case["label"] == "bad_check_digit":
        with pytest.raises(BadCheckDigit):
            read_label(case["code"], patterns)
        return
    found = read_label(case["code"], patterns)
    assert (found and {"item": found.item, "kind": found.kind, "value": str(found.value)}) == case["label"]


def plain(found: Gs1 | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "gtin": found.gtin, "lot": found.lot, "serial": found.serial, "expiry": found.expiry, "best_before": found.best_before,
        "weight": None if found.weight is None else str(found.weight),
        "price": None if found.price is None else [str(found.price[0]), found.price[1]],
    }  # fmt: skip


@pytest.mark.parametrize("case", GOLDEN["gs1"], ids=lambda c: repr(c["code"]))
def test_gs1_element_strings(case: dict[str, Any]) -> None:
    assert plain(read_gs1(case["code"])) == case["read"]
