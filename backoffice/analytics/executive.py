"""The executive dashboard's figures (DSH-13..17), from facts alone: by store, currency and month. Never over two currencies.

The number of statements does not depend on stores, people, products or history.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q, Sum
from django.db.models.functions import TruncMonth

from backoffice.analytics.models import FactDay, FactPerson, FactStock
from backoffice.analytics.months import Year, month_of
from backoffice.models import SalesTarget
from smartpos.people.models import Employee, Store

NOUGHT = Decimal(0)
SUMS = ("revenue", "sales", "net", "cost", "costed", "target", "targeted", "by_people", "spent")


@dataclass(slots=True)
class Figures:
    """What a store, or several of one currency, came to in a stretch; the ratios are None where they would say nothing.

    `worth` sums the value of stock at the end of each of `days`, which count from the day on which a store's stock began.
    """

    revenue: Decimal = NOUGHT
    sales: int = 0
    net: Decimal = NOUGHT
    cost: Decimal = NOUGHT
    costed: Decimal = NOUGHT
    target: Decimal = NOUGHT
    targeted: Decimal = NOUGHT
    by_people: Decimal = NOUGHT
    people: set[int] = field(default_factory=set)
    spent: Decimal = NOUGHT
    stock: Decimal = NOUGHT
    worth: Decimal = NOUGHT
    days: int = 0

    def add(self, other: "Figures") -> None:
        """Take another stretch or place in. The average value of stock is not a sum over days, so `Report.of` makes it."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.people = self.people | other.people

    @property
    def achieved(self) -> Decimal | None:
        """Revenue in per cent of the target, of those stores and months that have one (DSH-13)."""
        return 100 * self.targeted / self.target if self.target else None

    @property
    def margin(self) -> Decimal | None:
        """What remains of revenue net of tax after the cost of the goods, in per cent, of what had a cost when it was sold (DSH-14)."""
        return 100 * (self.costed - self.cost) / self.costed if self.costed else None

    @property
    def known(self) -> Decimal | None:
        """For how many per cent of revenue net of tax a cost is known."""
        return 100 * self.costed / self.net if self.net else None

    @property
    def each(self) -> Decimal | None:
        """Sales per employee who sold (DSH-16)."""
        return self.by_people / len(self.people) if self.people else None

    @property
    def turnover(self) -> Decimal | None:
        """How often the stock was sold: what goods had cost that went out of it, by its average value (DSH-17)."""
        return self.spent / self.stock if self.stock else None


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody sold in a store."""

    name: str
    uuid: str
    store: Store
    currency: str
    total: Decimal
    sales: int


Place = tuple[Store, str]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything by store, currency and month, and who sold in the chosen one."""

    year: Year
    cells: dict[tuple[Place, date], Figures]
    staff: list[Person]

    @property
    def places(self) -> list[Place]:
        """Stores by name with each currency that they took or were to take."""
        return sorted({place for place, _month in self.cells}, key=lambda place: (place[0].name, place[0].pk, place[1]))

    @property
    def currencies(self) -> list[str]:
        """The currencies of all of them."""
        return sorted({currency for _store, currency in self.places})

    def of(self, places: Iterable[Place], months: Iterable[date]) -> Figures:
        """These places and months together: the value of stock is averaged over the days and summed over the places."""
        whole, months = Figures(), list(months)
        for place in places:
            cells = [self.cells[place, month] for month in months if (place, month) in self.cells]
            for cell in cells:
                whole.add(cell)
            days = sum(cell.days for cell in cells)
            whole.stock += sum((cell.worth for cell in cells), NOUGHT) / days if days else NOUGHT
        return whole


def report(stores: Sequence[Store], year: Year) -> Report:
    """Six statements."""
    shops = {store.pk: store for store in stores}
    cells: dict[tuple[Place, date], Figures] = defaultdict(Figures)
    for store in stores:
        cells[(store, store.currency), year.month] = Figures()
    _takings(shops, year, cells)
    staff = _people(shops, year, cells)
    _stock(shops, year, cells)
    _targets(shops, year, cells)
    return Report(year, dict(cells), staff)


