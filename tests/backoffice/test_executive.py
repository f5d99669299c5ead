"""The executive dashboard: what stores came to by the ledger, against targets, per currency, and what to order."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from backoffice.analytics import charts
from backoffice.analytics.executive import Figures, report
from backoffice.analytics.months import Year, asked_month, plus
from backoffice.selectors.critical import state_of
from backoffice.services.targets import set_targets
from inventory.models import Product, Variant
from inventory.services.stock import move_stock
from inventory.types import MovedGoods
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.people.models import Role, Store
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal
from tests.architecture.queries import assert_constant_queries
from tests.architecture.shop import give_back
from tests.till import Till
from tests.world import AT, PASSWORD, World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/backoffice/executive/"
NOVEMBER = date(2026, 11, 1)
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.owner.user)
    return client


def page(client: Client, query: str = "") -> str:
    fold()
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def row(text: str, name: str) -> dict[str, list[str]]:
    """The words of each cell of a store's row, or of a total's."""
    [found] = [part for part in text.split("<tr>")[2:] if f'<th scope="row">{name}' in part]
    cells = re.findall(r'data-label="([^"]+)">(.*?)</td>', found, re.DOTALL)
    return {
        label: [word.strip() for word in re.sub(r"<[^>]+>", "\n", cell).split("\n") if word.strip()] for label, cell in cells
    }


def sell(till: Till, sku: str, quantity: str = "1") -> str:
    [answer] = till.post(till.sale([(till.item(sku), quantity)]))
    assert answer["state"] == "done", answer
    return str(answer["result"]["label"])


def cost(world: World, **costs: str) -> None:
    with acting(business_id=world.business.pk):
        for sku, amount in costs.items():
            Variant.objects.filter(sku=sku).update(cost=Decimal(amount))


def receive(world: World, sku: str, quantity: int, *, at: datetime, store: Store | None = None) -> None:
    place = store or world.store
    with acting(business_id=world.business.pk), transaction.atomic():
        move_stock(
            [MovedGoods(world.variant(sku).pk, quantity * 1000)], business_id=world.business.pk, store_id=place.pk,
            kind="receive", source_kind="test", source_id=uuid4(), at=at,
        )  # fmt: skip


def second_store(world: World, *, currency: str = "BAM", pin: str = "7777") -> tuple[Store, Till]:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        store = create_store(by=world.owner, name="Zadar", code="Z1", currency=currency, time_zone="Europe/Sarajevo", at=AT)
        place = create_terminal(store, by=world.owner, name="Till", at=AT)
        create_employee(by=world.owner, name="Zora", role=Role.CASHIER, email="", password="", pin=pin, stores=[store], at=AT)
    till = world.till(Client(), terminal=place, pin=pin)
    till.open_shift()
    return store, till


def target(world: World, store: Store, **months: str) -> list[date]:
    amounts = {date(2026, int(month[1:]), 1): Decimal(amount) for month, amount in months.items()}
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return set_targets(store, amounts, by=world.owner, at=NOON)


@pytest.mark.feature("DSH-13")
def test_revenue_is_held_against_the_target_of_each_store_and_month(office: Client, world: World) -> None:
    """18.00 of 30.00 is 60 %; a store without a target says so, and the total is of those that have one."""
    with time_machine.travel(NOON, tick=False):
        till = world.till()
        till.open_shift()
        sell(till, "CEV", "2")
        zadar, abroad = second_store(world)
        sell(abroad, "ESP")
        assert row(page(office), "Store A")["Of the target"] == ["not set"]
        assert row(page(office), "Together")["Of the target"] == ["not set"]
        assert target(world, world.store, m11="30", m12="40") == [NOVEMBER, date(2026, 12, 1)]
        text = page(office)
        assert row(text, "Store A")["Of the target"] == ["60 %", "of 30.00 KM"]
        assert row(text, "Zadar")["Of the target"] == ["not set"]
        assert row(text, "Together")["Of the target"] == ["60 %", "of 30.00 KM"]
        assert row(text, "Together")["Revenue"] == ["20.00 KM", "2 sales"]
        target(world, zadar, m11="10")
        assert row(page(office), "Together")["Of the target"] == ["50 %", "of 40.00 KM"]
        assert row(page(office, "?month=2026-10"), "Store A")["Of the target"] == ["not set"]


def test_a_target_in_another_currency_is_none(office: Client, world: World) -> None:
    target(world, world.store, m11="30")
    Store.everywhere.filter(pk=world.store.pk).update(currency="EUR")
    with time_machine.travel(NOON, tick=False):
        text = page(office)
    assert row(text, "Store A EUR")["Of the target"] == ["not set"]
    assert row(text, "Together BAM")["Of the target"] == ["0 %", "of 30.00 KM"]


@pytest.mark.feature("DSH-14")
def test_the_margin_is_of_revenue_net_of_tax_at_the_cost_of_the_sale(office: Client, world: World) -> None:
    """Two at 2.00 with 17 % in it are 3.42 net; at 0.40 each that leaves 76.6 %, also when one comes back at another cost."""
    with time_machine.travel(NOON, tick=False):
        cost(world, ESP="0.40")
        till = world.till()
        till.open_shift()
        assert row(page(office), "Store A")["Gross margin"] == ["no cost known"]
        label = sell(till, "ESP", "2")
        cost(world, ESP="1.50")
        assert row(page(office), "Store A")["Gross margin"] == ["76.6 %", "cost known for 100 %"]
        give_back(till, label)  # 1.71 net and 0.40 remain
        assert row(page(office), "Store A")["Gross margin"] == ["76.6 %", "cost known for 100 %"]
        sell(till, "CEV")  # 7.69 net of which nobody knows the cost
        assert row(page(office), "Store A")["Gross margin"] == ["76.6 %", "cost known for 18.2 %"]


@pytest.mark.feature("DSH-16")
def test_sales_per_employee_are_a_list_and_an_average(office: Client, world: World) -> None:
    with time_machine.travel(NOON, tick=False):
        boris = world.till()
        boris.open_shift()
        sell(boris, "CEV", "2")
        ceca = world.till(Client(), pin="2222")
        ceca.shift = boris.shift
        sell(ceca, "ESP")
        text = page(office)
    assert row(text, "Store A")["Sales per employee"] == ["10.00 KM", "2 people"]
    card = text.split('aria-labelledby="people-BAM"')[1].split("</section>")[0]
    assert "10.00 KM</span> on average over 2 people" in card
    cells = re.findall(r'<th scope="row">([^<]+)</th><td[^>]*>([^<]+)</td>((?:<td class="amount"[^>]*>[^<]+</td>)+)', card)
    assert [(name, store, re.findall(r">([^<]+)<", rest)) for name, store, rest in cells] == [
        ("Boris A", "Store A", ["1", "18.00 KM", "18.00 KM"]), ("Ceca A", "Store A", ["1", "2.00 KM", "2.00 KM"]),
    ]  # fmt: skip
    assert f'href="/backoffice/employees/{world.cashier.uuid}/"' in card


@pytest.mark.feature("DSH-17")
def test_turnover_is_what_was_sold_out_of_stock_by_its_average_value(office: Client, world: World) -> None:
    """Ten at 1.00 from the 1st, four sold on the 4th of four days: 4.00 by (10+10+10+6)/4."""
    with time_machine.travel(datetime(2026, 11, 4, 11, 0, tzinfo=UTC), tick=False):
        cost(world, ESP="1.00")
        receive(world, "ESP", 10, at=datetime(2026, 11, 1, 11, 0, tzinfo=UTC))
        till = world.till()
        till.open_shift()
        assert row(page(office), "Store A")["Stock turnover"] == ["0.00×", "average stock 10.00 KM"]
        sell(till, "ESP", "4")
        assert row(page(office), "Store A")["Stock turnover"] == ["0.44×", "average stock 9.00 KM"]
    with time_machine.travel(datetime(2026, 12, 2, 11, 0, tzinfo=UTC), tick=False):
        office.force_login(world.owner.user)
        # November is over: ten on three days and six on twenty-seven; nothing moved in December.
        assert row(page(office, "?month=2026-11"), "Store A")["Stock turnover"] == ["0.63×", "average stock 6.40 KM"]
        assert row(page(office), "Store A")["Stock turnover"] == ["0.00×", "average stock 6.00 KM"]


def test_a_store_without_stock_has_no_turnover(office: Client, world: World) -> None:
    assert row(page(office), "Store A")["Stock turnover"] == ["—"]


@pytest.mark.feature("DSH-18")
def test_critical_stock_across_stores(office: Client, world: World) -> None:
    """Out, under its minimum, or sold so fast that it does not last until new goods are there; nothing else."""
    with time_machine.travel(NOON, tick=False):
        zadar, abroad = second_store(world)
        till = world.till()
        till.open_shift()
        receive(world, "ESP", 30, at=NOON - timedelta(days=9))
        receive(world, "CEV", 4, at=NOON)
        receive(world, "ODD", 100, at=NOON)
        receive(world, "ESP", 1, at=NOON, store=zadar)
        Product.everywhere.filter(pk=world.products["CEV"].pk).update(min_stock=Decimal(5))
        sell(till, "ESP", "24")  # 24 in 28 days: six last just seven days
        sell(till, "ODD", "28")  # one a day of the 72 that are left
        sell(abroad, "ESP")
        text = page(office)
        items = text.split('id="critical"')[1].split("</section>")[0].split("<li>")[1:]
        words = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "|", item)) for item in items]
        assert len(words) == 3
        assert "Espresso" in words[0]
        assert "Zadar" in words[0]
        assert "Out of stock" in words[0]
        assert "Ćevapi veliki" in words[1]
        assert "4 of at least 5" in words[1]
        assert "Espresso" in words[2]
        assert "Store A" in words[2]
        assert "lasts 7 days" in words[2]
        assert f'href="/backoffice/products/{world.products["ESP"].uuid}/"' in items[0]
        assert [row(text, name)["Critical stock"] for name in ("Store A", "Zadar", "Together")] == [["2"], ["1"], ["3"]]
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            set_values({"inventory.lead_days": 3}, by=world.owner, store=world.store, at=NOON)
        assert row(page(office), "Store A")["Critical stock"] == ["1"]  # the espresso lasts longer than that


@pytest.mark.parametrize(
    ("quantity", "minimum", "per_day", "state"),
    [("0", None, "0", "out"), ("-1", "5", "1", "out"), ("4", "5", "0", "low"), ("5", "5", "0", ""), ("7", None, "1", "soon"),
     ("7.1", None, "1", ""), ("3", None, "0", "")],
)  # fmt: skip
def test_what_is_critical(quantity: str, minimum: str | None, per_day: str, state: str) -> None:
    least = Decimal(minimum) if minimum else None
    assert state_of(Decimal(quantity), least, Decimal(per_day), 7) == state


def test_currencies_are_never_summed_and_the_store_filter_holds(office: Client, world: World) -> None:
    with time_machine.travel(NOON, tick=False):
        till = world.till()
        till.open_shift()
        sell(till, "CEV")
        zadar, abroad = second_store(world, currency="EUR")
        sell(abroad, "ESP")
        text = page(office)
        assert row(text, "Together BAM")["Revenue"] == ["9.00 KM", "1 sale"]
        assert row(text, "Together EUR")["Revenue"] == ["2.00 €", "1 sale"]
        assert {"trend-revenue-BAM", "trend-margin-EUR"} <= set(re.findall(r'id="(trend-[a-z]+-[A-Z]+)"', text))
        only = page(office, f"?store={zadar.uuid}")
        assert row(only, "Together")["Revenue"] == ["2.00 €", "1 sale"]
        assert "Store A" not in only.split("<tbody>")[1].split("</table>")[0]


def test_each_figure_has_twelve_months_against_the_twelve_before(office: Client, world: World) -> None:
    """Sales a year and a month ago, and now: the month going on is held against as many days a year ago."""
    for at, sku in (
        (datetime(2025, 11, 10, 11, 0, tzinfo=UTC), "CEV"), (datetime(2025, 11, 28, 11, 0, tzinfo=UTC), "CEV"),
        (datetime(2026, 10, 5, 11, 0, tzinfo=UTC), "CEV"), (NOON, "ESP"),
    ):  # fmt: skip
        with time_machine.travel(at, tick=False):
            till = world.till()
            till.open_shift()
            sell(till, sku)
            till.close_shift("0.00")
    with time_machine.travel(NOON, tick=False):
        text = page(office)
        chart = text.split('id="trend-revenue-BAM"')[1].split("</figure>")[0]
        table = re.findall(
            r'<tr><th scope="row">([^<]+)</th><td class="amount">([^<]+)</td><td class="amount">([^<]+)</td>', chart
        )
        assert len(table) == 13
        assert table[0] == ("November 2026", "2.00 KM", "9.00 KM")
        assert table[1][:2] == ("October 2026", "9.00 KM")
        assert table[-1] == ("12 months", "11.00 KM", "9.00 KM")
        assert "22 % more" in chart
        for code in ("target", "margin", "people", "turnover"):
            assert f'id="trend-{code}-BAM"' in text
        october = page(office, "?month=2026-10").split('id="trend-revenue-BAM"')[1].split("</figure>")[0]
        assert '<th scope="row">November 2025</th><td class="amount">18.00 KM</td>' in october
    with time_machine.travel(datetime(2026, 12, 5, 11, 0, tzinfo=UTC), tick=False):
        office.force_login(world.owner.user)
        over = page(office, "?month=2026-11").split('id="trend-revenue-BAM"')[1].split("</figure>")[0]
        assert '<th scope="row">November 2026</th><td class="amount">2.00 KM</td><td class="amount">18.00 KM</td>' in over


def test_the_page_asks_no_more_with_stores_people_goods_and_history(office: Client, world: World) -> None:
    def grow() -> None:
        for n in range(3):
            for months in range(3):
                with time_machine.travel(NOON - timedelta(days=30 * months), tick=False):
                    till = world.till()
                    till.open_shift()
                    for sku in ("ESP", "CEV", "ODD"):
                        receive(world, sku, 2, at=NOON - timedelta(days=30 * months))
                        sell(till, sku)
                    till.close_shift("0.00")
            with acting(business_id=world.business.pk, actor_id=world.owner.pk):
                store = create_store(by=world.owner, name=f"Store {n}", code=f"N{n}", currency="BAM", time_zone="UTC", at=AT)
                place = create_terminal(store, by=world.owner, name="Till", at=AT)
                create_employee(
                    by=world.owner,
                    name=f"New {n}",
                    role=Role.CASHIER,
                    email="",
                    password="",
                    pin=f"800{n}",
                    stores=[store],
                    at=AT,
                )
            target(world, store, m11="100")
            abroad = world.till(Client(), terminal=place, pin=f"800{n}")
            abroad.open_shift()
            sell(abroad, "ESP")
        fold()

    with time_machine.travel(NOON, tick=False):
        cost(world, ESP="0.40", CEV="3.00")
        till = world.till()
        till.open_shift()
        sell(till, "ESP")
        till.close_shift("0.00")
        target(world, world.store, m11="30")
        fold()
        assert_constant_queries(lambda: office.get(PAGE), grow, most=18)
        assert "Store 2" in page(office)


def test_owners_see_it_and_whom_they_let(office: Client, world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        mira = create_employee(
            by=world.owner, name="Mira", role=Role.MANAGER, email="mira@a.example", password=PASSWORD, pin="3333",
            stores=[world.store], at=AT,
        )  # fmt: skip
    manager = Client()
    manager.force_login(mira.user)
    assert PAGE in office.get("/backoffice/").content.decode()
    assert PAGE not in manager.get("/backoffice/").content.decode()
    assert manager.get(PAGE).status_code == 403
    assert manager.get(f"{PAGE}targets/{world.store.uuid}/").status_code == 403


def test_a_neighbours_stores_are_not_there(office: Client, other_world: World) -> None:
    till = other_world.till()
    till.open_shift()
    sell(till, "CEV")
    assert "Store B" not in page(office)
    assert office.get(f"{PAGE}targets/{other_world.store.uuid}/").status_code == 404


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "x-y", "9999-01", "1999-12", "2027-01"])
def test_a_month_that_is_none_is_the_one_going_on(month: str) -> None:
    assert asked_month(month, date(2026, 11, 24)) == NOVEMBER


def test_months() -> None:
    year = Year(NOVEMBER, date(2026, 11, 24))
    assert (year.months[0], year.months[-1], len(year.months)) == (date(2024, 12, 1), NOVEMBER, 24)
    assert year.days(NOVEMBER) == (NOVEMBER, date(2026, 11, 24))
    assert year.days(plus(NOVEMBER, -12)) == (date(2025, 11, 1), date(2025, 11, 24))
    assert year.days(date(2026, 2, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
    past = Year(date(2025, 2, 1), date(2026, 11, 24))
    assert past.days(date(2024, 2, 1)) == (date(2024, 2, 1), date(2024, 2, 29))


def test_figures_of_nothing_say_nothing(world: World) -> None:
    nothing: Any = Figures()
    assert (nothing.achieved, nothing.margin, nothing.known, nothing.each, nothing.turnover) == (None,) * 5
    with acting(business_id=world.business.pk):
        found = report([], Year(NOVEMBER, date(2026, 11, 24)))
    assert (found.places, found.currencies, found.staff) == ([], [], [])


def test_a_line_has_gaps_where_there_is_no_value() -> None:
    on = charts.scale([Decimal(4)])
    assert charts.runs([Decimal(0), Decimal(4), None, Decimal(2), None], on) == ["0,100.00 10,0.00", "30,50.00 30,50.00"]
