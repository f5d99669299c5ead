"""What happens at the same moment happens once, in some order, and to the piece."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client

from inventory.models import Movement, StockLevel
from inventory.services.products import create_product, update_product
from inventory.types import VariantInput
from pos.models import Invoice, InvoiceBuyer, Payment, Receipt, RefundRequest, Shift
from pos.services.refunds import approve_request
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.ids import uuid7
from smartpos.operations.models import Change, DeviceJournal, Operation
from smartpos.operations.snapshot import snapshot
from smartpos.people.models import Device, Employee, Role, Terminal
from smartpos.people.services.devices import enrol, make_enrolment_code
from smartpos.people.services.employees import create_employee, set_active
from smartpos.people.services.places import create_terminal
from tests.concurrency.together import together
from tests.till import Till
from tests.world import AT, World, make_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.concurrency,
]

AT_ONCE = 8


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world("A")


@pytest.fixture
def till(world: World) -> Till:
    till = world.till()
    till.open_shift()
    return till


def more_terminals(world: World, count: int) -> list[Terminal]:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return [create_terminal(world.store, by=world.owner, name=f"Till {n + 2}", at=AT) for n in range(count)]


def more_tills(world: World, count: int) -> list[Till]:
    tills = [world.till(Client(), terminal=terminal) for terminal in more_terminals(world, count)]
    for till in tills:
        till.open_shift()
    return tills


def assert_books_agree(world: World) -> None:
    """Levels are the sums of movements, every sale has its payment, the chains are whole."""
    with acting(business_id=world.business.pk):
        sums = dict(Movement.objects.values_list("variant").annotate(sum=Sum("quantity")).order_by("variant"))
        levels = dict(StockLevel.objects.values_list("variant", "quantity"))
        receipts = Receipt.objects.aggregate(total=Sum("total"), rounding=Sum("rounding"))
    assert levels == sums
    assert Payment.objects.aggregate(sum=Sum("part"))["sum"] == receipts["total"]
    assert list(faults()) == []


def test_one_operation_sent_eight_times_at_once_is_booked_once_and_answered_alike(world: World, till: Till) -> None:
    for _ in range(3):
        sale = till.sale([(till.item("ESP"), "1"), (till.item("CEV"), "2")])
        answers = together([lambda sale=sale: till.post(sale)] * AT_ONCE)
        assert all(answer == answers[0] for answer in answers)
        assert answers[0][0]["state"] == "done"
        assert Receipt.everywhere.filter(uuid=sale["id"]).count() == 1
        assert Movement.everywhere.filter(source_id=sale["id"]).count() == 2
    assert_books_agree(world)


def test_the_first_act_of_a_device_sent_eight_times_at_once(world: World) -> None:
    till = world.till()
    opening = till.operation("shift.open", {"shift": str(uuid7()), "opening_float": "0.00"})
    answers = together([lambda: till.post(opening)] * AT_ONCE)
    assert all(answer == answers[0] for answer in answers)
    assert (DeviceJournal.everywhere.count(), Shift.everywhere.count()) == (1, 1)
    assert list(faults()) == []


def test_one_id_with_eight_contents_at_once_is_booked_once(world: World, till: Till) -> None:
    sales = [till.sale([(till.item("ESP"), str(n + 1))]) for n in range(AT_ONCE)]
    same = [{**sale, "id": sales[0]["id"]} for sale in sales]
    answers = together([lambda sale=sale: till.post(sale)[0] for sale in same])
    states = Counter(answer["state"] for answer in answers)
    assert states == {"done": 1, "refused": AT_ONCE - 1}
    assert Receipt.everywhere.count() == 1
    assert_books_agree(world)


def test_eight_tills_sell_the_same_fifty_products_at_once(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        for n in range(50):
            create_product(
                by=world.owner, name=f"Product {n}", category=None, tax_profile=world.standard, at=AT,
                variants=[VariantInput(sku=f"P{n}", price=Decimal(n + 1))],
            )  # fmt: skip
    tills = more_tills(world, AT_ONCE)
    rounds = 4
    plans = []
    for n, till in enumerate(tills):
        keys = [till.item(f"P{i}") for i in range(50)]
        sales = []
        for _ in range(rounds):
            Random(n).shuffle(keys)
            sales.append(till.sale([(key, "1") for key in keys]))
        plans.append((till, sales))

    def sell(till: Till, sales: list[dict[str, Any]]) -> list[str]:
        return [till.post(sale)[0]["state"] for sale in sales]

    answers = together([lambda plan=plan: sell(*plan) for plan in plans])
    assert {state for states in answers for state in states} == {"done"}
    with acting(business_id=world.business.pk):
        assert set(StockLevel.objects.values_list("quantity", flat=True)) == {Decimal(-AT_ONCE * rounds)}
    assert_books_agree(world)


def test_closing_a_shift_while_the_same_shift_sells_counts_every_sale_once(world: World, till: Till) -> None:
    """A till of the same store sells into the shift that is being closed: each sale is in the figures, or late and marked."""
    others = more_tills(world, 4)
    for other in others:
        other.shift = till.shift
    sales = [[other.sale([(other.item("CEV"), "1")]) for _ in range(5)] for other in others]

    def sell(other: Till, mine: list[dict[str, Any]]) -> list[str]:
        return [other.post(sale)[0]["state"] for sale in mine]

    def close() -> list[str]:
        return [till.close_shift("100.00")["state"]]

    answers = together([*(lambda o=o, s=s: sell(o, s) for o, s in zip(others, sales, strict=True)), close])
    states = Counter(state for states in answers[:-1] for state in states)
    assert set(states) <= {"done", "done-late"}
    shift = Shift.everywhere.get(uuid=till.shift)
    assert shift.expected == 100 + 9 * states["done"]
    assert Receipt.everywhere.filter(shift=shift, late=True).count() == states["done-late"]
    assert Receipt.everywhere.filter(shift=shift).count() == 20
    assert_books_agree(world)


def test_two_shifts_opened_at_once_are_one_and_a_review(world: World) -> None:
    till = world.till()
    openings = [till.operation("shift.open", {"shift": str(uuid7()), "opening_float": "0.00"}) for _ in range(4)]
    answers = together([lambda o=o: till.post(o)[0] for o in openings])
    assert Counter(a["state"] for a in answers) == {"done": 1, "review": 3}
    assert Shift.everywhere.count() == 1


def test_one_shift_id_opened_at_once_on_several_terminals_is_one_shift(world: World) -> None:
    """The loser of this race meets another constraint than the operation's id; it is judged again, not lost."""
    tills = [world.till(Client(), terminal=terminal) for terminal in more_terminals(world, 4)]
    shift = str(uuid7())
    openings = [till.operation("shift.open", {"shift": shift, "opening_float": "0.00"}) for till in tills]
    answers = together([lambda t=t, o=o: t.post(o)[0] for t, o in zip(tills, openings, strict=True)])
    assert Counter(a["state"] for a in answers) == {"done": 1, "review": 3}
    assert Operation.everywhere.count() == 4


