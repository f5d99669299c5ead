"""Invoices and credit notes in the Backoffice: their list, one of them, its PDF."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from pos.documents.invoices import invoice_html, invoice_pdf
from pos.models import Invoice, InvoiceKind, Receipt
from pos.selectors.invoices import invoice_of, invoices
from pos.views.manage import parts
from smartpos.access.guards import office
from smartpos.web.lists import Choice, Column, Dates, Empty, OfficeList, Search, own_page, show
from smartpos.web.pages import OfficeRequest
from smartpos.web.templatetags.smartpos import amount

PARTS = 4


def by_words(rows: QuerySet[Invoice], text: str) -> QuerySet[Invoice]:
    """Documents of that number, or made out to somebody of that name or tax number."""
    parts = text.upper().rsplit("-", 2)
    if len(parts) == PARTS - 1 and parts[1].isdigit() and parts[2].isdigit() and len(parts[2]) < 19:
        return rows.filter(series=parts[0].removeprefix("INV-").removeprefix("CN-"), year=int(parts[1]), number=int(parts[2]))
    return rows.filter(Q(buyer__company__icontains=text) | Q(buyer__tax_number__icontains=text))


INVOICES = OfficeList(
    code="pos.invoices",
    title=_("Invoices"),
    order="-date",
    store="store",
    address=own_page("office-sale", "receipt.uuid"),
    export="sales.export",
    columns=(
        parts.label("number", _("Number"), lambda invoice: invoice),
        Column(code="date", label=_("Date"), value=lambda i: i.issued_on, sort="issued_at"),
        Column(code="kind", label=_("Kind"), value=lambda i: i.get_kind_display(), sort="kind"),
        Column(code="company", label=_("Buyer"), value=lambda i: i.buyer.company, sort="buyer__company"),
        Column(code="tax_number", label=_("Tax number"), value=lambda i: i.buyer.tax_number),
        parts.label("receipt", _("Receipt"), lambda invoice: invoice.receipt),
        Column(code="store", label=_("Store"), value=lambda i: i.store.name, sort="store__name", shown=False),
        Column(
            code="net", label=_("Net"), value=lambda i: i.receipt.net, sort="receipt__net", number=True, shown=False,
            show=lambda i: amount(i.receipt.net, i.receipt.currency),
        ),
        Column(
            code="tax", label=_("Tax"), value=lambda i: i.receipt.tax, sort="receipt__tax", number=True, shown=False,
            show=lambda i: amount(i.receipt.tax, i.receipt.currency),
        ),
        Column(
            code="total", label=_("Total"), value=lambda i: i.receipt.total, sort="receipt__total", number=True,
            show=lambda i: amount(i.receipt.total, i.receipt.currency),
        ),
        Column(code="currency", label=_("Currency"), value=lambda i: i.receipt.currency, shown=False),
    ),
    filters=(
        Search(label=_("Number, buyer or tax number"), where=by_words),
        Dates(field="issued_on", label=_("Dates")),
        Choice(code="kind", label=_("Kind"), options=InvoiceKind.choices, where="kind"),
    ),
    empty=Empty(
        picture="file-text", title=_("No invoices yet"),
        sentence=_("Switch «B2B / invoice» on while paying at the till, or make an invoice of a receipt there later."),
    ),
)  # fmt: skip


@require_GET
@office("sales.view")
def invoice_list(request: OfficeRequest) -> HttpResponseBase:
    """Every invoice and credit note."""
    return show(request, INVOICES, invoices())


def _invoice(request: OfficeRequest, uuid: UUID) -> Invoice:
    receipt = Receipt.objects.filter(store__in=request.stores, uuid=uuid).first()
    found = invoice_of(receipt) if receipt is not None else None
    if found is None:
        raise Http404
    return found


@require_GET
@office("sales.view")
def invoice_page(request: OfficeRequest, receipt: UUID) -> HttpResponse:
    """The document of a receipt, as it is printed."""
    return HttpResponse(invoice_html(_invoice(request, receipt)))


@require_GET
@office("sales.view")
def invoice_file(request: OfficeRequest, receipt: UUID) -> HttpResponse:
    """The same as a PDF."""
    found = _invoice(request, receipt)
    response = HttpResponse(invoice_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.label}.pdf"'
    return response
