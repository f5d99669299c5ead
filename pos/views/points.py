"""Points at the till: what a customer has, and keeping some while somebody pays (docs/terminal-protocol.md, 6a)."""

from functools import partial
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pos.models import Customer, PointsAccount
from pos.programme import programme
from pos.selectors.customers import customer_of
from pos.selectors.loyalty import account_of
from pos.services.loyalty import MOST_POINTS, hold_points
from pos.views.api import living_device, read_body, revoked
from smartpos.access.guards import till
from smartpos.access.settings import value
from smartpos.access.till import domain_error, till_answer
from smartpos.clock import now
from smartpos.errors import DomainError, NotFound
from smartpos.people.models import Device


class PointsBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/points`. `points` left out: only look."""

    customer: UUID
    points: Annotated[int, msgspec.Meta(ge=0, le=MOST_POINTS)] | None = None


@csrf_exempt
@require_POST
@till
def points_view(request: HttpRequest) -> HttpResponse:
    """The customer's balance; with `points`, so many are kept for this device until it has paid, or 0 frees them."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        body: PointsBody = read_body(request, PointsBody)
        row = _account(device, body)
    except DomainError as error:
        return domain_error(error)
    return till_answer({"points": row.balance, "until": row.held_until if row.held_by_id == device.pk else None})


def _account(device: Device, body: PointsBody) -> PointsAccount:
    rules = programme(partial(value, store=device.store))
    customer = _member(body.customer) if rules.enabled and value("module.customer_management", store=device.store) else None
    if customer is None:
        raise NotFound(_("This customer is not in the loyalty programme."), code="points_off")
    if body.points is None:
        return account_of(customer)
    return hold_points(customer, body.points, minimum=rules.minimum, device=device, at=now())


def _member(uuid: UUID) -> Customer | None:
    found = customer_of(uuid)
    return found if found is not None and found.enrolled else None
