"""Payment links: made, mailed, opened, cancelled, expired, and money that no receipt stands for (docs/payments.md).

Every function may be called twice, and takes the lock of the order before that of the link.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pos.gateways import Asked, Offer, Taken, Unreachable, directory
from pos.models import (
    LinkEvent,
    LinkEventKind,
    LinkState,
    Order,
    OrderKind,
    OrderState,
    PaymentLink,
    StrayPayment,
    StrayReason,
)
from pos.services.orders import changed
from smartpos.context import current
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict
from smartpos.ids import uuid7
from smartpos.mail.services import send_mail
from smartpos.outbox.deliveries import enqueue
from smartpos.outbox.services import publish
from smartpos.people.models import Device
from smartpos.web.templatetags.smartpos import amount, moment

MAIL = "payment_link"
LOOK, CLOSE = "payment.look", "payment.close"
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)
# Money may come after a link has ended: so long the gateway is asked.
ASKED_AFTER_END = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkInput:
    """A link as it was asked for. `contents` is the sale in JSON."""

    order: UUID
    offer: Offer
    email: str
    contents: str
    currency: str
    total: Decimal
    pieces: int
    customer_id: int | None
    employee_id: int | None
    expires_at: datetime


def make_link(given: LinkInput, *, device: Device, at: datetime) -> PaymentLink:
    """Put the sale aside and mail the link. Inside the transaction of the act."""
    order = Order.objects.create(
        business_id=device.business_id, store_id=device.store_id, uuid=given.order, device=device, kind=OrderKind.ONLINE,
        state=OrderState.OPEN, version=1, contents=given.contents, total=given.total, pieces=given.pieces,
        customer_id=given.customer_id, employee_id=given.employee_id, created_at=at, changed_at=at,
    )  # fmt: skip
    link: PaymentLink = PaymentLink.objects.create(
        business_id=device.business_id, store_id=device.store_id, uuid=uuid7(), order=order, token=secrets.token_urlsafe(32),
        connection=given.offer.connection, gateway=given.offer.name, origin=current().origin, email=given.email,
        language=_language(order, given.email), currency=given.currency, amount=given.total, created_at=at,
        expires_at=given.expires_at, ask_at=given.expires_at,
    )  # fmt: skip
    note(link, LinkEventKind.MADE, at=at)
    mail_link(link, at=at)
    return link


def _language(order: Order, email: str) -> str:
    customer = order.customer
    own = customer.language if customer is not None and customer.email == email.lower() else ""
    return own or str(order.business.language)


def mail_link(link: PaymentLink, *, at: datetime) -> None:
    """Mail it to the address that it has. Inside a transaction; each call is a mail of its own."""
    store = link.store
    with override(link.language):
        context = {
            "store_name": store.name, "total": amount(link.amount, link.currency), "link": link_address(link),
            "until": moment(link.expires_at, store.time_zone),
        }  # fmt: skip
    send_mail(type=MAIL, to=link.email, context=context, language=link.language, about=f"link:{link.uuid}")
    note(link, LinkEventKind.MAILED, at=at)


def link_address(link: PaymentLink) -> str:
    """The page that the customer gets."""
    return f"{link.origin}{reverse('pay', args=[link.token])}"


def note(link: PaymentLink, kind: LinkEventKind, *, at: datetime, payment: str = "", detail: str = "") -> None:
    """Write into the link's book."""
    LinkEvent.objects.create(
        business_id=link.business_id, link=link, kind=kind, at=at, payment=payment, detail=detail[:200]
    )  # fmt: skip


def locked_link(order: UUID) -> PaymentLink | None:
    """A link of the current business with its order, both held until the transaction ends."""
    held = Order.objects.select_for_update().filter(uuid=order, kind=OrderKind.ONLINE).first()
    if held is None:
        return None
    found: PaymentLink | None = PaymentLink.objects.select_for_update().filter(order=held).first()
    if found is not None:
        found.order = held
    return found


def send_again(link: PaymentLink, *, to: str, at: datetime) -> None:
    """Mail a waiting link once more, maybe elsewhere. The link is held."""
    if link.email != to:
        link.email = to
        link.save(update_fields=["email"])
    mail_link(link, at=at)


