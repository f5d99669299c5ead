"""Stretches of business days, each store by its own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartpos.clock import business_day
from smartpos.people.models import Store

LABELS: dict[str, str | Promise] = {
    "today": _("Today"), "yesterday": _("Yesterday"), "7": _("7 days"), "30": _("30 days"), "month": _("This month"),
}  # fmt: skip
BEFORE: dict[str, str | Promise] = {
    "today": _("the same weekday last week"), "yesterday": _("the same weekday last week"), "7": _("the 7 days before"),
    "30": _("the 30 days before"), "month": _("the same days last month"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Days of stores that share a date; stores on both sides of midnight have one each."""

    stores: tuple[Store, ...]
    first: date
    last: date

    @property
    def q(self) -> Q:
        """The facts of these days."""
        return Q(store__in=[store.pk for store in self.stores], day__gte=self.first, day__lte=self.last)


def today_of(stores: Sequence[Store], at: datetime) -> dict[date, tuple[Store, ...]]:
    """The stores by what their business day is at a moment; the newest day first."""
    found: dict[date, tuple[Store, ...]] = {}
    for store in stores:
        day = business_day(at, store.zone, store.cutoff_minutes)
        found[day] = (*found.get(day, ()), store)
    return dict(sorted(found.items(), reverse=True))


def spans(stores: Sequence[Store], period: str, at: datetime) -> list[Span]:
    """The days of a period."""
    return [Span(some, *days(period, today)) for today, some in today_of(stores, at).items()]


def spans_before(stores: Sequence[Store], period: str, at: datetime) -> list[Span]:
    """The days that a period is compared with."""
    return [Span(some, *days_before(period, today)) for today, some in today_of(stores, at).items()]


def days(period: str, today: date) -> tuple[date, date]:
    """First and last day of a period that ends today (or yesterday)."""
    if period == "yesterday":
        return today - timedelta(days=1), today - timedelta(days=1)
    if period == "month":
        return today.replace(day=1), today
    return (today - timedelta(days=int(period) - 1), today) if period.isdigit() else (today, today)


def days_before(period: str, today: date) -> tuple[date, date]:
    """The days that a period is held against: the same weekday for a day, as many days before for a stretch."""
    first, last = days(period, today)
    if period == "month":
        end = first - timedelta(days=1)
        return end.replace(day=1), min(end, end.replace(day=1) + (last - first))
    back = timedelta(days=7 if period in ("today", "yesterday") else int(period))
    return first - back, last - back


def together(parts: Sequence[Span]) -> Q:
    """Any of these spans; nothing where there is none."""
    found = Q(pk__in=[])
    for part in parts:
        found |= part.q
    return found
