"""The list of receipts, one receipt, its paper."""

import json
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pos.documents import receipt_context, receipt_html, receipt_pdf
from pos.explained import sentence
from pos.models import Receipt
from pos.selectors import sales
from pos.selectors.customers import buyer
from pos.selectors.invoices import invoice_of
from pos.selectors.links import ways_back
from pos.selectors.receipts import with_voids
from pos.views.manage.lists import RECEIPTS
from smartpos.access.guards import office
from smartpos.access.modules import module_on
from smartpos.access.permissions import allowed
from smartpos.mail.selectors import mails_about
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest


@require_GET
@office("sales.view")
def sales_list(request: OfficeRequest) -> HttpResponseBase:
    """Receipts, and what they come to."""
    return show(request, RECEIPTS, with_voids(sales.receipts()), extra=lambda found: {"totals": sales.totals(found)})


def _receipt(request: OfficeRequest, uuid: UUID) -> Receipt:
    found = Receipt.objects.select_related(
        "store", "business", "employee", "terminal", "original", "shift", "customer__merged_into"
    )
    return get_object_or_404(found.filter(store__in=request.stores), uuid=uuid)  # type: ignore[no-any-return]


@require_GET
@office("sales.view")
def sale_detail(request: OfficeRequest, receipt: UUID) -> HttpResponse:
    """One document with its lines, taxes, tenders and marks."""
    found = _receipt(request, receipt)
    context = {
        **receipt_context(found),
        "marks": list(dict.fromkeys(map(sentence, json.loads(found.marks)))),
        "reversals": list(found.reversals.all()),
        "customer": buyer(found),
        "back": ways_back([found.pk]).get(found.pk),
        "invoice": invoice_of(found),
        "opens_promotion": allowed(request.employee, "promotion.view") and module_on("promotions"),
        "mails": list(mails_about(f"receipt:{found.uuid}")),
        "opens_customer": allowed(request.employee, "customer.view") and module_on("customers"),
    }
    return render(request, "pos/manage/sale.html", context)


@require_GET
@office("sales.view")
def receipt_page(request: OfficeRequest, receipt: UUID) -> HttpResponse:
    """The receipt as the customer has it."""
    return HttpResponse(receipt_html(_receipt(request, receipt)))


@require_GET
@office("sales.view")
def receipt_file(request: OfficeRequest, receipt: UUID) -> HttpResponse:
    """The receipt as a PDF."""
    found = _receipt(request, receipt)
    response = HttpResponse(receipt_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.label}.pdf"'
    return response
