"""Payment links: nothing is booked until the gateway has the money, then exactly once; everything else is given back (POS-30, POS-31)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from integrations.models import Connection, SimulatedPayment, SimulatedRefund, SimulatedSession
from integrations.services.credentials import sealed
from inventory.models import Movement
from pos.models import LinkEvent, Order, PaymentLink, PointsEntry, Receipt, Shift, StrayPayment
from pos.offline import link_paying
from pos.selectors.checks import numbers, receipts
from pos.services.customers import CustomerInput, create_customer
from pos.services.strays import deal_with, give_back
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.mail.models import Mail
from smartpos.operations.models import Operation
from smartpos.outbox.models import OutboxEvent
from tests.links import TO, again, connected, link_of, link_operation, make, pay, press_pay, work_off
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def connection(world: World) -> Connection:
    return connected(world)


@pytest.fixture
def till(world: World, connection: Connection) -> Till:
    """Boris's till with an open shift, where a gateway is connected."""
    till = world.till()
    till.open_shift()
    return till


def ask(world: World) -> None:
    """The job, and the worker after it."""
    with acting(business_id=world.business.pk):
        link_paying.ask(datetime.now(UTC))
    work_off()


def stray(link: PaymentLink) -> StrayPayment:
    return StrayPayment.everywhere.get(link=link)


def events(link: PaymentLink) -> list[str]:
    return [event.kind for event in LinkEvent.everywhere.filter(link=link).order_by("pk")]


@pytest.mark.feature("POS-30")
def test_a_link_is_mailed_and_books_nothing_until_it_is_paid(world: World, till: Till, connection: Connection) -> None:
    link = make(till, connection)
    assert (link.state, link.amount, link.currency, link.order.state) == ("waiting", Decimal(18), "BAM", "open")
    assert not Receipt.everywhere.exists()
    assert not Movement.everywhere.exists()
    mail = Mail.everywhere.get()
    assert (mail.to, mail.kind) == (TO, "payment_link")
    assert f"/pay/{link.token}/" in mail.text
    assert len(link.token) >= 40

    link = pay(link)
    receipt = Receipt.everywhere.get()
    assert (link.state, link.order.state, link.order.receipt) == ("paid", "settled", receipt.uuid)
    assert (receipt.uuid, receipt.label, receipt.total, receipt.kind) == (link.order.uuid, "WEB1-1", Decimal(18), "sale")
    assert receipt.marks == "[]"
    assert [(p.method, p.amount) for p in receipt.payments.all()] == [("online", Decimal(18))]
    assert Movement.everywhere.get().quantity == -2
    assert [mail.kind for mail in Mail.everywhere.order_by("pk")] == ["payment_link", "receipt"]
    assert events(link) == ["made", "mailed", "opened", "paid"]
    assert OutboxEvent.objects.filter(name="order.changed", payload__contains="settled").exists()
    assert list(receipts()) == list(numbers()) == []


def test_the_till_is_told_how_its_links_stand(till: Till, connection: Connection) -> None:
    link = make(till, connection)
    [row] = till.send("GET", "/pos/orders", None)[1]["online"]
    assert (row["id"], row["state"], row["to"], row["total"], row["label"]) == (str(link.order.uuid), "waiting", TO, "18", "")
    pay(link)
    answer = till.send("GET", "/pos/orders", None)[1]
    [row] = answer["online"]
    assert (row["state"], row["label"], row["stray"]) == ("paid", "WEB1-1", False)
    assert answer["gateways"] == [{"id": str(connection.uuid), "name": "Simulator"}]


