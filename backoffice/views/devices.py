"""Enrolled browsers: who may send, and a code for the next one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.people.models import Device, Terminal
from smartpos.people.services import devices


@require_GET
@office("device.manage")
def device_list(request: HttpRequest) -> HttpResponse:
    """Terminals with the device that holds each, and former devices."""
    return render(request, "backoffice/devices.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    stores = request.stores  # type: ignore[attr-defined]
    terminals = Terminal.objects.filter(store__in=stores).select_related("store").order_by("store__name", "name")
    found = Device.objects.filter(store__in=stores).select_related("terminal", "store", "journal").order_by("-enrolled_at")
    return {"terminals": terminals, "devices": found[:100]}


@require_POST
@office("device.manage")
def make_code(request: HttpRequest, terminal: UUID) -> HttpResponse:
    """Make a code and show it once."""
    stores = request.stores  # type: ignore[attr-defined]
    place = get_object_or_404(Terminal.objects.filter(store__in=stores), uuid=terminal)
    code = devices.make_enrolment_code(place, by=request.employee, at=now())  # type: ignore[attr-defined]
    return render(request, "backoffice/devices.html", {**_context(request), "code": code, "place": place})


@require_http_methods(["GET", "POST"])
@office("device.manage")
def revoke_device(request: HttpRequest, device: UUID) -> HttpResponse:
    """Ask, then revoke."""
    stores = request.stores  # type: ignore[attr-defined]
    found = get_object_or_404(Device.objects.filter(store__in=stores), uuid=device)
    if request.method == "GET":
        return render(request, "backoffice/device_revoke.html", {"device": found})
    devices.revoke(found, at=now())
    return redirect("office-devices")
