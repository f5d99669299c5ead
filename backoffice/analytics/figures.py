"""What the facts say: sums by day, hour, item, kind of sale and person, per currency and never over two of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum, Window
from django.db.models.functions import RowNumber

from backoffice.analytics.models import FactHour, FactItem, FactType
from backoffice.analytics.spans import spans, spans_before, today_of, together
from inventory.models import Variant
from pos.models import Shift
from smartpos.people.models import Store

HOURS = 24
TOP = 10
NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Takings:
    """What a stretch came to in one currency."""

    total: Decimal = NOUGHT
    sales: int = 0

    @property
    def average(self) -> Decimal:
        """Revenue per transaction; nought without any (DSH-04)."""
        return self.total / self.sales if self.sales else NOUGHT


@dataclass(frozen=True, slots=True)
class Item:
    """One of the best sellers; `product` is its id where it still is one."""

    name: str
    product: str
    total: Decimal
    quantity: Decimal


def takings(stores: Sequence[Store], period: str, at: datetime) -> tuple[dict[str, Takings], dict[str, Takings]]:
    """A period and what it is compared with, per currency. Today is held against the same weekday up to the same hour."""
    here, there = together(spans(stores, period, at)), together(spans_before(stores, period, at))
    if period == "today":
        there &= _until_now(stores, at)
    return _takings(here), _takings(there)


def _takings(wanted: Q) -> dict[str, Takings]:
    rows = FactHour.objects.filter(wanted).values_list("currency").annotate(t=Sum("total"), s=Sum("sales")).order_by("currency")
    return {currency: Takings(total, sales) for currency, total, sales in rows}


def _until_now(stores: Sequence[Store], at: datetime) -> Q:
    """The hours of a business day that have begun, in the order in which the day has them."""
    found = Q(pk__in=[])
    for store in stores:
        found |= Q(store=store.pk, hour__in=hours_begun(store, at))
    return found


def hours_begun(store: Store, at: datetime) -> list[int]:
    """From the hour of the cut-off to the one the store's clock shows."""
    start, now = store.cutoff_minutes // 60, at.astimezone(store.zone).hour
    return [(start + n) % HOURS for n in range((now - start) % HOURS + 1)]


def trend(stores: Sequence[Store], days: int, at: datetime) -> dict[str, list[tuple[date, Takings]]]:
    """Each of the last days, oldest first; days without sales are nought (DSH-06)."""
    found: dict[str, dict[date, Takings]] = defaultdict(dict)
    rows = FactHour.objects.filter(together(spans(stores, str(days), at))).values_list("currency", "day")
    for currency, day, total, sales in rows.annotate(t=Sum("total"), s=Sum("sales")).order_by("currency", "day"):
        found[currency][day] = Takings(total, sales)
    last = next(iter(today_of(stores, at)), at.date())
    axis = [last - timedelta(days=n) for n in reversed(range(days))]
    return {currency: [(day, own.get(day, Takings())) for day in axis] for currency, own in found.items()}


def by_hour(stores: Sequence[Store], period: str, at: datetime) -> dict[str, list[Takings]]:
    """Twenty-four buckets by the stores' own clocks (DSH-09)."""
    found: dict[str, list[Takings]] = {}
    rows = FactHour.objects.filter(together(spans(stores, period, at))).values_list("currency", "hour")
    for currency, hour, total, sales in rows.annotate(t=Sum("total"), s=Sum("sales")).order_by("currency", "hour"):
        found.setdefault(currency, [Takings()] * HOURS)[hour] = Takings(total, sales)
    return found


def by_kind(stores: Sequence[Store], period: str, at: datetime) -> dict[str, dict[str, Decimal]]:
    """Cash, card, mix and online; together they are the total (DSH-08, C-26)."""
    found: dict[str, dict[str, Decimal]] = {}
    rows = FactType.objects.filter(together(spans(stores, period, at))).values_list("currency", "kind")
    for currency, kind, total in rows.annotate(t=Sum("total")).order_by("currency", "kind"):
        found.setdefault(currency, dict.fromkeys(("cash", "card", "mix", "online"), NOUGHT))[kind] = total
    return found


def best_sellers(stores: Sequence[Store], period: str, at: datetime) -> dict[str, list[Item]]:
    """The ten with the highest revenue (DSH-07). Two statements."""
    sums = FactItem.objects.filter(together(spans(stores, period, at))).values("currency", "variant", "name")
    sums = sums.annotate(t=Sum("total"), q=Sum("quantity"))
    place = Window(RowNumber(), partition_by=F("currency"), order_by=[F("t").desc(), F("variant").asc(), F("name").asc()])
    rows = list(sums.annotate(place=place).filter(place__lte=TOP, t__gt=0).order_by("currency", "place"))
    return _named(rows)


def _named(rows: list[dict[str, Any]]) -> dict[str, list[Item]]:
    keys = [row["variant"] for row in rows if row["variant"]]
    known = {variant.pk: variant for variant in Variant.objects.filter(pk__in=keys).select_related("product")}
    found: dict[str, list[Item]] = defaultdict(list)
    for row in rows:
        variant = known.get(row["variant"])
        name = variant.full_name if variant else row["name"]
        found[row["currency"]].append(Item(name, str(variant.product.uuid) if variant else "", row["t"], row["q"]))
    return dict(found)


def at_work(stores: Sequence[Store]) -> list[str]:
    """The names of those with an open shift (DSH-05, C-36)."""
    people = Shift.objects.filter(store__in=[store.pk for store in stores], closed_at__isnull=True)
    return sorted(set(people.values_list("opened_by__name", flat=True)))
