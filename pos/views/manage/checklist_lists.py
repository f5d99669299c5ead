"""The list of checklists."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pos.models import Checklist, Frequency
from pos.selectors import checklists as selector
from pos.services import checklists as service
from smartpos.clock import now
from smartpos.web.lists import Bulk, Choice, Column, Empty, Link, OfficeList, Search, own_page
from smartpos.web.pages import OfficeRequest

STATES = (("active", _("In use")), ("archived", _("Archived")))


def state(checklist: Checklist) -> str:
    """In words."""
    return str(dict(STATES)["active" if checklist.active else "archived"])


def badge(checklist: Checklist) -> object:
    """The same with its colour."""
    return format_html('<span class="badge{}">{}</span>', " badge--ok" if checklist.active else "", state(checklist))


def places(checklist: Checklist) -> str:
    """Where it is worked through."""
    if checklist.in_all_stores:
        return gettext("all stores")
    return ", ".join(sorted(link.store.name for link in checklist.store_links.all()))


def archive(request: OfficeRequest, rows: list[Any]) -> str:
    """Take lists off the tills."""
    for checklist in rows:
        service.set_archived(checklist, archived=True, by=request.employee, at=now())
    return gettext("Archived: %(count)s. You find them under «Archived».") % {"count": len(rows)}


def restore(request: OfficeRequest, rows: list[Any]) -> str:
    """Put lists back."""
    for checklist in rows:
        service.set_archived(checklist, archived=False, by=request.employee, at=now())
    return gettext("Put back: %(count)s.") % {"count": len(rows)}


CHECKLISTS = OfficeList(
    code="pos.checklists",
    title=_("Checklists"),
    order="name",
    address=own_page("office-checklist"),
    export="checklist.export",
    links=(
        Link(url="office-checklist-new", label=_("New checklist"), icon="plus", permission="checklist.manage", primary=True),
        Link(url="office-checklist-progress", label=_("Progress"), icon="list-checks", permission="checklist.view"),
    ),
    columns=(
        Column(code="name", label=_("Name"), value=lambda c: c.name, sort="folded"),
        Column(code="frequency", label=_("How often"), value=lambda c: c.get_frequency_display()),
        Column(code="tasks", label=_("Tasks"), value=lambda c: c.count, number=True),
        Column(code="morning", label=_("At opening"), value=lambda c: gettext("yes") if c.morning else ""),
        Column(code="stores", label=_("Stores"), value=places),
        Column(code="state", label=_("State"), value=state, show=badge),
    ),
    filters=(
        Search(label=_("Name"), where=selector.with_words),
        Choice(code="frequency", label=_("How often"), options=tuple(Frequency.choices), where="frequency"),
        Choice(
            code="state", label=_("Show"), options=STATES, where=lambda rows, code: rows.filter(active=code == "active")
        ),
    ),
    bulk=(
        Bulk(code="archive", label=_("Archive"), icon="package", permission="checklist.manage", act=archive),
        Bulk(code="restore", label=_("Put back"), icon="undo-2", permission="checklist.manage", act=restore),
    ),
    empty=Empty(
        picture="list-checks", title=_("No checklists yet"),
        sentence=_("What has to be done every day, week or month. People tick it at the till; here you see who and when."),
        url="office-checklist-new", button=_("New checklist"), permission="checklist.manage",
    ),
)  # fmt: skip
