"""What becomes of a payment link: the gateway is asked, the first right payment settles the sale, everything else is stray.

Webhook, poll and expiry come here (docs/payments.md): a message only says when to ask.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import InterfaceError, OperationalError

from pos.gateways import Look, Refused, Taken, Unreachable, directory
from pos.models import LinkEvent, LinkEventKind, LinkState, Order, PaymentLink, Receipt, Shift, StrayReason
from pos.offline.link_bodies import OnlineSale
from pos.offline.links import as_settled
from pos.offline.settle import book_sale, price_again
from pos.offline.unbookable import Unbookable
from pos.services.links import LOOK, ask_later, end_link, keep_stray, locked_link, note, said
from pos.services.mailing import mail_receipt
from pos.services.orders import settle_orders
from pos.services.series import locked_series
from pos.services.shifts import OpenShift, shift_for_booking
from smartpos.audit.services import record
from smartpos.clock import business_day, now
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.operations import facts
from smartpos.operations.envelope import Mark, Operation
from smartpos.operations.kinds import Case, Journal, Verdict
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue
from smartpos.outbox.services import publish
from smartpos.people.models import Device

logger = logging.getLogger(__name__)
AT_ONCE = 200
KEPT = timedelta(days=30)
# A gateway that says nothing keeps a link from expiring for so long, and no longer.
PATIENCE = timedelta(hours=24)


def look(work: Work) -> Outcome:
    """Ask the gateway how a link stands, and do what follows. A gateway that does not answer is asked again by the job."""
    link = PaymentLink.objects.filter(uuid=UUID(work.payload["link"])).select_related("order").first()
    if link is None:
        return done("the link is gone")
    at = now()
    if not link.session:
        return done(_without_session(link, at=at))
    try:
        seen = directory().gateway(link.connection).look(link.session)
    except (LookupError, Refused, Unreachable) as error:
        return done(_unknown(link, str(error), at=at))
    return done(_after(link.order.uuid, seen, at=at))


def _without_session(link: PaymentLink, *, at: datetime) -> str:
    """Nobody has pressed «Pay» yet, so nothing can have been paid."""
    with write_transaction():
        held = locked_link(link.order.uuid)
        if held is None or not held.waits or held.session or at < held.expires_at:
            return "nothing to do"
        end_link(held, LinkState.EXPIRED, at=at)
    return "expired"


def _unknown(link: PaymentLink, why: str, *, at: datetime) -> str:
    """Nobody knows: the link waits, and is asked for again."""
    with write_transaction():
        held = locked_link(link.order.uuid)
        if held is None:
            return "gone"
        last = LinkEvent.objects.filter(link=held).order_by("-pk").first()
        if last is None or last.kind != LinkEventKind.UNKNOWN:
            note(held, LinkEventKind.UNKNOWN, at=at, detail=why)
        if held.waits and at >= held.expires_at + PATIENCE:
            end_link(held, LinkState.EXPIRED, at=at)
        else:
            ask_later(held, at=at)
    return f"unknown: {why}"


def _after(order: UUID, seen: Look, *, at: datetime) -> str:
    """What the gateway says, made true here: each payment once."""
    with write_transaction():
        held = locked_link(order)
        if held is None:
            return "gone"
        known = set(LinkEvent.objects.filter(link=held).exclude(payment="").values_list("payment", flat=True))
        fresh = [taken for taken in seen.taken if taken.payment not in known]
        for taken in fresh:
            _take(held, taken, at=at)
        if seen.failed and held.waits and not _last_is(held, LinkEventKind.FAILED):
            note(held, LinkEventKind.FAILED, at=at)
        if held.waits and at >= held.expires_at:
            end_link(held, LinkState.EXPIRED, at=at)
        else:
            ask_later(held, at=at)
        return f"{held.state}, {len(fresh)} new payments"


def _last_is(link: PaymentLink, kind: LinkEventKind) -> bool:
    last = LinkEvent.objects.filter(link=link).order_by("-pk").first()
    return last is not None and last.kind == kind


def _take(link: PaymentLink, taken: Taken, *, at: datetime) -> None:
    """One payment that nobody has seen before: it settles the sale, or somebody gives it back."""
    against = _against(link, taken)
    if against is not None:
        return keep_stray(link, taken, against, at=at)
    try:
        with write_transaction():
            _settle(link, taken, at=at)
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        # A defect of ours must not hide money: it is shown, and nothing of the sale stands.
        logger.exception("link %s was paid and could not be booked", link.uuid)
        link.refresh_from_db()
        keep_stray(link, taken, StrayReason.UNBOOKABLE, at=at)
        end_link(link, LinkState.CANCELLED, at=at)
    return None


def _against(link: PaymentLink, taken: Taken) -> StrayReason | None:
    """Why a payment cannot settle the sale."""
    if link.state == LinkState.PAID:
        return StrayReason.TWICE
    if link.order.receipt is not None:
        return StrayReason.OTHERWISE
    if link.state == LinkState.CANCELLED:
        return StrayReason.CANCELLED
    if link.state == LinkState.EXPIRED:
        return StrayReason.EXPIRED
    if (taken.amount, taken.currency) != (link.amount, link.currency):
        return StrayReason.AMOUNT
    return None


def _settle(link: PaymentLink, taken: Taken, *, at: datetime) -> None:
    """The receipt, its points, its mail, and the tills that are told. All of it or nothing."""
    order = link.order
    device = _maker(order)
    sale = msgspec.json.decode(order.contents, type=OnlineSale)
    series = locked_series(link.store)
    agreed = _case(link, sale, series, at=sale.at)
    case = _case(link, sale, series, at=at)
    priced = price_again(agreed, sale.cart, sale.goods, sale.figures, change=sale.figures.change)
    number = series.last_number + 1
    body = as_settled(sale, series=series.series, number=number)
    marks: list[Mark] = []
    with acting(store_id=link.store_id, actor_id=case.actor_id):
        verdict = book_sale(case, body, _shift(sale, device.terminal_id, link.store_id), priced, marks, agreed=agreed)
        series.last_number = number
        series.save(update_fields=["last_number"])
        _write(verdict, at=at)
        settle_orders([order], receipt=order.uuid, device=device, at=at)
        link.state, link.ended_at, link.asked = LinkState.PAID, at, 0
        link.save(update_fields=["state", "ended_at", "asked"])
        note(link, LinkEventKind.PAID, at=at, payment=taken.payment, detail=said(taken))
        receipt = Receipt.objects.select_related("store", "business", "customer__merged_into").get(uuid=order.uuid)
        if link.email:
            mail_receipt(receipt, to=link.email, key=f"link:{link.uuid}")


def _maker(order: Order) -> Device:
    """The device that made a link: no order of this kind is without."""
    if order.device is None:
        raise LookupError(f"order {order.uuid} has no device")
    return order.device


def _write(verdict: Verdict, *, at: datetime) -> None:
    """As an operation's verdict is written, into the chain of the business: no till made it."""
    verdict.write()
    record(verdict.action, subject=verdict.subject, data=verdict.data, at=at)
    if verdict.event is not None:
        publish(verdict.event)
    verdict.write_last()


