"""The paper of a receipt: its number as bars that can be read back, and what stands on copies and voids."""

from itertools import pairwise

import pytest

from pos.documents import receipt_html
from pos.models import Receipt
from printing.code128 import WIDTHS, bars, values, width
from smartpos.context import acting
from tests.till import Till
from tests.world import World


def read(text: str) -> str:
    """What a scanner makes of the bars: widths of bars and gaps, six to a sign, checked."""
    drawn, last = list(bars(text)), width(text) - 10
    edges = [edge for place, wide in drawn for edge in (place, place + wide)]
    widths = "".join(str(b - a) for a, b in pairwise(edges))
    assert (edges[0], edges[-1]) == (10, last)
    signs = [WIDTHS.index(widths[at : at + 6]) for at in range(0, len(widths) - 7, 6)]
    assert widths[-7:] == WIDTHS[106]
    start, *own, check = signs
    assert start == 104
    assert (start + sum(n * value for n, value in enumerate(own, start=1))) % 103 == check
    return "".join(chr(value + 32) for value in own)


@pytest.mark.parametrize("text", ["A1-13", "B12-999999", "~ z"])
def test_bars_say_the_number(text: str) -> None:
    assert read(text) == text


def test_the_known_example() -> None:
    """104 + 33 + 2·17 + 3·13 + 4·17 + 5·19 = 373 = 3·103 + 64."""
    assert values("A1-13") == [104, 33, 17, 13, 17, 19, 64, 106]


@pytest.mark.parametrize("text", ["", "č", "\n"])
def test_what_no_sign_stands_for_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        values(text)


@pytest.mark.django_db
def test_a_copy_says_so_and_a_voided_receipt_says_why(world: World) -> None:
    till: Till = world.till()
    till.open_shift()
    [sale] = till.post(till.sale([(till.item("ESP"), "1")]))
    with acting(business_id=world.business.pk):
        receipt = Receipt.objects.get()
        plain, copy = receipt_html(receipt), receipt_html(receipt, copy=True)
    assert ("COPY" in plain, "COPY" in copy, "VOID" in plain) == (False, True, False)
    assert plain.count("<rect") == len(list(bars("A1-1")))
    till.post(till.void({"id": sale["id"], "total": "2.00"}, reason="Wrong <table>"))
    with acting(business_id=world.business.pk):
        voided = receipt_html(Receipt.objects.get(kind="sale"))
        void = receipt_html(Receipt.objects.get(kind="void"))
    assert "VOID" in voided
    assert "A1-2: Wrong &lt;table&gt;" in voided
    assert "of A1-1" in void