@pytest.mark.feature("LOY-06")
def test_points_are_earned_when_it_is_paid_and_the_number_is_the_stores_own(
    world: World, till: Till, connection: Connection
) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"loyalty.enabled": True}, by=world.owner, at=datetime.now(UTC))
        buyer = create_customer(CustomerInput(name="Amra", enrolled=True), by=world.owner, at=datetime.now(UTC))
    till.load()
    link = make(till, connection, buyer=str(buyer.uuid))
    assert not PointsEntry.everywhere.filter(kind="earned").exists()
    till.post(till.sale([(till.item("ESP"), "1")]))
    pay(link)
    assert PointsEntry.everywhere.get(kind="earned").receipt.uuid == link.order.uuid
    [after] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert (after["marks"], after["result"]["label"]) == ([], "A1-2")
    assert sorted(receipt.label for receipt in Receipt.everywhere.all()) == ["A1-1", "A1-2", "WEB1-1"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda body: body.update(to="kupac@"), "address"),
        (lambda body: body.update(gateway=body["order"]), "gateway"),
        (lambda body: body["cart"].update(tenders=[{"method": "card", "amount": body["figures"]["total"]}]), "nothing"),
    ],
)
def test_what_may_not_be_is_refused_and_nothing_is_kept(till: Till, connection: Connection, change: Any, reason: str) -> None:
    made = link_operation(till, connection)
    change(made["body"])
    [answer] = till.post(made)
    assert (answer["state"], answer["result"]["made"], answer["result"]["reason"]) == ("done", False, reason)
    assert not PaymentLink.everywhere.exists()
    assert not Mail.everywhere.exists()


def test_who_lacks_the_right_sends_none(world: World, connection: Connection) -> None:
    till = world.till(pin="2222")
    till.open_shift()
    cart = till.cart([(till.item("CEV"), "1")])
    cart["lines"][0]["override"] = {"price": "1.00"} if isinstance(cart["lines"][0].get("override"), dict) else "1.00"
    made = link_operation(till, connection)
    cart["tenders"] = [{"method": "online", "amount": till.figures(cart)["total"]}]
    made["body"] |= {"cart": cart, "goods": till.goods(cart, [till.item("CEV")]), "figures": till.figures(cart)}
    [answer] = till.post(made)
    assert answer["result"]["reason"] == "rights"


def test_figures_that_differ_make_no_link(till: Till, connection: Connection) -> None:
    made = link_operation(till, connection)
    made["body"]["figures"]["tax"] = "0.01"
    [answer] = till.post(made)
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "figures_differ")
    assert not PaymentLink.everywhere.exists()


def test_the_same_operation_again_is_the_same_link_and_the_journal_keeps_no_address(till: Till, connection: Connection) -> None:
    made = link_operation(till, connection)
    assert till.post(made) == till.post(made)
    assert PaymentLink.everywhere.count() == Mail.everywhere.count() == 1
    kept = Operation.everywhere.get(kind="link.make")
    assert TO not in kept.body + kept.answer


@pytest.mark.parametrize("way", ["lost", "repeat", "later"])
def test_a_message_that_is_lost_repeated_or_late_books_once(
    world: World, till: Till, connection: Connection, clock: Any, way: str
) -> None:
    link = pay(make(till, connection), way)
    for _minute in range(4):
        clock.shift(timedelta(minutes=1))
        ask(world)
    assert (again(link).state, Receipt.everywhere.count(), StrayPayment.everywhere.count()) == ("paid", 1, 0)
    assert SimulatedPayment.everywhere.count() == 1


@pytest.mark.feature("POS-31")
def test_paid_twice_is_one_receipt_and_one_payment_to_give_back(world: World, till: Till, connection: Connection) -> None:
    link = pay(make(till, connection), "twice")
    assert (link.state, Receipt.everywhere.count(), stray(link).reason) == ("paid", 1, "twice")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        give_back(stray(link).uuid, by=world.owner, at=datetime.now(UTC))
        give_back(stray(link).uuid, by=world.owner, at=datetime.now(UTC))
    work_off()
    assert stray(link).state == "refunded"
    assert SimulatedRefund.everywhere.get().key == stray(link).uuid


