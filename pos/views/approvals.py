"""A manager at somebody's till: the PIN that says yes to one act."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from pos.views.api import living_device, read_body, revoked
from smartpos.access.guards import till
from smartpos.access.permissions import known
from smartpos.access.services.approvals import GOOD_FOR, Ask, approve
from smartpos.access.till import domain_error, till_answer
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.models import Employee

Words = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]


class ApproveBody(msgspec.Struct, forbid_unknown_fields=True):
    """`POST /pos/approve`."""

    pin: Annotated[str, msgspec.Meta(max_length=40)]
    code: Annotated[str, msgspec.Meta(max_length=60)]
    subject: Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]
    actor: UUID
    by: UUID | None = None
    reason: Words = ""
    amounts: Annotated[dict[str, Words], msgspec.Meta(max_length=20)] = {}


@csrf_exempt
@require_POST
@till
def approve_view(request: HttpRequest) -> HttpResponse:
    """Ask a manager for one act. The answer names who said yes: the operation carries that person as its approval."""
    device = living_device(request)
    if device is None:
        return revoked()
    at = now()
    try:
        body: ApproveBody = read_body(request, ApproveBody)
        if body.code not in {permission.code for permission in known() if permission.till}:
            raise DomainError(code="unreadable", field="code")
        asked_by = Employee.objects.filter(uuid=body.actor).first()
        ask = Ask(body.code, body.subject, reason=body.reason, amounts=body.amounts, asked_by=asked_by, only=body.by)
        approval = approve(ask, body.pin, store=device.store, device=device, at=at)
    except DomainError as error:
        return domain_error(error)
    by = {"id": str(approval.given_by.uuid), "name": approval.given_by.name}
    answer = {"id": str(approval.uuid), "by": by, "code": approval.code, "subject": approval.subject}
    return till_answer({"approval": {**answer, "until": at + GOOD_FOR}})
