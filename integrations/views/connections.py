"""Gateways in the Backoffice: what is connected, connecting, disconnecting."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from integrations.forms.connection import SimulatorForm
from integrations.selectors.connections import connections
from integrations.services.connections import connect, disconnect
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.web.pages import OfficeRequest, render, say


@require_GET
@office("integrations.manage")
def connection_list(request: OfficeRequest) -> HttpResponse:
    """What is connected, and what was."""
    return render(request, "integrations/connections.html", {"connections": list(connections(request.stores))})


@require_http_methods(["GET", "POST"])
@office("integrations.manage")
def connection_new(request: OfficeRequest) -> HttpResponse:
    """Connect the simulator."""
    form = SimulatorForm(request.POST or None, by=request.employee, stores=request.stores)
    if request.method == "POST" and form.attempt(lambda: _connect(request, form)):
        say(request, _("The gateway is connected. Tills offer it within half a minute."))
        return redirect("office-connections")
    return render(request, "integrations/connection_new.html", {"form": form}, status=form.status)


def _connect(request: OfficeRequest, form: SimulatorForm) -> bool:
    data = form.cleaned_data
    connect(
        "simulator",
        name=data["name"],
        store=data["store"],
        chosen={"behaviour": data["behaviour"]},
        by=request.employee,
        at=now(),
    )
    return True


@require_POST
@office("integrations.manage")
def connection_end(request: OfficeRequest, connection: UUID) -> HttpResponse:
    """Disconnect."""
    found = get_object_or_404(connections(request.stores), uuid=connection)
    disconnect(found, by=request.employee, at=now())
    say(request, _("Disconnected. Links that were sent before can still be paid."))
    return redirect("office-connections")
