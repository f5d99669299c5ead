"""The dashboard says what the ledger says, for whom may see it, per currency and by the store's clock."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from backoffice.analytics import charts
from backoffice.analytics.dashboard import changed
from backoffice.analytics.figures import hours_begun
from backoffice.analytics.spans import days, days_before, today_of
from inventory.models import Product
from smartpos.context import acting
from smartpos.people.models import Role, Store
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal
from tests.architecture.shop import sell_and_refund
from tests.till import Till
from tests.world import AT, PASSWORD, World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/backoffice/"
NOON = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def till(world: World) -> Till:
    till = world.till()
    till.open_shift()
    return till


def board(client: Client, query: str = "") -> str:
    fold()
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def tile(page: str, code: str) -> str:
    return page.split(f'id="tile-{code}"')[1].split("</div>", maxsplit=1)[0]


def values(page: str, code: str) -> list[str]:
    return [value.replace("\u00a0", " ") for value in re.findall(r'stat__value">([^<]+)<', tile(page, code))]


def pay(till: Till, sku: str, amount: str, method: str) -> None:
    [answer] = till.post(till.sale([(till.item(sku), "1")], tenders=[{"method": method, "amount": amount}]))
    assert answer["state"] == "done", answer


@pytest.mark.feature("DSH-02", "DSH-03", "DSH-04")
def test_the_tiles_are_the_ledgers(office: Client, till: Till) -> None:
    """Two sales of 4.00 and 9.00 and a refund of 2.00: 11.00 taken, two transactions, 5.50 each."""
    empty = board(office)
    assert (values(empty, "sales"), values(empty, "transactions"), values(empty, "average")) == (
        ["0.00 KM"],
        ["0"],
        ["0.00 KM"],
    )
    sell_and_refund(till)
    pay(till, "CEV", "9.00", "card")
    page = board(office)
    assert values(page, "sales") == ["11.00 KM"]
    assert values(page, "transactions") == ["2"]
    assert values(page, "average") == ["5.50 KM"]


@pytest.mark.feature("DSH-05")
def test_who_is_at_work_has_an_open_shift(office: Client, till: Till, world: World) -> None:
    assert values(board(office), "people") == ["1"]
    assert "Boris A" in tile(board(office), "people")
    till.post(till.operation("shift.close", {"shift": till.shift, "counted": "100.00"}))
    assert values(board(office), "people") == ["0"]


@pytest.mark.feature("DSH-08")
def test_payment_methods_come_to_the_total(office: Client, till: Till) -> None:
    pay(till, "ESP", "2.00", "card")
    pay(till, "CEV", "9.00", "cash")
    mixed = till.sale(
        [(till.item("CEV"), "1")], tenders=[{"method": "card", "amount": "4.00"}, {"method": "cash", "amount": "5.00"}]
    )
    till.post(mixed)
    chart = board(office).split('id="chart-kinds-BAM"')[1].split("</figure>")[0].replace("\u00a0", " ")
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="amount">([^<]+)<', chart))
    assert rows == {"Cash": "9.00 KM", "Card": "2.00 KM", "Mixed": "9.00 KM", "Online": "0.00 KM", "Together": "20.00 KM"}
    assert values(board(office), "sales") == ["20.00 KM"]


@pytest.mark.feature("DSH-06", "DSH-09")
def test_days_without_sales_are_nought_and_hours_are_the_stores(office: Client, world: World) -> None:
    with time_machine.travel(NOON, tick=False):
        till = world.till()
        till.open_shift()
        pay(till, "CEV", "9.00", "card")
        page = board(office)
        trend = page.split('id="chart-trend-BAM"')[1].split("</figure>")[0].replace("\u00a0", " ")
        assert re.findall(r'<td class="amount">([0-9.]+) KM', trend) == ["9.00", *["0.00"] * 6]
        assert (
            len(
                re.findall(
                    r"<tr><th scope=.row", board(office, "?trend=30").split('id="chart-trend-BAM"')[1].split("</figure>")[0]
                )
            )
            == 30
        )
        hours = page.split('id="chart-hours-BAM"')[1].split("</figure>")[0].replace("\u00a0", " ")
        rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="amount">[0-9]+</td><td class="amount">([^<]+)<', hours))
        assert len(rows) == 24
        assert {hour: total for hour, total in rows.items() if total != "0.00 KM"} == {"12–13": "9.00 KM"}


@pytest.mark.feature("DSH-07")
def test_the_ten_best_sellers_by_revenue(office: Client, till: Till) -> None:
    pay(till, "ESP", "2.00", "card")
    pay(till, "CEV", "9.00", "card")
    chart = board(office).split('id="chart-items-BAM"')[1].split("</figure>")[0]
    assert re.findall(r'<th scope="row">([^<]+)<', chart) == ["Ćevapi veliki", "Espresso"]


@pytest.mark.feature("DSH-10")
def test_the_store_filter_holds_for_every_figure_and_currencies_are_never_summed(
    office: Client, world: World, till: Till
) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        vienna = create_store(by=world.owner, name="Wien", code="W1", currency="EUR", time_zone="Europe/Vienna", at=AT)
        place = create_terminal(vienna, by=world.owner, name="Kassa", at=AT)
        create_employee(
            by=world.owner, name="Wiener", role=Role.CASHIER, email="", password="", pin="7777", stores=[vienna], at=AT
        )
        mira = create_employee(
            by=world.owner, name="Mira", role=Role.MANAGER, email="mira@a.example", password=PASSWORD, pin="3333",
            stores=[world.store], at=AT,
        )  # fmt: skip
    abroad = world.till(Client(), terminal=place, pin="7777")
    abroad.open_shift()
    pay(abroad, "ESP", "2.00", "card")
    pay(till, "CEV", "9.00", "card")
    page = board(office)
    assert values(page, "sales") == ["9.00 KM", "2.00 €"]
    assert {"chart-trend-BAM", "chart-trend-EUR"} <= set(re.findall(r'id="(chart-[a-z]+-[A-Z]+)"', page))
    assert values(board(office, f"?store={vienna.uuid}"), "sales") == ["2.00 €"]
    assert values(board(office), "sales") == ["2.00 €"]  # remembered
    assert values(board(office, f"?store={world.store.uuid}"), "sales") == ["9.00 KM"]
    manager = Client()
    manager.force_login(mira.user)
    for query in ("", f"?store={vienna.uuid}", "?store=all"):
        assert values(board(manager, query), "sales") == ["9.00 KM"]


@pytest.mark.feature("DSH-11")
def test_what_is_under_its_minimum_stands_there_and_leads_to_the_product(office: Client, world: World, till: Till) -> None:
    espresso = world.products["ESP"]
    Product.everywhere.filter(pk=espresso.pk).update(min_stock=Decimal(5))
    assert "Low stock" not in board(office)  # nothing is known of a level yet
    pay(till, "ESP", "2.00", "card")
    page = board(office)
    assert f'href="/backoffice/products/{espresso.uuid}/"' in page.split('id="low-title"')[1]


@pytest.mark.feature("DSH-01")
def test_it_is_the_first_page_after_the_sign_in_and_today_is_the_stores(world: World) -> None:
    late, after = datetime(2026, 11, 24, 22, 30, tzinfo=UTC), datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    with time_machine.travel(late, tick=False):
        client = Client()
        first = client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD}, follow=True)
        assert first.redirect_chain == [(PAGE, 302)]
        assert all(f'id="tile-{code}"' in first.content.decode() for code in ("sales", "transactions", "average", "people"))
        assert "stat__value" in first.content.decode()
        till = world.till()
        till.open_shift()
        pay(till, "CEV", "9.00", "card")
        page = board(client)
        assert values(page, "sales") == ["9.00 KM"]
        assert {"chart-trend-BAM", "chart-hours-BAM", "chart-items-BAM"} <= set(re.findall(r'id="(chart-[a-z]+-BAM)"', page))
    with time_machine.travel(after, tick=False):  # the same day in Greenwich, the next one in Sarajevo
        assert values(board(client), "sales") == ["0.00 KM"]
        assert values(board(client, "?period=yesterday"), "sales") == ["9.00 KM"]
        world.store.cutoff_minutes = 120
        world.store.save()
        assert values(board(client, "?period=today"), "sales") == ["9.00 KM"]


def test_drawings_are_numbers_in_every_language(office: Client, till: Till) -> None:
    pay(till, "CEV", "9.00", "card")
    office.cookies["smartpos_language"] = "bs"
    page = board(office)
    drawn = re.findall(
        r'(?:points|y|y1|height|width|stroke-dasharray|stroke-dashoffset)="([^"]*)"', page.split('id="board"')[1]
    )
    assert len(drawn) > 50
    assert not [value for value in drawn if re.search(r"\d,\d\d ?$", value)]


def test_a_neighbours_sales_do_not_count(office: Client, other_world: World) -> None:
    abroad = other_world.till()
    abroad.open_shift()
    pay(abroad, "CEV", "9.00", "card")
    assert values(board(office), "sales") == ["0.00 KM"]


@pytest.mark.parametrize(
    "query", ["?period=x&trend=9", "?period=yesterday", "?period=7", "?period=30", "?period=month", "?trend=30"]
)
def test_whatever_the_address_says_the_page_opens(office: Client, till: Till, query: str) -> None:
    pay(till, "CEV", "9.00", "card")
    board(office, query)


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [("110", "100", "10 % more"), ("90", "100", "10 % less"), ("5", "5", "as much"), ("5", "0", "")],
)
def test_a_change_is_said_with_sign_and_word(now: str, before: str, text: str) -> None:
    assert changed(Decimal(now), Decimal(before)).text == text


def test_stretches_of_days() -> None:
    day = datetime(2026, 3, 31, tzinfo=UTC).date()
    assert days("month", day) == (day.replace(day=1), day)
    assert days_before("month", day) == (day.replace(month=2, day=1), day.replace(month=2, day=28))
    assert days_before("7", day) == (day - timedelta(days=13), day - timedelta(days=7))
    assert days_before("today", day) == (day - timedelta(days=7),) * 2


def test_hours_begin_at_the_cut_off_and_stores_have_days_of_their_own() -> None:
    store = Store(time_zone="Europe/Sarajevo", cutoff_minutes=240)
    assert hours_begun(store, datetime(2026, 11, 24, 1, 30, tzinfo=UTC))[-1] == 2
    assert len(hours_begun(store, datetime(2026, 11, 24, 1, 30, tzinfo=UTC))) == 23
    far = Store(time_zone="Pacific/Auckland", cutoff_minutes=0)
    assert len(today_of([store, far], datetime(2026, 11, 24, 13, 0, tzinfo=UTC))) == 2


def test_a_scale_holds_everything_in_steps_that_people_count_in() -> None:
    on = charts.scale([Decimal(3), Decimal(-12), Decimal(97)])
    assert on.least <= -12
    assert on.most >= 97
    assert on.ticks[0] == on.most
    assert on.ticks[-1] == on.least
    assert charts.scale([]).ticks == [4, 3, 2, 1, 0]
    assert sum(part.share for part in charts.ring([Decimal(3), Decimal(1), Decimal(-2)])) == 100