def _case(link: PaymentLink, sale: OnlineSale, journal: Journal, *, at: datetime) -> Case:
    """The act of the till that made the link, as it was then (`sale.at`) or as it is booked now."""
    device, store = _maker(link.order), link.store
    log = facts.log_for(link.business_id, sale.cursor)
    person = log.at("employee", str(sale.actor), sale.cursor) or log.last("employee", str(sale.actor))
    day = business_day(at, store.zone, store.cutoff_minutes)
    sent = Operation(
        v=1, id=link.order.uuid, seq=1, kind="sale.settle", at=at, business_date=day, actor=sale.actor, cursor=sale.cursor,
        body=msgspec.Raw(b"null"), shift=sale.shift, approvals=sale.approvals,
    )  # fmt: skip
    return Case(
        operation=sent, device=device, journal=journal, facts=log, actor_id=person.object_id if person else None,
        codes=facts.codes_in(person, store.uuid), occurred_at=at, received_at=at, business_date=day,
    )  # fmt: skip


def _shift(sale: OnlineSale, terminal_id: int, store_id: int) -> OpenShift:
    """The one that is open at the terminal now, else the one in which the link was made, as a supplement."""
    running = Shift.objects.filter(terminal_id=terminal_id, closed_at=None).values_list("uuid", flat=True).first()
    found = shift_for_booking(running or sale.shift, store_id)
    if found is None:
        raise Unbookable("shift_unknown")
    return found


def close(work: Work) -> Outcome:
    """Tell the gateway that a link has ended; where it does not answer, it is told again."""
    link = PaymentLink.objects.filter(uuid=UUID(work.payload["link"])).first()
    if link is None or not link.session:
        return done("nothing to close")
    try:
        directory().gateway(link.connection).close(link.session)
    except (LookupError, Refused) as error:
        return done(f"not closed: {error}")
    return done()


def ask(at: datetime) -> str:
    """The job: ask for every link of the business whose time has come, and forget addresses of old ones."""
    due = PaymentLink.objects.filter(ask_at__lte=at).order_by("ask_at")[:AT_ONCE]
    asked = sum(
        enqueue(
            kind=LOOK, key=f"{link.uuid}:{link.ask_at:%Y%m%d%H%M%S%f}", payload={"link": str(link.uuid)},
            shard=f"link:{link.uuid}", store_id=link.store_id,
        )
        for link in due
    )  # fmt: skip
    PaymentLink.objects.filter(ended_at__lt=at - KEPT).exclude(email="").update(email="")
    return f"{asked} asked"
