"""No page and no act asks the database more often because there is more in it."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from inventory.services.categories import create_category
from inventory.services.modifiers import GroupInput, ModifierInput, create_group
from inventory.services.products import create_product
from inventory.services.units import UnitInput, create_unit
from inventory.types import VariantInput
from smartpos.context import acting
from smartpos.people.models import Role
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store, create_terminal
from smartpos.taxes.services import create_profile, create_rate, plan_change
from tests.architecture.addresses import addresses
from tests.architecture.queries import assert_constant_queries, statements
from tests.architecture.shop import import_of, known, machinery, parcels, sell_and_refund
from tests.checklists import task_of, ticked, write
from tests.links import connected, make
from tests.promotions import plan
from tests.till import Till
from tests.world import AT, World

# How many statements a page costs is the same on every database; that it works there is tested with the page.
pytestmark = [pytest.mark.django_db]

MANY = 12
# How many notifications are new: one statement of every page of the Backoffice, whatever its own work is.
BELL = 1
SALE_STATEMENTS = 12


class Grown:
    """A business that can grow in every direction."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.till = world.till()
        self.till.open_shift()
        self.gateway = connected(world)
        self.everything()

    def everything(self, times: int = 1) -> None:
        """More of each thing that a list shows."""
        world, start = self.world, self.till.seq
        for n in range(start, start + times):
            with acting(business_id=world.business.pk, actor_id=world.owner.pk):
                category = create_category(by=world.owner, name=f"Category {n}", colour="red", at=AT)
                create_product(
                    by=world.owner, name=f"Product {n}", category=category, tax_profile=world.standard, at=AT,
                    variants=[VariantInput(name=size, sku=f"{size}{n}", price=Decimal(n + 1)) for size in ("S", "L")],
                )  # fmt: skip
                create_unit(UnitInput(name=f"Unit {n}", abbreviation=f"u{n}"), by=world.owner, at=AT)
                answers = [ModifierInput(name=f"Answer {m}") for m in range(3)]
                create_group(GroupInput(name=f"Group {n}", answers=answers), by=world.owner, at=AT)
                create_employee(
                    by=world.owner, name=f"Somebody {n}", role=Role.CASHIER, email="", password="", pin=f"{6000 + n}",
                    stores=[world.store], at=AT,
                )  # fmt: skip
                rate = create_rate(by=world.owner, code=f"R{n}", name=f"Rate {n}", rate=Decimal(5), at=AT)
                plan_change(rate, percent=Decimal(6), valid_from=date(2099, 1, 1), today=AT.date(), at=AT)
                create_profile(by=world.owner, name=f"Group {n}", rates=[world.standard.only, rate], at=AT)
                store = create_store(
                    by=world.owner, name=f"Store {n}", code=f"S{n}", currency="BAM", time_zone="Europe/Sarajevo", at=AT
                )
                terminals = [create_terminal(place, by=world.owner, name=f"T{n}", at=AT) for place in (world.store, store)]
                machinery(world, store, f"to{n}")
                import_of(world)
            connected(world, store=store, name=f"Gateway {n}")
            make(self.till, self.gateway)
            plan(world, "10", f"S{n}", name=f"Promotion {n}", stores=[store])
            task = task_of(write(world, "Sweep", name=f"Checklist {n}"), "Sweep")
            ticked(self.till, task)
            world.enrol(terminals[0])
            sell_and_refund(self.till)
            parcels(self.till, f"Courier {n}")
            skipped = self.till.sale([(self.till.item("ESP"), "1")])
            self.till.post(self.till.sale([(self.till.item("ESP"), "1")], buyer=str(known(world, f"Buyer{n}").uuid)))
            self.till.post(self.till.sale([(self.till.item("ESP"), "1")], tenders=[{"method": "card", "amount": "2.00"}]))
            assert skipped


@pytest.fixture
def grown(world: World) -> Grown:
    return Grown(world)


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


