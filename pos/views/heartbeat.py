"""A till's sign of life, which also measures its clock and tells whether there is something to fetch."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pos.models import Shift
from pos.offline.promotions import sold_out
from pos.views.api import living_device, read_body, revoked
from smartpos.access.guards import till
from smartpos.access.till import domain_error, till_answer
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.operations.services.heartbeat import Mishap, Said, beat
from smartpos.operations.snapshot import cursor_now

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class ErrorBody(msgspec.Struct, forbid_unknown_fields=True):
    """Something that went wrong on the device."""

    id: UUID
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    message: Annotated[str, msgspec.Meta(min_length=1, max_length=300, pattern=r"^[^\x00]*$")]


class HeartbeatBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/heartbeat`."""

    build: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")]
    waiting: Count
    last_seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    persisted: bool | None = None
    errors: Annotated[list[ErrorBody], msgspec.Meta(max_length=5)] = []


@csrf_exempt
@require_POST
@till
def heartbeat_view(request: HttpRequest) -> HttpResponse:
    """Keep it; the answer is that of a ping, with what on promotion is sold out."""
    device = living_device(request)
    if device is None:
        return revoked()
    at = now()
    try:
        body = read_body(request, HeartbeatBody)
    except DomainError as error:
        return domain_error(error)
    errors = [Mishap(error.id, error.at, error.message) for error in body.errors]
    beat(
        device, Said(body.build, body.waiting, body.last_seq, body.persisted, errors), at=at,
        address=request.META.get("REMOTE_ADDR", ""), browser=request.headers.get("User-Agent", ""),
    )  # fmt: skip
    cursor = cursor_now()
    out = sold_out(device, cursor, at)
    shift = Shift.objects.filter(terminal=device.terminal_id, closed_at__isnull=True).values_list("uuid", flat=True).first()
    told = {"server_time": now(), "cursor": cursor, "shift": shift and str(shift)}
    return till_answer({**told, **({"out": out} if out else {})})
