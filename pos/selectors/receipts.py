"""Reading documents with everything that a refund or a reprint needs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from inventory.folding import search_words
from pos.models import Receipt, ReceiptKind, ReceiptLine, ReceiptTax
from smartpos.people.models import Store


@dataclass(frozen=True, slots=True)
class Given:
    """What was given back of a sold line so far (all positive)."""

    quantity: Decimal
    payable: Decimal
    taxes: dict[str, Decimal]


NOTHING = Given(Decimal(0), Decimal(0), {})


def taxes_by_line(receipts: Iterable[Receipt]) -> dict[tuple[int, int], list[ReceiptTax]]:
    """Tax shares per receipt and line position; one query for all receipts."""
    shares: dict[tuple[int, int], list[ReceiptTax]] = defaultdict(list)
    for tax in ReceiptTax.objects.filter(receipt__in=[r.pk for r in receipts]).order_by("pk"):
        shares[tax.receipt_id, tax.position].append(tax)
    return shares


def given_back(originals: Iterable[Receipt]) -> dict[int, Given]:
    """What later refunds gave back, per sold line's key; two queries for all receipts."""
    reversals = list(Receipt.objects.filter(original__in=[r.pk for r in originals]))
    taxes = taxes_by_line(reversals)
    quantity: dict[int, Decimal] = defaultdict(Decimal)
    payable: dict[int, Decimal] = defaultdict(Decimal)
    shares: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    lines = ReceiptLine.objects.filter(receipt__in=[r.pk for r in reversals], original_line__isnull=False)
    for line in lines:
        key = line.original_line_id or 0
        quantity[key] -= line.quantity
        payable[key] -= line.payable
        for tax in taxes[line.receipt_id, line.position]:
            shares[key][tax.code] -= tax.amount
    return {key: Given(quantity[key], payable[key], dict(shares[key])) for key in quantity}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a till looks for among its store's receipts; what is empty narrows nothing. `before` is the last receipt of the page above."""

    label: tuple[str, int] | None = None
    number: int | None = None
    customer: str = ""
    start: date | None = None
    end: date | None = None
    before: UUID | None = None


def search_receipts(store: Store, search: Search, *, limit: int) -> list[Receipt]:
    """The store's receipts, newest first, with all that a till shows of them; seven queries whatever their number."""
    rows = Receipt.objects.filter(business=store.business_id, store=store)
    if search.label is not None:
        rows = rows.filter(series=search.label[0], number=search.label[1])
    if search.number is not None:
        rows = rows.filter(number=search.number)
    for word in search_words(search.customer):
        rows = rows.filter(Q(customer__folded__contains=word) | Q(customer__merged_into__folded__contains=word))
    if search.start:
        rows = rows.filter(business_date__gte=search.start)
    if search.end:
        rows = rows.filter(business_date__lte=search.end)
    if search.before:
        rows = _below(rows, store, search.before)
    related = rows.select_related("employee", "original", "shift", "customer__merged_into").prefetch_related(
        "lines__variant", "payments", Prefetch("reversals", Receipt.objects.prefetch_related("payments").order_by("pk"))
    )
    return list(related.order_by("-occurred_at", "-pk")[:limit])


def _below(rows: "QuerySet[Any]", store: Store, uuid: UUID) -> "QuerySet[Any]":
    """What comes after that receipt in the list. An id that is nobody's here has nothing after it."""
    last = Receipt.objects.filter(store=store, uuid=uuid).values_list("occurred_at", "pk").first()
    if last is None:
        return rows.none()
    return rows.filter(Q(occurred_at__lt=last[0]) | Q(occurred_at=last[0], pk__lt=last[1]))


def with_voids(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Each receipt with `voided`: whether another took it back."""
    found: QuerySet[Any] = rows.annotate(voided=Exists(Receipt.objects.filter(original=OuterRef("pk"), kind=ReceiptKind.VOID)))
    return found
