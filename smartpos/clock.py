"""The one clock, and the shop's day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment in UTC. Services get it as `at`; only views, tasks and commands ask."""
    return datetime.now(UTC)


def business_day(at: datetime, zone: ZoneInfo, cutoff_minutes: int) -> date:
    """The day whose books a moment belongs to: the store's local date, counted from its cut-off and not from midnight.

    `cutoff_minutes` is minutes after local midnight (STO-10): with 240 a sale at 01:30 belongs to the day before.
    Wall-clock minutes are compared, so the two nights of a clock change keep the same cut-off hour.
    """
    local = at.astimezone(zone)
    minutes = local.hour * 60 + local.minute
    return local.date() - timedelta(days=1) if minutes < cutoff_minutes else local.date()


def day_span(day: date, zone: ZoneInfo, cutoff_minutes: int) -> tuple[datetime, datetime]:
    """First moment and first moment after a business day, in UTC."""
    start = time(cutoff_minutes // 60, cutoff_minutes % 60)
    first = datetime.combine(day, start, zone)
    after = datetime.combine(day + timedelta(days=1), start, zone)
    return first.astimezone(UTC), after.astimezone(UTC)