def test_the_last_unit_is_given_back_once(world: World, till: Till) -> None:
    tills = [till, *more_tills(world, 3)]
    [sale] = till.post(till.sale([(till.item("CEV"), "1")]))
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    receipt = found["receipts"][0]
    refunds = [
        each.refund(
            receipt,
            {receipt["lines"][0]["id"]: "1"},
            tenders=[{"method": "cash", "amount": "9.00"}],
            figures={"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]},
        )
        for each in tills
    ]
    answers = together([lambda t=t, r=r: t.post(r)[0] for t, r in zip(tills, refunds, strict=True)])
    assert Counter(a["state"] for a in answers) == {"done": 1, "review": 3}
    assert_books_agree(world)


def test_one_receipt_invoiced_at_eight_tills_at_once_has_one_invoice(world: World, till: Till) -> None:
    [sold] = till.post(till.sale([(till.item("ESP"), "1")]))
    tills = more_tills(world, AT_ONCE)
    buyer = {"company": "Gradnja d.o.o.", "tax_number": "42"}

    def issue(each: Till) -> str:
        series, year = each.snapshot["device"]["series"], each.clock().year
        body = {"receipt": sold["id"], "series": series, "year": year, "number": 1, "buyer": buyer}
        return str(each.post(each.operation("invoice.issue", body))[0]["state"])

    states = together([lambda each=each: issue(each) for each in tills])
    assert Counter(states) == {"done": 1, "review": AT_ONCE - 1}
    assert Invoice.everywhere.count() == InvoiceBuyer.everywhere.count() == 1
    assert list(faults()) == []


def test_a_void_and_refunds_of_the_same_receipt_at_once_give_it_back_once(world: World, till: Till) -> None:
    """Whoever holds the receipt first has it; the void twice over in the shift's own till, refunds from the others."""
    tills = more_tills(world, 2)
    [sale] = till.post(till.sale([(till.item("CEV"), "1")]))
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    receipt = found["receipts"][0]
    figures = {"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]}
    acts = [(till, till.void(receipt)), (till, till.void(receipt))]
    for each in tills:
        tenders = [{"method": "cash", "amount": "9.00"}]
        acts.append((each, each.refund(receipt, {receipt["lines"][0]["id"]: "1"}, tenders=tenders, figures=figures)))
    answers = together([lambda t=t, o=o: t.post(o)[0] for t, o in acts])
    assert Counter(a["state"] for a in answers) == {"done": 1, "review": 3}
    assert_books_agree(world)


def test_an_approved_request_is_paid_once(world: World, till: Till) -> None:
    tills = more_tills(world, 3)
    [sale] = till.post(till.sale([(till.item("CEV"), "4")]))
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    receipt = found["receipts"][0]
    line = receipt["lines"][0]["id"]
    lines = [{"original_line": line, "quantity": "1"}]
    request = till.operation("refund.request", {"original": receipt["id"], "reason": "Cold", "lines": lines, "total": "9.00"})
    till.post(request)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        approve_request(request["id"], by=world.owner, at=AT)
    figures = {"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]}
    payouts = [
        each.refund(receipt, {line: "1"}, tenders=[{"method": "cash", "amount": "9.00"}], figures=figures) for each in tills
    ]
    for payout in payouts:
        payout["body"]["request"] = request["id"]
    answers = together([lambda t=t, p=p: t.post(p)[0] for t, p in zip(tills, payouts, strict=True)])
    assert Counter(a["state"] for a in answers) == {"done": 1, "review": 2}
    assert RefundRequest.everywhere.get().refund is not None
    assert_books_agree(world)


def test_one_enrolment_code_used_at_once_makes_one_device(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        code = make_enrolment_code(world.terminal, by=world.owner, at=datetime.now(UTC))

    def attempt(address: str) -> str:
        try:
            return enrol(code, name="Front", address=address, user_agent="", at=datetime.now(UTC))[0].series
        except DomainError as error:
            return error.code

    answers = together([lambda n=n: attempt(f"10.0.0.{n}") for n in range(4)])
    assert sorted(answers) == ["A1", "code_unknown", "code_unknown", "code_unknown"]
    assert Device.everywhere.count() == 1


def test_eight_devices_enrolled_at_once_get_eight_series_and_one_holds_the_terminal(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        codes = [make_enrolment_code(world.terminal, by=world.owner, at=datetime.now(UTC)) for _ in range(AT_ONCE)]

    def attempt(code: str) -> str:
        return enrol(code, name="Front", address="10.0.0.1", user_agent="", at=datetime.now(UTC))[0].series

    answers = together([lambda code=code: attempt(code) for code in codes])
    assert sorted(answers) == [f"A{n + 1}" for n in range(AT_ONCE)]
    assert Device.everywhere.filter(revoked_at__isnull=True).count() == 1
    assert list(faults()) == []


def test_two_owners_who_dismiss_each_other_at_once_leave_one(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_employee(by=world.owner, name="Zoran", role=Role.OWNER, email="", password="", pin="", stores=[], at=AT)

    def dismiss(whom: Employee, by: Employee) -> str:
        with acting(business_id=world.business.pk, actor_id=by.pk):
            try:
                set_active(whom, by=by, active=False, at=AT)
            except DomainError as error:
                return error.code
        return "dismissed"

    answers = together([lambda: dismiss(second, world.owner), lambda: dismiss(world.owner, second)])
    assert sorted(answers) == ["dismissed", "refused"]
    assert Employee.everywhere.filter(role=Role.OWNER, active=True).count() == 1


def test_a_till_that_follows_the_changes_misses_none(world: World) -> None:
    """Prices change in several threads while a till fetches what is new: at the end it has what a fresh one gets."""
    products = list(world.products.values())

    def reprice(index: int) -> None:
        product = products[index]
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            variant = world.variant(("ESP", "CEV", "ODD")[index])
            for n in range(8):
                update_product(
                    product, by=world.owner, name=product.name, category=product.category, tax_profile=world.standard, at=AT,
                    variants=[VariantInput(uuid=variant.uuid, sku=variant.sku, price=Decimal(n + 1))],
                )  # fmt: skip

    cache: dict[tuple[str, str], bytes] = {}
    cursors = [0]

    def follow(times: int = 60) -> None:
        with acting(business_id=world.business.pk):
            for _ in range(times):
                new = snapshot(world.store, cursors[-1])
                for kind, rows in new.rows.items():
                    cache.update({(kind, key): bytes(body) for key, body in rows})
                cursors.append(new.cursor)

    together([*(lambda n=n: reprice(n) for n in range(3)), follow])
    follow(1)
    with acting(business_id=world.business.pk):
        fresh = {(kind, key): bytes(body) for kind, rows in snapshot(world.store, None).rows.items() for key, body in rows}
    assert cache == fresh
    assert cursors == sorted(cursors)
    seen = list(Change.everywhere.order_by("cursor").values_list("cursor", flat=True))
    assert seen == list(range(1, len(seen) + 1))
