"""The bodies of operations about invoices and mailed receipts (docs/terminal-protocol.md, 5.8 and 5.9)."""

from typing import Annotated
from uuid import UUID

import msgspec

from pos.offline.bodies import Number, Series

Required = Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
TaxNumber = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]
Address = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]
Year = Annotated[int, msgspec.Meta(ge=2000, le=9999)]


class Buyer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom an invoice is made out to."""

    company: Required
    tax_number: TaxNumber
    address: Address = ""


class InvoiceIssue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`invoice.issue`: of a sale to `buyer`; of a refund or void, whose credit note is made out to the invoice's own buyer."""

    receipt: UUID
    series: Series
    year: Year
    number: Number
    buyer: Buyer | None = None


class ReceiptMail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`receipt.mail`: the receipt, and its invoice, go to this address."""

    receipt: UUID
    to: Annotated[str, msgspec.Meta(min_length=3, max_length=254, pattern=r"^[^\x00]*$")]
