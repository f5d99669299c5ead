"""Invoices and credit notes, as lists and tills ask for them."""

from typing import Any

from django.db.models import Max, QuerySet

from pos.models import Invoice, Receipt


def invoices() -> QuerySet[Invoice]:
    """Every document, with what a row of a list shows."""
    found: QuerySet[Invoice] = Invoice.objects.select_related("store", "receipt", "buyer", "original")
    return found


def invoice_of(receipt: Receipt) -> Invoice | None:
    """The document about a receipt, with everything that stands on it."""
    related = invoices().select_related("receipt__store", "receipt__business", "receipt__employee")
    found: Invoice | None = related.filter(receipt=receipt).first()
    return found


def last_numbers(device_id: int) -> dict[str, int]:
    """The highest number of each kind and year that a device has issued, as the till counts them: «invoice-2026»."""
    rows = Invoice.objects.filter(device_id=device_id).order_by().values_list("kind", "year")
    return {f"{kind}-{year}": last for kind, year, last in rows.annotate(last=Max("number"))}


def labels_by_receipt(receipts: list[Receipt]) -> dict[int, dict[str, Any]]:
    """What tills show of the documents of these receipts; one query."""
    found = Invoice.objects.filter(receipt__in=[receipt.pk for receipt in receipts]).select_related("buyer")
    return {
        invoice.receipt_id: {
            "label": invoice.label, "kind": invoice.kind, "company": invoice.buyer.company,
            "tax_number": invoice.buyer.tax_number, "address": invoice.buyer.address,
        }
        for invoice in found
    }  # fmt: skip
