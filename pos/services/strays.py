"""Money at a gateway that no receipt stands for: given back through the gateway, or dealt with by hand (docs/payments.md)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from pos.gateways import Refused, Returned, Unreachable, directory
from pos.models import StrayPayment, StrayState
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue, retry
from smartpos.people.models import Employee

DECIDE = "refunds.decide"
REFUND = "payment.refund"
LONGEST = 200
AGAIN = timedelta(minutes=10)


def give_back(uuid: UUID, *, by: Employee, at: datetime) -> StrayPayment:
    """Ask the gateway to give it back. Asking while it is on its way changes nothing."""
    with write_transaction():
        stray = _held(uuid, by=by)
        if stray.state in (StrayState.REFUNDING, StrayState.REFUNDED):
            return stray
        _assert_open(stray)
        stray.state, stray.decided_by, stray.decided_at, stray.note = StrayState.REFUNDING, by, at, ""
        stray.tries += 1
        stray.save(update_fields=["state", "decided_by", "decided_at", "note", "tries"])
        enqueue(
            kind=REFUND, key=f"{stray.uuid}:{stray.tries}", payload={"stray": str(stray.uuid)}, store_id=stray.link.store_id
        )
        record("link.refunding", subject=f"order:{stray.link.order.uuid}", data=_said(stray), at=at)
        return stray


def deal_with(uuid: UUID, *, by: Employee, note: str, at: datetime) -> StrayPayment:
    """Write down what was done about it otherwise."""
    note = " ".join(note.split())
    if not note or len(note) > LONGEST:
        raise DomainError(_("Say what was done, in at most %(most)s characters.") % {"most": LONGEST}, field="note")
    with write_transaction():
        stray = _held(uuid, by=by)
        if stray.state == StrayState.DEALT:
            return stray
        _assert_open(stray)
        stray.state, stray.decided_by, stray.decided_at, stray.note = StrayState.DEALT, by, at, note
        stray.save(update_fields=["state", "decided_by", "decided_at", "note"])
        record("link.dealt", subject=f"order:{stray.link.order.uuid}", data={**_said(stray), "note": note}, at=at)
        return stray


def _held(uuid: UUID, *, by: Employee) -> StrayPayment:
    stray: StrayPayment = StrayPayment.objects.select_for_update(of=("self",)).select_related("link__order").get(uuid=uuid)
    if not allowed(by, DECIDE, stray.link.store_id):
        raise NotAllowed(_("Your role does not allow this. Ask a manager or the owner."))
    return stray


def _assert_open(stray: StrayPayment) -> None:
    if stray.state != StrayState.OPEN:
        raise Conflict(_("Somebody has decided already: %(state)s.") % {"state": stray.get_state_display()})


def _said(stray: StrayPayment) -> dict[str, str]:
    return {"total": format(stray.amount.normalize(), "f"), "currency": stray.currency, "reason": stray.reason}


def refund(work: Work) -> Outcome:
    """Deliver a refund: the gateway knows it by the stray's id, so asking again is the same refund."""
    stray = StrayPayment.objects.select_related("link").filter(uuid=UUID(work.payload["stray"])).first()
    if stray is None or stray.state != StrayState.REFUNDING:
        return done("nothing to give back")
    try:
        gateway = directory().gateway(stray.link.connection)
        state = gateway.refund(stray.payment, amount=stray.amount, currency=stray.currency, key=stray.uuid)
    except Unreachable as error:
        return retry(str(error))
    except (LookupError, Refused) as error:
        _moved(stray, StrayState.OPEN, note=str(error))
        return done(f"refused: {error}")
    if state == Returned.PENDING:
        return retry("the gateway is still at it", after=AGAIN)
    _moved(stray, StrayState.REFUNDED)
    return done()


def _moved(stray: StrayPayment, state: StrayState, *, note: str = "") -> None:
    with write_transaction():
        held = StrayPayment.objects.select_for_update(of=("self",)).select_related("link__order").get(pk=stray.pk)
        if held.state != StrayState.REFUNDING:
            return
        held.state, held.note = state, note[:LONGEST]
        held.save(update_fields=["state", "note"])
        action = "link.refunded" if state == StrayState.REFUNDED else "link.refund_failed"
        record(action, subject=f"order:{held.link.order.uuid}", data=_said(held), at=now())