# The statements that each list may cost; what a session, the person and the stores cost is in it.
PAGES = {
    "/backoffice/": 18,
    "/backoffice/executive/": 18,
    "/backoffice/executive/targets/{store}/": 12,
    "/backoffice/sales/": 13,
    "/backoffice/customers/": 12,
    "/backoffice/customers/import/": 14,
    "/backoffice/invoices/": 12,
    "/backoffice/loyalty/": 12,
    "/backoffice/bonus/": 18,
    "/backoffice/bonus/rule/": 10,
    "/backoffice/commission/": 12,
    "/backoffice/checklists/": 12,
    "/backoffice/checklists/new/": 10,
    "/backoffice/checklists/progress/": 12,
    "/backoffice/promotions/": 12,
    "/backoffice/promotions/new/": 14,
    "/backoffice/gateways/": 12,
    "/backoffice/online-payments/": 12,
    "/backoffice/refunds/": 14,
    "/backoffice/shifts/": 12,
    "/backoffice/cash/": 40,
    "/backoffice/cash/log/": 12,
    "/backoffice/owed/": 12,
    "/backoffice/owed/log/": 12,
    "/pos/owed?actor={owner}": 12,
    "/backoffice/z-reports/": 12,
    "/backoffice/refunds/requests/": 12,
    "/backoffice/products/": 16,
    "/backoffice/products/new/": 16,
    "/backoffice/products/quick/": 14,
    "/backoffice/categories/": 8,
    "/backoffice/categories/new/": 8,
    "/backoffice/units/": 8,
    "/backoffice/units/new/": 8,
    "/backoffice/modifiers/": 9,
    "/backoffice/modifiers/new/": 8,
    "/backoffice/products/import/": 14,
    "/backoffice/products/export/": 14,
    "/backoffice/devices/": 12,
    "/backoffice/devices/counts/": 12,
    "/backoffice/devices/enrol/": 12,
    "/backoffice/audit/": 12,
    "/backoffice/outbox/": 12,
    "/backoffice/mail/": 12,
    "/backoffice/jobs/": 12,
    "/backoffice/notifications/": 13,
    "/backoffice/notifications/count/": 9,
    "/backoffice/notifications/panel/": 12,
    "/backoffice/stores/": 12,
    "/backoffice/stores/{store}/": 14,
    "/backoffice/stores/{store}/regional/": 14,
    "/backoffice/stores/{store}/products/": 14,
    "/backoffice/stores/{store}/people/": 12,
    "/backoffice/stores/{store}/terminals/": 14,
    "/backoffice/taxes/": 13,
    "/backoffice/settings/currency/": 12,
    "/backoffice/settings/permissions/": 12,
    "/backoffice/settings/email-templates/": 12,
    "/backoffice/search/?q=e": 18,
    "/backoffice/review/": 12,
    "/backoffice/employees/": 12,
    "/account/": 12,
    "/pos/snapshot": 12,
    "/pos/snapshot?after=3": 12,
    "/pos/receipts": 13,
    "/pos/quick?actor={owner}": 14,
    "/pos/bell?actor={owner}": 8,
    "/pos/bonus?actor={owner}": 14,
    "/pos/orders": 8,
    "/pos/refund-requests": 6,
    "/pos/shift?actor={owner}": 6,
    "/pos/x?actor={owner}": 20,
    "/pos/z?actor={owner}": 6,
    "/pos/ping": 3,
    "/pos/device": 2,
}


# One address for every page of settings that is made of declarations.
SETTINGS_PAGES = {"/backoffice/settings/currency/"}


@pytest.mark.parametrize("path", PAGES)
def test_a_list_costs_the_same_with_one_row_and_with_many(grown: Grown, office: Client, path: str) -> None:
    address = path.format(store=grown.world.store.uuid, owner=grown.world.owner.uuid)

    def call() -> None:
        if path.startswith("/pos/"):
            status, _body = grown.till.send("GET", address, None)
        else:
            status = office.get(address).status_code
        assert status == 200

    bell = 0 if path.startswith("/pos/") else BELL
    assert_constant_queries(call, lambda: grown.everything(MANY), most=PAGES[path] + bell)


