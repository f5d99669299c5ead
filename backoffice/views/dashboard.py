"""The first page: what the shop takes, now."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from backoffice.analytics.dashboard import board
from backoffice.analytics.spans import LABELS
from backoffice.selectors.first_steps import first_steps
from inventory.selectors.stock import running_low
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import now
from smartpos.web.navigation import entries_of
from smartpos.web.pages import OfficeRequest, render
from smartpos.web.stores import shown_stores

TRENDS = ("7", "30")
LOW = 8


@require_GET
@office("office.enter")
def dashboard(request: OfficeRequest) -> HttpResponse:
    """Key figures and charts; until the first sale, what to do first. Who may see none begins with the first page they may."""
    if not allowed(request.employee, "dashboard.view"):
        pages = entries_of(request.employee)
        return redirect(reverse(pages[0].url) if pages else "office-search")
    period = request.GET.get("period", "today")
    trend = request.GET.get("trend", "7")
    stores = shown_stores(request)
    context = board(stores, period if period in LABELS else "today", int(trend) if trend in TRENDS else 7, now())
    # Charts show that something was sold, and cost no question.
    if not context["blocks"] and allowed(request.employee, "business.set_up"):
        context["first_steps"] = first_steps()
    if allowed(request.employee, "product.view"):
        context["low"] = running_low(stores, most=LOW)
    return render(request, "backoffice/dashboard.html", context, fragment="backoffice/_dashboard.html")
