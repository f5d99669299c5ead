"""A receipt as a page and as a PDF: the same template, the same figures. Invoices are beside it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pos.documents.pdf import own_file, pdf_of
from pos.models import Receipt
from pos.models.loyalty import moved_of
from pos.models.payment import PaymentMethod
from pos.models.receipt import ReceiptKind
from printing import code128
from smartpos.access.services.files import data_of
from smartpos.access.settings import value
from smartpos.context import acting
from smartpos.people.models import Business, Store

__all__ = ["Look", "look_of", "own_file", "receipt_context", "receipt_html", "receipt_pdf", "sample_context"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a shop puts on its paper besides the sale."""

    header: str = ""
    footer: str = ""
    watermark: str = ""
    stamp: str = ""


def look_of(store: Store, *, pdf: bool) -> Look:
    """As it is set; watermark and stamp are for the PDF."""
    mark = value("receipt.watermark_text") if pdf and value("receipt.watermark") else ""
    stamp = data_of(value("receipt.stamp_image")) if pdf and value("receipt.stamp") else ""
    return Look(value("receipt.header", store=store), store.receipt_footer or value("receipt.footer"), mark, stamp)


def receipt_context(receipt: Receipt) -> dict[str, Any]:
    """Everything that stands on a receipt."""
    lines = list(receipt.lines.select_related("promotion").order_by("position"))
    taxes: dict[tuple[str, Any], Any] = {}
    for share in receipt.taxes.order_by("pk"):
        key = (share.code, share.rate)
        taxes[key] = taxes.get(key, 0) + share.amount
    summary = [{"code": code, "rate": rate, "amount": amount} for (code, rate), amount in taxes.items()]
    return {
        "receipt": receipt, "business": receipt.business, "store": receipt.store, "lines": lines,
        "taken": -receipt.discount, "taxes": summary, "payments": list(receipt.payments.all()),
        "worth": -receipt.points, "points": moved_of(receipt.points_entries.all()) if receipt.customer_id else None,
        "voided": receipt.voided_by, "code": bars_of(receipt.label),
    }  # fmt: skip


def bars_of(label: str) -> dict[str, Any]:
    """The number as bars, to be drawn: whoever brings the receipt back is found by one scan (POS-42)."""
    return {"width": code128.width(label), "bars": list(code128.bars(label))}


def receipt_html(receipt: Receipt, *, pdf: bool = False, copy: bool = False) -> str:
    """The receipt by itself, ready to print; amounts as its store writes them."""
    with acting(store_id=receipt.store_id):
        return render_to_string(
            "pos/receipt.html", {**receipt_context(receipt), "look": look_of(receipt.store, pdf=pdf), "copy": copy}
        )


def sample_context(business: Business, store: Store, look: Look, *, at: datetime) -> dict[str, Any]:
    """A receipt that nobody made, to see what a setting does."""
    lines = [
        {"quantity": Decimal(2), "unit": "piece", "name": _("Coffee"), "payable": Decimal("5.00")},
        {"quantity": Decimal(1), "unit": "piece", "name": _("Cake"), "payable": Decimal("4.50")},
    ]
    receipt = {
        "label": "A1-1", "get_kind_display": ReceiptKind.SALE.label, "occurred_at": at, "currency": store.currency,
        "total": Decimal("9.50"),
    }  # fmt: skip
    payment = {"get_method_display": PaymentMethod.CASH.label, "tendered": Decimal(10), "change": Decimal("0.50")}
    tax = {"code": "", "rate": Decimal(17), "amount": Decimal("1.38")}
    return {
        "receipt": receipt, "business": business, "store": store, "lines": lines, "taxes": [tax], "payments": [payment],
        "look": look, "code": bars_of("A1-1"),
    }  # fmt: skip


def receipt_pdf(receipt: Receipt, *, copy: bool = False) -> bytes:
    """The same on paper of 80 mm."""
    return pdf_of(receipt_html(receipt, pdf=True, copy=copy))
