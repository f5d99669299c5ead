"""A receipt of the running shift is taken back whole, once; nothing is erased (POS-48)."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from backoffice.analytics.models import FactDay, FactTender
from inventory.models import StockLevel
from pos.models import Payment, Receipt, ReceiptTax
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from tests.till import Till
from tests.world import World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def read(till: Till, label: str) -> dict[str, Any]:
    _status, found = till.send("GET", f"/pos/receipts?number={label}", None)
    return found["receipts"][0]


def sold(till: Till, sku: str = "CEV", quantity: str = "3", **more: Any) -> dict[str, Any]:
    [answer] = till.post(till.sale([(till.item(sku), quantity)], **more))
    assert answer["state"] == "done", answer
    return read(till, answer["result"]["label"])


def yes(world: World) -> dict[str, Any]:
    return {"by": str(world.owner.uuid), "code": "receipt.void", "reason": "Wrong table"}


def level(world: World, sku: str) -> Decimal:
    with acting(business_id=world.business.pk):
        return StockLevel.objects.get(variant=world.variant(sku)).quantity


def test_stock_tender_and_totals_come_back_and_the_original_says_so(world: World, till: Till) -> None:
    tenders = [{"method": "card", "amount": "20.00"}, {"method": "cash", "amount": "4.30", "tendered": "10.00"}]
    receipt = sold(till, quantity="3", tenders=tenders, discount={"kind": "percent", "value": "10"})
    assert level(world, "CEV") == -3
    [answer] = till.post({**till.void(receipt), "approvals": [yes(world)]})
    assert (answer["state"], answer["marks"]) == ("done", [])
    assert level(world, "CEV") == 0
    with acting(business_id=world.business.pk):
        sums = Receipt.objects.aggregate(*(Sum(name) for name in ("gross", "discount", "net", "tax", "total")))
        assert set(sums.values()) == {0}
        void = Receipt.objects.get(kind="void")
        assert (void.reason, void.original.label, void.total) == ("Wrong table", receipt["label"], Decimal("-24.30"))
    assert ReceiptTax.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    for method in ("card", "cash"):
        assert Payment.objects.filter(method=method).aggregate(sum=Sum("amount"))["sum"] == 0
    after = read(till, receipt["label"])
    assert after["voided"] == {"label": void.label, "reason": "Wrong table"}
    assert (after["total"], [line["quantity"] for line in after["lines"]]) == ("24.30", ["3"])
    assert [tender["refunded"] for tender in after["tenders"]] == ["20.00", "4.30"]
    assert list(faults()) == []
    entry = Entry.objects.get(action="receipt.void")
    assert "Wrong table" in entry.data
    assert "Ana A" in entry.data


def test_the_drawer_expects_its_float_again(world: World, till: Till) -> None:
    till.post({**till.void(sold(till)), "approvals": [yes(world)]})
    assert till.close_shift("100.00")["result"]["difference"] == "0.00"


def test_dashboards_count_it_out_again(world: World, till: Till) -> None:
    till.post({**till.void(sold(till)), "approvals": [yes(world)]})
    sold(till, "ESP", "1")
    fold()
    with acting(business_id=world.business.pk):
        day = FactDay.objects.get()
        assert (day.total, day.sales) == (Decimal(2), 1)
        assert FactTender.objects.get().total == Decimal(2)


def test_fifteen_twelve_fifteen_and_a_second_void_leaves_fifteen(world: World, till: Till) -> None:
    """Hard case 25, as the till sends it; and the database itself takes no second one."""
    receipt = sold(till, "ESP", "3")
    [first] = till.post({**till.void(receipt), "approvals": [yes(world)]})
    [second] = till.post({**till.void(receipt), "approvals": [yes(world)]})
    assert (first["state"], second["state"], second["marks"][0]["code"]) == ("done", "review", "already_voided")
    assert level(world, "ESP") == 0
    with acting(business_id=world.business.pk):
        void = Receipt.objects.get(kind="void")
        void.pk, void.uuid, void._state.adding = None, uuid7(), True
        with pytest.raises(IntegrityError), transaction.atomic():
            void.save(force_insert=True)


def given_back(till: Till, receipt: dict[str, Any]) -> dict[str, Any]:
    figures = {"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]}
    tenders = [{"method": "cash", "amount": "9.00"}]
    [answer] = till.post(till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, tenders=tenders, figures=figures))
    return answer


def test_what_was_given_back_is_not_voided_and_what_was_voided_not_given_back(world: World, till: Till) -> None:
    receipt = sold(till)
    assert given_back(till, receipt)["state"] == "done"
    [answer] = till.post({**till.void(receipt), "approvals": [yes(world)]})
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "void_after_refund")
    other = sold(till)
    till.post({**till.void(other), "approvals": [yes(world)]})
    again = given_back(till, other)
    assert (again["state"], again["marks"][0]["code"]) == ("review", "already_voided")
    assert level(world, "CEV") == -2


def test_only_in_the_shift_of_the_sale(world: World, till: Till) -> None:
    receipt = sold(till)
    till.close_shift("127.00")
    till.open_shift()
    [answer] = till.post({**till.void(receipt), "approvals": [yes(world)]})
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "void_other_shift")
    assert level(world, "CEV") == -3


def test_one_that_arrives_after_the_shift_was_closed_is_its_supplement(world: World, till: Till) -> None:
    receipt, shift = sold(till), till.shift
    operation = {**till.void(receipt), "approvals": [yes(world)]}
    till.close_shift("127.00")
    [answer] = till.post({**operation, "shift": shift})
    assert (answer["state"], [mark["code"] for mark in answer["marks"]]) == ("done-late", ["shift_closed"])
    assert list(faults()) == []


def test_who_may_not_and_asked_nobody_is_booked_and_marked(till: Till) -> None:
    [answer] = till.post(till.void(sold(till)))
    assert (answer["state"], answer["marks"]) == ("done", [{"code": "permission_missing", "permission": "receipt.void"}])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"original": str(uuid7())}, "original_unknown"),
        ({"total": "26.99"}, "figures_differ"),
        ({"series": "Z9"}, "unreadable"),
        ({"reason": ""}, "unreadable"),
    ],
)
def test_a_void_that_makes_no_sense_is_for_a_manager(till: Till, more: dict[str, str], code: str) -> None:
    [answer] = till.post(till.void(sold(till), **more))
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", code)
    assert Receipt.everywhere.count() == 1


def test_a_refund_or_a_void_is_no_sale_to_be_voided(till: Till) -> None:
    receipt = sold(till)
    refund = given_back(till, receipt)
    [answer] = till.post(till.void({**receipt, "id": refund["id"]}))
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "original_unknown")


def test_another_tenants_receipt_is_unknown(other_world: World, till: Till) -> None:
    stranger = other_world.till()
    stranger.open_shift()
    [answer] = till.post(till.void(sold(stranger)))
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", "original_unknown")
