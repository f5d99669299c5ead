"""Ids that sort by time; the shop's day, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from uuid import RFC_4122
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartpos.clock import business_day, day_span
from smartpos.ids import uuid7

SARAJEVO = ZoneInfo("Europe/Sarajevo")
ZONES = [
    "Europe/Sarajevo",
    "America/New_York",
    "America/Havana",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "UTC",
]


def test_an_id_is_a_uuid_version_7_of_its_moment() -> None:
    made = uuid7(0x0192_3456_789A)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == 0x0192_3456_789A


def test_ids_sort_by_time_as_numbers_and_as_text() -> None:
    ids = [uuid7(moment) for moment in range(1_790_000_000_000, 1_790_000_000_500)]
    assert sorted(ids) == ids
    assert sorted(str(i) for i in ids) == [str(i) for i in ids]


def test_ids_of_one_millisecond_differ() -> None:
    assert len({uuid7(1) for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("local", "cutoff", "day"),
    [
        ("2026-11-24T00:00", 0, 24),
        ("2026-11-24T23:59", 0, 24),
        ("2026-11-25T01:30", 240, 24),  # hard case 9
        ("2026-11-25T03:59", 240, 24),
        ("2026-11-25T04:00", 240, 25),
        ("2026-11-25T23:59", 1439, 25),
        ("2026-11-25T23:58", 1439, 24),
    ],
)
def test_the_day_is_counted_from_the_cut_off(local: str, cutoff: int, day: int) -> None:
    at = datetime.fromisoformat(local).replace(tzinfo=SARAJEVO)
    assert business_day(at.astimezone(UTC), SARAJEVO, cutoff) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("utc", "cutoff", "day"),
    [
        # 25 October 2026, 03:00 goes back to 02:00: the night has 25 hours.
        ("2026-10-25T00:10", 150, 24),  # 02:10 for the first time
        ("2026-10-25T00:40", 150, 25),  # 02:40 for the first time: the new day has begun
        ("2026-10-25T01:10", 150, 25),  # 02:10 again: a day never begins twice
        ("2026-10-25T02:59", 240, 24),
        ("2026-10-25T03:00", 240, 25),
        # 29 March 2026, 02:00 becomes 03:00: 02:30 never comes, the day begins at once.
        ("2026-03-29T00:59", 150, 28),
        ("2026-03-29T01:00", 150, 29),
        ("2026-03-29T01:59", 240, 28),
        ("2026-03-29T02:00", 240, 29),
    ],
)
def test_the_two_nights_of_the_clock_change(utc: str, cutoff: int, day: int) -> None:
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert business_day(at, SARAJEVO, cutoff).day == day


@given(
    zone=st.sampled_from(ZONES),
    cutoff=st.integers(0, 1439),
    minutes=st.integers(0, 3 * 365 * 24 * 60),
)
def test_every_moment_lies_in_the_span_of_its_day(zone: str, cutoff: int, minutes: int) -> None:
    """Dashboard, X, Z and exports ask for spans; the ledger keeps the day: both must say the same."""
    where = ZoneInfo(zone)
    at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    first, after = day_span(business_day(at, where, cutoff), where, cutoff)
    assert first <= at < after


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("cutoff", [0, 30, 90, 150, 240])
def test_days_follow_each_other_without_gap_or_return(zone: str, cutoff: int) -> None:
    where, at, before = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC), None
    end = at + timedelta(days=366)
    while at < end:
        day = business_day(at, where, cutoff)
        assert before is None or before <= day <= before + timedelta(days=1)
        before = day
        at += timedelta(minutes=15)


def test_spans_join() -> None:
    for offset in range(400):
        day = date(2026, 1, 1) + timedelta(days=offset)
        assert day_span(day, SARAJEVO, 150)[1] == day_span(day + timedelta(days=1), SARAJEVO, 150)[0]
