"""Requests to give money back: a manager's yes or no in the Backoffice, and the one time that a yes is paid out (POS-47)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pos.events import RefundDecided
from pos.models import Receipt, RefundRequest, RequestState
from pos.selectors.receipts import given_back
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.money import parse_quantity
from smartpos.outbox.services import publish
from smartpos.people.models import Employee

DECIDE = "refunds.decide"
LONGEST = 200


def approve_request(uuid: UUID, *, by: Employee, note: str = "", at: datetime) -> RefundRequest:
    """Say yes: from now on the till may pay it out, once. Whoever asked never says yes to their own."""
    return _decide(uuid, RequestState.APPROVED, by=by, note=note, at=at)


def reject_request(uuid: UUID, *, by: Employee, note: str, at: datetime) -> RefundRequest:
    """Say no, and why. Neither stock nor money moves."""
    if not note.strip():
        raise DomainError(_("Say why, so that whoever asked can tell the customer."), field="note")
    return _decide(uuid, RequestState.REJECTED, by=by, note=note, at=at)


def _decide(uuid: UUID, state: RequestState, *, by: Employee, note: str, at: datetime) -> RefundRequest:
    note = " ".join(note.split())
    if len(note) > LONGEST:
        raise DomainError(_("At most %(count)s letters.") % {"count": LONGEST}, field="note")
    with write_transaction():
        request: RefundRequest = RefundRequest.objects.select_for_update().select_related("original").get(uuid=uuid)
        if not allowed(by, DECIDE, request.store_id):
            raise NotAllowed(_("Your role does not allow this. Ask a manager or the owner."))
        if request.asked_by_id == by.pk:
            raise NotAllowed(_("Nobody decides about their own request. Ask another manager."))
        if request.state == state:
            return request
        if request.state != RequestState.PENDING:
            raise Conflict(_("Somebody has decided already: %(state)s.") % {"state": request.get_state_display()})
        if state == RequestState.APPROVED:
            _assert_still_there(request)
        request.state, request.decided_by, request.decided_at, request.note = state, by, at, note
        request.save(update_fields=["state", "decided_by", "decided_at", "note"])
        record(
            f"refund.{state}", subject=f"refund:{uuid}", at=at,
            data={"label": request.original.label, "note": note, "asked_by": request.asked_by.name},
        )  # fmt: skip
        publish(
            RefundDecided(
                business_id=request.business_id, store_id=request.store_id,
                shard=f"{request.business_id}:refunds:{request.store_id}", request=str(uuid), state=str(state),
            )
        )  # fmt: skip
    return request


def _assert_still_there(request: RefundRequest) -> None:
    """What went back in the meantime cannot be approved once more."""
    given = {line.uuid: line for line in request.original.lines.all()}
    before = given_back([request.original])
    for asked in request.lines:
        line = given[UUID(asked["line"])]
        back = before[line.pk].quantity if line.pk in before else 0
        if parse_quantity(asked["quantity"]) > int((line.quantity - back).scaleb(3)):
            raise Conflict(_("Meanwhile it was given back otherwise. Reject the request."))


def approved_request(uuid: UUID, original: Receipt, asked: Mapping[UUID, tuple[str, bool]]) -> RefundRequest | None:
    """The request that a manager said yes to for exactly these lines of this receipt, held; None where there is no such yes."""
    request: RefundRequest | None = RefundRequest.objects.select_for_update().filter(uuid=uuid, original=original).first()
    if request is None or request.state not in (RequestState.APPROVED, RequestState.PAID):
        return None
    said = {UUID(line["line"]): (line["quantity"], line["restock"]) for line in request.lines}
    return request if said == dict(asked) else None


def pay_out(request: RefundRequest, refund: UUID) -> None:
    """The refund of this id has paid it. Inside its transaction; the database lets no second one do so."""
    request.state, request.refund = RequestState.PAID, Receipt.objects.get(uuid=refund)
    request.save(update_fields=["state", "refund"])
