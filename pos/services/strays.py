"""Money at a gateway that no receipt stands for: given back through the gateway, or dealt with by hand (docs/payments.md)."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from pos.gateways import Gateway, Refused, Returned, Unreachable, directory
from pos.models import LinkEvent, LinkEventKind, Receipt, ReceiptKind, StrayPayment, StrayReason, StrayState
from pos.services.receipts import ReceiptDraft
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.ids import uuid7
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue, is_open, retry, unknown
from smartpos.people.models import Employee

DECIDE = "refunds.decide"
REFUND = "payment.refund"
ONLINE = "online"
LONGEST = 200
# A gateway may take days over a refund: at an hour's pause it is asked for four of them before a person has to look.
TRIES = 100


def send_back(receipt: int, draft: ReceiptDraft) -> None:
    """What a refund or void gives back online goes back through the gateway that took it, inside the document's transaction.

    What came on another gateway's terminal, or by no link, is only recorded: nobody here could give it back.
    """
    amount = sum(payment.amount for payment in draft.payments if payment.method == ONLINE)
    if draft.kind == ReceiptKind.SALE or not amount:
        return
    sale = Receipt.objects.filter(pk=draft.original_id).values_list("uuid", flat=True)
    paid = LinkEvent.objects.filter(kind=LinkEventKind.PAID, link__order__receipt__in=sale).select_related("link").first()
    if paid is None:
        return
    stray = StrayPayment.objects.create(
        business_id=draft.business_id, uuid=uuid7(), link=paid.link, payment=paid.payment, reason=StrayReason.BACK,
        currency=draft.currency, amount=Decimal(amount).scaleb(-4), at=draft.occurred_at, state=StrayState.REFUNDING, tries=1,
        decided_by_id=draft.employee_id, decided_at=draft.received_at, receipt_id=receipt,
    )  # fmt: skip
    _deliver(stray)


def give_back(uuid: UUID, *, by: Employee, at: datetime) -> StrayPayment:
    """Ask the gateway to give it back. Asking while it is on its way changes nothing; what was given up there is asked anew."""
    with write_transaction():
        stray = _held(uuid, by=by)
        if stray.state == StrayState.REFUNDED or on_its_way(stray):
            return stray
        if stray.state != StrayState.REFUNDING:
            _assert_open(stray)
        stray.state, stray.decided_by, stray.decided_at, stray.note = StrayState.REFUNDING, by, at, ""
        stray.tries += 1
        stray.save(update_fields=["state", "decided_by", "decided_at", "note", "tries"])
        _deliver(stray)
        record("link.refunding", subject=f"order:{stray.link.order.uuid}", data=_said(stray), at=at)
        return stray


def _deliver(stray: StrayPayment) -> None:
    enqueue(kind=REFUND, key=_key(stray), payload={"stray": str(stray.uuid)}, store_id=stray.link.store_id)


def _key(stray: StrayPayment) -> str:
    return f"{stray.uuid}:{stray.tries}"


def on_its_way(stray: StrayPayment) -> bool:
    """Whether somebody is still at it; a delivery that was given up or discarded is nobody."""
    return stray.state == StrayState.REFUNDING and is_open(REFUND, _key(stray))


def deal_with(uuid: UUID, *, by: Employee, note: str, at: datetime) -> StrayPayment:
    """Write down what was done about it otherwise."""
    note = " ".join(note.split())
    if not note or len(note) > LONGEST:
        raise DomainError(_("Say what was done, in at most %(most)s characters.") % {"most": LONGEST}, field="note")
    with write_transaction():
        stray = _held(uuid, by=by)
        if stray.state == StrayState.DEALT:
            return stray
        if stray.state != StrayState.REFUNDING or on_its_way(stray):
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
    return _through(work, _give)


def ask(work: Work) -> Outcome:
    """Find out what became of one whose answer nobody heard, before it is tried again."""
    return _through(work, _heard)


def _give(gateway: Gateway, stray: StrayPayment) -> Returned | None:
    # What was given up before may have arrived all the same.
    known = _heard(gateway, stray) if stray.tries > 1 else None
    return known or gateway.refund(stray.payment, amount=stray.amount, currency=stray.currency, key=stray.uuid)


def _heard(gateway: Gateway, stray: StrayPayment) -> Returned | None:
    return gateway.refunded(stray.payment, key=stray.uuid)


def _through(work: Work, act: Callable[[Gateway, StrayPayment], Returned | None]) -> Outcome:
    stray = StrayPayment.objects.select_related("link").filter(uuid=UUID(work.payload["stray"])).first()
    if stray is None or stray.state != StrayState.REFUNDING:
        return done("nothing to give back")
    try:
        state = act(directory().gateway(stray.link.connection), stray)
    except Unreachable as error:
        return unknown(str(error))
    except (LookupError, Refused) as error:
        _moved(stray, StrayState.OPEN, note=str(error))
        return done(f"refused: {error}")
    if state is None:
        return retry("the gateway has not heard of it")
    if state == Returned.PENDING:
        return unknown("the gateway is still at it")
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