def end_link(link: PaymentLink, state: LinkState, *, at: datetime, why: LinkEventKind | None = None) -> None:
    """Nobody is to pay it any more. The gateway is told, and asked on, since money may be under way. The link is held."""
    link.state, link.ended_at = state, at
    link.ask_at = at + FIRST_PAUSE if link.session else None
    link.asked = 0
    link.save(update_fields=["state", "ended_at", "ask_at", "asked"])
    order = link.order
    if order.is_open:
        order.state, order.changed_at = OrderState.DISCARDED, at
        order.version += 1
        order.save(update_fields=["state", "changed_at", "version"])
    note(link, why or LinkEventKind(state), at=at)
    if link.session:
        enqueue(kind=CLOSE, key=str(link.uuid), payload={"link": str(link.uuid)})
    publish(changed(order))


def open_at_gateway(link: PaymentLink, *, at: datetime) -> str:
    """The gateway's page, made when it is wanted first. Outside transactions: the gateway is asked.

    Conflict where there is nothing to pay any more; Unreachable and Refused as the gateway says.
    """
    if not link.waits or link.expires_at <= at:
        raise Conflict(_("This payment link is no longer valid."))
    if link.page:
        return link.page
    try:
        gateway = directory().gateway(link.connection)
    except LookupError as error:
        raise Unreachable("the connection is gone") from error
    with override(link.language):
        description = _("Your purchase at %(store)s") % {"store": link.store.name}
    made = gateway.create(
        Asked(
            key=link.uuid, amount=link.amount, currency=link.currency, description=description, email=link.email,
            language=link.language, back=link_address(link), expires_at=link.expires_at,
        )
    )  # fmt: skip
    with write_transaction():
        held = locked_link(link.order.uuid)
        if held is None or not held.waits:
            raise Conflict(_("This payment link is no longer valid."))
        if not held.session:
            held.session, held.page = made.id, made.page
            held.ask_at = min(at + FIRST_PAUSE, held.expires_at)
            held.save(update_fields=["session", "page", "ask_at"])
            note(held, LinkEventKind.OPENED, at=at)
    return made.page


def hint(connection: UUID, session: str, *, message: UUID) -> bool:
    """A gateway says that something happened to a session: it is asked at once. False where no link has that session."""
    link = PaymentLink.objects.filter(connection=connection, session=session).exclude(session="").first()
    if link is None:
        return False
    enqueue(
        kind=LOOK, key=f"{link.uuid}:{message}", payload={"link": str(link.uuid)}, shard=f"link:{link.uuid}",
        store_id=link.store_id,
    )  # fmt: skip
    return True


def ask_later(link: PaymentLink, *, at: datetime) -> None:
    """When the gateway is asked next: after a pause that doubles, at the latest when the link expires, and not for ever."""
    pause = min(FIRST_PAUSE * 2 ** min(link.asked, 12), LONGEST_PAUSE)
    link.asked += 1
    due = at + pause
    if link.waits and at < link.expires_at:
        due = min(due, link.expires_at)
    over = link.ended_at is not None and due > link.ended_at + ASKED_AFTER_END
    link.ask_at = None if over else due
    link.save(update_fields=["asked", "ask_at"])


def said(taken: Taken) -> str:
    """What was taken, as the book keeps it."""
    return f"{taken.amount:.2f} {taken.currency}"


def keep_stray(link: PaymentLink, taken: Taken, reason: StrayReason, *, at: datetime) -> None:
    """Money that nothing may be booked for: somebody has to give it back. The link is held."""
    note(link, LinkEventKind.STRAY, at=at, payment=taken.payment, detail=f"{said(taken)}: {reason}")
    StrayPayment.objects.create(
        business_id=link.business_id, uuid=uuid7(), link=link, payment=taken.payment, reason=reason, currency=taken.currency[:3],
        amount=taken.amount, at=taken.at,
    )  # fmt: skip
    publish(changed(link.order))


def paid_otherwise(orders: Sequence[Order], *, at: datetime) -> None:
    """Orders that a sale at a till has just settled need no link any more. Inside its transaction."""
    for order in orders:
        if order.kind == OrderKind.ONLINE:
            link = PaymentLink.objects.select_for_update().get(order=order)
            link.order = order
            if link.waits:
                end_link(link, LinkState.CANCELLED, at=at, why=LinkEventKind.OTHERWISE)
