"""The till's doors to another terminal (docs/terminal-protocol.md, 3)."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pos.selectors.places import places_for
from pos.views.api import TOKEN_COOKIE, about, living_device, read_body, revoked, with_token
from smartpos.access.guards import till
from smartpos.access.permissions import allowed
from smartpos.access.till import domain_error, till_answer, till_error
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.operations.models import DeviceJournal
from smartpos.people.services.moving import move, passed

Pass = Annotated[str, msgspec.Meta(max_length=300)]


class PlacesBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/places`."""

    passed: Pass = msgspec.field(name="pass")


class PlaceBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/place`."""

    passed: Pass = msgspec.field(name="pass")
    terminal: UUID
    last_seq: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    request: UUID


@csrf_exempt
@require_POST
@till
def places_view(request: HttpRequest) -> HttpResponse:
    """Where whoever just entered a PIN may work."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        person = passed(device, read_body(request, PlacesBody).passed)
    except DomainError as error:
        return domain_error(error)
    return till_answer({"stores": places_for(person, device, elsewhere=allowed(person, "device.manage"))})


@csrf_exempt
@require_POST
@till
def place_view(request: HttpRequest) -> HttpResponse:
    """Take this browser to a terminal. With operations that the server has not seen it stays where it is."""
    device = living_device(request) or request.device  # type: ignore[attr-defined]
    try:
        body = read_body(request, PlaceBody)
        person = passed(device, body.passed)
        seen = DeviceJournal.objects.filter(device=device).values_list("last_seq", flat=True).first() or 0
        if seen != body.last_seq:
            return till_error(409, "unsent", _("Not everything has been sent yet. Try again in a moment."))
        moved, token = move(
            device, body.terminal, by=person, elsewhere=allowed(person, "device.manage"),
            token=request.COOKIES.get(TOKEN_COOKIE, ""), request=body.request, at=now(),
        )  # fmt: skip
    except DomainError as error:
        return domain_error(error)
    answer = till_answer(about(moved))
    return with_token(answer, token) if token else answer