UNCOUNTED = {
    "/pos/card": "no list",
    "/pos/bell/read": "moves one mark; answers as the bell does",
    "/backoffice/notifications/read/": "moves one mark",
    "/backoffice/settings/mail-server/": "one row",
    "/backoffice/settings/mail-server/try/": "one row",
    "/backoffice/settings/mail-server/remove/": "one row",
    "/pos/points": "one customer's balance",
    "/pos/place": "moves one device",
    "/pos/places": "asked by a post, seldom; tested with its own rules",
    "/": "points the way",
    "/health": "asks the same of every size",
    "/backoffice/gateways/new/": "an empty form",
    "/backoffice/products/new/": "an empty form",
    "/backoffice/owed/new/": "an empty form",
    "/backoffice/customers/new/": "an empty form",
    "/backoffice/": "points the way",
    "/backoffice/products/pictures/": "takes a file",
    "/backoffice/products/many/": "takes the chosen rows",
    "/backoffice/categories/arrange/": "takes an order",
    "/backoffice/stores/new/": "an empty form",
    "/first-visit/": "there is nothing yet",
    "/backoffice/setup/": "points the way",
    "/backoffice/setup/business/": "there is next to nothing yet",
    "/backoffice/setup/store/": "there is next to nothing yet",
    "/backoffice/setup/employee/": "there is next to nothing yet",
    "/backoffice/setup/tax/": "there is next to nothing yet",
    "/backoffice/views/": "saves one view",
    "/backoffice/audit/verify/": "no list",
    "/backoffice/mail/test/": "an empty form",
    "/backoffice/taxes/calculator/": "one price",
    "/backoffice/taxes/rates/new/": "an empty form",
    "/backoffice/taxes/groups/new/": "a form with the rates, in one statement",
    "/pos/": "the shell holds no data",
    "/pos/sw.js": "the shell holds no data",
    "/pos/manifest.webmanifest": "the shell holds no data",
    "/pos/enrol": "no list",
    "/pos/heartbeat": "no list",
    "/pos/pin": "no list",
    "/pos/approve": "no list",
    "/backoffice/settings/": "a list of declarations",
    "/backoffice/settings/receipt/preview/": "a sample of one receipt",
    "/pos/operations": "counted below",
    "/sign-in/": "no list",
    "/sign-in/code/": "no list",
    "/sign-out/": "no list",
    "/choose-business/": "one's own businesses",
    "/forgotten-password/": "no list",
    "/account/password/": "no list",
    "/account/pin/": "no list",
    "/account/second-step/": "no list",
    "/account/second-step/off/": "no list",
    "/account/second-step/codes/": "no list",
    "/account/sessions/end-others/": "no list",
    "/backoffice/employees/new/": "an empty form",
    "/backoffice/employees/free-pin/": "no list",
    "/backoffice/products/free-code/": "no list",
    "/pos/office-session": "no list",
    "/language/": "no list",
}


def test_every_list_without_a_parameter_is_counted() -> None:
    """A page that somebody adds is counted, or named here with the reason."""
    plain = {address.path for address in addresses() if not address.parameters}
    counted = {path.partition("?")[0] for path in PAGES} - SETTINGS_PAGES
    assert plain - counted - set(UNCOUNTED) == set()
    assert set(UNCOUNTED) <= plain


def lines(till: Till, count: int) -> list[tuple[str, str]]:
    keys = sorted(till.rows("item"))
    return [(keys[n % len(keys)], "1") for n in range(count)]


def posted(till: Till, operation: dict[str, Any], state: str = "done") -> Callable[[], None]:
    def act() -> None:
        [answer] = till.post(operation)
        assert answer["state"] == state, answer

    return act


