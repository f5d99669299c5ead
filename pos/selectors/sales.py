"""All sums of sales come from here: straight from the ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from pos.models import Payment, Receipt
from smartpos.people.models import Store

SUMS = ("gross", "discount", "points", "net", "tax", "total", "rounding")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of sales shows; stores are those that the actor may see."""

    stores: tuple[Store, ...]
    first: date | None = None
    last: date | None = None
    kind: str = ""
    series: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the receipts of a filter and currency come to."""

    currency: str
    count: int
    sums: dict[str, Decimal]
    tenders: list[tuple[str, Decimal]]


def receipts(wanted: Filter) -> QuerySet[Receipt]:
    """The receipts of a filter."""
    query = Q(store__in=wanted.stores)
    if wanted.first:
        query &= Q(business_date__gte=wanted.first)
    if wanted.last:
        query &= Q(business_date__lte=wanted.last)
    if wanted.kind:
        query &= Q(kind=wanted.kind)
    if wanted.number is not None:
        query &= Q(series=wanted.series, number=wanted.number)
    found: QuerySet[Receipt] = Receipt.objects.filter(query)
    return found


def page(wanted: Filter, *, before: int | None, size: int) -> list[Receipt]:
    """A page, newest first, by key: later pages cost no more. One more than `size` tells that there is another."""
    query = receipts(wanted)
    if before is not None:
        query = query.filter(pk__lt=before)
    return list(query.select_related("store", "employee", "terminal").order_by("-pk")[: size + 1])


def totals(wanted: Filter) -> list[Totals]:
    """Per currency: count, sums and tenders. Two queries."""
    found = receipts(wanted)
    sums = found.order_by("currency").values("currency").annotate(count=Count("pk"), **{name: Sum(name) for name in SUMS})
    paid = Payment.objects.filter(receipt__in=found).values_list("receipt__currency", "method").annotate(sum=Sum("amount"))
    tenders: dict[str, list[tuple[str, Decimal]]] = {}
    for currency, method, amount in paid.order_by("receipt__currency", "method"):
        tenders.setdefault(currency, []).append((method, amount))
    return [_totals(dict(row), tenders.get(row["currency"], [])) for row in sums]


def _totals(row: dict[str, Any], tenders: list[tuple[str, Decimal]]) -> Totals:
    return Totals(row["currency"], row["count"], {name: row[name] for name in SUMS}, tenders)
