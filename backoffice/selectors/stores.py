"""Reading stores for their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from backoffice.analytics.models import FactDay
from inventory.models import StockLevel, StoreItem, Variant
from pos.models import Shift
from smartpos.operations.models import DeviceJournal
from smartpos.people.models import Device, Employee, EmployeeStore, Store, Terminal


def stores(visible: Sequence[Store]) -> QuerySet[Store]:
    """The stores of the list, each with how many terminals and people it has."""
    found: QuerySet[Store] = Store.objects.filter(pk__in=[store.pk for store in visible]).annotate(
        terminal_count=_counted(Terminal.objects.filter(active=True)),
        people_count=_counted(EmployeeStore.objects.filter(employee__active=True)),
    )
    return found


def _counted(rows: QuerySet[Any]) -> Subquery:
    """How many rows of another table a store has."""
    grouped = rows.filter(store=OuterRef("pk")).order_by().values("store").annotate(number=Count("pk"))
    return Subquery(grouped.values("number"), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Figures:
    """What a store's overview says of it."""

    sales: list[tuple[str, Decimal]]
    receipts: int
    products: int
    people: int


def figures(store: Store) -> Figures:
    """Total sales in every currency that was ever taken here, products on its tills, people. Three queries.

    Of sales the facts of its days are added up: the receipts of years are too many for a page.
    """
    sums = FactDay.objects.filter(store=store).order_by("currency").values_list("currency").annotate(Sum("total"), Sum("sales"))
    sales = list(sums)
    return Figures(
        [(currency, total) for currency, total, _count in sales], sum(count for _currency, _total, count in sales),
        sold_in(store).exclude(pk__in=_hidden(store)).values("product").distinct().count(),
        people_in(store).count(),
    )  # fmt: skip


def _hidden(store: Store) -> QuerySet[Any]:
    return StoreItem.objects.filter(store=store, hidden=True).values("variant")


def sold_in(store: Store) -> QuerySet[Variant]:
    """What is on sale in the business, with what this store does differently and how much of it lies here."""
    found: QuerySet[Variant] = (
        Variant.objects.filter(active=True, product__active=True)
        .select_related("product__category", "product__unit")
        .prefetch_related(
            Prefetch("store_items", queryset=StoreItem.objects.filter(store=store), to_attr="here"),
            Prefetch("levels", queryset=StockLevel.objects.filter(store=store), to_attr="lying"),
        )
    )
    return found


def available_in(store: Store, rows: QuerySet[Any], *, available: bool) -> QuerySet[Any]:
    """Those that the store's tills show, or do not."""
    hidden = Q(pk__in=_hidden(store))
    return rows.exclude(hidden) if available else rows.filter(hidden)


def people_in(store: Store) -> QuerySet[Employee]:
    """Active people who are assigned here."""
    found: QuerySet[Employee] = Employee.objects.filter(active=True, store_links__store=store)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A terminal with the browser that stands there and whose shift is open."""

    terminal: Terminal
    device: Device | None
    seen_at: datetime | None
    shift: Shift | None


def places_in(store: Store) -> list[Place]:
    """Terminals of a store, those in use first. Four queries."""
    terminals = list(Terminal.objects.filter(store=store).order_by("-active", "name", "pk"))
    living = Device.objects.filter(store=store, revoked_at__isnull=True)
    devices = {device.terminal_id: device for device in living}
    seen = dict(DeviceJournal.objects.filter(device__in=devices.values()).values_list("device_id", "last_seen_at"))
    opened = Shift.objects.filter(store=store, closed_at__isnull=True).select_related("opened_by")
    shifts = {shift.terminal_id: shift for shift in opened}
    found = [(terminal, devices.get(terminal.pk)) for terminal in terminals]
    return [Place(t, d, seen.get(d.pk) if d else None, shifts.get(t.pk)) for t, d in found]
