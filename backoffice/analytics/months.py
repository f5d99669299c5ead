"""Months of stores, and the twelve before and after them that are held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

TREND = 12
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Year:
    """The twelve months that end with a month, and the twelve before. `today` is the newest business day of the stores.

    A month that is still going on is held against the same days of its twin a year ago.
    """

    month: date
    today: date

    @property
    def months(self) -> list[date]:
        """Twenty-four months, oldest first."""
        return [plus(self.month, -n) for n in reversed(range(2 * TREND))]

    def days(self, month: date) -> tuple[date, date]:
        """First and last day that count of a month."""
        end = plus(month, 1) - timedelta(days=1)
        if month == self.month:
            return month, max(month, min(end, self.today))
        going_on = self.month <= self.today < plus(self.month, 1)
        if going_on and month == plus(self.month, -TREND):
            return month, min(end, month + (self.today - self.month))
        return month, end

    @property
    def q(self) -> Q:
        """The days of all these months that count."""
        first, last = self.days(plus(self.month, -TREND))
        asked = Q(day__gte=self.months[0], day__lte=self.days(self.month)[1])
        return asked & ~Q(day__gt=last, day__lt=plus(first, 1))


def month_of(day: date) -> date:
    """The first of its month."""
    return day.replace(day=1)


def plus(month: date, count: int) -> date:
    """So many months later."""
    years, place = divmod(month.month - 1 + count, 12)
    return date(month.year + years, place + 1, 1)


def asked_month(text: str, today: date) -> date:
    """The month of an address («2026-10»); the one going on where it says none, or one that is yet to come."""
    try:
        year, month = (int(part) for part in text.split("-"))
        found = date(year, month, 1)
    except ValueError:
        return month_of(today)
    return found if EARLIEST <= found <= today else month_of(today)


def choices(today: date, chosen: date) -> Sequence[date]:
    """The months to choose from, newest first: two years, and the one that is shown."""
    recent = [plus(month_of(today), -n) for n in range(2 * TREND)]
    return sorted({*recent, chosen}, reverse=True)
