"""How cash is rounded by the settings of the act's time, and what the drawer then expects (POS-61)."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pos.documents import receipt_html
from pos.models import Payment, Receipt
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STEP = {"step": "0.05"}


def a_till(world: World, **settings: Any) -> Till:
    """The owner's till after something was set."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({f"currency.{code}": value for code, value in settings.items()}, by=world.owner, at=AT)
    till = world.till(pin="9999")
    till.open_shift("100")
    return till


def sell(till: Till, price: str, tenders: list[dict[str, Any]], **cart: Any) -> list[str]:
    """One article at that price; answers the marks."""
    made = till.cart([(till.item("ESP"), "1")], **cart)
    made["lines"][0]["override"] = price
    [answer] = till.post(till.settle(made, [till.item("ESP")], tenders=tenders))
    assert answer["state"] == "done", answer
    return [mark["code"] + ":" + mark.get("detail", "") for mark in answer["marks"]]


def test_a_mixed_payment_is_rounded_in_its_cash_part_alone(world: World) -> None:
    till = a_till(world, cash_step="0.05")
    tenders = [{"method": "card", "amount": "75.00"}, {"method": "cash", "amount": "100.00", "tendered": "100.00"}]
    assert sell(till, "174.99", tenders, cash_rounding=STEP) == []
    receipt = Receipt.everywhere.get()
    assert (receipt.total, receipt.rounding) == (Decimal("174.99"), Decimal("0.01"))
    paid = {p.method: (p.part, p.amount, p.change) for p in Payment.objects.filter(receipt=receipt)}
    assert paid == {
        "card": (Decimal(75), Decimal(75), Decimal(0)),
        "cash": (Decimal("99.99"), Decimal(100), Decimal(0)),
    }
    assert till.close_shift("200.00")["result"]["expected"] == "200.00"


@pytest.mark.parametrize(("exact", "amount", "rounding"), [(True, "2.31", "0"), (False, "2.30", "-0.01")])
def test_exact_coins_by_the_setting(world: World, exact: bool, amount: str, rounding: str) -> None:
    till = a_till(world, cash_step="0.05", exact_coins=exact)
    assert sell(till, "2.31", [{"method": "cash", "amount": amount}], cash_rounding={**STEP, "exact_coins": exact}) == []
    assert Receipt.everywhere.get().rounding == Decimal(rounding)


@pytest.mark.parametrize(
    ("cart", "tenders", "marks"),
    [
        ({}, [{"method": "cash", "amount": "2.30"}], ["input_unknown:cash_rounding"]),
        ({"cash_rounding": {"step": "0.10"}}, [{"method": "cash", "amount": "2.30"}], ["input_unknown:cash_rounding"]),
        ({}, [{"method": "card", "amount": "2.30"}], []),
    ],
)
def test_cash_that_was_rounded_otherwise_than_set_is_marked(world: World, cart: Any, tenders: Any, marks: list[str]) -> None:
    assert sell(a_till(world, cash_step="0.05"), "2.30", tenders, **cart) == marks


def test_a_step_that_the_currency_cannot_say_is_not_asked_for(world: World) -> None:
    world.store.currency = "JPY"
    world.store.save(update_fields=["currency"])
    till = a_till(world, cash_step="0.05")
    assert sell(till, "231", [{"method": "cash", "amount": "231"}]) == []


def test_a_rounded_sale_says_so_on_paper(world: World) -> None:
    till = a_till(world, cash_step="0.05")
    sell(till, "2.31", [{"method": "cash", "amount": "2.30"}], cash_rounding=STEP)
    with acting(business_id=world.business.pk):
        assert "Rounding of cash" in receipt_html(Receipt.objects.get())


@pytest.mark.feature("POS-61")
def test_the_report_of_the_shift_has_the_rounding_as_a_line_of_its_own(world: World) -> None:
    till = a_till(world, cash_step="0.05")
    sell(till, "2.31", [{"method": "cash", "amount": "2.30"}], cash_rounding=STEP)
    sell(till, "2.33", [{"method": "cash", "amount": "2.35"}], cash_rounding=STEP)
    sell(till, "2.31", [{"method": "cash", "amount": "2.30"}], cash_rounding=STEP)
    shift = till.shift
    till.close_shift("106.95")
    _status, told = till.send("GET", f"/pos/shifts/{shift}?actor={till.actor}", None)
    assert (told["figures"]["total"], told["figures"]["rounding"]) == ("6.95", "0.00")
    till.open_shift()
    sell(till, "2.31", [{"method": "cash", "amount": "2.30"}], cash_rounding=STEP)
    shift = till.shift
    till.close_shift("102.30")
    _status, told = till.send("GET", f"/pos/shifts/{shift}?actor={till.actor}", None)
    assert (told["figures"]["total"], told["figures"]["rounding"], told["shift"]["expected"]) == ("2.31", "-0.01", "102.30")
    office = Client()
    office.force_login(world.owner.user)
    page = office.get(f"/backoffice/shifts/{shift}/").content.decode()
    assert re.search(r"<dt>Rounding of cash</dt><dd>[^<]*0\.01", page)
