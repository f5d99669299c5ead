"""The drawer's turn: one at a time, counted once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client

from pos.models import Receipt, Shift
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.services.places import create_terminal
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till, closed."""
    return world.till()


def opening(till: Till, **body: object) -> dict:
    return till.operation("shift.open", {"shift": str(uuid7()), "opening_float": "100.00", **body})


def code(answer: dict) -> str:
    return str(answer["marks"][0]["code"])


def test_a_terminal_has_one_open_shift(till: Till) -> None:
    first, second = opening(till), opening(till)
    answers = till.post(first, second)
    assert (answers[0]["state"], answers[1]["state"], code(answers[1])) == ("done", "review", "shift_taken")
    assert till.post(first, second) == answers
    assert Shift.everywhere.count() == 1


def test_the_same_shift_opens_once(till: Till) -> None:
    shift = str(uuid7())
    till.post(opening(till, shift=shift))
    till.shift = shift
    till.close_shift("100.00")
    [answer] = till.post(opening(till, shift=shift))
    assert (answer["state"], code(answer)) == ("review", "shift_taken")


def test_two_terminals_have_a_shift_each(world: World, till: Till) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_terminal(world.store, by=world.owner, name="Till 2", at=datetime.now(UTC))
    other = world.till(Client(), terminal=second)
    till.open_shift("10.00")
    other.open_shift("20.00")
    assert till.load().shift != other.load().shift
    assert {s.opening_float for s in Shift.everywhere.all()} == {Decimal(10), Decimal(20)}


@pytest.mark.parametrize(
    ("hands_out", "tender", "expected"),
    [
        ("500.00", {"method": "cash", "amount": "749.00", "tendered": "1000.00"}, "1249.00"),  # hard case 24
        ("0.00", {"method": "card", "amount": "749.00"}, "0.00"),
        ("0.00", {"method": "cash", "amount": "749.00", "tip": "1.00", "tendered": "750.00"}, "750.00"),  # the tip too
    ],
)
def test_expected_cash(till: Till, hands_out: str, tender: dict, expected: str) -> None:
    till.open_shift(hands_out)
    cart = till.cart([(till.item("CEV"), "1")])
    cart["lines"][0]["override"] = "749.00"
    [answer] = till.post(till.settle(cart, [till.item("CEV")], tenders=[tender]))
    assert answer["state"] == "done"
    result = till.close_shift(expected)["result"]
    assert (result["expected"], result["difference"], result["receipts"]) == (expected, "0.00", 1)


def test_closing_twice_gives_the_first_figures_also_after_late_sales(till: Till) -> None:
    till.open_shift("100.00")
    late = till.sale([(till.item("CEV"), "1")])
    first = till.close_shift("99.00")
    assert first["result"] == {"expected": "100.00", "counted": "99.00", "difference": "-1.00", "receipts": 0}
    [answer] = till.post(late)
    assert (answer["state"], code(answer)) == ("done-late", "shift_closed")
    second = till.close_shift("5.00")
    assert (second["state"], second["result"]) == ("done", first["result"])
    shift = Shift.everywhere.get()
    assert (shift.counted, shift.expected) == (Decimal(99), Decimal(100))
    assert Receipt.everywhere.get().late is True


@pytest.mark.parametrize("amount", ["-1.00", "1.001", "01.00", "1e3", "", "100000000000.00"])
def test_amounts_that_are_none_are_for_a_manager(till: Till, amount: str) -> None:
    [answer] = till.post(opening(till, opening_float=amount))
    assert (answer["state"], code(answer)) == ("review", "unreadable")
    till.open_shift()
    closed = till.close_shift(amount)
    assert (closed["state"], code(closed)) == ("review", "unreadable")
    assert Shift.everywhere.get().is_open


def test_a_shift_of_another_store_or_tenant_is_unknown(other_world: World, till: Till) -> None:
    stranger = other_world.till()
    stranger.open_shift()
    till.open_shift()
    till.shift = stranger.shift
    assert code(till.close_shift("1.00")) == "shift_unknown"
    assert code(till.post(till.sale([(till.item("ESP"), "1")]))[0]) == "shift_unknown"
    assert Shift.everywhere.get(uuid=stranger.shift).is_open
    [answer] = till.post(opening(till, shift=stranger.shift))
    assert (answer["state"], code(answer)) == ("review", "shift_taken")


def test_somebody_nobody_knows_opens_no_shift(till: Till) -> None:
    till.actor = str(uuid7())
    [answer] = till.post(opening(till))
    assert (answer["state"], code(answer)) == ("review", "actor_unknown")


def test_the_snapshot_tells_of_the_open_shift(till: Till) -> None:
    assert till.load().snapshot["shift"] is None
    till.open_shift("12.50")
    shift = till.load().snapshot["shift"]
    assert (shift["id"], shift["opening_float"], shift["opened_by"]) == (till.shift, "12.50", "Boris A")
    till.close_shift("12.50")
    assert till.load().snapshot["shift"] is None
