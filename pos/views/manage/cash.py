"""Cash tracking: a store's day with its drawers and what must agree; the log of cash; Z reports."""

import json
from datetime import date
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pos.forms.shift import ZForm
from pos.models import CashMovement
from pos.selectors import day_reports, shift_report
from pos.selectors.reconciliation import reconcile
from pos.selectors.shift_words import figures_of
from pos.services.day_reports import MAKE, make_z
from pos.views.manage.shift_lists import CASH, Z_REPORTS
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import business_day, now
from smartpos.ids import uuid7
from smartpos.people.models import Store
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say


@require_GET
@office("shifts.view")
def cash_tracking(request: OfficeRequest) -> HttpResponse:
    """A store and a business day: its drawers, what moved, and whether sales, payments, drawers and reports agree."""
    return _day(request, _chosen(request))


def _chosen(request: OfficeRequest) -> Store | None:
    wanted = request.GET.get("store", "")
    return next((store for store in request.stores if str(store.uuid) == wanted), next(iter(request.stores), None))


def _day(request: OfficeRequest, store: Store | None, form: ZForm | None = None) -> HttpResponse:
    context: dict[str, object] = {"store": store, "stores": request.stores}
    if store is not None:
        today = business_day(now(), store.zone, store.cutoff_minutes)
        day = _date(request.GET.get("day", "")) or today
        found = day_reports.period(store, today=today)
        moved = CashMovement.objects.filter(store=store, business_date=day).select_related("employee", "receiver", "shift")
        context |= {
            "day": day, "today": today, "checks": reconcile(store, day), "since": day_reports.last_z(store), "next": found,
            "shifts": list(shift_report.shifts().filter(store=store, business_date=day).order_by("opened_at", "pk")),
            "movements": list(moved.order_by("occurred_at", "pk")),
            "form": (form or ZForm(initial={"uuid": uuid7()})) if allowed(request.employee, MAKE, store.pk) else None,
        }  # fmt: skip
    return render(request, "pos/manage/cash.html", context, status=form.status if form else 200)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_GET
@office("shifts.view")
def cash_log(request: OfficeRequest) -> HttpResponseBase:
    """Everything that moved without a sale."""
    return show(request, CASH, CashMovement.objects.select_related("store", "terminal", "shift", "employee", "receiver"))


@require_GET
@office("shifts.view")
def z_list(request: OfficeRequest) -> HttpResponseBase:
    """Every Z."""
    return show(request, Z_REPORTS, day_reports.z_reports())


@require_GET
@office("shifts.view")
def z_detail(request: OfficeRequest, report: UUID) -> HttpResponse:
    """One Z as it was frozen; printing it again changes nothing."""
    found = get_object_or_404(day_reports.z_reports().filter(store__in=request.stores), uuid=report)
    figures = json.loads(found.figures)
    days = [(date.fromisoformat(day["date"]), day["receipts"], day["total"]) for day in figures["days"]]
    context = {"report": found, "sections": figures_of(figures), "days": days, "currency": figures["currency"]}
    return render(request, "pos/manage/z_report.html", context)


@require_POST
@office("report.z")
def z_make(request: OfficeRequest, store: UUID) -> HttpResponse:
    """Close a store's day."""
    found = get_object_or_404(Store.objects.filter(pk__in=[one.pk for one in request.stores]), uuid=store)
    form = ZForm(request.POST)
    made = form.attempt(
        lambda: make_z(found, uuid=form.cleaned_data["uuid"], by=request.employee, empty=form.cleaned_data["empty"], at=now())
    )
    if made is None:
        return _day(request, found, form)
    say(request, _("Z report %(number)s is made.") % {"number": made.number})
    return redirect("office-z-report", made.uuid)
