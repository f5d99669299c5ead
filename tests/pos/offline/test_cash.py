"""Cash that moves without a sale, and what the drawer should hold because of it."""

from decimal import Decimal

import pytest
from django.test import Client

from pos.models import CashMovement, Shift, ShiftReport
from pos.selectors.checks import shifts as broken_shifts
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.models import Role
from smartpos.people.services.pins import set_pin
from tests.architecture.shop import staff
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BANK = "Bank deposit"


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till, open with 100."""
    till = world.till()
    till.open_shift("100.00")
    return till


def codes(answer: dict) -> list[str]:
    return [mark["code"] for mark in answer["marks"]]


def move(till: Till, direction: str, amount: str, reason: str = "Change", category: str = "") -> dict:
    body = {"direction": direction, "amount": amount, "reason": reason, "category": category}
    [answer] = till.post(till.operation("cash.move", body))
    return answer


def handed(till: Till, world: World, amount: str, *, approved: bool = True, to: str = "") -> dict:
    receiver = to or str(world.owner.uuid)
    approvals = [{"by": receiver, "code": "cash.receive"}] if approved else []
    [answer] = till.post(till.operation("cash.handover", {"receiver": receiver, "amount": amount}, approvals=approvals))
    return answer


def expected(till: Till) -> str:
    return str(till.send("GET", "/pos/snapshot", None)[1]["shift"]["expected"])


@pytest.mark.feature("SHF-04", "SHF-05", "SHF-13")
def test_cash_that_moves_is_in_what_the_drawer_should_hold(till: Till, world: World) -> None:
    assert codes(move(till, "in", "50.00")) == []
    assert codes(move(till, "out", "30.00", "Rent", "Supplier payment")) == []
    assert codes(move(till, "out", "20.00", "Bank", BANK)) == []
    assert codes(handed(till, world, "40.00")) == []
    assert expected(till) == "60.00"
    kinds = CashMovement.everywhere.order_by("pk").values_list("kind", "amount", "drawer", "expense", "category")
    assert list(kinds) == [
        ("in", Decimal(50), Decimal(50), False, ""),
        ("out", Decimal(30), Decimal(-30), True, "Supplier payment"),
        ("out", Decimal(20), Decimal(-20), False, BANK),
        ("handover", Decimal(40), Decimal(-40), False, ""),
    ]
    assert till.close_shift("60.00")["result"]["difference"] == "0.00"
    assert list(broken_shifts()) == []


@pytest.mark.parametrize("amount", ["0.00", "-5.00", "1.001", "1e3", ""])
def test_an_amount_that_is_none_moves_nothing(till: Till, world: World, amount: str) -> None:
    for answer in (move(till, "in", amount), move(till, "out", amount, "x", BANK), handed(till, world, amount)):
        assert (answer["state"], codes(answer)[0]) == ("review", "unreadable")
    assert not CashMovement.everywhere.exists()


def test_a_blank_reason_is_none(till: Till) -> None:
    assert codes(move(till, "in", "5.00", "   ")) == ["unreadable"]
    assert codes(move(till, "in", "5.00", "")) == ["unreadable"]


def test_more_than_the_drawer_holds_and_unknown_categories_are_marked(till: Till, world: World) -> None:
    assert codes(move(till, "out", "100.01", "x", BANK)) == ["drawer_short"]
    assert codes(move(till, "in", "1.00")) == []
    assert codes(move(till, "out", "0.50", "x", "Nonsense")) == ["category_unknown"]
    assert codes(handed(till, world, "0.50")) == ["drawer_short"]


def test_the_shipped_categories_are_known_in_both_languages(till: Till) -> None:
    assert codes(move(till, "out", "1.00", "x", "Plaćanje dobavljaču")) == []
    assert CashMovement.everywhere.get().expense is True


@pytest.mark.feature("SHF-14")
def test_a_handover_needs_the_receiver_and_not_the_giver(till: Till, world: World) -> None:
    assert codes(handed(till, world, "5.00", approved=False)) == ["receiver_unconfirmed"]
    assert codes(handed(till, world, "5.00", to=str(world.cashier.uuid))) == ["receiver_unconfirmed"]
    assert codes(handed(till, world, "5.00", to=str(uuid7()))) == ["receiver_unconfirmed"]
    till.actor = str(world.owner.uuid)
    assert codes(handed(till, world, "5.00")) == ["receiver_unconfirmed"]
    assert expected(till) == "100.00"


@pytest.mark.feature("SHF-14")
def test_only_the_receivers_own_pin_confirms_and_guessing_is_throttled(till: Till, world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_pin(world.owner, "7777")
    mira = staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store)
    ask = {"code": "cash.receive", "subject": f"operation:{uuid7()}", "actor": till.actor, "by": str(mira.uuid)}
    assert till.send("POST", "/pos/approve", {**ask, "pin": "3333"})[1]["approval"]["by"]["name"] == "Mira"
    # the owner's PIN may approve everything else, and is none of Mira's
    answers = [till.send("POST", "/pos/approve", {**ask, "pin": "7777"}) for _try in range(6)]
    assert {status for status, _body in answers[:4]} == {403}
    assert answers[-1][0] == 429


def test_what_came_after_the_closing_is_a_supplement(till: Till) -> None:
    late = till.operation("cash.move", {"direction": "out", "amount": "10.00", "reason": "x", "category": BANK})
    till.close_shift("100.00")
    [answer] = till.post(late)
    assert (answer["state"], codes(answer)) == ("done-late", ["shift_closed"])
    shift = Shift.everywhere.get()
    assert (shift.expected, CashMovement.everywhere.get().late) == (Decimal(100), True)
    assert list(broken_shifts()) == []


@pytest.mark.feature("SHF-10")
def test_expense_notes_lower_the_drawer_only_where_it_paid_them(till: Till) -> None:
    notes = [
        {"id": str(uuid7()), "amount": "12.00", "category": "Office supplies", "drawer": True, "reason": "Paper"},
        {"id": str(uuid7()), "amount": "99.00", "category": "Other expense"},
    ]
    body = {"shift": till.shift, "counted": "88.00", "expenses": notes}
    operation = till.operation("shift.close", body)
    [answer] = till.post(operation)
    assert (answer["result"]["expected"], answer["result"]["difference"]) == ("88.00", "0.00")
    assert till.post(operation) == [answer]
    found = CashMovement.everywhere.order_by("pk").values_list("amount", "drawer", "expense")
    assert list(found) == [(Decimal(12), Decimal(-12), True), (Decimal(99), Decimal(0), True)]


def test_an_expense_note_below_nought_is_for_a_manager(till: Till) -> None:
    note = {"id": str(uuid7()), "amount": "-1.00", "category": "Other expense"}
    [answer] = till.post(till.operation("shift.close", {"shift": till.shift, "counted": "1.00", "expenses": [note]}))
    assert (answer["state"], codes(answer)) == ("review", ["unreadable"])


@pytest.mark.feature("SHF-07")
def test_a_difference_beyond_the_tolerance_needs_a_note(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"shift.tolerance": Decimal(5)}, by=world.owner, store=None, at=AT)
    till = world.till()
    found = []
    for counted, reason in (("95.00", ""), ("94.99", ""), ("94.99", "Miscounted")):
        till.load().open_shift("100.00")
        body = {"shift": till.shift, "counted": counted, "reason": reason}
        found.append(codes(till.post(till.operation("shift.close", body))[0]))
    assert found == [[], ["reason_missing"], []]
    assert Shift.everywhere.order_by("pk").values_list("difference_reason", flat=True).last() == "Miscounted"


@pytest.mark.feature("SHF-08")
def test_hard_case_24(world: World) -> None:
    till = world.till()
    espresso = till.item("ESP")

    def sell(price: str, **tender: str) -> None:
        cart = till.cart([(espresso, "1")])
        cart["lines"][0]["override"] = price
        [answer] = till.post(till.settle(cart, [espresso], tenders=[{"method": "cash", "amount": price, **tender}]))
        assert answer["state"] == "done"

    till.open_shift("500.00")
    sell("749.00", tendered="1000.00")
    assert expected(till) == "1249.00"
    till.close_shift("100.00")
    till.load().open_shift("50.00")
    sell("10.00")
    assert expected(till) == "60.00"
    till.close_shift("60.00")
    report = read(till)
    assert report["shift"]["opening_difference"] == "-50.00"
    till.load().open_shift("100.00")
    sell("70.00")
    body = {"shift": till.shift, "counted": "165.00", "reason": "Change given twice"}
    [closed] = till.post(till.operation("shift.close", body))
    assert (closed["marks"], closed["result"]["difference"]) == ([], "-5.00")


def read(till: Till) -> dict:
    status, report = till.send("GET", f"/pos/shifts/{till.shift}?actor={till.actor}", None)
    assert status == 200, report
    return dict(report)


def test_the_report_of_a_shift_is_frozen_and_what_came_later_stands_beside_it(till: Till, world: World) -> None:
    sale, late = till.sale([(till.item("ESP"), "2")]), till.sale([(till.item("CEV"), "1")], tenders=None)
    till.post(sale)
    handed(till, world, "10.00")
    body = {"shift": till.shift, "counted": "94.00", "sheet": [{"value": "50", "count": 1}, {"value": "2", "count": 22}]}
    till.post(till.operation("shift.close", {**body, "unfinished": [{"kind": "held", "count": 2}]}))
    frozen = read(till)
    assert frozen["figures"]["sales"] == {"count": 1, "total": "4.00"}
    assert frozen["figures"]["drawer"]["expected"] == "94.00"
    assert (frozen["figures"]["unfinished"], frozen["supplement"]) == ([{"kind": "held", "count": 2}], None)
    till.post(late)
    after = read(till)
    assert after["figures"] == frozen["figures"]
    assert after["supplement"]["sales"]["count"] == 1
    assert [receipt["late"] for receipt in after["receipts"]] == [False, True]
    assert ShiftReport.everywhere.count() == 1


def test_a_report_is_for_those_of_the_shift_and_those_who_see_reports(till: Till, other_world: World, world: World) -> None:
    path = f"/pos/shifts/{till.shift}"
    assert till.send("GET", f"{path}?actor={till.actor}", None)[0] == 403
    assert till.send("GET", f"{path}?actor={world.owner.uuid}", None)[0] == 200
    assert other_world.till(Client()).send("GET", f"{path}?actor={world.owner.uuid}", None)[0] == 404
    till.close_shift("100.00")
    assert till.send("GET", f"{path}?actor={till.actor}", None)[0] == 200
    assert till.send("GET", f"{path}?actor={world.waiter.uuid}", None)[0] == 403
