"""What was paid by a link goes back through the gateway that took it: once, by itself, and not done until it says so (POS-45)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from integrations.models import Connection, SimulatedPayment, SimulatedRefund
from integrations.services.credentials import sealed
from pos.models import Receipt, StrayPayment
from pos.services.strays import deal_with, give_back
from smartpos.context import acting
from smartpos.errors import Conflict
from smartpos.outbox.models import Delivery
from tests.links import connected, make, pay, work_off
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ONE = {"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]}
BOTH = {"total": "18.00", "tax": "2.62", "rounding": "0.00", "payable": ["18.00"]}


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def connection(world: World) -> Connection:
    return connected(world)


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def till(world: World, connection: Connection) -> Till:
    """Ana's till, where a gateway is connected: she needs nobody's yes."""
    till = world.till(pin="9999")
    till.open_shift()
    return till


@pytest.fixture
def receipt(till: Till, connection: Connection) -> dict[str, Any]:
    """Two portions for 18.00, paid by a link."""
    pay(make(till, connection))
    return read(till, "WEB1-1")


def read(till: Till, label: str) -> dict[str, Any]:
    _status, found = till.send("GET", f"/pos/receipts?number={label}", None)
    return found["receipts"][0]


def behave(connection: Connection, behaviour: str) -> None:
    Connection.everywhere.filter(pk=connection.pk).update(sealed=sealed({"secret": "x", "behaviour": behaviour}))


def back(till: Till, receipt: dict[str, Any], quantity: str = "1", method: str = "online") -> dict[str, Any]:
    figures = ONE if quantity == "1" else BOTH
    tenders = [{"method": method, "amount": figures["total"]}]
    operation = till.refund(receipt, {receipt["lines"][0]["id"]: quantity}, tenders=tenders, figures=figures)
    answers = till.post(operation) + till.post(operation)
    assert [answer["state"] for answer in answers] == ["done", "done"], answers
    return read(till, answers[0]["result"]["label"])


def states() -> list[str]:
    return [row.state for row in StrayPayment.everywhere.order_by("pk")]


def given() -> list[Decimal]:
    return [row.amount for row in SimulatedRefund.everywhere.order_by("pk")]


@pytest.mark.feature("POS-45")
def test_each_part_goes_back_once_and_is_not_done_before_the_gateway_says_so(till: Till, receipt: dict[str, Any]) -> None:
    refund = back(till, receipt)
    assert (refund["online"], given()) == ("refunding", [])
    assert [one["online"] for one in read(till, "WEB1-1")["reversals"]] == ["refunding"]
    work_off()
    work_off()
    assert (read(till, refund["label"])["online"], given()) == ("refunded", [Decimal(9)])
    back(till, receipt)
    work_off()
    assert (states(), given()) == (["refunded", "refunded"], [Decimal(9), Decimal(9)])
    assert {row.payment for row in StrayPayment.everywhere.all()} == {str(SimulatedPayment.everywhere.get().uuid)}
    assert [row.receipt.total for row in StrayPayment.everywhere.order_by("pk")] == [Decimal(-9), Decimal(-9)]
    [listed] = till.send("GET", "/pos/orders", None)[1]["online"]
    assert not listed["stray"]


@pytest.mark.feature("POS-45")
def test_a_refusal_leaves_it_pending_for_the_office_which_tries_again(
    world: World, till: Till, receipt: dict[str, Any], connection: Connection, office: Client
) -> None:
    behave(connection, "refusing")
    refund = back(till, receipt, "2")
    work_off()
    assert (read(till, refund["label"])["online"], states(), given()) == ("open", ["open"], [])
    assert Receipt.everywhere.get(kind="refund").total == -18  # the receipt stands, its money is pending
    stray = StrayPayment.everywhere.get()
    assert "kupac@example.com" in office.get("/backoffice/online-payments/?stray=yes").content.decode()
    assert "1 online payment waits" in office.get("/backoffice/review/").content.decode()
    page = f"/backoffice/online-payments/{stray.link.uuid}/"
    shown = office.get(page).content.decode()
    assert "Given back at the till" in shown
    assert refund["label"] in shown
    assert "set to give nothing back" in shown
    assert "To give back" in office.get(f"/backoffice/sales/{refund['id']}/").content.decode()

    decide = f"/backoffice/online-payments/strays/{stray.uuid}/"
    behave(connection, "normal")
    assert office.post(decide, {"decision": "refund"}).status_code == 302
    assert 'value="refund"' not in office.get(page).content.decode()
    assert office.post(decide, {"decision": "refund"}).status_code == 302
    work_off()
    assert (read(till, refund["label"])["online"], given()) == ("refunded", [Decimal(18)])


@pytest.mark.feature("POS-45")
def test_an_answer_that_was_lost_is_asked_for_before_anything_is_tried_again(
    till: Till, receipt: dict[str, Any], connection: Connection, clock: Any
) -> None:
    behave(connection, "losing")  # it gives back and says nothing: trying again would never come to an end
    refund = back(till, receipt)
    work_off()
    assert (states(), given(), Delivery.objects.get(kind="payment.refund").state) == (["refunding"], [Decimal(9)], "unknown")
    assert read(till, refund["label"])["online"] == "refunding"
    clock.shift(timedelta(minutes=1))
    work_off()
    assert (states(), given(), Delivery.objects.get(kind="payment.refund").attempts) == (["refunded"], [Decimal(9)], 2)


def test_a_gateway_that_says_nothing_is_asked_for_days_and_then_somebody_asks_anew(
    world: World, till: Till, receipt: dict[str, Any], connection: Connection, clock: Any
) -> None:
    behave(connection, "silent")
    back(till, receipt)
    work_off()
    stray = StrayPayment.everywhere.get()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        give_back(stray.uuid, by=world.owner, at=datetime.now(UTC))
        with pytest.raises(Conflict):
            deal_with(stray.uuid, by=world.owner, note="In the gateway's office", at=datetime.now(UTC))
    assert Delivery.objects.filter(kind="payment.refund").count() == 1  # somebody is at it
    for _hour in range(110):
        clock.shift(timedelta(hours=2))
        work_off()
    assert (states(), Delivery.objects.get(kind="payment.refund").state) == (["refunding"], "dead")
    behave(connection, "losing")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        give_back(stray.uuid, by=world.owner, at=datetime.now(UTC))
    for _minute in range(2):
        work_off()
        clock.shift(timedelta(minutes=1))
    assert (states(), given()) == (["refunded"], [Decimal(9)])


def test_a_void_and_the_rest_of_an_exchange_go_back_the_same_way(till: Till, connection: Connection) -> None:
    pay(make(till, connection))
    pay(make(till, connection))
    first, second = read(till, "WEB1-1"), read(till, "WEB1-2")
    [voided] = till.post(till.void(first))
    assert voided["state"] == "done", voided
    tenders = [{"method": "online", "amount": "7.00"}, {"method": "exchange", "amount": "2.00"}]
    refund = till.refund(second, {second["lines"][0]["id"]: "1"}, tenders=tenders, figures=ONE)
    sale = till.sale([(till.item("ESP"), "1")], tenders=[{"method": "exchange", "amount": "2.00"}])
    sale["body"]["exchange"] = refund["id"]
    answers = till.post(refund, sale | {"needs": [refund["id"]]})
    assert [answer["state"] for answer in answers] == ["done", "done"], answers
    work_off()
    assert (states(), given()) == (["refunded", "refunded"], [Decimal(18), Decimal(7)])


def test_what_goes_back_in_cash_asks_no_gateway(till: Till, receipt: dict[str, Any]) -> None:
    refund = back(till, receipt, method="cash")
    work_off()
    assert (refund["online"], states(), given()) == (None, [], [])
