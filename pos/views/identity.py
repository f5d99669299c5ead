"""Who stands at the till: by PIN or card; and the ticket by which a PIN opens the Backoffice (docs/terminal-protocol.md, 3)."""

from typing import Annotated, Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pos.cards import WHO
from pos.selectors.places import may_choose
from pos.views.api import living_device, read_body, revoked
from smartpos.access.guards import till
from smartpos.access.permissions import allowed, codes_of
from smartpos.access.settings import value
from smartpos.access.till import domain_error, till_answer, till_error
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.models import Device, Employee
from smartpos.people.services.moving import make_pass
from smartpos.people.services.pins import identify, identify_card
from smartpos.people.services.tickets import make_ticket

PIN_VALID_DAYS = 7


class PinBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/pin`."""

    pin: Annotated[str, msgspec.Meta(max_length=40)]


class CardBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/card`."""

    card: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


def person_of(employee: Employee, device: Device) -> dict[str, Any]:
    """What a till needs to know of somebody who showed who they are, and its proof that they just did."""
    return {
        "employee": {"id": str(employee.uuid), "name": employee.name, "role": employee.role},
        "codes": codes_of(employee.role, employee.business_id), "valid_days": PIN_VALID_DAYS,
        "pass": make_pass(device, employee),
        "places": may_choose(employee, device, elsewhere=allowed(employee, "device.manage")),
    }  # fmt: skip


@csrf_exempt
@require_POST
@till
def pin_view(request: HttpRequest) -> HttpResponse:
    """Whose PIN this is. Opens no session."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        body = read_body(request, PinBody)
        employee = identify(device, body.pin, address=request.META.get("REMOTE_ADDR", ""), at=now())
    except DomainError as error:
        return domain_error(error)
    return till_answer(person_of(employee, device))


@csrf_exempt
@require_POST
@till
def card_view(request: HttpRequest) -> HttpResponse:
    """Whose card this is; where cards are off, a scan does nothing."""
    device = living_device(request)
    if device is None:
        return revoked()
    if not value("pos.card_login", device=device):
        return till_error(404, "card_off", _("Cards are not used here. Enter your PIN."))
    roles = WHO[value("pos.card_who", device=device)]
    try:
        body = read_body(request, CardBody)
        employee = identify_card(device, body.card, roles=roles, address=request.META.get("REMOTE_ADDR", ""), at=now())
    except DomainError as error:
        return domain_error(error)
    return till_answer(person_of(employee, device))


@csrf_exempt
@require_POST
@till
def office_session_view(request: HttpRequest) -> HttpResponse:
    """The PIN at the Backoffice's door (docs/security.md): a ticket for this browser, good once and for a minute."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        body = read_body(request, PinBody)
        ticket = make_ticket(device, body.pin, address=request.META.get("REMOTE_ADDR", ""), at=now())
    except DomainError as error:
        return domain_error(error)
    return till_answer({"ticket": ticket})
