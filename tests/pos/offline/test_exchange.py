"""A refund and a sale of which only the net is paid (hard case 18): both booked or none, true in drawer, ledger and figures."""

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client

from backoffice.analytics.models import FactTender
from inventory.models import StockLevel
from pos.models import Payment, Receipt, ReceiptTax
from pos.selectors import checks
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from tests.till import Till
from tests.world import World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Ana's till with 100.00 in the drawer: she needs nobody's yes."""
    till = world.till(pin="9999")
    till.open_shift("100.00")
    return till


def read(till: Till, label: str) -> dict[str, Any]:
    _status, found = till.send("GET", f"/pos/receipts?number={label}", None)
    return found["receipts"][0]


def sold(till: Till, sku: str, quantity: str = "1", **more: Any) -> dict[str, Any]:
    [answer] = till.post(till.sale([(till.item(sku), quantity)], **more))
    return read(till, answer["result"]["label"])


def exchange(
    till: Till, receipt: dict[str, Any], worth: tuple[str, str], goods: list[tuple[str, str]], *, lent: str,
    paid: list[dict[str, str]] | None = None, given: list[dict[str, str]] | None = None, quantity: str = "1",
) -> list[dict[str, Any]]:  # fmt: skip
    """The two operations; `worth` is total and tax of what comes back, `paid` and `given` the net one way or the other."""
    total, tax = worth
    figures = {"total": total, "tax": tax, "rounding": "0.00", "payable": [total]}
    tenders = [*(given or []), {"method": "exchange", "amount": lent}]
    refund = till.refund(receipt, {receipt["lines"][0]["id"]: quantity}, tenders=tenders, figures=figures)
    sale = till.sale(
        [(till.item(sku), pieces) for sku, pieces in goods], tenders=[{"method": "exchange", "amount": lent}, *(paid or [])]
    )
    sale["body"]["exchange"] = refund["id"]
    return [refund, sale | {"needs": [refund["id"]]}]


def codes(answers: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [(answer["state"], [mark["code"] for mark in answer["marks"]]) for answer in answers]


def test_an_even_exchange_costs_nothing_and_leaves_no_tax(world: World, till: Till) -> None:
    receipt = sold(till, "CEV")
    answers = till.post(*exchange(till, receipt, ("9.00", "1.31"), [("CEV", "1")], lent="9.00"))
    assert codes(answers) == [("done", []), ("done", [])]
    with acting(business_id=world.business.pk):
        refund, sale = Receipt.objects.order_by("pk")[1:]
        assert (sale.original, sale.total + refund.total, sale.tax + refund.tax) == (refund, 0, 0)
        shares = ReceiptTax.objects.filter(receipt__in=[refund, sale]).aggregate(sum=Sum("amount"))["sum"]
        assert (shares, StockLevel.objects.get(variant=world.variant("CEV")).quantity) == (0, -1)
    assert till.close_shift("109.00")["result"]["expected"] == "109.00"
    assert list(faults()) == []
    assert list(checks.exchanges()) == []
    assert list(checks.receipts()) == []


def test_only_the_difference_is_paid_or_given_back(world: World, till: Till) -> None:
    """Dearer, half on a card; then cheaper: drawer, tenders and what each receipt says come to the net."""
    receipt = sold(till, "ESP", "3")  # 6.00
    dearer = exchange(
        till, receipt, ("2.00", "0.29"), [("CEV", "1")], lent="2.00",
        paid=[{"method": "card", "amount": "3.00"}, {"method": "cash", "amount": "4.00", "tendered": "10.00"}],
    )  # fmt: skip
    assert codes(till.post(*dearer)) == [("done", []), ("done", [])]
    dear = read(till, f"A1-{dearer[1]['body']['number']}")
    assert dear["exchanged"] == f"A1-{dearer[0]['body']['number']}"
    cheaper = exchange(till, dear, ("9.00", "1.31"), [("ESP", "2")], lent="4.00", given=[{"method": "cash", "amount": "5.00"}])
    assert codes(till.post(*cheaper)) == [("done", []), ("done", [])], "what an exchange paid goes back as cash does"
    assert till.close_shift("105.00")["result"]["expected"] == "105.00"  # 100 + 6 + 4 - 5
    fold()
    with acting(business_id=world.business.pk):
        sums = dict(Payment.objects.values_list("method").annotate(sum=Sum("part")))
        assert sums == {"cash": Decimal(5), "card": Decimal(3), "exchange": Decimal(0)}
        facts = dict(FactTender.objects.values_list("method").annotate(sum=Sum("total")))
        assert {method: sum_ for method, sum_ in facts.items() if sum_} == {"cash": Decimal(5), "card": Decimal(3)}
    assert list(faults()) == []


def test_more_than_was_sold_books_neither(till: Till) -> None:
    receipt = sold(till, "CEV")
    answers = till.post(*exchange(till, receipt, ("18.00", "2.62"), [("CEV", "2")], lent="18.00", quantity="2"))
    assert codes(answers) == [("review", ["refund_beyond_sale"]), ("review", ["needs_missing"])]
    assert Receipt.everywhere.count() == 1


def test_a_refund_pays_for_one_sale_with_exactly_what_it_lends(world: World, till: Till) -> None:
    receipt = sold(till, "CEV", "2")
    refund, sale = exchange(till, receipt, ("9.00", "1.31"), [("CEV", "1")], lent="9.00")
    assert codes(till.post(refund)) == [("done", [])]
    assert list(checks.exchanges()), "lent, and taken by nobody"
    wrong = till.sale([(till.item("ESP"), "1")], tenders=[{"method": "exchange", "amount": "2.00"}])
    alone = till.sale([(till.item("ESP"), "1")], tenders=[{"method": "exchange", "amount": "2.00"}])
    wrong["body"]["exchange"] = refund["id"]
    assert codes(till.post(wrong, alone)) == [("review", ["exchange_differs"])] * 2
    assert codes(till.post(sale, sale)) == [("done", [])] * 2, "the same again is answered the same"
    again = till.sale([(till.item("CEV"), "1")], tenders=[{"method": "exchange", "amount": "9.00"}])
    again["body"]["exchange"] = refund["id"]
    unknown = till.sale([(till.item("CEV"), "1")], tenders=[{"method": "exchange", "amount": "9.00"}])
    unknown["body"]["exchange"] = str(uuid7())
    assert codes(till.post(again, unknown)) == [("review", ["exchange_twice"]), ("review", ["original_unknown"])]
    assert list(faults()) == []


def test_an_exchange_is_not_voided_alone(till: Till) -> None:
    answers = till.post(*exchange(till, sold(till, "CEV"), ("9.00", "1.31"), [("CEV", "1")], lent="9.00"))
    [answer] = till.post(till.void(read(till, answers[1]["result"]["label"])))
    assert codes([answer]) == [("review", ["void_exchange"])]


def test_another_shops_refund_pays_for_nothing(till: Till, other_world: World) -> None:
    stranger = other_world.till(Client(), pin="9999")
    stranger.open_shift()
    refund, _sale = exchange(stranger, sold(stranger, "CEV"), ("9.00", "1.31"), [("CEV", "1")], lent="9.00")
    assert codes(stranger.post(refund)) == [("done", [])]
    sale = till.sale([(till.item("CEV"), "1")], tenders=[{"method": "exchange", "amount": "9.00"}])
    sale["body"]["exchange"] = refund["id"]
    assert codes(till.post(sale)) == [("review", ["original_unknown"])]
