"""The arithmetic of the bonus: nothing at the threshold, one rounding above it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.bonus_sums import bonus_of, commission_of
from smartpos.money import WHOLE, Currency

BAM = Currency.of("BAM")
JPY = Currency.of("JPY")
MARK = 10_000  # one mark, scaled
PERCENT = 10_000  # one per cent, scaled


@pytest.mark.feature("EMP-09", "EMP-10", "EMP-11")
@pytest.mark.parametrize(
    ("sales", "season", "target", "progress", "bonus"),
    [
        ("4999.99", 100, "5000.00", 99, "0.00"),
        ("5000.00", 100, "5000.00", 100, "0.00"),
        ("5000.10", 100, "5000.00", 100, "0.01"),  # 5 % of 0.10 is 0.005, rounded half-up
        ("5000.09", 100, "5000.00", 100, "0.00"),
        ("7250.00", 100, "5000.00", 145, "112.50"),
        ("7250.00", 150, "7500.00", 96, "0.00"),
        ("7250.00", 80, "4000.00", 181, "162.50"),
        ("-20.00", 100, "5000.00", 0, "0.00"),
        ("0.00", 100, "5000.00", 0, "0.00"),
    ],
)
def test_what_lies_above_the_threshold_of_the_season(sales: str, season: int, target: str, progress: int, bonus: str) -> None:
    sign, plain = (-1, sales[1:]) if sales.startswith("-") else (1, sales)
    found = bonus_of(BAM, sales=sign * BAM.parse(plain), threshold=5000 * MARK, percent=5 * PERCENT, season=season * PERCENT)
    assert (BAM.format(found.target), found.progress, BAM.format(found.bonus)) == (target, progress, bonus)


def test_a_season_that_gives_no_whole_cents_is_rounded_once() -> None:
    found = bonus_of(BAM, sales=100 * MARK, threshold=99_99 * 100, percent=100 * PERCENT, season=333_333)
    assert BAM.format(found.target) == "33.33"
    assert BAM.format(found.bonus) == "66.67"
    assert bonus_of(JPY, sales=101 * MARK, threshold=0, percent=50 * PERCENT).bonus == 51 * MARK


def test_no_threshold_is_reached_at_once() -> None:
    assert bonus_of(BAM, sales=0, threshold=0, percent=PERCENT).progress == 100


@given(st.integers(-(10**14), 10**14), st.integers(0, 10**12), st.integers(0, WHOLE), st.integers(1, 10 * WHOLE))
def test_it_is_never_below_nought_and_never_more_than_what_lies_above(
    sales: int, threshold: int, percent: int, season: int
) -> None:
    found = bonus_of(BAM, sales=sales, threshold=threshold, percent=percent, season=season)
    above = max(sales - threshold * season / WHOLE, 0)
    assert 0 <= found.bonus <= above + BAM.step
    assert found.bonus % BAM.step == found.target % BAM.step == 0


@pytest.mark.feature("EMP-04")
def test_a_commission_is_a_share_of_the_sales_and_may_be_owed() -> None:
    assert commission_of(BAM, sales=200 * MARK, percent=25_000) == 5 * MARK
    assert commission_of(BAM, sales=-200 * MARK, percent=25_000) == -5 * MARK
    assert commission_of(BAM, sales=33 * 100, percent=25_000) == 100
