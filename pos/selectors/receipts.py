"""Reading documents with everything that a refund or a reprint needs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pos.models import Receipt, ReceiptKind, ReceiptLine, ReceiptTax


@dataclass(frozen=True, slots=True)
class Given:
    """What was given back of a sold line so far (all positive)."""

    quantity: Decimal
    payable: Decimal
    taxes: dict[str, Decimal]


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


def recent(store_id: int, *, series: str = "", number: int | None = None, limit: int = 20) -> list[Receipt]:
    """The store's last receipts, newest first, or those with a number."""
    receipts = Receipt.objects.filter(store_id=store_id)
    if number is not None:
        receipts = receipts.filter(series=series, number=number)
    related = receipts.select_related("employee", "original").prefetch_related("lines__variant", "payments")
    return list(related.order_by("-occurred_at", "-pk")[:limit])


def is_sale(receipt: Receipt) -> bool:
    """Only a sale can be refunded."""
    return receipt.kind == ReceiptKind.SALE
