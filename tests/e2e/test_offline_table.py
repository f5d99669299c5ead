"""The table «What works with no network» of docs/till.md, row by row in a browser without one (OFF-02, OFF-03, C-33).

What the rows say is what is played: a row that no play knows, or a play whose row is gone, fails.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import offline_needs, offline_works  # noqa: F401 - they declare the plays
from tests.e2e.arriving import change_person, enrol_and_sign_in, pin_of, sign_in_to_the_office
from tests.e2e.conftest import Product, browse
from tests.e2e.offline_desk import PLAYS, Desk, rows
from tests.e2e.test_line import COFFEE, scan
from tests.e2e.test_loyalty import give
from tests.e2e.test_online import connect_simulator, mailed_link, pay_in_another_browser
from tests.e2e.test_orders import hold
from tests.e2e.test_promotions import plan

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: what is sold here is counted by nobody else."""
    with Product(tmp_path) as made:
        yield made


@pytest.fixture
def second(chromium: Browser, product: Product) -> Iterator[Page]:
    """Another till's browser."""
    yield from browse(chromium, product)


def prepared(page: Page, second: Page, product: Product, chromium: Browser) -> Desk:
    """What a shop has on an ordinary day before its line goes dead."""
    desk = Desk(page, product)
    sign_in_to_the_office(page, product)
    give(page, "500")
    plan(page)
    page.goto("/backoffice/settings/shifts/")
    page.get_by_label("Required before closing").check()
    page.get_by_role("button", name="Save").first.click()
    page.locator(".saved").first.wait_for()
    connect_simulator(page)
    enrol_and_sign_in(second, product, terminal=1, role="manager")
    scan(second, COFFEE)
    second.keyboard.press("Escape")  # what is on promotion was suggested
    hold(second, "Na drugoj kasi")
    expect(second.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    second.context.close()
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    for role in ("manager", "cashier", "owner"):
        change_person(page, pin_of(product, role))
    desk.online = paid_online(desk, chromium)
    return desk


def paid_online(desk: Desk, chromium: Browser) -> str:
    page = desk.page
    scan(page, COFFEE)
    page.keyboard.press("Escape")
    page.keyboard.press("F4")
    page.locator("[data-way=online]").click()
    page.locator("#link-to").fill("kupac@example.com")
    page.locator(".pay__done").click()
    expect(page.locator("dialog[data-sheet=pay]")).to_have_count(0)
    office = page.context.new_page()
    sign_in_to_the_office(office, desk.product)
    label = pay_in_another_browser(chromium, mailed_link(office))
    office.close()
    return label


@pytest.mark.feature("OFF-02", "OFF-03")
def test_every_row_of_the_table_is_as_it_says(page: Page, second: Page, product: Product, chromium: Browser) -> None:
    table = rows()
    assert len(table) > 20
    assert sorted(table) == sorted((row, what) for row, (what, _play) in PLAYS.items()), "the table and the plays differ"
    desk = prepared(page, second, product, chromium)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    for row, _what in table:
        PLAYS[row][1](desk)
        expect(page.locator("#status"), row).to_have_attribute("data-link", "offline")
        desk.clean()
    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=60_000)
    page.goto("/backoffice/review/")
    expect(page.locator("tbody tr")).to_have_count(0)  # and all of it is booked
