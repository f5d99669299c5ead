"""X and Z at the till: X reads, Z closes the day. Both need the server, whose ledger they are made of."""

import json
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from pos.models import ZReport
from pos.selectors.day_reports import last_z, period, z_reports
from pos.services.day_reports import MAKE, make_z
from pos.views.api import living_device, read_body, revoked
from pos.views.receipts import actor_of
from smartpos.access.guards import till
from smartpos.access.permissions import allowed
from smartpos.access.till import domain_error, till_answer, till_error
from smartpos.clock import business_day, now
from smartpos.errors import DomainError
from smartpos.money import Currency
from smartpos.people.models import Device, Employee

READ = "report.x"
LISTED = 30


class ZBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/z`."""

    id: UUID
    actor: UUID
    empty: bool = False


@require_GET
@till
def x_view(request: HttpRequest) -> HttpResponse:
    """What the store took since its last Z. Nothing is reset, whoever asks how often."""
    device = living_device(request)
    if device is None:
        return revoked()
    refusal = _refusal(request, device, READ)
    if refusal is not None:
        return refusal
    store, at = device.store, now()
    before = last_z(store)
    found = period(store, today=business_day(at, store.zone, store.cutoff_minutes))
    figures = found.frozen(Currency.of(store.currency))
    return till_answer({"at": at, "since": before and before.made_at, "last": before and before.number, "figures": figures})


@csrf_exempt
@require_http_methods(["GET", "POST"])
@till
def z_view(request: HttpRequest) -> HttpResponse:
    """The store's newest Z reports, to be printed again; with POST a new one, whose id makes a lost answer harmless."""
    device = living_device(request)
    if device is None:
        return revoked()
    if request.method == "GET":
        refusal = _refusal(request, device, MAKE)
        return refusal or till_answer(
            {"reports": [_told(z) for z in z_reports().filter(store=device.store).order_by("-number")[:LISTED]]}
        )
    try:
        body: ZBody = read_body(request, ZBody)
        actor = Employee.objects.filter(uuid=body.actor, active=True).first()
        if actor is None:
            return _forbidden()
        made = make_z(device.store, uuid=body.id, by=actor, empty=body.empty, at=now())
    except DomainError as error:
        return domain_error(error)
    return till_answer({"report": _told(made)})


def _refusal(request: HttpRequest, device: Device, code: str) -> HttpResponse | None:
    try:
        actor = actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."), field="actor")
    return None if actor is not None and allowed(actor, code, device.store_id) else _forbidden()


def _forbidden() -> HttpResponse:
    return till_error(403, "not_allowed", _("Your role does not allow this. Ask a manager or the owner."))


def _told(report: ZReport) -> dict[str, Any]:
    return {
        "number": report.number, "at": report.made_at, "by": report.made_by.name, "business_date": report.business_date,
        "figures": json.loads(report.figures),
    }  # fmt: skip
