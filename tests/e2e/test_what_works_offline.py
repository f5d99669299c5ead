"""The table of docs/till.md walked in a browser with no network: what works works, what needs the server says so.

Each cell of the table is the name of a step; a row without one, or a step without a row, fails.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Product, browse
from tests.e2e.offline_steps import STEPS
from tests.e2e.offline_walk import Walk, go_offline, go_online, table
from tests.e2e.test_deals import change_person, pin_of
from tests.e2e.test_line import COFFEE, enrol_and_sign_in, scan, sign_in_to_the_office
from tests.e2e.test_no_network import sell
from tests.e2e.test_orders import hold, sent


@pytest.mark.feature("OFF-02", "OFF-03")
def test_every_row_has_its_steps_and_every_step_its_row() -> None:
    assert [[*cells] for cells in zip(*table(), strict=True)] == [list(column) for column in STEPS]


def others(second: Page, product: Product) -> str:
    """What another till did before: a receipt, and a cart that it holds."""
    enrol_and_sign_in(second, product, terminal=1, role="manager")
    label = sell(second)
    scan(second, COFFEE)
    hold(second, "Crvena kapa")
    sent(second)
    return label


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of these tests."""
    made = Product(tmp_path_factory.mktemp("what-works"))
    made.start()
    yield made
    made.kill()


@pytest.fixture
def second(chromium: Browser, product: Product) -> Iterator[Page]:
    yield from browse(chromium, product)


@pytest.fixture
def stranger(chromium: Browser, product: Product) -> Iterator[Page]:
    yield from browse(chromium, product)


@pytest.mark.e2e
@pytest.mark.feature("OFF-02", "OFF-03")
def test_the_table_of_what_works_is_true(page: Page, second: Page, stranger: Page, product: Product) -> None:
    label = others(second, product)
    sign_in_to_the_office(second, product)
    stranger.goto("/pos/")
    stranger.locator("#code").wait_for()
    stranger.context.set_offline(True)

    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    change_person(page, pin_of(product, "admin"))
    change_person(page, pin_of(product, "cashier"))
    change_person(page, pin_of(product, "owner"))
    expect(page.locator("#nav-held .rail__count")).to_have_text("1", timeout=15_000)
    sent(page)
    walk = Walk(page, second, stranger, product, label)
    go_offline(walk)
    for row in table():
        for column, cell in zip(STEPS, row, strict=True):
            column[cell](walk)
    go_online(walk)
