"""A person's share of their sales, by business day: what the log of rates says (EMP-04)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from smartpos.clock import business_day
from smartpos.people.models import CommissionRate, Employee, Store

# What a person is hired with holds from the beginning.
BEGINNING = date(1970, 1, 1)


def note_rate(employee: Employee, stores: Sequence[Store], *, first: bool, at: datetime) -> None:
    """Keep the present rate from the business day on that is now where the person works. Inside the transaction that sets it."""
    days = (business_day(at, store.zone, store.cutoff_minutes) for store in stores or Store.objects.filter(active=True))
    since = BEGINNING if first else max(days, default=at.date())
    CommissionRate.objects.create(business_id=employee.business_id, employee=employee, since=since, percent=employee.commission)


class Rates:
    """What held when, of some people. One query."""

    def __init__(self, employees: Iterable[int]) -> None:
        self._known: dict[int, list[tuple[date, Decimal | None]]] = defaultdict(list)
        found = CommissionRate.objects.filter(employee__in=list(employees)).order_by("since", "pk")
        for employee, since, percent in found.values_list("employee", "since", "percent"):
            self._known[employee].append((since, percent))

    def on(self, employee: int | None, day: date) -> Decimal | None:
        """The rate of a person on a business day; None where they had none."""
        rates = self._known.get(employee or 0, [])
        place = bisect_right(rates, day, key=lambda rate: rate[0])
        return rates[place - 1][1] if place else None
