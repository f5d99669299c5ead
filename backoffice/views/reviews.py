"""Operations that could not be booked: why, what they were, and what somebody did about them."""

import json
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.forms.review import NoteForm
from backoffice.selectors.reviews import parked, reason
from backoffice.services.reviews import note_operation
from pos.explained import ACTS, sentence
from pos.selectors.links import waiting_strays
from smartpos.access.guards import office
from smartpos.audit.actions import link_of
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.operations.models import Operation, Retrial
from smartpos.operations.services.again import can_try, sent_body, try_again
from smartpos.people.models import Employee
from smartpos.web.lists import Choice, Column, Dates, Empty, OfficeList, own_page, show
from smartpos.web.pages import OfficeRequest, render, say

# What makes a receipt when it is booked; the receipt's id is the operation's.
DOCUMENTS = ("sale.settle", "refund.make", "receipt.void")


def in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """What still waits, or what was dealt with."""
    return rows.filter(settled=True) if value == "done" else rows.filter(~Q(settled=True) | Q(settled=None))


def kind_of(operation: Operation) -> str:
    """What the till did."""
    return str(ACTS.get(operation.kind, operation.kind))


REVIEWS = OfficeList(
    code="operations.review",
    title=_("For review"),
    order="-received",
    store="device__store",
    above="pos/manage/_strays.html",
    address=own_page("office-review"),
    columns=(
        Column(code="kind", label=_("Act"), value=kind_of),
        Column(code="reason", label=_("Why"), value=lambda o: sentence(reason(o))),
        Column(code="terminal", label=_("Terminal"), value=lambda o: f"{o.device.terminal.name} · {o.device.store.name}"),
        Column(
            code="received", label=_("Arrived"), value=lambda o: o.received_at.astimezone(o.device.store.zone), sort="received_at"
        ),
        Column(code="note", label=_("Last note"), value=lambda o: gettext("Booked at a later try") if o.booked else o.said),
    ),
    filters=(
        Dates(field="business_date", label=_("Business days")),
        Choice(
            code="state", label=_("Show"), options=(("open", _("Waiting")), ("done", _("Dealt with"))), where=in_state, default="open"
        ),
    ),
    empty=Empty(
        picture="circle-check", title=_("Nothing waits for you"),
        sentence=_("What a till did and the server could not book is kept here, with the reason."),
    ),
)  # fmt: skip


@require_GET
@office("review.manage")
def review_list(request: OfficeRequest) -> HttpResponseBase:
    """What waits."""
    return show(request, REVIEWS, parked(), extra=lambda _found: {"strays": waiting_strays(request.stores)})


@require_http_methods(["GET", "POST"])
@office("review.manage")
def review_detail(request: OfficeRequest, operation: UUID) -> HttpResponse:
    """One operation: reason, what the till sent, notes, and a new note."""
    found = get_object_or_404(parked().filter(device__store__in=request.stores), uuid=operation)
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial={"uuid": uuid7(), "done": True})
    if request.method == "POST" and form.attempt(lambda: _note(request, found, form)):
        say(request, gettext("The note is kept."))
        return redirect("office-reviews")
    return _page(request, found, form, status=form.status)


@require_POST
@office("review.manage")
def review_retry(request: OfficeRequest, operation: UUID) -> HttpResponse:
    """Judge it once more; where it still cannot be booked, the page says why."""
    found = get_object_or_404(parked().filter(device__store__in=request.stores), uuid=operation)
    try:
        still = try_again(found, by=request.employee, at=now())
    except DomainError as error:
        problem = str(error)
    else:
        if still is None:
            say(request, gettext("It is booked."))
            return redirect("office-review", operation)
        problem = gettext("It still cannot be booked: %(reason)s") % {"reason": sentence({"code": still.code})}
    return _page(request, found, NoteForm(initial={"uuid": uuid7(), "done": True}), problem=problem, status=422)


def _page(request: OfficeRequest, found: Any, form: NoteForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    retrial = Retrial.objects.select_related("employee").filter(operation=found).first()
    sent = sent_body(found)
    context = {
        "operation": found, "kind": kind_of(found), "reason": sentence(reason(found)), "detail": reason(found).get("detail", ""),
        "body": _readable(sent), "buyer": _buyer(sent), "notes": found.notes.select_related("employee").order_by("pk"), "form": form,
        "actor": Employee.objects.filter(pk=found.actor_id or 0).first(), "problem": problem, "retrial": retrial,
        "can_try": retrial is None and can_try(found),
        "document": link_of(f"receipt:{found.uuid}") if retrial and found.kind in DOCUMENTS else "",
    }  # fmt: skip
    return render(request, "backoffice/review.html", context, status=status)


def _note(request: OfficeRequest, operation: Operation, form: NoteForm) -> bool:
    data = form.cleaned_data
    note_operation(operation, uuid=data["uuid"], note=data["note"], done=data["done"], by=request.employee, at=now())
    return True


def _buyer(body: str) -> dict[str, str]:
    """Whom an invoice was to be made out to."""
    try:
        buyer = json.loads(body)["body"]["buyer"]
        return {key: str(buyer[key]) for key in ("company", "tax_number", "address") if buyer.get(key)}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def _readable(body: str) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body