def _takings(shops: dict[int, Store], year: Year, cells: dict[tuple[Place, date], Figures]) -> None:
    days: Any = FactDay.objects.filter(year.q, store__in=list(shops)).values_list("store", "currency", TruncMonth("day"))
    sums = days.annotate(t=Sum("total"), s=Sum("sales"), n=Sum("net"), c=Sum("cost"), k=Sum("costed")).order_by("store")
    for store, currency, month, total, sales, net, cost, costed in sums:
        found = cells[(shops[store], currency), month]
        found.revenue, found.sales, found.net, found.cost, found.costed = total, sales, net, cost, costed


def _people(shops: dict[int, Store], year: Year, cells: dict[tuple[Place, date], Figures]) -> list[Person]:
    """Who sold by month, and in the chosen month by name. Two statements."""
    days: Any = FactPerson.objects.filter(year.q, store__in=list(shops))
    rows = days.values_list("store", "currency", TruncMonth("day"), "employee").annotate(t=Sum("total"), s=Sum("sales"))
    chosen = []
    for store, currency, month, employee, total, sales in rows.order_by("store"):
        if employee:
            found = cells[(shops[store], currency), month]
            found.by_people += total
            found.people = found.people | {employee}
        if month == year.month:
            chosen.append((employee, shops[store], currency, total, sales))
    keys = {employee for employee, *_rest in chosen}
    names = {
        key: (name, str(uuid)) for key, name, uuid in Employee.objects.filter(pk__in=keys).values_list("pk", "name", "uuid")
    }
    staff = [Person(*names.get(employee, ("", "")), *rest) for employee, *rest in chosen]
    return sorted(staff, key=lambda person: (not person.uuid, -person.total, person.name))


def _stock(shops: dict[int, Store], year: Year, cells: dict[tuple[Place, date], Figures]) -> None:
    """The values of each month's days, also of those on which nothing moved, and what went out of it. Two statements."""
    rows: Any = FactStock.objects.filter(store__in=list(shops))
    start = year.months[0]
    before = rows.values("store").annotate(began=Min("day"), worth=Sum("change", filter=Q(day__lt=start))).order_by("store")
    changes: dict[tuple[int, date], list[tuple[date, Decimal, Decimal]]] = defaultdict(list)
    for key, day, change, spent in rows.filter(day__gte=start).order_by("day").values_list("store", "day", "change", "spent"):
        changes[key, month_of(day)].append((day, change, spent))
    for known in before:
        store, value = shops[known["store"]], known["worth"] or NOUGHT
        for month in year.months:
            first, last = year.days(month)
            first = max(first, known["began"])
            cell = cells[(store, store.currency), month] if first <= last else Figures()
            cell.days = max(0, (last - first).days + 1)
            cell.worth = value * cell.days
            for day, change, spent in changes[store.pk, month]:
                value += change
                if day <= last:
                    cell.worth += change * ((last - day).days + 1)
                    cell.spent += spent


def _targets(shops: dict[int, Store], year: Year, cells: dict[tuple[Place, date], Figures]) -> None:
    months = year.months
    targets = SalesTarget.objects.filter(store__in=list(shops), month__gte=months[0], month__lte=months[-1])
    for store, currency, month, amount in targets.values_list("store", "currency", "month", "amount"):
        found = cells[(shops[store], currency), month]
        found.target, found.targeted = amount, found.revenue


def revenue_by_month(store: Store, year: int) -> dict[int, Decimal]:
    """What a store took in each month of a year, in the currency that it takes now."""
    days: Any = FactDay.objects.filter(store=store, currency=store.currency, day__year=year)
    sums = days.values_list(TruncMonth("day")).annotate(t=Sum("total")).order_by()
    return {month.month: total for month, total in sums}
