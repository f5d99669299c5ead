"""Points in the Backoffice: the log, one customer's entries, giving and taking by hand."""

from functools import partial
from uuid import UUID

from django.db.models import Value
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pos.forms.points import PointsForm
from pos.models import Customer
from pos.programme import programme
from pos.selectors import loyalty as selector
from pos.selectors.customers import customer_of
from pos.services.loyalty import adjust_points
from pos.views.manage.loyalty_lists import LOYALTY_LOG, POINTS
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.access.settings import value
from smartpos.clock import now
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import clock_of, shown_store, shown_stores


@require_GET
@office("loyalty.view")
def loyalty_log(request: OfficeRequest) -> HttpResponseBase:
    """Every point that moved, and what the programme is."""
    rows = selector.log(shown_stores(request)).annotate(zone=Value(clock_of(request)))
    store = shown_store(request)
    return show(
        request, LOYALTY_LOG, rows,
        extra=lambda _found: {
            "rules": programme(partial(value, store=store)), "per_unit": value("loyalty.points_per_unit", store=store),
            "worth": value("loyalty.value_of_100", store=store),
        },
    )  # fmt: skip


def _found(uuid: UUID) -> Customer:
    found = customer_of(uuid)
    if found is None:
        raise Http404
    return found


@require_GET
@office("loyalty.view")
def customer_points(request: OfficeRequest, customer: UUID) -> HttpResponseBase:
    """One customer's points."""
    found = _found(customer)
    rows = selector.points_of(found, request.stores).annotate(zone=Value(clock_of(request)))
    may = allowed(request.employee, "loyalty.adjust")
    return show(
        request, POINTS, rows, page="pos/manage/points.html",
        extra=lambda _rows: {"customer": found, "points_account": selector.account_of(found), "may_adjust": may},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@office("loyalty.adjust")
def customer_adjust(request: OfficeRequest, customer: UUID) -> HttpResponse:
    """Give or take points, with a reason."""
    found = _found(customer)
    form = PointsForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        saved = form.attempt(lambda: adjust_points(found, **form.cleaned_data, by=request.employee, at=now()))
        if saved is not None:
            say(request, _("%(name)s has %(count)s points now.") % {"name": found.name, "count": saved.balance})
            return redirect("office-customer-points", found.uuid)
    context = {"form": form, "customer": found, "points_account": selector.account_of(found)}
    return render(request, "pos/manage/points_form.html", context, status=form.status)
