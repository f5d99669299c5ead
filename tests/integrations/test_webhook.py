"""The door of webhooks over real HTTP: signed, once, of its own connection; whatever else comes changes nothing (POS-30)."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from integrations.models import Connection, InboundMessage, SimulatedPayment, SimulatedSession
from integrations.services import inbound
from integrations.services.credentials import credentials_of
from integrations.simulator.signing import sign
from pos.models import PaymentLink, Receipt
from smartpos.ids import uuid7
from smartpos.outbox.models import Delivery
from tests.links import again, connected, make, press_pay, work_off
from tests.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
Send = Callable[..., tuple[int, Any]]


class Paid:
    """A link whose money is at the gateway, and nobody has said so yet."""

    def __init__(self) -> None:
        self.world = make_world("A")
        self.connection = connected(self.world)
        till = self.world.till()
        till.open_shift()
        self.link = make(till, self.connection)
        press_pay(self.link)
        self.session = SimulatedSession.everywhere.get()
        SimulatedPayment.everywhere.create(
            business=self.world.business, session=self.session, amount=self.link.amount, currency="BAM", at=datetime.now(UTC)
        )

    def state(self) -> tuple[str, int]:
        work_off()
        return again(self.link).state, Receipt.everywhere.count()


@pytest.fixture
def paid() -> Paid:
    return Paid()


@pytest.fixture
def send(live_server: LiveServer, paid: Paid) -> Send:
    """Post a message as a gateway does."""

    def post(
        session: str = "", *, to: Connection | None = None, by: Connection | None = None, message: str = "", raw: bytes = b"",
        at: datetime | None = None, signature: str | None = None, provider: str = "simulator",
    ) -> tuple[int, Any]:  # fmt: skip
        target, signer = to or paid.connection, by or to or paid.connection
        body = (
            raw
            or json.dumps(
                {"id": message or str(uuid7()), "type": "session.changed", "session": session or paid.session.code}
            ).encode()
        )
        secret = str(credentials_of(signer)["secret"])
        signed = sign(secret, body, at=at or datetime.now(UTC)) if signature is None else signature
        request = urllib.request.Request(
            f"{live_server.url}/in/{provider}/{target.uuid}/", data=body, headers={"Simulator-Signature": signed}
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    return post


def test_a_signed_message_settles_the_sale_once_however_often_it_comes(paid: Paid, send: Send) -> None:
    assert send(message="evt-1") == (200, {"received": True})
    assert send(message="evt-1") == (200, {"received": True})
    assert Delivery.objects.filter(kind="payment.look").count() == 1
    assert paid.state() == ("paid", 1)
    assert send(message="evt-2") == (200, {"received": True})
    assert send(message="evt-1") == (200, {"received": True})
    assert paid.state() == ("paid", 1)
    assert InboundMessage.everywhere.filter(verified=True).count() == 2


@pytest.mark.parametrize("signature", ["", "t=1,v1=00", "nonsense", "t=١٢,v1=00".encode().decode("latin-1")])
def test_a_message_without_the_right_signature_does_nothing(paid: Paid, send: Send, signature: str) -> None:
    assert send(signature=signature)[0] == 400
    assert paid.state() == ("waiting", 0)
    assert InboundMessage.everywhere.get().verified is False


def test_an_old_message_is_not_taken_again(paid: Paid, send: Send) -> None:
    assert send(at=datetime.now(UTC) - timedelta(minutes=6))[0] == 400
    assert send(at=datetime.now(UTC) + timedelta(minutes=6))[0] == 400
    assert paid.state() == ("waiting", 0)


def test_a_forged_message_about_a_session_that_nobody_paid_books_nothing(paid: Paid, send: Send) -> None:
    SimulatedPayment.everywhere.all().delete()
    assert send()[0] == 200
    assert paid.state() == ("waiting", 0)


def test_a_neighbours_connection_cannot_speak_of_our_sessions(paid: Paid, send: Send) -> None:
    other = make_world("B", currency="EUR", zone="Europe/Vienna")
    foreign = connected(other)
    assert send(by=foreign)[0] == 400  # our address, their secret
    assert send(to=foreign) == (200, {"received": True})  # their address, our session
    assert paid.state() == ("waiting", 0)
    assert send()[0] == 200
    assert paid.state() == ("paid", 1)


def test_what_is_no_message_is_refused(paid: Paid, send: Send) -> None:
    assert send(raw=b"[]")[0] == 400
    assert send(raw=b"x" * (64 * 1024 + 1))[0] == 413
    assert send(provider="nobody")[0] == 404
    gone = Connection(uuid=uuid7(), sealed=paid.connection.sealed)
    assert send(to=gone)[0] == 404


def test_who_guesses_signatures_is_locked_out_for_a_while(paid: Paid, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbound, "FREE", 3)
    codes = [send(signature="t=1,v1=00")[0] for _try in range(6)]
    assert codes == [400, 400, 400, 400, 429, 429]
    assert send()[0] == 429


def test_a_disconnected_gateway_is_still_heard(paid: Paid, send: Send) -> None:
    Connection.everywhere.filter(pk=paid.connection.pk).update(active=False)
    assert send()[0] == 200
    assert paid.state() == ("paid", 1)


def test_messages_are_forgotten_after_a_month(paid: Paid, send: Send) -> None:
    send()
    assert inbound.forget_old(datetime.now(UTC) + timedelta(days=29)) == "0 messages"
    assert inbound.forget_old(datetime.now(UTC) + timedelta(days=31)) == "1 messages"
    assert PaymentLink.everywhere.count() == 1
