"""Whose earnings somebody may look at, and the months to choose from."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pos.models import BonusPayout, Receipt
from smartpos.access.services.settings import may_change
from smartpos.people.models import Employee, EmployeeStore, Role, Store

RECENT = 24
EARLIEST = date(2000, 1, 1)


def earners(by: Employee, stores: Sequence[Store], first: date, last: date, *, only: Store | None = None) -> "QuerySet[Any]":
    """People who work here, or sold or were paid in this time. Whoever does not see every store sees those who work in theirs alone:
    a person's figures are of all stores together. `only`: those who work in that store.
    """
    sold = Receipt.objects.filter(employee=OuterRef("pk"), business_date__gte=first, business_date__lte=last)
    paid = BonusPayout.objects.filter(employee=OuterRef("pk"), month__gte=first, month__lte=last)
    links = EmployeeStore.objects.filter(employee=OuterRef("pk"))
    found = Employee.objects.filter(Q(active=True) | Exists(sold) | Exists(paid))
    if not may_change(by, None):
        mine = [store.pk for store in stores]
        found = found.filter(Exists(links.filter(store__in=mine))).exclude(Exists(links.exclude(store__in=mine)))
        found = found.exclude(role=Role.OWNER)
    if only is not None:
        found = found.filter(Q(Exists(links.filter(store=only))) | Q(role=Role.OWNER))
    return found.order_by("name", "pk")


def month_of(text: str, today: date) -> date:
    """The month of an address («2026-10»); the one that runs where it says none, or one that is yet to come."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if EARLIEST <= found <= today else today.replace(day=1)


def before(month: date) -> date:
    """The month before."""
    return (month - timedelta(days=1)).replace(day=1)


def after(month: date) -> date:
    """The month after."""
    return (month + timedelta(days=31)).replace(day=1)


def recent(today: date, chosen: date) -> list[date]:
    """Two years of months, newest first, and the one that is shown."""
    months = [today.replace(day=1)]
    while len(months) < RECENT:
        months.append(before(months[-1]))
    return sorted({*months, chosen}, reverse=True)
