"""The order of calculation in one cart, reckoned by hand (POS-21, docs/pricing.md)."""

import pytest

from pos.pricing.engine import price
from pos.pricing.parsing import parse_cart
from tests.till import to_wire

LINES = [
    # 10.00 less 10 % is 9.00, and 0.50 for what was chosen: 2 × 9.50 = 19.00; 10 % of the line off: 17.10.
    {"id": "a", "product": "a", "quantity": "2", "list": "10", "profile": "t", "promotion": "10", "modifiers": ["0.5"],
     "discount": {"kind": "percent", "value": "10"}},
    # The price by hand replaces the promotion: 6.00.
    {"id": "b", "product": "b", "quantity": "1", "list": "8", "profile": "t", "promotion": "50", "override": "6"},
    {"id": "c", "product": "c", "quantity": "1", "list": "5", "profile": "t", "promotion": "50", "gratis": True},
]  # fmt: skip


@pytest.mark.feature("POS-21")
def test_each_step_takes_what_the_one_before_left() -> None:
    """10 % of 23.10 is 2.31, spread 1.71 and 0.60; a point's worth of 1.00 over what is left, 0.74 and 0.26; tax; cash to 0.05."""
    cart = {
        "currency": {"code": "BAM", "digits": 2}, "customer": True, "lines": LINES, "discount": {"kind": "percent", "value": "10"},
        "points": {"use": "100", "balance": "500", "minimum": "0", "value_of_100": "1.00"},
        "profiles": {"t": [{"code": "E", "kind": "standard", "rate": "17", "inclusive": True, "compound": False, "priority": 1}]},
        "cash_rounding": {"step": "0.05"}, "tenders": [{"method": "cash", "amount": "19.80", "tendered": "20.00"}],
    }  # fmt: skip
    sale = price(parse_cart(to_wire(cart)))
    text = sale.currency.format
    assert [text(line.gross) for line in sale.lines] == ["19.00", "6.00", "0.00"]
    assert [text(line.discount) for line in sale.lines] == ["1.90", "0.00", "0.00"]
    assert [text(line.cart_discount) for line in sale.lines] == ["1.71", "0.60", "0.00"]
    assert [text(line.points) for line in sale.lines] == ["0.74", "0.26", "0.00"]
    assert [text(line.payable) for line in sale.lines] == ["14.65", "5.14", "0.00"]
    assert sale.payment is not None
    assert [text(amount) for amount in (sale.totals.tax, sale.totals.total, sale.payment.rounding, sale.payment.change)] == [
        "2.88", "19.79", "0.01", "0.20",
    ]  # fmt: skip
