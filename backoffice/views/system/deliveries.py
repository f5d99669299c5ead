"""What waits to leave the house, and what was given up."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django import forms
from django.db.models import QuerySet, Value
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.selectors import system
from backoffice.services.system import discard_delivery, retry_delivery
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.outbox.deliveries import UnknownKind, handler_of, handlers
from smartpos.outbox.models import OPEN, Delivery, DeliveryState
from smartpos.web.forms import OfficeForm
from smartpos.web.lists import Bulk, Choice, Column, Empty, OfficeList, own_page, show
from smartpos.web.pages import OfficeRequest, say
from smartpos.web.stores import clock_of, shown_store
from smartpos.web.templatetags.smartpos import moment


def about(row: Delivery) -> str:
    """What a delivery carries, in the words of its kind."""
    try:
        handler = handler_of(row.kind)
    except UnknownKind:
        return row.key
    return handler.describe(msgspec.json.decode(row.payload)) if handler.describe else str(handler.label)


def kind_of(row: Delivery) -> str:
    """The kind in words."""
    try:
        return str(handler_of(row.kind).label)
    except UnknownKind:
        return row.kind


def of_state(rows: QuerySet[Delivery], value: str) -> QuerySet[Delivery]:
    """All, those that have not left, open ones, or those of one state."""
    if value == "all":
        return rows
    if value == "left":
        return rows.filter(state__in=(*OPEN, DeliveryState.DEAD))
    return rows.filter(state__in=OPEN) if value == "open" else rows.filter(state=value)


def retry_all(request: OfficeRequest, rows: list[Any]) -> str:
    """Repeat the chosen ones."""
    for row in rows:
        retry_delivery(row, by=request.employee, at=now())
    return _("They are tried again now.")


# What went out is most of it, and nobody's worry.
STATES = (
    ("left", gettext_lazy("Still here")), ("all", gettext_lazy("All")),
    ("dead", DeliveryState.DEAD.label), ("open", gettext_lazy("Waiting")), ("done", DeliveryState.DONE.label),
    ("discarded", DeliveryState.DISCARDED.label),
)  # fmt: skip
DELIVERIES = OfficeList(
    code="system.deliveries",
    title=gettext_lazy("Outbox"),
    order="-created",
    address=own_page("office-delivery"),
    above="backoffice/system/_outbox.html",
    columns=(
        Column(code="what", label=gettext_lazy("What"), value=about),
        Column(code="kind", label=gettext_lazy("Kind"), value=kind_of, sort="kind"),
        Column(
            code="state", label=gettext_lazy("State"), value=lambda d: d.get_state_display(), sort="state",
            template="backoffice/system/_state.html",
        ),
        Column(code="error", label=gettext_lazy("Reason"), value=lambda d: d.note if d.state == DeliveryState.DISCARDED else d.last_error),
        Column(code="attempts", label=gettext_lazy("Tries"), value=lambda d: d.attempts, sort="attempts", number=True),
        Column(
            code="created", label=gettext_lazy("Asked for"), sort="created_at",
            value=lambda d: d.created_at.astimezone(ZoneInfo(d.zone)),
        ),
        Column(
            code="due", label=gettext_lazy("Next try"), sort="due_at", shown=False,
            value=lambda d: d.due_at.astimezone(ZoneInfo(d.zone)) if d.state in OPEN else None,
        ),
    ),
    filters=(
        Choice(code="state", label=gettext_lazy("State"), options=STATES, where=of_state, default="left"),
        Choice(
            code="kind", label=gettext_lazy("Kind"), where="kind",
            options=lambda _request: [(handler.kind, handler.label) for handler in handlers()],
        ),
    ),
    bulk=(
        Bulk(code="retry", label=gettext_lazy("Try again"), icon="rotate-ccw", permission="system.manage", act=retry_all),
    ),
    empty=Empty(
        picture="send", title=gettext_lazy("Everything has left"),
        sentence=gettext_lazy("Mail, jobs and whatever else leaves the house stands here from the moment it is asked for."),
    ),
)  # fmt: skip


def _rows(request: OfficeRequest, *, everywhere: bool = False) -> QuerySet[Delivery]:
    rows = system.deliveries(request.employee, own=request.stores, chosen=None if everywhere else shown_store(request))
    return rows.annotate(zone=Value(clock_of(request)))


@require_http_methods(["GET", "POST"])
@office("system.view")
def delivery_list(request: OfficeRequest) -> HttpResponseBase:
    """Deliveries, newest first."""
    rows = _rows(request)
    return show(
        request, DELIVERIES, rows, extra=lambda _found: {"counts": system.waiting(rows), "still": system.standing_still()}
    )


class DiscardForm(OfficeForm):
    """Why a delivery is let be."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


def _delivery(request: OfficeRequest, uuid: UUID) -> Delivery:
    return get_object_or_404(_rows(request, everywhere=True), uuid=uuid)


@require_GET
@office("system.view")
def delivery_detail(request: OfficeRequest, delivery: UUID) -> HttpResponse:
    """One delivery, how it stands, and what can be done."""
    return _detail(request, _delivery(request, delivery), DiscardForm())


def _detail(request: OfficeRequest, row: Delivery, form: DiscardForm) -> HttpResponse:
    zone = clock_of(request)
    times = [
        (_("Asked for"), moment(row.created_at, zone)), (_("Next try"), moment(row.due_at, zone) if row.state in OPEN else ""),
        (_("Finished"), moment(row.finished_at, zone) if row.finished_at else ""),
    ]  # fmt: skip
    context = {
        "row": row, "what": about(row), "kind": kind_of(row), "form": form, "times": times,
        "open": row.state in (*OPEN, DeliveryState.DEAD),
    }  # fmt: skip
    return render(request, "backoffice/system/delivery.html", context, status=form.status)


@require_POST
@office("system.manage")
def delivery_retry(request: OfficeRequest, delivery: UUID) -> HttpResponse:
    """Try it again now."""
    row = _delivery(request, delivery)
    try:
        retry_delivery(row, by=request.employee, at=now())
    except DomainError as error:
        return _refused(request, row, error)
    say(request, _("It is tried again now."))
    return redirect("office-deliveries")


def _refused(request: OfficeRequest, row: Delivery, error: DomainError) -> HttpResponse:
    form = DiscardForm({"reason": "-"})
    form.is_valid()
    form.refuse(error)
    row.refresh_from_db()
    return _detail(request, row, form)


@require_POST
@office("system.manage")
def delivery_discard(request: OfficeRequest, delivery: UUID) -> HttpResponse:
    """Let it be."""
    row, form = _delivery(request, delivery), DiscardForm(request.POST)
    at = now()
    if not form.attempt(lambda: discard_delivery(row, by=request.employee, reason=form.cleaned_data["reason"], at=at)):
        return _detail(request, row, form)
    say(request, _("Discarded."))
    return redirect("office-deliveries")
