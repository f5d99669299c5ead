"""The simulated gateway's own book: sessions, payments, refunds, and the webhooks that it sends (docs/payments.md)."""

import secrets
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse

from integrations.models import Connection, SimulatedPayment, SimulatedSession
from pos.gateways import Asked, Refused
from smartpos.db.locks import write_transaction
from smartpos.ids import uuid7
from smartpos.outbox.deliveries import enqueue

WEBHOOK = "simulator.webhook"
LATER = timedelta(seconds=30)
# What a customer may let happen on its page.
WAYS = ("pay", "decline", "lost", "later", "repeat", "twice", "wrong")


def open_session(connection_id: int, asked: Asked, *, at: datetime) -> SimulatedSession:
    """A session; the same key again is the same one."""
    with write_transaction():
        connection = Connection.objects.select_related("business").get(pk=connection_id)
        session, _made = SimulatedSession.objects.get_or_create(
            connection=connection, key=asked.key,
            defaults={
                "business": connection.business, "code": secrets.token_urlsafe(24), "amount": asked.amount,
                "currency": asked.currency, "description": asked.description[:200], "back": asked.back[:300], "created_at": at,
                "expires_at": asked.expires_at,
            },
        )  # fmt: skip
    return session  # type: ignore[no-any-return]


def page_of(session: SimulatedSession, back: str) -> str:
    """Where the customer pays: beside the page that they come from."""
    place = urlsplit(back)
    return f"{place.scheme}://{place.netloc}{reverse('simulator-page', args=[session.code])}"


def session_with_payments(
    connection_id: int, code: str, *, at: datetime
) -> tuple[SimulatedSession, list[SimulatedPayment]]:  # fmt: skip
    """A session and what was paid for it by now; Refused where there is none."""
    session = SimulatedSession.objects.filter(connection_id=connection_id, code=code).first()
    if session is None:
        raise Refused("no such session")
    return session, list(session.payments.filter(at__lte=at).order_by("pk"))


def close_session(connection_id: int, code: str, *, at: datetime) -> None:
    """Take no more money for it; money that is under way still comes."""
    SimulatedSession.objects.filter(connection_id=connection_id, code=code, closed_at=None).update(closed_at=at)


def refund(connection_id: int, payment: str, *, amount: Decimal, currency: str, key: UUID) -> None:
    """Give a payment back, or a part of it; Refused where more would go back than was paid. The same key is the same refund."""
    with write_transaction():
        found = SimulatedPayment.objects.select_for_update(of=("self",)).filter(**_payment(connection_id, payment)).first()
        if found is None or found.currency != currency:
            raise Refused("the simulator does not know this payment")
        if found.refunds.filter(key=key).exists():
            return
        before = found.refunds.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        if before + amount > found.amount:
            raise Refused("more would go back than was paid")
        found.refunds.create(business_id=found.business_id, key=key, amount=amount)


def refunded(connection_id: int, payment: str, *, key: UUID) -> bool:
    """Whether a payment, or a part of it, was given back under this key."""
    found = SimulatedPayment.objects.filter(**_payment(connection_id, payment), refunds__key=key)
    return bool(found.exists())


def _payment(connection_id: int, payment: str) -> dict[str, Any]:
    return {"uuid": UUID(payment), "session__connection_id": connection_id}


def let_happen(session: SimulatedSession, way: str, *, at: datetime) -> None:
    """What the customer chose on the page. A closed or expired session takes nothing; a late payment was on its way before."""
    if way not in WAYS or session.closed_at is not None or session.expires_at <= at:
        return
    with write_transaction():
        held = SimulatedSession.objects.select_for_update().get(pk=session.pk)
        if way == "decline":
            held.failed = True
            held.save(update_fields=["failed"])
            _send(held, at=at)
            return
        if held.payments.exists():
            return
        due = at + LATER if way == "later" else at
        amount = held.amount + 1 if way == "wrong" else held.amount
        for _time in range(2 if way == "twice" else 1):
            SimulatedPayment.objects.create(
                business_id=held.business_id, session=held, amount=amount, currency=held.currency, at=due
            )
        if way != "lost":
            _send(held, at=due, times=2 if way == "repeat" else 1)


def _send(session: SimulatedSession, *, at: datetime, times: int = 1) -> None:
    """A message under way, or the same message several times."""
    message = str(uuid7())
    for time in range(times):
        enqueue(
            kind=WEBHOOK, key=f"{message}:{time}", payload={"session": session.code, "message": message}, due_at=at
        )  # fmt: skip
