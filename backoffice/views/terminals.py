"""The terminals of a store: places with a drawer, the browsers that stand there, and a code for the next one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.forms.stores import TerminalChangeForm, TerminalForm
from backoffice.selectors.stores import places_in
from backoffice.views.stores import given, store_of, tab
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.models import Terminal
from smartpos.people.services import places
from smartpos.web.pages import OfficeRequest, say


@require_http_methods(["GET", "POST"])
@office("store.manage")
def terminals(request: OfficeRequest, store: UUID) -> HttpResponse:
    """All of them, and a new one."""
    found = store_of(request, store)
    form = TerminalForm(given(request), initial={"name": _("Till %(number)s") % {"number": found.terminals.count() + 1}})
    if request.method == "POST":
        made = form.attempt(
            lambda: places.create_terminal(found, by=request.employee, name=form.cleaned_data["name"], at=now())
        )
        if made is not None:
            say(request, _("%(name)s is there. Make a code to enrol a browser for it.") % {"name": made.name})
            return redirect("office-store-terminals", found.uuid)
    return tab(request, found, "terminals", {"form": form, "places": places_in(found)}, status=form.status)


def _terminal_of(request: OfficeRequest, uuid: UUID) -> Terminal:
    found: Terminal = get_object_or_404(Terminal.objects.select_related("store").filter(store__in=request.stores), uuid=uuid)
    return found


@require_http_methods(["GET", "POST"])
@office("store.manage")
def rename(request: OfficeRequest, terminal: UUID) -> HttpResponse:
    """Call it otherwise, or let people practise there."""
    found = _terminal_of(request, terminal)
    form = TerminalChangeForm(given(request), initial={"name": found.name, "training": found.training})
    changed = None
    if request.method == "POST":
        changed = form.attempt(lambda: places.update_terminal(found, by=request.employee, at=now(), **form.cleaned_data))
    if changed is not None:
        say(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect("office-store-terminals", found.store.uuid)
    return tab(request, found.store, "terminal", {"form": form, "terminal": found}, status=form.status)


@require_POST
@office("store.manage")
def archive(request: OfficeRequest, terminal: UUID) -> HttpResponse:
    """Take it out of use; the message offers the way back."""
    found = _terminal_of(request, terminal)
    try:
        places.archive_terminal(found, by=request.employee, at=now())
    except DomainError as error:
        say(request, error.message)
    else:
        undo = reverse("office-terminal-restore", args=[found.uuid])
        say(request, _("%(name)s is out of use.") % {"name": found.name}, undo=undo)
    return redirect("office-store-terminals", found.store.uuid)


@require_POST
@office("store.manage")
def restore(request: OfficeRequest, terminal: UUID) -> HttpResponse:
    """Put it back into use."""
    found = _terminal_of(request, terminal)
    places.restore_terminal(found, by=request.employee, at=now())
    say(request, _("%(name)s is in use again.") % {"name": found.name})
    return redirect("office-store-terminals", found.store.uuid)
