"""A paid sale in the ledger."""

import json
from decimal import Decimal

import pytest

from inventory.models import Movement, StockLevel
from pos.models import Payment, Receipt
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.operations.models import Operation, SequenceGap
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_sale_becomes_receipt_payment_movement_audit_and_answer(world: World) -> None:
    till = world.till()
    till.open_shift()
    [answer] = till.post(till.sale([(till.item("ESP"), "2"), (till.item("CEV"), "1")]))
    assert answer["state"] == "done"
    assert answer["marks"] == []
    with acting(business_id=world.business.pk):
        receipt = Receipt.objects.get()
        assert str(receipt.uuid) == answer["result"]["receipt"] == answer["id"]
        assert answer["result"]["label"] == receipt.label == "A1-1"
        assert (receipt.total, receipt.net, receipt.tax) == (Decimal("13.00"), Decimal("11.11"), Decimal("1.89"))
        assert [(line.name, line.quantity, line.payable) for line in receipt.lines.order_by("position")] == [
            ("Espresso", 2, Decimal(4)),
            ("Ćevapi veliki", 1, Decimal(9)),
        ]
        assert sum(tax.amount for tax in receipt.taxes.all()) == receipt.tax
        assert Payment.objects.get(receipt=receipt).amount == Decimal(13)
        assert {m.quantity for m in Movement.objects.all()} == {Decimal(-2), Decimal(-1)}
        assert StockLevel.objects.get(variant=world.variant("ESP")).quantity == Decimal(-2)
    assert list(faults()) == []


def test_a_discount_stands_in_the_log_with_its_sale(world: World) -> None:
    till = world.till()
    till.open_shift()
    till.post(
        till.sale([(till.item("CEV"), "2")], discount={"kind": "percent", "value": "5"}), till.sale([(till.item("CEV"), "1")])
    )
    reduced, plain = (json.loads(entry.data) for entry in Entry.objects.filter(action="receipt.sale").order_by("position"))
    assert (reduced["total"], reduced["discount"]) == ("17.1", "0.9")
    assert "discount" not in plain
    assert list(faults()) == []


def test_the_same_id_gets_the_same_answer_and_books_once(world: World) -> None:
    till = world.till()
    till.open_shift()
    sale = till.sale([(till.item("ESP"), "1")])
    assert till.post(sale) == till.post(sale) == till.post(sale)
    assert Receipt.everywhere.count() == 1


def test_the_same_id_with_another_content_is_refused(world: World) -> None:
    till = world.till()
    till.open_shift()
    sale = till.sale([(till.item("ESP"), "1")])
    till.post(sale)
    [answer] = till.post({**sale, "business_date": "2020-01-01"})
    assert answer["state"] == "refused"
    assert answer["error"]["code"] == "same_id_other_body"
    assert Receipt.everywhere.count() == 1


def test_figures_that_differ_go_to_review_and_book_nothing(world: World) -> None:
    till = world.till()
    till.open_shift()
    sale = till.sale([(till.item("ESP"), "1")])
    sale["body"]["figures"]["total"] = "1.99"
    [answer] = till.post(sale)
    assert answer["state"] == "review"
    assert answer["marks"] == [{"code": "figures_differ", "detail": "total"}]
    assert Receipt.everywhere.count() == 0
    assert Operation.everywhere.filter(state="review").count() == 1


@pytest.mark.feature("OFF-12")
def test_another_price_than_the_catalogue_had_is_booked_and_marked(world: World) -> None:
    till = world.till()
    till.open_shift()
    cart = till.cart([(till.item("ESP"), "1")])
    cart["lines"][0]["list"] = "1.50"
    [answer] = till.post(till.settle(cart, [till.item("ESP")]))
    assert answer["state"] == "done"
    assert answer["marks"][0]["code"] == "price_differs"
    assert answer["marks"][0]["listed"] == "2"
    assert Receipt.everywhere.get().total == Decimal("1.50")


def test_a_sale_into_a_closed_shift_is_late_and_never_lost(world: World) -> None:
    till = world.till()
    till.open_shift()
    late = till.sale([(till.item("ESP"), "1")])
    till.close_shift("100.00")
    [answer] = till.post(late)
    assert answer["state"] == "done-late"
    assert Receipt.everywhere.get().late is True


def test_a_hole_in_the_count_is_recorded_and_filled(world: World) -> None:
    till = world.till()
    till.open_shift()
    first, second, third = (till.sale([(till.item("ESP"), "1")]) for _ in range(3))
    till.post(third)
    gap = SequenceGap.everywhere.get()
    assert (gap.first, gap.last) == (first["seq"], second["seq"])
    till.post(first)
    till.post(second)
    assert not SequenceGap.everywhere.exists()
    assert Receipt.everywhere.count() == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "sale.dream"}, "unknown_kind"),
        ({"v": 2}, "unknown_version"),
        ({"shift": None}, "shift_unknown"),
        ({"body": {"nonsense": True}}, "unreadable"),
        ({"needs": ["01934b7e-0000-7000-8000-000000000000"]}, "needs_missing"),
        ({"actor": 7}, "unreadable"),
    ],
)
def test_what_cannot_be_booked_is_kept_for_review(world: World, change: dict, code: str) -> None:
    till = world.till()
    till.open_shift()
    [answer] = till.post({**till.sale([(till.item("ESP"), "1")]), **change})
    assert answer["state"] == "review"
    assert answer["marks"][0]["code"] == code
    [after] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert after["state"] == "done"