@pytest.fixture
def till(world: World) -> Till:
    """A till with forty articles in its cache."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        for n in range(40):
            create_product(
                by=world.owner, name=f"Product {n}", category=None, tax_profile=world.standard, at=AT,
                variants=[VariantInput(sku=f"P{n}", price=Decimal(n + 1))],
            )  # fmt: skip
    till = world.till()
    till.open_shift()
    till.post(till.sale(lines(till, 2)))
    return till


def test_a_sale_costs_at_most_twelve_statements_whatever_its_lines(till: Till) -> None:
    costs = {n: statements(posted(till, till.sale(lines(till, n)))) for n in (1, 10, 30)}
    # The levels of n variants are one statement each on SQLite, where there is no array to unnest: they are one round of
    # `executemany`, which Django counts once.
    assert {n: len(cost) for n, cost in costs.items()} == dict.fromkeys(costs, len(costs[1]))
    assert len(costs[30]) <= SALE_STATEMENTS, "\n".join(costs[30])


def test_a_sale_costs_the_same_after_five_hundred_receipts(till: Till) -> None:
    before = len(statements(posted(till, till.sale(lines(till, 3)))))
    for _ in range(10):
        till.post(*(till.sale(lines(till, 1)) for _ in range(50)))
    after = statements(posted(till, till.sale(lines(till, 3))))
    assert len(after) == before, "\n".join(after)


def test_a_refund_and_closing_cost_the_same_whatever_the_lines_and_the_history(world: World, till: Till) -> None:
    def refund(count: int) -> int:
        [sale] = till.post(till.sale(lines(till, count)))
        _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
        receipt = found["receipts"][0]
        figures = {
            "total": receipt["total"],
            "tax": format(sum(Decimal(t["amount"]) for line in receipt["lines"] for t in line["taxes"]), ".2f"),
            "rounding": "0.00",
            "payable": [line["payable"] for line in receipt["lines"]],
        }
        everything = {line["id"]: line["quantity"] for line in receipt["lines"]}
        tenders = [{"method": "cash", "amount": receipt["total"]}]
        return len(statements(posted(till, till.refund(receipt, everything, tenders=tenders, figures=figures))))

    assert refund(1) == refund(10) == refund(30)
    close = till.operation("shift.close", {"shift": till.shift, "counted": "0.00"})
    first = len(statements(posted(till, close)))
    till.open_shift()
    for _ in range(20):
        till.post(till.sale(lines(till, 2)))
    again = till.operation("shift.close", {"shift": till.shift, "counted": "0.00"})
    assert len(statements(posted(till, again))) == first <= 20


def test_an_operation_sent_again_costs_no_more_than_a_sale(till: Till) -> None:
    sale = till.sale(lines(till, 10))
    till.post(sale)
    assert len(statements(posted(till, sale))) <= SALE_STATEMENTS


def test_fifty_operations_cost_fifty_times_one(till: Till) -> None:
    one = len(statements(posted(till, till.sale(lines(till, 3)))))
    sales = [till.sale(lines(till, 3)) for _ in range(50)]
    assert len(statements(lambda: till.post(*sales))) == 50 * one


def test_a_repricing_of_many_products_is_told_to_tills_in_one_statement(world: World) -> None:
    from smartpos.operations.services.changes import NewState, put

    def tell(count: int) -> int:
        states = [NewState("item", f"k{n}", n, [n]) for n in range(count)]
        with acting(business_id=world.business.pk):
            return len(statements(lambda: put(states)))

    assert tell(1) == tell(500)


def test_the_most_sold_statement_uses_its_index(till: Till, world: World) -> None:
    """Levels are found by variant and store, never by reading them all."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite tells its plan in words")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT 1 FROM inventory_stocklevel WHERE variant_id = %s AND store_id = %s", [1, world.store.pk]
        )
        assert "USING COVERING INDEX" in json.dumps(cursor.fetchall())
