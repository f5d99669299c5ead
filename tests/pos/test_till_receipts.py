"""The till's list of receipts: found by number, customer and day, page by page, of its own store; and its quick figures."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pos.services.customers import CustomerInput, create_customer, merge_customers
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.services.places import create_store, create_terminal
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def sell(till: Till, count: int = 1, **more: Any) -> list[str]:
    answers = till.post(*(till.sale([(till.item("ESP"), "1")], **more) for _ in range(count)))
    return [answer["result"]["label"] for answer in answers]


def asked(till: Till, query: str) -> list[str]:
    status, found = till.send("GET", f"/pos/receipts?{query}", None)
    assert status == 200, found
    return [receipt["label"] for receipt in found["receipts"]]


def test_pages_go_on_by_the_last_id_whatever_comes_on_top(till: Till) -> None:
    labels = sell(till, 45)
    _status, first = till.send("GET", "/pos/receipts", None)
    assert (len(first["receipts"]), first["more"]) == (20, True)
    sell(till, 2)
    _status, second = till.send("GET", f"/pos/receipts?before={first['receipts'][-1]['id']}", None)
    _status, third = till.send("GET", f"/pos/receipts?before={second['receipts'][-1]['id']}", None)
    seen = [receipt["label"] for page in (first, second, third) for receipt in page["receipts"]]
    assert seen == labels[::-1]
    assert third["more"] is False
    assert asked(till, f"before={uuid7()}") == []


def test_the_number_with_and_without_its_series_and_as_scanners_type_it(till: Till) -> None:
    sell(till, 3)
    assert asked(till, "number=A1-2") == asked(till, "number=a1'2") == asked(till, "number=2") == ["A1-2"]
    assert asked(till, "number=99") == []
    status, answer = till.send("GET", "/pos/receipts?number=nonsense", None)
    assert (status, answer["error"]["code"]) == (404, "not_found")


def test_by_customer_also_under_the_name_that_a_merged_record_had(world: World, till: Till) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        goes, stays = (
            create_customer(CustomerInput(name=name, phone=phone), by=world.owner, at=AT)
            for name, phone in (("Amra Đulić", "061 111"), ("Amra Hodžić", "062 222"))
        )
    till.load()
    sell(till)
    sell(till, buyer=str(goes.uuid))
    assert asked(till, "customer=djulic") == asked(till, "customer=061111") == ["A1-2"] or asked(till, "customer=amra") == [
        "A1-2"
    ]
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        merge_customers(stays, goes, versions=(stays.version, goes.version), at=AT)
    assert asked(till, "customer=hodzic") == ["A1-2"]
    _status, found = till.send("GET", "/pos/receipts?number=2", None)
    assert found["receipts"][0]["customer"] == "Amra Hodžić"


def test_by_business_day_both_ends_included(till: Till) -> None:
    sell(till)
    today = datetime.now(UTC).astimezone().date()
    day = till.send("GET", "/pos/receipts", None)[1]["receipts"][0]["business_date"]
    other = (today - timedelta(days=3)).isoformat()
    assert asked(till, f"from={day}&to={day}") == ["A1-1"]
    assert asked(till, f"from={other}&to={other}") == []
    for bad in ("from=yesterday", "to=2026-13-01", "before=x"):
        assert till.send("GET", f"/pos/receipts?{bad}", None)[0] == 400


def test_another_store_of_the_same_business_sees_nothing_of_it(world: World, till: Till) -> None:
    sell(till)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        store = create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
        terminal = create_terminal(store, by=world.owner, name="Till S", at=AT)
    second = world.till(Client(), terminal=terminal, pin="9999")
    assert asked(second, "") == asked(second, "number=1") == []


def test_who_stands_at_the_till_must_have_the_right(world: World, till: Till) -> None:
    sell(till)
    assert till.send("GET", f"/pos/receipts?actor={till.actor}", None)[0] == 200
    assert till.send("GET", f"/pos/receipts?actor={world.waiter.uuid}", None)[0] == 403
    assert till.send("GET", "/pos/receipts?actor=x", None)[0] == 400


def test_a_longer_list_asks_no_more(till: Till) -> None:
    sell(till, 3)
    with CaptureQueriesContext(
        connection,
    ) as few:
        asked(till, "")
    sell(till, 15)
    with CaptureQueriesContext(connection) as many:
        asked(till, "")
    assert len(many) == len(few)


def test_quick_figures_of_the_shift_the_person_and_the_day(world: World, till: Till) -> None:
    till.post(till.sale([(till.item("CEV"), "2")], tenders=[{"method": "card", "amount": "18.00"}]))
    [first, _second] = sell(till, 2)
    receipt = till.send("GET", f"/pos/receipts?number={first}", None)[1]["receipts"][0]
    till.post(till.void(receipt))
    assert till.send("GET", f"/pos/quick?actor={till.actor}", None)[0] == 403
    _status, found = till.send("GET", f"/pos/quick?actor={world.owner.uuid}", None)
    shift = found["shift"]
    assert found["periods"]["today"] == found["periods"]["month"] == {"total": "20.00", "sales": 2}
    assert (shift["total"], shift["sales"], shift["voids"], shift["refunds"], shift["average"]) == ("20.00", 2, 1, 0, "10.00")
    assert shift["tenders"] == {"card": "18.00", "cash": "2.00"}
    assert (shift["opening_float"], shift["expected"], shift["pieces"]) == ("100.00", "102.00", "3")
    assert shift["top"] == [
        {"name": "Ćevapi veliki", "unit": "piece", "quantity": "2"}, {"name": "Espresso", "unit": "piece", "quantity": "1"},
    ]  # fmt: skip
    assert (found["own"]["sales"], found["own"]["total"]) == (0, "0.00")
    assert till.send("GET", "/pos/quick", None)[0] == 403
    assert till.send("GET", "/pos/quick?actor=x", None)[0] == 400


def test_what_is_weighed_counts_as_one_article_among_pieces(world: World, till: Till) -> None:
    sale = till.sale([(till.item("CEV"), "2"), (till.item("ESP"), "1.255")], tenders=[{"method": "card", "amount": "20.51"}])
    sale["body"]["goods"][1]["unit"] = "kg"
    till.post(sale)
    shift = till.send("GET", f"/pos/quick?actor={world.owner.uuid}", None)[1]["shift"]
    assert shift["pieces"] == "3"
    assert shift["top"][1] == {"name": "Espresso", "unit": "kg", "quantity": "1.255"}


def test_quick_figures_without_a_shift(world: World) -> None:
    _status, found = world.till().send("GET", f"/pos/quick?actor={world.owner.uuid}", None)
    assert (found["shift"], found["own"]["sales"]) == (None, 0)
