"""The bell's panel, and the list of everything that was told."""

from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Value
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from smartpos.access.guards import office
from smartpos.notifications.lists import NOTIFICATIONS
from smartpos.notifications.selectors import at_store, newest, unread, unread_count, visible
from smartpos.notifications.services.telling import read_all, read_one
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say, wants_fragment
from smartpos.web.stores import clock_of, shown_store

COUNT, PANEL = "notifications/_count.html", "notifications/_panel.html"


@require_http_methods(["GET", "POST"])
@office("office.enter")
def notification_list(request: OfficeRequest) -> HttpResponseBase:
    """Everything that this person may see, the newest first."""
    rows, store = visible(request.employee), shown_store(request)
    if store is not None:
        rows = at_store(rows, store)
    rows = rows.select_related("store").annotate(zone=Value(clock_of(request)))
    return show(request, NOTIFICATIONS, _readable(rows, request))


def _readable(rows: "QuerySet[Any]", request: OfficeRequest) -> "QuerySet[Any]":
    """Each row says whether it is new to this person."""
    fresh = unread(visible(request.employee), request.employee).values("pk")
    readable: QuerySet[Any] = rows.annotate(fresh=Q(pk__in=fresh))
    return readable


@require_GET
@office("office.enter")
def bell_count(request: OfficeRequest) -> HttpResponse:
    """How many are new: asked when something was told."""
    return render(request, COUNT, {"count": unread_count(request.employee)})


@require_GET
@office("office.enter")
def bell_panel(request: OfficeRequest) -> HttpResponse:
    """The newest, as the bell opens."""
    return _panel(request)


def _panel(request: OfficeRequest, *, after: bool = False) -> HttpResponse:
    found = newest(request.employee)
    context = {
        "found": found, "up_to": found[0].seq if found else 0, "zone": clock_of(request),
        "count": unread_count(request.employee), "after": after,
    }  # fmt: skip
    return render(request, PANEL, context)


@require_GET
@office("office.enter")
def notification_open(request: OfficeRequest, notification: UUID) -> HttpResponse:
    """Read it, and go where it leads. Opening it again changes nothing."""
    row = get_object_or_404(visible(request.employee), uuid=notification)
    read_one(row, by=request.employee)
    return redirect(row.link or reverse("office-notifications"))


@require_POST
@office("office.enter")
def notification_read_all(request: OfficeRequest) -> HttpResponse:
    """Everything up to what the person has seen; without a place, everything."""
    given = request.POST.get("up_to", "")
    newest_place = visible(request.employee).aggregate(last=Max("seq"))["last"] or 0
    up_to = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else newest_place
    read_all(by=request.employee, up_to=min(up_to, newest_place))
    if wants_fragment(request):
        return _panel(request, after=True)
    say(request, _("Everything is read."))
    return redirect("office-notifications")
