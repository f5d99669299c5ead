"""All sums of sales come from here: straight from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When

from pos.models import Payment, Receipt, ReceiptKind
from smartpos.people.models import Store

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


@dataclass(frozen=True, slots=True)
class Seller:
    """What a person sold in one currency, tax in it: `sales` without voided ones, `total` less `back`, which is below nought."""

    employee: int | None
    currency: str
    sales: int
    total: Decimal
    back: Decimal

    def __add__(self, other: "Seller") -> "Seller":
        return Seller(self.employee, self.currency, self.sales + other.sales, self.total + other.total, self.back + other.back)


def by_seller(
    first: date, last: date, *, stores: Sequence[Store] | None = None, currency: str = "", employee: int | None = None
) -> list[Seller]:
    """Of business days, both ends in it: a sale is of whoever made it, and what goes back is of whoever had sold it (EMP-04).

    What goes back without a receipt is of whoever took it back. A void ends its sale at nought. One statement.
    """
    return [sold for sold, _earned in _sold(first, last, stores=stores, currency=currency, employee=employee)]


def by_seller_and_day(first: date, last: date, *, stores: Sequence[Store]) -> list[tuple[Seller, date]]:
    """The same by the business day on which it was earned: what goes back belongs to the day of its sale. One statement."""
    return _sold(first, last, "earned", stores=stores)


def _sold(
    first: date, last: date, *further: str, stores: Sequence[Store] | None, currency: str = "", employee: int | None = None
) -> list[tuple[Seller, date]]:
    rows = Receipt.objects.filter(business_date__gte=first, business_date__lte=last)
    if stores is not None:
        rows = rows.filter(store__in=[store.pk for store in stores])
    if currency:
        rows = rows.filter(currency=currency)
    turned = Q(kind__in=[ReceiptKind.REFUND, ReceiptKind.VOID], original__isnull=False)
    rows = rows.annotate(
        seller=Case(When(turned, then=F("original__employee")), default=F("employee")),
        earned=Case(When(turned, then=F("original__business_date")), default=F("business_date")),
    )
    if employee is not None:
        rows = rows.filter(seller=employee)
    found = rows.order_by().values("seller", "currency", *further).annotate(
        count=Count("pk", filter=Q(kind=ReceiptKind.SALE)), voids=Count("pk", filter=Q(kind=ReceiptKind.VOID)), sum=Sum("total"),
        returned=Sum("total", filter=Q(kind=ReceiptKind.REFUND)),
    )  # fmt: skip
    zero = Decimal(0)
    return [
        (
            Seller(row["seller"], row["currency"], row["count"] - row["voids"], row["sum"] or zero, row["returned"] or zero),
            row.get("earned", first),
        )
        for row in found
    ]
