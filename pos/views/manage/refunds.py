"""Refunds in the Backoffice: what was given back, and requests that wait for a yes or a no (POS-47)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pos.forms.refund import DecisionForm
from pos.models import RefundRequest
from pos.selectors import refunds as selector
from pos.selectors.sales import totals
from pos.services import refunds as service
from pos.views.manage.refund_lists import REFUNDS, REQUESTS
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import now
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say


@require_GET
@office("refunds.view")
def refund_list(request: OfficeRequest) -> HttpResponseBase:
    """Everything that was given back or voided."""
    return show(
        request, REFUNDS, selector.given(),
        extra=lambda rows: {"totals": totals(rows), "waiting": selector.waiting(request.stores)},
    )  # fmt: skip


@require_GET
@office("refunds.view")
def request_list(request: OfficeRequest) -> HttpResponseBase:
    """What waits, and what was decided."""
    return show(request, REQUESTS, selector.requests())


def _request(request: OfficeRequest, uuid: UUID) -> RefundRequest:
    return get_object_or_404(selector.requests().filter(store__in=request.stores), uuid=uuid)  # type: ignore[no-any-return]


@require_GET
@office("refunds.view")
def request_detail(request: OfficeRequest, refund: UUID) -> HttpResponse:
    """One request: what, why, who, and the two buttons."""
    return _page(request, _request(request, refund), DecisionForm())


@require_POST
@office("refunds.decide")
def request_decide(request: OfficeRequest, refund: UUID) -> HttpResponse:
    """Yes or no."""
    found, form = _request(request, refund), DecisionForm(request.POST)
    decided = form.attempt(lambda: _decide(request, found, form.cleaned_data))
    if decided is None:
        return _page(request, found, form)
    if decided.state == "approved":
        say(request, _("Approved. The till may pay it out now."))
    else:
        say(request, _("Rejected. The till says why."))
    return redirect("office-refund-requests")


def _decide(request: OfficeRequest, found: RefundRequest, given: dict[str, Any]) -> RefundRequest:
    act = service.approve_request if given["decision"] == "approve" else service.reject_request
    return act(found.uuid, by=request.employee, note=given["note"], at=now())


def _page(request: OfficeRequest, found: RefundRequest, form: DecisionForm) -> HttpResponse:
    sold = {str(line.uuid): line for line in found.original.lines.all()}
    own = found.asked_by_id == request.employee.pk
    context = {
        "found": found, "form": form, "lines": [{"sold": sold[line["line"]], **line} for line in found.lines if line["line"] in sold],
        "own": own, "may_decide": not own and found.state == "pending" and allowed(request.employee, "refunds.decide", found.store_id),
    }  # fmt: skip
    return render(request, "pos/manage/refund_request.html", context, status=form.status)
