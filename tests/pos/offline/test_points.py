"""Points of customers: earned, used, given back; the balance is never below nought and always the sum of its entries."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pos.documents import receipt_html
from pos.models import Customer, PointsAccount, PointsEntry, Receipt
from pos.services.customers import CustomerInput, create_customer, erase_customer, merge_customers
from pos.services.loyalty import adjust_points
from pos.services.points_told import tell
from smartpos.access.services.settings import set_values
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.people.services.places import create_terminal
from tests.architecture.queries import statements
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

RULES = {"minimum": "100", "value_of_100": "1.00"}


def office(world: World) -> Any:
    return acting(business_id=world.business.pk, actor_id=world.owner.pk)


def add(world: World, name: str, *, enrolled: bool = True) -> Customer:
    with office(world):
        return create_customer(CustomerInput(name=name, enrolled=enrolled), by=world.owner, at=AT)


def give(world: World, customer: Customer, points: int) -> None:
    with office(world):
        adjust_points(customer, points, reason="Test", uuid=uuid7(), by=world.owner, at=AT)


def state(world: World, customer: Customer) -> tuple[int, int]:
    """Balance and debt."""
    with office(world):
        row = PointsAccount.objects.filter(customer=customer).first()
    return (row.balance, row.debt) if row else (0, 0)


def entries(world: World, customer: Customer) -> list[tuple[str, int, int, int]]:
    with office(world):
        found = PointsEntry.objects.filter(holder__customer=customer).order_by("pk")
        return [(entry.kind, entry.moved, entry.balance, entry.debt) for entry in found]


@pytest.fixture
def amra(world: World) -> Customer:
    with office(world):
        set_values({"loyalty.enabled": True}, by=world.owner, at=AT)
    return add(world, "Amra")


@pytest.fixture
def till(world: World, amra: Customer) -> Till:
    till = world.till()
    till.open_shift()
    return till


def using(points: int | str, balance: int) -> dict[str, str]:
    return {"use": str(points), "balance": str(balance), **RULES}


def sell(till: Till, buyer: Customer, quantity: str = "1", *, sku: str = "CEV", **more: Any) -> dict[str, Any]:
    [answer] = till.post(till.sale([(till.item(sku), quantity)], buyer=str(buyer.uuid), **more))
    assert answer["state"] == "done", answer
    return answer


def back(till: Till, sale: dict[str, Any], quantity: str, payable: str, tax: str) -> dict[str, Any]:
    """Refund so many of the first line."""
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    receipt = found["receipts"][0]
    figures = {"total": payable, "tax": tax, "rounding": "0.00", "payable": [payable]}
    tenders = [{"method": "cash", "amount": payable}] if payable != "0.00" else []
    [answer] = till.post(till.refund(receipt, {receipt["lines"][0]["id"]: quantity}, tenders=tenders, figures=figures))
    assert answer["state"] == "done", answer
    return answer


@pytest.mark.feature("LOY-06")
def test_a_member_earns_on_what_was_paid_and_nobody_else_does(world: World, till: Till, amra: Customer) -> None:
    stranger = add(world, "Not a member", enrolled=False)
    till.load()
    assert sell(till, amra, "3")["marks"] == []
    sell(till, stranger)
    sell(till, amra, sku="ODD")
    assert entries(world, amra) == [("earned", 27, 27, 0)]
    assert state(world, stranger) == (0, 0)
    gift = till.cart(
        [(till.item("ESP"), "1"), (till.item("CEV"), "1")], customer=True, discount={"kind": "percent", "value": "1"}
    )
    gift["lines"][0]["gratis"] = True
    operation = till.settle(gift, [till.item("ESP"), till.item("CEV")])
    operation["body"]["customer"] = str(amra.uuid)
    till.post(operation)
    assert entries(world, amra)[-1] == ("earned", 8, 35, 0)
    assert list(faults()) == []


@pytest.mark.feature("LOY-02")
def test_the_rate_is_the_shops_and_fractions_are_dropped_once_a_receipt(world: World, till: Till, amra: Customer) -> None:
    with office(world):
        set_values({"loyalty.points_per_unit": Decimal("0.5")}, by=world.owner, at=AT)
    till.load()
    sell(till, amra, "3", sku="ODD")  # 2.97: 1.485 points
    assert entries(world, amra) == [("earned", 1, 1, 0)]


def test_a_sale_without_a_member_costs_no_statement_more_and_one_with_three(world: World, till: Till, amra: Customer) -> None:
    stranger = add(world, "Not a member", enrolled=False)
    till.load()
    item = till.item("CEV")
    sell(till, amra)
    plain, known, member = (till.sale([(item, "1")], buyer=who) for who in ("", str(stranger.uuid), str(amra.uuid)))
    counts = [len(statements(lambda sale=sale: till.post(sale))) for sale in (plain, known, member)]
    assert counts[1:] == [counts[0], counts[0] + 3]


@pytest.mark.feature("LOY-01")
def test_while_it_is_off_nothing_is_earned_and_balances_stay(world: World, till: Till, amra: Customer) -> None:
    give(world, amra, 500)
    with office(world):
        set_values({"loyalty.enabled": False}, by=world.owner, at=AT)
    till.load()
    sell(till, amra)
    status, answer = till.send("POST", "/pos/points", {"customer": str(amra.uuid)})
    assert (status, answer["error"]["code"]) == (404, "points_off")
    assert state(world, amra) == (500, 0)
    marks = sell(till, amra, points=using(100, 500))["marks"]
    assert [mark["code"] for mark in marks] == ["module_off"]
    assert state(world, amra) == (400, 0)


@pytest.mark.feature("LOY-09")
def test_points_are_a_discount_of_their_own_and_earn_nothing(world: World, till: Till, amra: Customer) -> None:
    give(world, amra, 500)
    sale = till.sale([(till.item("CEV"), "1")], buyer=str(amra.uuid), points=using(450, 500))
    assert sale["body"]["figures"]["total"] == "4.50"
    [answer] = till.post(sale)
    assert answer["marks"] == []
    assert entries(world, amra)[1:] == [("redeemed", -450, 50, 0), ("earned", 4, 54, 0)]
    assert list(faults()) == []


def test_seventy_seven_points_at_five_cents_are_three_eighty_five(world: World, till: Till, amra: Customer) -> None:
    with office(world):
        set_values({"loyalty.value_of_100": Decimal(5), "loyalty.minimum": 50}, by=world.owner, at=AT)
    give(world, amra, 77)
    till.load()
    points = {"use": "all", "balance": "77", "minimum": "50", "value_of_100": "5"}
    sale = till.sale([(till.item("CEV"), "1")], buyer=str(amra.uuid), points=points)
    assert sale["body"]["figures"]["total"] == "5.15"
    [answer] = till.post(sale)
    assert answer["marks"] == []
    assert entries(world, amra)[1] == ("redeemed", -77, 0, 0)


def test_a_till_with_other_rules_or_another_customer_is_booked_and_marked(world: World, till: Till, amra: Customer) -> None:
    give(world, amra, 500)
    marks = sell(till, amra, points={**using(100, 500), "value_of_100": "9.00"})["marks"]
    assert [(mark["code"], mark["detail"]) for mark in marks] == [("input_unknown", "points")]
    stranger = add(world, "Not a member", enrolled=False)
    marks = sell(till, stranger, points=using(100, 500))["marks"]
    assert [(mark["code"], mark["detail"]) for mark in marks] == [("points_overdrawn", "100")]


# ── two tills ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def second(world: World, till: Till) -> Till:
    with office(world):
        terminal = create_terminal(world.store, by=world.owner, name="Till 2", at=AT)
    second = world.till(terminal=terminal)
    second.open_shift()
    return second


def keep(till: Till, customer: Customer, points: int | None) -> tuple[int, Any]:
    return till.send("POST", "/pos/points", {"customer": str(customer.uuid), "points": points})


@pytest.mark.feature("LOY-08")
def test_while_one_till_pays_with_points_no_other_spends_them(
    world: World, till: Till, second: Till, amra: Customer
) -> None:  # fmt: skip
    give(world, amra, 500)
    status, answer = keep(till, amra, 400)
    assert (status, answer["points"]) == (200, 500)
    status, answer = keep(second, amra, 100)
    assert (status, answer["error"]["code"]) == (409, "points_held")
    with office(world), pytest.raises(DomainError):
        adjust_points(amra, -200, reason="Too many", uuid=uuid7(), by=world.owner, at=datetime.now(UTC))
    # whoever sells with no network all the same gets what is not held, and owes the rest
    assert [mark["code"] for mark in sell(second, amra, points=using(300, 500))["marks"]] == ["points_overdrawn"]
    assert sell(till, amra, points=using(400, 500))["marks"] == []
    keep(till, amra, 0)
    with office(world):
        row = PointsAccount.objects.get(customer=amra)
    assert (row.held_by_id, row.balance >= 0) == (None, True)
    assert list(faults()) == []


def test_points_that_are_held_come_free_by_hand_and_by_time(
    world: World, till: Till, second: Till, amra: Customer
) -> None:  # fmt: skip
    give(world, amra, 500)
    keep(till, amra, 400)
    keep(till, amra, 0)
    assert keep(second, amra, 500)[0] == 200
    with office(world):
        PointsAccount.objects.update(held_until=datetime.now(UTC) - timedelta(seconds=1))
    assert keep(till, amra, 500)[0] == 200
    status, answer = keep(till, amra, 501)
    assert (status, answer["error"]["code"]) == (422, "points_above_balance")


@pytest.mark.feature("LOY-04")
def test_below_the_minimum_no_points_are_offered(world: World, till: Till, amra: Customer) -> None:
    give(world, amra, 99)
    status, answer = keep(till, amra, 50)
    assert (status, answer["error"]["code"]) == (422, "points_below_minimum")


@pytest.mark.feature("LOY-14")
def test_two_tills_with_no_network_use_the_same_balance(
    world: World, till: Till, second: Till, amra: Customer
) -> None:  # fmt: skip
    give(world, amra, 500)
    cursor = second.snapshot["cursor"]
    with office(world):
        assert (tell(AT), tell(AT)) == ("1 balances", "0 balances")
    _status, news = second.send("GET", f"/pos/snapshot?after={cursor}", None)
    assert dict(news["changes"]["customer"])[str(amra.uuid)][-2:] == [True, 500]
    assert sell(till, amra, points=using(500, 500))["marks"] == []
    marks = sell(second, amra, points=using(500, 500))["marks"]
    assert [(mark["code"], mark["detail"]) for mark in marks] == [("points_overdrawn", "496")]
    assert state(world, amra) == (0, 492)
    assert list(faults()) == []


# ── what goes back ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.feature("LOY-10")
def test_a_refund_takes_back_what_was_earned_and_gives_back_what_was_used(world: World, till: Till, amra: Customer) -> None:
    give(world, amra, 1000)
    sale = sell(till, amra, "3", points=using(900, 1000))  # 27.00 - 9.00 = 18.00
    assert state(world, amra) == (118, 0)
    back(till, sale, "1", "6.00", "0.87")
    assert entries(world, amra)[3:] == [("reversed", 300, 418, 0), ("reversed", -6, 412, 0)]
    back(till, sale, "1", "6.00", "0.88")
    back(till, sale, "1", "6.00", "0.87")
    assert state(world, amra) == (1000, 0)
    assert list(faults()) == []


def test_points_spent_elsewhere_are_owed_and_the_next_earnings_pay(world: World, till: Till, amra: Customer) -> None:
    sale = sell(till, amra, "10")  # 90 points
    give(world, amra, 60)
    sell(till, amra, "1", points=using(150, 150))  # 7.50 left: 7 points
    back(till, sale, "10", "90.00", "13.08")
    assert entries(world, amra)[-1] == ("reversed", -90, 0, 83)
    sell(till, amra, "10")
    assert entries(world, amra)[-1] == ("earned", 90, 7, 0)
    assert list(faults()) == []


def test_a_sale_paid_by_points_alone_gives_all_of_them_back(world: World, till: Till, amra: Customer) -> None:
    give(world, amra, 1000)
    sale = sell(till, amra, "1", points=using("all", 1000))
    assert state(world, amra) == (100, 0)
    back(till, sale, "1", "0.00", "0.00")
    assert state(world, amra) == (1000, 0)


# ── by hand, merged, erased ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.feature("LOY-13")
def test_points_by_hand_have_a_reason_and_happen_once(world: World, amra: Customer) -> None:
    uuid = uuid7()
    with office(world):
        for _again in range(2):
            adjust_points(amra, 50, reason="  Sorry for the wait ", uuid=uuid, by=world.owner, at=AT)
        for points, reason in ((0, "Nothing"), (10, " "), (-51, "Too many")):
            with pytest.raises(DomainError):
                adjust_points(amra, points, reason=reason, uuid=uuid7(), by=world.owner, at=AT)
        adjust_points(amra, -50, reason="By mistake", uuid=uuid7(), by=world.owner, at=AT)
    assert entries(world, amra) == [("adjusted", 50, 50, 0), ("adjusted", -50, 0, 0)]
    assert list(faults()) == []


def test_two_records_made_one_have_the_points_of_both(world: World, till: Till, amra: Customer) -> None:
    other = add(world, "Amra again")
    till.load()
    give(world, amra, 100)
    sale = sell(till, other, "3")
    with office(world):
        merge_customers(amra, other, versions=(1, 1), at=AT)
    assert (state(world, amra), state(world, other)) == ((127, 0), (0, 0))
    back(till, sale, "3", "27.00", "3.92")
    sell(till, other)
    assert state(world, amra) == (109, 0)
    assert list(faults()) == []


def test_points_end_with_the_person(world: World, till: Till, amra: Customer) -> None:
    sale = sell(till, amra, "3")
    with office(world):
        erase_customer(amra, at=AT)
    assert entries(world, amra)[-1] == ("expired", -27, 0, 0)
    back(till, sale, "3", "27.00", "3.92")
    assert state(world, amra) == (0, 0)


@pytest.mark.feature("LOY-05")
def test_new_customers_join_where_the_shop_says_so(world: World, till: Till, amra: Customer) -> None:
    def added(**more: Any) -> bool:
        uuid = uuid7()
        till.post(till.operation("customer.put", {"customer": str(uuid), "name": "Nova", **more}))
        with office(world):
            return Customer.objects.get(uuid=uuid).enrolled

    assert (added(), added(enrolled=True)) == (False, True)
    with office(world):
        set_values({"loyalty.auto_enrol": True}, by=world.owner, at=AT)
    till.load()
    assert (added(), added(enrolled=False)) == (True, False)


@pytest.mark.feature("LOY-12")
def test_receipts_say_what_was_used_and_earned(world: World, till: Till, amra: Customer) -> None:
    give(world, amra, 500)
    sale = sell(till, amra, points=using(450, 500))
    refund = back(till, sale, "1", "4.50", "0.65")
    with office(world):
        papers = {
            receipt.kind: receipt_html(receipt) for receipt in Receipt.objects.select_related("store", "business").all()
        }  # fmt: skip
    assert "Points (450)" in papers["sale"]
    assert "Points earned: 4" in papers["sale"]
    assert "Points given back: 450" in papers["refund"]
    assert "Points taken back: 4" in papers["refund"]
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    assert found["receipts"][0]["points"] == {"value": "4.50", "used": 450, "earned": 4, "given_back": 0, "taken": 0}
    _status, found = till.send("GET", f"/pos/receipts?number={refund['result']['label']}", None)
    assert found["receipts"][0]["points"] == {"value": "0.00", "used": 0, "earned": 0, "given_back": 450, "taken": 4}