def test_another_amount_is_kept_for_a_look_and_books_nothing(world: World, till: Till, connection: Connection) -> None:
    link = pay(make(till, connection), "wrong")
    assert (link.state, stray(link).reason, stray(link).amount) == ("waiting", "amount", Decimal(19))
    assert not Receipt.everywhere.exists()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        deal_with(stray(link).uuid, by=world.owner, note="Paid the difference in cash", at=datetime.now(UTC))
    assert stray(link).state == "dealt"


def test_money_after_cancelling_is_flagged_and_never_booked(
    world: World, till: Till, connection: Connection, clock: Any
) -> None:
    link = pay(make(till, connection), "later", work=False)
    [answer] = till.post(till.operation("link.cancel", {"order": str(link.order.uuid)}))
    assert answer["result"]["cancelled"]
    assert (again(link).state, again(link).order.state) == ("cancelled", "discarded")
    clock.shift(timedelta(minutes=3))
    ask(world)
    assert (stray(link).reason, Receipt.everywhere.count()) == ("cancelled", 0)
    [row] = till.send("GET", "/pos/orders", None)[1]["online"]
    assert row["stray"]
    [late] = till.post(till.operation("link.cancel", {"order": str(link.order.uuid)}))
    assert (late["result"]["cancelled"], late["result"]["reason"]) == (False, "over")


def test_a_link_expires_and_money_that_comes_then_is_flagged(
    world: World, till: Till, connection: Connection, clock: Any
) -> None:
    never, opened = make(till, connection), make(till, connection)
    press_pay(opened)
    clock.shift(timedelta(hours=24, minutes=1))
    ask(world)
    assert (again(never).state, again(opened).state) == ("expired", "expired")
    assert again(never).ask_at is None
    assert SimulatedSession.everywhere.get().closed_at is not None
    SimulatedPayment.everywhere.create(
        business=world.business,
        session=SimulatedSession.everywhere.get(),
        amount=opened.amount,
        currency="BAM",
        at=datetime.now(UTC),
    )
    clock.shift(timedelta(minutes=3))
    ask(world)
    assert (stray(opened).reason, Receipt.everywhere.count()) == ("expired", 0)
    clock.shift(timedelta(days=4))
    ask(world)
    assert again(opened).ask_at is None


def test_paid_in_the_last_minute_with_no_message_is_paid_and_not_expired(
    world: World, till: Till, connection: Connection, clock: Any
) -> None:
    link = make(till, connection)
    clock.shift(timedelta(hours=23, minutes=59))
    pay(link, "lost")
    clock.shift(timedelta(minutes=2))
    ask(world)
    assert again(link).state == "paid"


def test_a_gateway_that_says_nothing_leaves_the_link_unknown_until_it_speaks(
    world: World, till: Till, connection: Connection, clock: Any
) -> None:
    link = pay(make(till, connection), "lost")
    kept = connection.sealed
    Connection.everywhere.filter(pk=connection.pk).update(sealed=sealed({"secret": "x", "behaviour": "silent"}))
    for _minute in range(6):
        clock.shift(timedelta(minutes=2))
        ask(world)
    assert again(link).state == "waiting"
    assert events(link).count("unknown") == 1
    Connection.everywhere.filter(pk=connection.pk).update(sealed=kept)
    clock.shift(timedelta(hours=1))
    ask(world)
    assert (again(link).state, Receipt.everywhere.count()) == ("paid", 1)


def test_a_lost_answer_while_opening_makes_no_second_session(till: Till, world: World) -> None:
    silent = connected(world, name="Silent", store=world.store, behaviour="silent")
    link = make(till, silent)
    assert press_pay(link).status_code == 503
    assert press_pay(link).status_code == 503
    assert SimulatedSession.everywhere.count() == 1
    Connection.everywhere.filter(pk=silent.pk).update(sealed=sealed({"secret": "x", "behaviour": "normal"}))
    assert press_pay(link).status_code == 200
    assert SimulatedSession.everywhere.get().code == again(link).session


