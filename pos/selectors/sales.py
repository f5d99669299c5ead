"""All sums of sales come from here: straight from the ledger."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from pos.models import Payment, Receipt

SUMS = ("gross", "discount", "points", "net", "tax", "total", "rounding")


@dataclass(frozen=True, slots=True)
class Totals:
    """What receipts of one currency come to."""

    currency: str
    count: int
    sums: dict[str, Decimal]
    tenders: list[tuple[str, Decimal]]


def receipts() -> QuerySet[Receipt]:
    """Every receipt, with what a row of a list shows."""
    found: QuerySet[Receipt] = Receipt.objects.select_related("store", "employee", "terminal", "customer__merged_into")
    return found


def paid_with(rows: QuerySet[Any], method: str) -> QuerySet[Any]:
    """Receipts that a tender of this method is on."""
    return rows.filter(Exists(Payment.objects.filter(receipt=OuterRef("pk"), method=method)))


def totals(found: QuerySet[Receipt]) -> list[Totals]:
    """Per currency: count, sums and tenders of these receipts. Two queries."""
    bare = found.select_related(None).order_by("currency")
    sums = bare.values("currency").annotate(count=Count("pk"), **{name: Sum(name) for name in SUMS})
    paid = Payment.objects.filter(receipt__in=bare.order_by()).values_list("receipt__currency", "method")
    tenders: dict[str, list[tuple[str, Decimal]]] = {}
    for currency, method, amount in paid.annotate(sum=Sum("amount")).order_by("receipt__currency", "method"):
        tenders.setdefault(currency, []).append((method, amount))
    return [_totals(dict(row), tenders.get(row["currency"], [])) for row in sums]


def _totals(row: dict[str, Any], tenders: list[tuple[str, Decimal]]) -> Totals:
    return Totals(row["currency"], row["count"], {name: row[name] for name in SUMS}, tenders)
