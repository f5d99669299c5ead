"""`invoice.issue`: a receipt becomes an invoice, or a refund of an invoiced sale a credit note (docs/payments.md).

It is an operation of its own: a sale costs no statement more, it can still be invoiced next week, and what it says of the
buyer stays out of the journal, which cannot forget.
"""

from dataclasses import replace
from functools import partial

from pos.events import InvoiceIssued
from pos.models import Invoice, InvoiceKind, Receipt
from pos.models.invoice import invoice_label
from pos.offline.invoice_bodies import InvoiceIssue
from pos.services.invoices import InvoiceDraft, issue, kind_for
from smartpos.operations.envelope import Mark, encode
from smartpos.operations.kinds import Case, Verdict

INVOICE = "sale.invoice"


def judge_issue(case: Case, body: InvoiceIssue) -> Verdict:
    """Issue it. The number stands on paper already, so what is wrong with it or with the right to it is a mark."""
    receipt = _receipt(case, body)
    if receipt is None:
        return Verdict.review("receipt_unknown")
    known = Invoice.objects.filter(receipt=receipt).first()
    if known is not None:
        return Verdict.review("invoiced_already", detail=known.label)
    if body.series != case.device.series:
        return Verdict.review("unreadable", detail="series")
    if receipt.kind == "sale":
        return _invoice(case, body, receipt)
    return _credit(case, body, receipt)


def _receipt(case: Case, body: InvoiceIssue) -> Receipt | None:
    """A receipt of the device's store, held so that two tills cannot invoice it at once."""
    found = Receipt.objects.select_for_update(of=("self",)).select_related("store", "business")
    receipt: Receipt | None = found.filter(uuid=body.receipt, store_id=case.device.store_id).first()
    return receipt


def _invoice(case: Case, body: InvoiceIssue, receipt: Receipt) -> Verdict:
    if body.buyer is None:
        return Verdict.review("unreadable", detail="buyer")
    buyer = body.buyer
    return _verdict(case, body, receipt, None, (buyer.company, buyer.tax_number, buyer.address))


def _credit(case: Case, body: InvoiceIssue, receipt: Receipt) -> Verdict:
    """Made out to whom the invoice was made out to."""
    original = Invoice.objects.filter(receipt=receipt.original_id).select_related("buyer").first()
    if original is None:
        return Verdict.review("original_not_invoiced")
    buyer = original.buyer
    return _verdict(case, body, receipt, original, (buyer.company, buyer.tax_number, buyer.address))


def _verdict(
    case: Case, body: InvoiceIssue, receipt: Receipt, original: Invoice | None, buyer: tuple[str, str, str]
) -> Verdict:
    kind = kind_for(receipt)
    company, tax_number, address = (" ".join(text.split()) for text in buyer)
    draft = InvoiceDraft(
        uuid=case.operation.id, kind=kind, series=body.series, year=body.year, number=body.number, device_id=case.device.pk,
        issued_on=case.business_date, issued_at=case.occurred_at, company=company, tax_number=tax_number, address=address,
        original=original,
    )  # fmt: skip
    label = invoice_label(kind, body.series, body.year, body.number)
    marks = _number_marks(case, body, kind)
    if not case.may(INVOICE):
        marks.append(Mark(code="permission_missing", permission=INVOICE))
    device = case.device
    event = InvoiceIssued(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:receipt:{receipt.uuid}",
        invoice=str(draft.uuid), receipt=str(receipt.uuid), kind=kind,
    )  # fmt: skip
    action = "invoice.credited" if kind == InvoiceKind.CREDIT else "invoice.issued"
    return Verdict(
        result={"invoice": str(draft.uuid), "label": label}, marks=marks, action=action, subject=f"receipt:{receipt.uuid}",
        data={"label": label, "receipt": receipt.label}, event=event, write=partial(_write, receipt, draft, marks),
    )  # fmt: skip


def _write(receipt: Receipt, draft: InvoiceDraft, marks: list[Mark]) -> None:
    # Now, and not when the draft was made: what is wrong with clock, day and actor is marked after the judge.
    issue(receipt, replace(draft, marks=encode(marks).decode()))


def _number_marks(case: Case, body: InvoiceIssue, kind: str) -> list[Mark]:
    """Hold a number against the device's own of that kind and year, like a receipt's: both documents stay, the later is marked."""
    if body.year != case.business_date.year:
        return [Mark(code="invoice_year", detail=str(body.year))]
    numbers = Invoice.objects.filter(device_id=case.device.pk, kind=kind, year=body.year).order_by("-number")
    last = numbers.values_list("number", flat=True).first() or 0
    if body.number <= last:
        seen = numbers.filter(number=body.number).exists()
        return [Mark(code="number_repeated", number=body.number)] if seen else []
    return [Mark(code="number_skipped", number=body.number)] if body.number > last + 1 else []
