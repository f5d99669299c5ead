"""An invoice or credit note as a page and as a PDF on A4: in the language of the business, whoever looks at it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from pos.documents import look_of
from pos.documents.pdf import pdf_of
from pos.models import Invoice, Receipt, ReceiptLine, ReceiptTax
from smartpos.context import acting


@dataclass(slots=True)
class TaxRow:
    """What one rate comes to: the net amounts that carry it, and the tax on them."""

    code: str
    kind: str
    rate: Decimal
    base: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)

    @property
    def gross(self) -> Decimal:
        """Net and tax together."""
        return self.base + self.tax


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the rates that it carries."""

    line: ReceiptLine
    rates: tuple[Decimal, ...]

    @property
    def amount(self) -> Decimal:
        """Net and tax together."""
        amount: Decimal = self.line.net + self.line.tax
        return amount


def tax_rows(lines: list[ReceiptLine], shares: list[ReceiptTax]) -> list[TaxRow]:
    """The breakdown per rate, in the order in which rates appear; what carries no rate stands in a row of nought."""
    rows: dict[tuple[str, str, Decimal], TaxRow] = {}
    carried: dict[int, list[ReceiptTax]] = {}
    for share in shares:
        carried.setdefault(share.position, []).append(share)
    for line in lines:
        for share in carried.get(line.position, ()):
            row = rows.setdefault((share.code, share.kind, share.rate), TaxRow(share.code, share.kind, share.rate))
            row.base += line.net
            row.tax += share.amount
        if line.position not in carried:
            rows.setdefault(("", "exempt", Decimal(0)), TaxRow("", "exempt", Decimal(0))).base += line.net
    return list(rows.values())


def invoice_context(invoice: Invoice) -> dict[str, Any]:
    """Everything that stands on it. Amounts are the receipt's, signed as the ledger has them."""
    receipt: Receipt = invoice.receipt
    lines, shares = list(receipt.lines.order_by("position")), list(receipt.taxes.order_by("pk"))
    rates: dict[int, list[Decimal]] = {}
    for share in shares:
        rates.setdefault(share.position, []).append(share.rate)
    return {
        "invoice": invoice, "receipt": receipt, "store": receipt.store, "business": receipt.business, "buyer": invoice.buyer,
        "rows": [Row(line, tuple(rates.get(line.position, ()))) for line in lines], "taxes": tax_rows(lines, shares),
        "payments": list(receipt.payments.all()), "original": invoice.original, "taken": -receipt.discount,
    }  # fmt: skip


def invoice_html(invoice: Invoice, *, pdf: bool = False) -> str:
    """The document by itself, ready to print."""
    receipt = invoice.receipt
    with acting(store_id=receipt.store_id), override(receipt.business.language):
        context = {**invoice_context(invoice), "look": look_of(receipt.store, pdf=pdf), "language": receipt.business.language}
        return render_to_string("pos/invoice.html", context)


def invoice_pdf(invoice: Invoice) -> bytes:
    """The same on A4; the same document gives the same page for ever."""
    return pdf_of(invoice_html(invoice, pdf=True))
