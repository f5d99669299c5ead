"""The one clock, and the shop's day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment in UTC. Services get it as `at`; only views, tasks and commands ask."""
    return datetime.now(UTC)


def business_day(at: datetime, zone: ZoneInfo, cutoff_minutes: int) -> date:
    """The day whose books a moment belongs to: the store's local date, counted from its cut-off and not from midnight.

    `cutoff_minutes` is minutes after local midnight (STO-10): with 240 a sale at 01:30 belongs to the day before.
    """
    day = at.astimezone(zone).date()
    return day if at >= day_start(day, zone, cutoff_minutes) else day - timedelta(days=1)


def day_start(day: date, zone: ZoneInfo, cutoff_minutes: int) -> datetime:
    """When a business day begins, in UTC: the first time that the store's clock shows the cut-off.

    A day begins once. Where the clock goes back over the cut-off, the second time is no new beginning; where it jumps over
    the cut-off, the day begins with the jump.
    """
    wall = datetime.combine(day, time(cutoff_minutes // 60, cutoff_minutes % 60), zone)
    while (start := wall.astimezone(UTC)).astimezone(zone) != wall:  # both in one zone: compares what the clock shows
        wall += timedelta(minutes=1)
    return start


def day_span(day: date, zone: ZoneInfo, cutoff_minutes: int) -> tuple[datetime, datetime]:
    """First moment and first moment after a business day, in UTC."""
    return day_start(day, zone, cutoff_minutes), day_start(day + timedelta(days=1), zone, cutoff_minutes)
