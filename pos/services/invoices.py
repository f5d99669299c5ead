"""Issuing invoices and credit notes. Inside the transaction of the act that does it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pos.models import Invoice, InvoiceBuyer, Receipt
from pos.models.invoice import InvoiceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDraft:
    """A document to be issued; `company`, `tax_number` and `address` are the buyer's."""

    uuid: UUID
    kind: str
    series: str
    year: int
    number: int
    device_id: int | None
    issued_on: date
    issued_at: datetime
    company: str
    tax_number: str
    address: str
    marks: str = "[]"
    original: Invoice | None = None


def issue(receipt: Receipt, draft: InvoiceDraft) -> Invoice:
    """Write the document and whom it is made out to. The database refuses a second one of the same receipt."""
    business, store = receipt.business, receipt.store
    place = ", ".join(filter(None, (store.address, store.city)))
    invoice: Invoice = Invoice.objects.create(
        business_id=receipt.business_id, uuid=draft.uuid, receipt=receipt, store_id=receipt.store_id, device_id=draft.device_id,
        kind=draft.kind, original=draft.original, series=draft.series, year=draft.year, number=draft.number,
        issued_on=draft.issued_on, issued_at=draft.issued_at, seller_name=business.legal_name or business.name,
        seller_address=business.address or place, seller_tax_number=business.tax_number,
        seller_vat_number=business.vat_number, marks=draft.marks,
    )  # fmt: skip
    InvoiceBuyer.objects.create(
        business_id=receipt.business_id, invoice=invoice, company=draft.company, tax_number=draft.tax_number,
        address=draft.address,
    )  # fmt: skip
    return invoice


def kind_for(receipt: Receipt) -> str:
    """A sale is invoiced; whatever takes one back is credited."""
    return InvoiceKind.INVOICE if receipt.kind == "sale" else InvoiceKind.CREDIT
