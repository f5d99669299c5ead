"""Formal documents about receipts: invoices to companies, and the credit notes that take them back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.people.scope import Tenant

PREFIXES = {"invoice": "INV", "credit": "CN"}


class InvoiceKind(models.TextChoices):
    """What the document is."""

    INVOICE = "invoice", _("Invoice")
    CREDIT = "credit", _("Credit note")


class Invoice(Tenant, AppendOnlyModel):
    """One document about one receipt. Amounts, lines and taxes are the receipt's; here stand the number, the day and the seller
    as they were when it was issued, so that it reads the same for ever. `uuid` is the id of the operation that issued it.

    `series`, `year` and `number` are the device's own and final: every kind counts from 1 in every year (POS-37). A credit note
    names the invoice that it takes back (`original`).
    """

    uuid = models.UUIDField(unique=True)
    receipt = models.OneToOneField("pos.Receipt", on_delete=models.PROTECT, related_name="invoice")
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    device = models.ForeignKey("people.Device", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=8, choices=InvoiceKind.choices)
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="credits")
    series = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    seller_name = models.CharField(max_length=160)
    seller_address = models.CharField(max_length=300)
    seller_tax_number = models.CharField(max_length=40)
    seller_vat_number = models.CharField(max_length=40)
    marks = models.TextField(default="[]")

    class Meta(Tenant.Meta):
        indexes = [
            models.Index(fields=["business", "-issued_at", "-id"], name="invoice_list"),
            models.Index(fields=["device", "kind", "year", "-number"], name="invoice_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="invoice", original__isnull=True) | models.Q(kind="credit", original__isnull=False),
                name="credit_note_names_its_invoice",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as printed."""
        return invoice_label(self.kind, self.series, self.year, self.number)


def invoice_label(kind: str, series: str, year: int, number: int) -> str:
    """«INV-A1-2026-12»: kind, series of the device, year, number."""
    return f"{PREFIXES[kind]}-{series}-{year}-{number}"


class InvoiceBuyer(Tenant):
    """Whom an invoice is made out to: a row of its own, because a book that cannot forget must name nobody. The law keeps a
    company's invoice, so nothing empties the row while the document has to be kept.
    """

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="buyer")
    company = models.CharField(max_length=120)
    tax_number = models.CharField(max_length=40)
    address = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.company