def test_declined_and_then_paid(till: Till, connection: Connection) -> None:
    link = pay(make(till, connection), "decline")
    assert (link.state, events(link)[-1]) == ("waiting", "failed")
    assert pay(link).state == "paid"


def test_an_order_that_a_till_was_paid_for_otherwise_is_not_paid_by_its_link(
    world: World, till: Till, connection: Connection, clock: Any
) -> None:
    link = pay(make(till, connection), "later", work=False)
    sale = till.sale([(till.item("CEV"), "2")])
    sale["body"]["orders"] = [str(link.order.uuid)]
    [answer] = till.post(sale)
    assert answer["state"] == "done"
    assert again(link).state == "cancelled"
    clock.shift(timedelta(minutes=3))
    ask(world)
    assert (stray(link).reason, Receipt.everywhere.count()) == ("otherwise", 1)


def test_held_cart_acts_do_not_touch_a_link(till: Till, connection: Connection) -> None:
    link = make(till, connection)
    order = str(link.order.uuid)
    [claim] = till.post(till.operation("order.claim", {"order": order, "version": 1}))
    [drop] = till.post(till.operation("order.drop", {"order": order, "version": 1}))
    assert (claim["result"]["taken"], drop["result"]["dropped"]) == (False, False)
    assert again(link).waits


def test_paid_the_next_day_it_stands_in_the_shift_of_then_at_the_price_of_the_making(
    world: World, till: Till, connection: Connection, clock: Any
) -> None:
    link = make(till, connection)
    till.close_shift("100.00")
    clock.shift(timedelta(hours=20))
    link = pay(link)
    receipt = Receipt.everywhere.get()
    assert receipt.late
    assert receipt.business_date.isoformat() == "2026-11-25"
    assert Shift.everywhere.get().closed_at is not None
    second = make(till, connection) if till.open_shift() else None
    till.close_shift("100.00")
    till.open_shift()
    pay(second)
    assert not Receipt.everywhere.order_by("-pk")[0].late
    assert str(Receipt.everywhere.order_by("-pk")[0].shift.uuid) == till.shift


def test_mailed_once_more_to_another_address(till: Till, connection: Connection) -> None:
    link = make(till, connection)
    [bad] = till.post(till.operation("link.send", {"order": str(link.order.uuid), "to": "nobody"}))
    [sent] = till.post(till.operation("link.send", {"order": str(link.order.uuid), "to": "druga@example.com"}))
    assert (bad["result"]["reason"], sent["result"]["sent"]) == ("address", True)
    assert again(link).email == "druga@example.com"
    assert Mail.everywhere.order_by("-pk")[0].to == "druga@example.com"
    pay(link)
    assert Mail.everywhere.filter(kind="receipt").get().to == "druga@example.com"
    [over] = till.post(till.operation("link.send", {"order": str(link.order.uuid), "to": TO}))
    assert over["result"]["reason"] == "over"


def test_a_sale_that_cannot_be_booked_hides_no_money(till: Till, connection: Connection) -> None:
    link = make(till, connection)
    contents = link.order.contents.replace('"18.00"', '"17.00"')
    Order.everywhere.filter(pk=link.order.pk).update(contents=contents)
    link = pay(link)
    assert (link.state, stray(link).reason, Receipt.everywhere.count()) == ("cancelled", "unbookable", 0)


def test_a_foreign_till_can_do_nothing_to_a_link(world: World, other_world: World, till: Till, connection: Connection) -> None:
    link = make(till, connection)
    foreign = other_world.till(Client())
    foreign.open_shift()
    for kind, body in (("link.cancel", {}), ("link.send", {"to": TO})):
        [answer] = foreign.post(foreign.operation(kind, {"order": str(link.order.uuid), **body}))
        assert answer["result"]["reason"] == "over"
    taken = link_operation(foreign, connection)
    [answer] = foreign.post(taken)
    assert answer["result"]["reason"] == "gateway"
    assert again(link).waits
    assert link_of(str(link.order.uuid)).email == TO
