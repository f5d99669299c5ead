"""Whoever drops a trigger and changes a row is found out by the other books."""

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.architecture.shop import sell_and_refund
from tests.fixtures import books_open
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sold(world: World) -> World:
    """A shift with sales, a refund and a closed drawer."""
    till = world.till()
    till.open_shift()
    sell_and_refund(till)
    till.post(till.sale([(till.item("CEV"), "1"), (till.item("ESP"), "3")]))
    till.close_shift("100.00")
    return world


def verify() -> tuple[bool, str]:
    """Whether the books are whole, and what is said."""
    out = io.StringIO()
    try:
        call_command("verify_ledger", stdout=out)
    except CommandError as error:
        return False, f"{out.getvalue()}{error}"
    return True, out.getvalue()


def tamper(*statements: str) -> None:
    """Change books behind their triggers, as somebody with the database's password can."""
    with books_open(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_books_that_nobody_touched_are_whole(sold: World) -> None:
    whole, said = verify()
    assert whole, said
    assert "The books are whole." in said
    assert "FAULT" not in said


FIRST = "(SELECT min(id) FROM {})"
TAMPERINGS: dict[str, tuple[tuple[str, ...], str]] = {
    "a payment made smaller": (
        ("UPDATE pos_payment SET amount = amount - 10000 WHERE id = (SELECT max(id) FROM pos_payment)",), "was paid"),
    "a payment taken away": (("DELETE FROM pos_payment WHERE id = (SELECT max(id) FROM pos_payment)",), "0 was paid"),
    "a total made smaller with its net": (
        ("UPDATE pos_receipt SET total = total - 10000, net = net - 10000 WHERE id = (SELECT min(id) FROM pos_receipt)",),
        "its lines come to net"),
    "a line taken away": (
        ("DELETE FROM pos_receiptline WHERE id = (SELECT max(id) FROM pos_receiptline)",), "its lines come to gross"),
    "a tax moved": (
        ("UPDATE pos_receipttax SET amount = amount + 100 WHERE id = (SELECT min(id) FROM pos_receipttax)",),
        "its taxes come to"),
    "a line's price": (
        ("UPDATE pos_receiptline SET payable = payable - 100 WHERE id = (SELECT min(id) FROM pos_receiptline)",),
        "less reductions is not"),
    "a stock movement": (
        ("UPDATE inventory_movement SET quantity = quantity + 1000 WHERE id = (SELECT min(id) FROM inventory_movement)",),
        "movements come to"),
    "a stock level": (
        ("UPDATE inventory_stocklevel SET quantity = quantity + 1000 WHERE id = (SELECT min(id) FROM inventory_stocklevel)",),
        "the level says"),
    "a level taken away": (("DELETE FROM inventory_stocklevel",), "the level says 0,"),
    "an audit entry reworded": (
        ("UPDATE audit_entry SET data = '{}' WHERE id = (SELECT max(id) FROM audit_entry WHERE chain LIKE 'device:%')",),
        "was altered"),
    "an audit entry in the middle taken away": (
        ("DELETE FROM audit_entry WHERE id = (SELECT min(id) FROM audit_entry WHERE chain LIKE 'device:%')",), "is missing"),
    "the last audit entry taken away": (
        ("DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry WHERE chain LIKE 'device:%')",), "its head says"),
    "an operation reworded": (
        ("UPDATE operations_operation SET body = replace(body, 'Changed their mind', 'Broken')",), "was altered"),
    "an operation taken away": (
        ("DELETE FROM operations_operation WHERE seq = 2",), "its count says"),
    "the drawer's expected cash": (
        ("UPDATE pos_shift SET expected = expected - 10000 WHERE closed_at IS NOT NULL",), "its receipts make"),
    "a sale that fits in itself, only smaller than it was": (
        ("UPDATE pos_receipt SET total = 70000, net = 59800, tax = 10200, gross = 70000 WHERE id = (SELECT max(id) FROM pos_receipt)",),
        "its audit entry says"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_noticed(sold: World, what: str) -> None:
    statements, sentence = TAMPERINGS[what]
    tamper(*statements)
    whole, said = verify()
    assert not whole, said
    assert sentence in said
    assert "faults were found" in said


def test_a_whole_sale_that_vanishes_is_missed_by_its_operation(sold: World) -> None:
    last = "(SELECT max(id) FROM pos_receipt)"
    tamper(
        *(f"DELETE FROM {table} WHERE receipt_id = {last}" for table in ("pos_receipttax", "pos_payment", "pos_receiptline")),
        f"DELETE FROM pos_receipt WHERE id = {last}",
    )
    whole, said = verify()
    assert not whole
    assert "its receipt is missing" in said


def test_gaps_are_told_and_are_no_fault(world: World) -> None:
    till = world.till()
    till.open_shift()
    lost = till.sale([(till.item("ESP"), "1")])
    till.post(till.sale([(till.item("ESP"), "2")]))
    whole, said = verify()
    assert whole, said
    assert f"operation {lost['seq']} of its count has not come" in said
    assert "1 of 2 numbers have no receipt" in said


def test_more_faults_than_fit_a_screen_are_cut_unless_asked(sold: World, capsys: Callable[..., object]) -> None:
    tamper("UPDATE inventory_stocklevel SET quantity = quantity + 1000")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"\d+ faults"):
        call_command("verify_ledger", all=True, stdout=out)
    assert out.getvalue().count("the level says") == 2
