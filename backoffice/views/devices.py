"""Enrolled browsers: how they stand, a code for the next one, a new name, an end."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.selectors import devices as seen
from backoffice.selectors.devices import Standing
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.operations.models import SequenceGap
from smartpos.people.models import Device, Terminal
from smartpos.people.services import devices
from smartpos.web.forms import OfficeForm
from smartpos.web.lists import Choice, Column, Empty, Link, OfficeList, Search, own_page, show
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import shown_stores

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
ERRORS = 20
STANDINGS = {
    Standing.ONLINE: pgettext_lazy("device", "Online"), Standing.OFFLINE: gettext_lazy("Offline"),
    Standing.SILENT: gettext_lazy("Never heard of"), Standing.REVOKED: gettext_lazy("Revoked"),
}  # fmt: skip


def standing(device: Device) -> str:
    """How it stands, in words."""
    return str(STANDINGS[seen.standing(device, now())])


def badge(device: Device) -> str:
    """How it stands, in words and colour."""
    found = seen.standing(device, now())
    return render_to_string("backoffice/devices/_standing.html", {"standing": found, "words": STANDINGS[found]})


def heard(device: Device) -> datetime | None:
    """Its last sign of life by the clock of its store."""
    status = getattr(device, "status", None)
    return status.at.astimezone(ZoneInfo(device.store.time_zone)) if status else None


def of_status(device: Device, name: str) -> Any:
    """What it said of itself."""
    return getattr(getattr(device, "status", None), name, None)


def by_words(rows: QuerySet[Device], text: str) -> QuerySet[Device]:
    """Devices of such a name or series, or at such a terminal."""
    return rows.filter(name__icontains=text) | rows.filter(series__iexact=text) | rows.filter(terminal__name__icontains=text)


DEVICES = OfficeList(
    code="people.devices",
    title=gettext_lazy("Devices"),
    order="-heard",
    store="store",
    address=own_page("office-device"),
    above="backoffice/devices/_counts.html",
    links=(
        Link(url="office-device-enrol", label=gettext_lazy("Enrol a device"), icon="plus", permission="device.manage", primary=True),
    ),
    columns=(
        Column(code="name", label=gettext_lazy("Device"), value=lambda d: d.name, sort="name"),
        Column(code="standing", label=gettext_lazy("State"), value=standing, show=badge),
        Column(code="heard", label=gettext_lazy("Last sign of life"), value=heard, sort="heard_at"),
        Column(code="waiting", label=gettext_lazy("Waiting"), value=lambda d: of_status(d, "waiting"), number=True),
        Column(code="gaps", label=gettext_lazy("Missing acts"), value=lambda d: d.gaps, number=True, shown=False),
        Column(code="terminal", label=gettext_lazy("Terminal"), value=lambda d: d.terminal.name, sort="terminal__name"),
        Column(code="store", label=gettext_lazy("Store"), value=lambda d: d.store.name, sort="store__name"),
        Column(code="series", label=gettext_lazy("Series"), value=lambda d: d.series, sort="series", shown=False),
        Column(
            code="browser", label=gettext_lazy("Browser"), value=lambda d: seen.browser_of(of_status(d, "browser") or d.user_agent)
        ),
        Column(code="address", label=gettext_lazy("IP address"), value=lambda d: of_status(d, "address"), shown=False),
        Column(code="build", label=gettext_lazy("Version"), value=lambda d: of_status(d, "build"), shown=False),
    ),
    filters=(
        Search(label=gettext_lazy("Name or terminal"), where=by_words),
        Choice(
            code="state", label=gettext_lazy("State"), options=[(str(key), label) for key, label in STANDINGS.items()],
            where=lambda rows, value: seen.of_standing(rows, value, now()),
        ),
    ),
    empty=Empty(
        picture="monitor-smartphone", title=gettext_lazy("No device yet"),
        sentence=gettext_lazy("Any browser becomes a till by a code that you make here."), url="office-device-enrol",
        button=gettext_lazy("Enrol a device"), permission="device.manage",
    ),
)  # fmt: skip


@require_GET
@office("device.manage")
def device_list(request: OfficeRequest) -> HttpResponseBase:
    """Devices, those heard of last first."""
    return show(request, DEVICES, seen.devices(), extra=lambda _found: _counts(request))


def _counts(request: OfficeRequest) -> dict[str, object]:
    return {"counts": seen.counts(shown_stores(request), now())}


@require_GET
@office("device.manage")
def device_counts(request: OfficeRequest) -> HttpResponse:
    """How many live, asked again and again by an open page."""
    return render(request, "backoffice/devices/_counts.html", _counts(request))


def _device(request: OfficeRequest, uuid: UUID) -> Device:
    return get_object_or_404(seen.devices().filter(store__in=request.stores), uuid=uuid)


class NameForm(OfficeForm):
    """What a device is called."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)


