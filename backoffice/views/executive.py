"""The owners' page: how each store does, and what it was meant to do."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backoffice.analytics import executive_board as boards
from backoffice.analytics.executive import report, revenue_by_month
from backoffice.analytics.months import Year, asked_month, choices, month_of, plus
from backoffice.analytics.spans import today_of
from backoffice.forms.targets import TargetsForm
from backoffice.selectors.critical import critical_stock
from backoffice.selectors.targets import targets_of
from backoffice.services.targets import set_targets
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import now
from smartpos.people.models import Store
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import shown_stores

MOST = 100
FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_GET
@office("executive.view")
def executive(request: OfficeRequest) -> HttpResponse:
    """A row for each store, the total, twelve months of each figure, who sold, and what to order (DSH-12)."""
    at, stores = now(), shown_stores(request)
    today = next(iter(today_of(stores, at)), at.date())
    month = asked_month(request.GET.get("month", ""), today)
    found, critical = report(stores, Year(month, today)), critical_stock(stores, at)
    rows, totals = boards.rows(found, critical)
    context = {
        "month": month, "months": choices(today, month), "this_month": month_of(today), "last_month": plus(month_of(today), -1),
        "rows": rows, "totals": totals, "critical": critical[:MOST], "critical_count": len(critical),
        "blocks": [(currency, boards.trends(found, currency), boards.sellers(found, currency)) for currency in found.currencies],
        "may_target": allowed(request.employee, "executive.target"), "may_people": allowed(request.employee, "employee.manage"),
        "may_products": allowed(request.employee, "product.view"),
    }  # fmt: skip
    return render(request, "backoffice/executive/executive.html", context)


@require_http_methods(["GET", "POST"])
@office("executive.target")
def targets(request: OfficeRequest, store: UUID) -> HttpResponse:
    """What a store means to take in each month of a year (DSH-13)."""
    mine = [one.pk for one in request.stores]
    found: Store = get_object_or_404(Store.objects.filter(pk__in=mine), uuid=store)
    this_year = next(iter(today_of([found], now()))).year
    year = asked_year(request.GET.get("year", ""), this_year)
    given = request.POST if request.method == "POST" else None
    form = TargetsForm(given, year=year, currency=found.currency, kept=targets_of(found, year))
    if request.method == "POST" and form.attempt(lambda: _set(request, found, form)) is not None:
        say(request, _("The targets of %(name)s are saved.") % {"name": found.name})
        return redirect(f"{reverse('office-targets', args=[found.uuid])}?year={year}")
    before = revenue_by_month(found, year - 1)
    context = {
        "store": found, "year": year, "form": form, "months": [(field, before.get(n)) for n, field in enumerate(form, 1)],
        "years": range(max(FIRST_YEAR, year - 1), min(LAST_YEAR, year + 1) + 1),
    }  # fmt: skip
    return render(request, "backoffice/executive/targets.html", context, status=form.status)


def asked_year(text: str, this_year: int) -> int:
    """The year of an address, within reason."""
    known = {str(year): year for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    return known.get(text, this_year)


def _set(request: OfficeRequest, store: Store, form: TargetsForm) -> list[object]:
    return list(set_targets(store, form.targets, by=request.employee, at=now()))
