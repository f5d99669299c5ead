"""The till's doors: enrolment, cache, operations (docs/terminal-protocol.md)."""

from typing import Annotated, Any

import msgspec
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from pos.offline.promotions import till_promotions
from pos.selectors.customers import till_rows
from pos.selectors.invoices import last_numbers
from pos.selectors.shifts import open_shift_of
from smartpos.access.guards import public, till
from smartpos.access.settings import till_values
from smartpos.access.till import domain_error, refuse_till, till_answer, till_error
from smartpos.clock import now
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.money import Currency
from smartpos.operations import envelope
from smartpos.operations.models import DeviceJournal
from smartpos.operations.services.accept import accept
from smartpos.operations.snapshot import cursor_now, snapshot
from smartpos.people.models import Device
from smartpos.people.services.devices import enrol, living
from smartpos.web.origin import public_origin

TOKEN_COOKIE = "smartpos_device"  # noqa: S105 - a name
EVENTS_COOKIE = "smartpos_events"
TOKEN_DAYS = 400
SMALL_BODY = 4096


class EnrolBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/enrol`."""

    code: Annotated[str, msgspec.Meta(max_length=40)]
    name: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]


def read_body(request: HttpRequest, shape: type[Any]) -> Any:
    """The decoded body; DomainError 400 when it is not that shape."""
    try:
        return msgspec.json.decode(request.body[:SMALL_BODY], type=shape)
    except (ValueError, RecursionError) as error:
        refusal = DomainError(_("The request cannot be read."), code="unreadable")
        refusal.status = 400
        raise refusal from error


@csrf_exempt
@require_POST
@public("a browser that is no device yet proves itself by an enrolment code")
def enrol_view(request: HttpRequest) -> HttpResponse:
    """Turn this browser into a device."""
    refusal = refuse_till(request)
    if refusal is not None:
        return refusal
    try:
        body = read_body(request, EnrolBody)
        device, token = enrol(
            body.code, name=body.name, address=request.META.get("REMOTE_ADDR", ""),
            user_agent=request.headers.get("User-Agent", ""), at=now(),
        )  # fmt: skip
    except DomainError as error:
        return domain_error(error)
    return with_token(till_answer(about(device)), token)


def with_token(response: HttpResponse, token: str) -> HttpResponse:
    """Give the device its token for the only two places that need it: the till's paths and the event streams.

    A response holds one cookie of a name, so the streams' cookie has a name of its own.
    """
    for name, path in ((TOKEN_COOKIE, "/pos/"), (EVENTS_COOKIE, "/events")):
        response.set_cookie(
            name, token, path=path, max_age=TOKEN_DAYS * 86_400, httponly=True, secure=settings.HTTPS, samesite="Strict"
        )
    return response


def about(device: Device) -> dict[str, Any]:
    """Where a device stands."""
    return {
        "device": {"id": str(device.uuid), "name": device.name, "series": device.series},
        "terminal": {"id": str(device.terminal.uuid), "name": device.terminal.name},
        "store": {"id": str(device.store.uuid), "name": device.store.name},
        "business": {"id": str(device.business.uuid), "name": device.business.name},
    }


@require_GET
@public("a browser that was never enrolled may ask whether it is a device")
def device_view(request: HttpRequest) -> HttpResponseBase:
    """Who this browser is; without a token no refusal, because every new browser asks this first."""
    refusal = refuse_till(request)
    if refusal is not None or TOKEN_COOKIE in request.COOKIES:
        return refusal or _known_device(request)
    return till_answer({"device": None})


@till
def _known_device(request: HttpRequest) -> HttpResponse:
    device = living_device(request)
    return till_answer(about(device)) if device else revoked()


def living_device(request: HttpRequest) -> Device | None:
    """The request's device as it stands now, unless it was revoked; a revoked one is out at once."""
    return living(request.device)  # type: ignore[attr-defined]


def revoked() -> HttpResponse:
    """What a revoked device is told everywhere but at the operations endpoint."""
    return till_error(401, "device_revoked", _("This device was revoked. Ask for a new code."))


@require_GET
@till
def ping_view(request: HttpRequest) -> HttpResponse:
    """Reachability, the server's time, and whether there is something to fetch."""
    device = living_device(request)
    return till_answer({"server_time": now(), "cursor": cursor_now()}) if device else revoked()


@require_GET
@gzip_page
@till
def snapshot_view(request: HttpRequest) -> HttpResponse:
    """What a till caches."""
    device = living_device(request)
    if device is None:
        return revoked()
    after = request.GET.get("after", "")
    if after and not (after.isascii() and after.isdigit() and len(after) < 17):
        return till_error(400, "unreadable", _("The request cannot be read."), field="after")
    found = snapshot(device.store, int(after) if after else None)
    if "customer" in found.rows:
        found.rows["customer"] = till_rows(found.rows["customer"], full=found.full)
    at = now()
    if "promotion" in found.rows:
        found.rows["promotion"] = till_promotions(found.rows["promotion"], device.store, full=found.full, at=at)
    head = {"cursor": found.cursor, "full": found.full, "server_time": at, **place_of(device)}
    return till_answer({**head, "shift": open_shift_of(device), "changes": found.rows})


def place_of(device: Device) -> dict[str, Any]:
    """What is printed and reckoned with at this till."""
    business, store = device.business, device.store
    journal = DeviceJournal.objects.filter(device=device).values("last_number", "last_seq").first()
    return {
        "business": {
            "id": str(business.uuid), "name": business.name, "legal_name": business.legal_name,
            "tax_number": business.tax_number, "vat_number": business.vat_number,
        },
        "store": {
            "id": str(store.uuid), "name": store.name, "address": store.address, "city": store.city, "phone": store.phone,
            "mode": store.mode, "currency": store.currency,
            "digits": Currency.of(store.currency).digits, "time_zone": store.time_zone,
            "cutoff_minutes": store.cutoff_minutes, "language": business.language, "receipt_footer": store.receipt_footer,
        },
        "terminal": {
            "id": str(device.terminal.uuid), "name": device.terminal.name, "training": device.terminal.training,
        },
        "device": {
            "id": str(device.uuid), "name": device.name, "series": device.series,
            **(journal or {"last_number": 0, "last_seq": 0}), "papers": last_numbers(device.pk),
        },
        "settings": till_values(device),
    }  # fmt: skip


@csrf_exempt
@require_POST
@till
def operations_view(request: HttpRequest) -> HttpResponse:
    """Take what a till did. Also a revoked device may still deliver what it did before."""
    if len(request.body) > envelope.MAX_BYTES:
        return till_error(413, "too_large", _("Too much at once. Send fewer operations."))
    at = now()
    try:
        sent = envelope.read_request(request.body)
        for raw in sent.operations:
            envelope.decode_identity(raw)
    except ValueError as error:
        return till_error(400, "unreadable", _("The request cannot be read."), detail=str(error))
    try:
        with acting(origin=public_origin(request)):
            answers = [accept(request.device, bytes(raw), at=at) for raw in sent.operations]  # type: ignore[attr-defined]
    except (InterfaceError, OperationalError):
        return till_error(503, "busy", _("The server is busy. The sale is safe and will be sent again."), seconds=2)
    return till_answer(envelope.Response(at, answers))
