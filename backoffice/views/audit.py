"""The audit log: who did what, when and where, and whether the chains are whole."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from backoffice.selectors import audit
from backoffice.services.system import verify_now
from smartpos.access.guards import office
from smartpos.audit.actions import actions, groups, link_of
from smartpos.audit.models import ChainCheck, Entry
from smartpos.clock import now
from smartpos.people.models import Employee
from smartpos.web.lists import Choice, Column, Dates, Empty, OfficeList, Search, show
from smartpos.web.pages import OfficeRequest, say
from smartpos.web.stores import clock_of, shown_store, shown_stores


def clock(entry: Entry) -> datetime:
    """When it was, by the clock of its store."""
    return entry.at.astimezone(ZoneInfo(entry.zone))  # type: ignore[attr-defined]


def by_words(rows: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Entries that mention these words."""
    return rows.filter(data__icontains=text) | rows.filter(subject__icontains=text)


def people(request: OfficeRequest) -> list[tuple[str, str]]:
    """Everybody who works or worked in the shown stores."""
    found = Employee.objects.filter(store_links__store__in=shown_stores(request)) | Employee.objects.filter(role="owner")
    return [(str(person.pk), person.name) for person in found.distinct().order_by("name", "pk")]


def kinds(_request: OfficeRequest) -> list[tuple[str, str]]:
    """Groups of actions, and below each its actions."""
    known = actions()
    return [
        option
        for code, label in groups()
        for option in [
            (f"{code}.", label), *((action.code, f"  – {action.label}") for action in known if action.group == code)
        ]
    ]  # fmt: skip


def of_kind(rows: QuerySet[Entry], value: str) -> QuerySet[Entry]:
    """Entries of one action or of a whole group."""
    return rows.filter(action__startswith=value) if value.endswith(".") else rows.filter(action=value)


def facts_in_words(entry: Entry) -> str:
    """Old and new values for a file."""
    return "; ".join(
        f"{fact.label}: {fact.new}" if fact.old is None else f"{fact.label}: {fact.old} → {fact.new}"
        for fact in audit.facts(entry)
    )


def facts_in_cell(entry: Entry) -> str:
    """The same for the page, a few of them."""
    facts = audit.facts(entry)
    return render_to_string("backoffice/audit/_facts.html", {"facts": facts}) if facts else ""


AUDIT = OfficeList(
    code="audit.entries",
    title=gettext_lazy("Audit log"),
    key="id",
    order="-time",
    address=lambda entry: reverse("office-audit-entry", args=[entry.pk]),
    export="audit.export",
    above="backoffice/audit/_chains.html",
    columns=(
        Column(code="what", label=gettext_lazy("What"), value=audit.sentence),
        Column(
            code="facts", label=gettext_lazy("Details"), value=facts_in_words,
            show=facts_in_cell,
        ),
        Column(code="who", label=gettext_lazy("Who"), value=lambda e: e.actor or None),
        Column(code="time", label=gettext_lazy("Time"), value=clock, sort="at"),
        Column(code="store", label=gettext_lazy("Store"), value=lambda e: e.store or None),
        Column(code="device", label=gettext_lazy("Device"), value=lambda e: e.device or None, shown=False),
        Column(code="ip", label=gettext_lazy("IP address"), value=lambda e: e.address, shown=False),
        Column(code="action", label=gettext_lazy("Code"), value=lambda e: e.action, shown=False),
    ),
    filters=(
        Search(label=gettext_lazy("Name or number"), where=by_words),
        Dates(field="at", label=gettext_lazy("Days"), moment=True),
        Choice(code="kind", label=gettext_lazy("What was done"), options=kinds, where=of_kind),
        Choice(code="who", label=gettext_lazy("Who did it"), options=people, where="actor_id"),
    ),
    empty=Empty(
        picture="history", title=gettext_lazy("Nothing is written yet"),
        sentence=gettext_lazy("Every act of people and tills stands here, and nobody can change it."),
    ),
)  # fmt: skip


@require_GET
@office("audit.view")
def audit_list(request: OfficeRequest) -> HttpResponseBase:
    """Entries, newest first, and how the chains stand."""
    rows = audit.entries(request.employee, own=request.stores, chosen=shown_store(request))
    return show(request, AUDIT, rows, extra=lambda _found: _chains(request))


def _chains(request: OfficeRequest) -> dict[str, object]:
    check = ChainCheck.objects.filter(business_id=request.business.pk).first()
    zone = clock_of(request)
    return {"check": check, "check_zone": zone, "check_all": audit.sees_everything(request.employee, request.stores)}


@require_GET
@office("audit.view")
def audit_entry(request: OfficeRequest, entry: int) -> HttpResponse:
    """Everything that one entry says, and its place in the chain."""
    rows = audit.entries(request.employee, own=request.stores)
    found = get_object_or_404(rows, pk=entry)
    facts = audit.facts(found)
    context = {
        "entry": found, "sentence": audit.sentence(found), "link": link_of(found.subject),
        "facts": facts, "changed": any(fact.old is not None for fact in facts),
    }  # fmt: skip
    return render(request, "backoffice/audit/entry.html", context)


@require_POST
@office("audit.view")
def audit_verify(request: OfficeRequest) -> HttpResponse:
    """Have the chains read again now."""
    verify_now(by=request.employee, at=now())
    say(request, _("The audit log is being verified. The result stands here in a moment."))
    return redirect("office-audit")
