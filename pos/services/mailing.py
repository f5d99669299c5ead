"""Receipts by mail: written inside the act that asks for it, made into files when the mail leaves (POS-39, POS-40)."""

from uuid import UUID

from django.utils.translation import override

from pos.documents import receipt_pdf
from pos.documents.invoices import invoice_pdf
from pos.models import Receipt
from pos.selectors.customers import buyer
from pos.selectors.invoices import invoice_of
from smartpos.mail.models import Mail
from smartpos.mail.services import send_mail
from smartpos.mail.types import Attachment
from smartpos.web.templatetags.smartpos import amount, moment

MAIL = "receipt"


def about(receipt: Receipt) -> str:
    """How a mail names its receipt."""
    return f"receipt:{receipt.uuid}"


def mail_receipt(receipt: Receipt, *, to: str, key: str) -> Mail:
    """Send a receipt with its papers; the same `key` is the same mail. DomainError where it is no address.

    The language is the customer's where the address is theirs, else the business's.
    """
    customer = buyer(receipt)
    own = customer.language if customer is not None and customer.email == to.strip().lower() else ""
    language = own or receipt.business.language
    with override(language):
        context = {
            "number": receipt.label, "total": amount(receipt.total, receipt.currency), "store_name": receipt.store.name,
            "time": moment(receipt.occurred_at, receipt.store.time_zone),
        }  # fmt: skip
    return send_mail(type=MAIL, to=to, context=context, language=language, key=key, about=about(receipt))


def papers(subject: str, language: str) -> list[Attachment]:
    """The files of a mailed receipt: its PDF, and that of its invoice or credit note. None where PDFs cannot be made here."""
    related = Receipt.objects.select_related("store", "business")
    receipt = related.filter(uuid=UUID(subject.removeprefix("receipt:"))).first()
    if receipt is None:
        return []
    invoice = invoice_of(receipt)
    try:
        with override(language):
            files = [Attachment(f"{receipt.label}.pdf", receipt_pdf(receipt))]
        return files + ([Attachment(f"{invoice.label}.pdf", invoice_pdf(invoice))] if invoice else [])
    except (ImportError, OSError):
        return []
