"""The list of sales, one sale, its receipt."""

import json
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pos.documents import receipt_context, receipt_html, receipt_pdf
from pos.models import Receipt, ReceiptKind
from pos.selectors import sales
from pos.views.receipts import LABEL
from smartpos.access.guards import office

PAGE = 50


def wanted_of(request: HttpRequest) -> sales.Filter:
    """The filter in the address; what cannot be read is left out."""
    stores = tuple(request.stores)  # type: ignore[attr-defined]
    chosen = tuple(store for store in stores if str(store.uuid) == request.GET.get("store")) or stores
    kind = request.GET.get("kind", "")
    match = LABEL.fullmatch(request.GET.get("number", "").strip().upper())
    return sales.Filter(
        stores=chosen, first=_day(request.GET.get("first")), last=_day(request.GET.get("last")),
        kind=kind if kind in ReceiptKind.values else "", series=match[1] if match else "",
        number=int(match[2]) if match else None,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@require_GET
@office("sales.view")
def sales_list(request: HttpRequest) -> HttpResponse:
    """Receipts, newest first, and what they come to."""
    wanted = wanted_of(request)
    before = request.GET.get("before", "")
    rows = sales.page(
        wanted, before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None, size=PAGE
    )
    query = request.GET.copy()
    if len(rows) > PAGE:
        query["before"] = str(rows[PAGE - 1].pk)
    context = {
        "rows": rows[:PAGE], "more": query.urlencode() if len(rows) > PAGE else "", "totals": sales.totals(wanted),
        "stores": request.stores, "kinds": ReceiptKind.choices, "chosen": request.GET,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "pos/manage/sales.html", context)


def _receipt(request: HttpRequest, uuid: UUID) -> Receipt:
    stores = request.stores  # type: ignore[attr-defined]
    found = Receipt.objects.select_related("store", "business", "employee", "terminal", "original", "shift")
    return get_object_or_404(found.filter(store__in=stores), uuid=uuid)  # type: ignore[no-any-return]


@require_GET
@office("sales.view")
def sale_detail(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """One document with its lines, taxes, tenders and marks."""
    found = _receipt(request, receipt)
    context = {**receipt_context(found), "marks": json.loads(found.marks), "reversals": list(found.reversals.all())}
    return render(request, "pos/manage/sale.html", context)


@require_GET
@office("sales.view")
def receipt_page(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The receipt as the customer has it."""
    return HttpResponse(receipt_html(_receipt(request, receipt)))


@require_GET
@office("sales.view")
def receipt_file(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The receipt as a PDF."""
    found = _receipt(request, receipt)
    response = HttpResponse(receipt_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.label}.pdf"'
    return response