@require_GET
@office("device.manage")
def device_detail(request: OfficeRequest, device: UUID) -> HttpResponse:
    """One device; its state is asked for again and again while the page is open."""
    found = _device(request, device)
    return _detail(request, found, NameForm(initial={"name": found.name}))


def _detail(request: OfficeRequest, device: Device, form: NameForm) -> HttpResponse:
    found = seen.standing(device, now())
    context = {
        "device": device, "form": form, "standing": found, "words": STANDINGS[found],
        "browser": seen.browser_of(of_status(device, "browser") or device.user_agent),
        "gaps": SequenceGap.objects.filter(device=device).order_by("first")[:ERRORS],
        "discards": seen.discards(device, ERRORS),
        "errors": device.errors.order_by("-pk")[:ERRORS],
    }  # fmt: skip
    return render(
        request, "backoffice/devices/device.html", context, fragment="backoffice/devices/_state.html", status=form.status
    )


@require_POST
@office("device.manage")
def device_rename(request: OfficeRequest, device: UUID) -> HttpResponse:
    """Call it otherwise."""
    found, form = _device(request, device), NameForm(request.POST)
    if not form.attempt(lambda: devices.rename(found, form.cleaned_data["name"], at=now())):
        return _detail(request, found, form)
    say(request, _("Renamed."))
    return redirect("office-device", found.uuid)


@require_GET
@office("device.manage")
def device_enrol(request: OfficeRequest) -> HttpResponse:
    """Which terminal the next device shall stand at."""
    terminals = Terminal.objects.filter(store__in=shown_stores(request), store__active=True, active=True).select_related(
        "store"
    )
    held = dict(Device.objects.filter(revoked_at__isnull=True).values_list("terminal_id", "name"))
    places = [(terminal, held.get(terminal.pk, "")) for terminal in terminals.order_by("store__name", "name", "pk")]
    return render(request, "backoffice/devices/enrol.html", {"places": places})


@require_POST
@office("device.manage")
def make_code(request: OfficeRequest, terminal: UUID) -> HttpResponse:
    """Make a code and show it once."""
    place = get_object_or_404(Terminal.objects.filter(store__in=request.stores, store__active=True, active=True), uuid=terminal)
    code = devices.make_enrolment_code(place, by=request.employee, at=now())
    link = request.build_absolute_uri(f"{reverse('pos-shell')}?code={code}")
    context = {
        "code": code, "place": place, "link": link, "minutes": int(devices.CODE_LIFE.total_seconds() // 60),
        "picture": segno.make(link, micro=False).svg_data_uri(border=2, scale=6),
        "here_only": request.get_host().rpartition(":")[0] in LOOPBACK or request.get_host() in LOOPBACK,
    }  # fmt: skip
    response = render(request, "backoffice/devices/code.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@office("device.manage")
def revoke_device(request: OfficeRequest, device: UUID) -> HttpResponse:
    """Ask, then revoke."""
    found = _device(request, device)
    if request.method == "GET":
        return render(request, "backoffice/devices/revoke.html", {"device": found})
    devices.revoke(found, at=now())
    say(request, _("Revoked. It is signed out at once."))
    return redirect("office-devices")
