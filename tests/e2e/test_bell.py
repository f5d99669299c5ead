"""The bell of the Backoffice while a till works: it counts live, opens by keyboard, and what was read stays read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.test_shifts import give_back, sent
from tests.e2e.test_ways_in import owner_of, sign_in

pytestmark = [pytest.mark.e2e]
# Folded by the relay, then told by the stream, then asked for.
SOON = 20_000


@pytest.fixture
def office(chromium: Browser, product: Product) -> Iterator[Page]:
    """The owner at another computer."""
    context = chromium.new_context(base_url=product.url, locale="en-GB", viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "smartpos_language", "value": "en", "url": product.url}])
    page = context.new_page()
    sign_in(page, owner_of(product))
    page.wait_for_url("**/backoffice/**")
    yield page
    context.close()


def refunded(page: Page) -> str:
    """A sale that is given back; its number."""
    scan(page, COFFEE)
    label = pay_cash(page, "2.50")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    sent(page)
    give_back(page, label)
    return label


def read_all(office: Page) -> None:
    office.goto("/backoffice/notifications/")
    everything = office.locator("#read-all button")
    if everything.is_visible():
        everything.click()
    expect(office.locator("#bell-count .bell__number")).to_have_count(0)


@pytest.mark.feature("NTF-06", "NTF-11")
def test_the_bell_counts_live_opens_by_keyboard_and_keeps_what_was_read(page: Page, product: Product, office: Page) -> None:
    enrol_and_sign_in(page, product)
    sent(page)
    office.wait_for_timeout(3_000)  # what the opening told has come
    read_all(office)
    office.goto("/backoffice/products/")
    office.evaluate("() => (globalThis.stayed = true)")

    label = refunded(page)
    count = office.locator("#bell-count .bell__number")
    expect(count).to_have_text("1", timeout=SOON)
    refunded(page)
    expect(count).to_have_text("2", timeout=SOON)
    assert office.evaluate("() => globalThis.stayed") is True

    bell, panel = office.locator(".office__bar .bell"), office.locator("#bell")
    bell.focus()
    office.keyboard.press("Enter")
    line = panel.locator(".bell__line").filter(has_text=label)
    expect(line).to_contain_text("2.50")
    assert look(office, "desk") == []
    office.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(bell).to_be_focused()

    # One that is opened is read; the other one stays new, also after the page is loaded again.
    office.keyboard.press("Enter")
    expect(line).to_be_visible()
    line.focus()
    office.keyboard.press("Enter")
    office.wait_for_url("**/backoffice/sales/**")
    expect(count).to_have_text("1")
    office.reload()
    expect(count).to_have_text("1")

    office.locator(".office__bar .bell").focus()
    office.keyboard.press("Enter")
    read = panel.get_by_role("button", name="Mark all as read")
    expect(read).to_be_visible()
    office.keyboard.press("Tab")
    expect(read).to_be_focused()
    office.keyboard.press("Enter")
    expect(count).to_have_count(0)
    office.reload()
    expect(count).to_have_count(0)
