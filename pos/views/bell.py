"""The bell in the till's head (POS-54, NTF-11): what the person at the till may see of its store, with a network."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from pos.views.api import living_device, read_body, revoked
from pos.views.receipts import actor_of
from smartpos.access.guards import till
from smartpos.access.till import domain_error, till_answer, till_error
from smartpos.errors import DomainError
from smartpos.notifications import selectors
from smartpos.notifications.models import Notification
from smartpos.notifications.services.telling import read_all
from smartpos.people.models import Device, Employee


class ReadBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/bell/read`."""

    actor: UUID
    up_to: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


@require_GET
@till
def bell_view(request: HttpRequest) -> HttpResponse:
    """How many are new to `actor`, and the newest. Nobody, or somebody without the rights, sees none."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        actor = actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."), field="actor")
    return till_answer(_told(device, actor))


@csrf_exempt
@require_POST
@till
def read_view(request: HttpRequest) -> HttpResponse:
    """Everything up to this place has been seen at the till."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        body: ReadBody = read_body(request, ReadBody)
    except DomainError as error:
        return domain_error(error)
    actor = Employee.objects.filter(uuid=body.actor, active=True).first()
    if actor is not None:
        read_all(by=actor, up_to=body.up_to)
    return till_answer(_told(device, actor))


def _told(device: Device, actor: Employee | None) -> dict[str, Any]:
    store = device.store
    if actor is None or not selectors.bell_shown(store):
        return {"unread": 0, "up_to": 0, "rows": []}
    rows = selectors.newest(actor, store=store)
    return {
        "unread": selectors.unread_here(actor, store), "up_to": rows[0].seq if rows else 0,
        "rows": [_row(row) for row in rows],
    }  # fmt: skip


def _row(row: Notification) -> dict[str, Any]:
    return {
        "id": str(row.uuid), "title": row.title, "detail": row.detail, "icon": row.icon, "severity": row.severity,
        "count": row.count, "at": row.at, "fresh": row.fresh,  # type: ignore[attr-defined]  # newest() says it
    }  # fmt: skip
