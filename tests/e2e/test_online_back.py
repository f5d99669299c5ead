"""The refund of a sale that was paid by a link (in Bosnian): it goes back through the gateway, and the till says how far it is (POS-45)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_deals import sheet
from tests.e2e.test_giving_back import choose_one
from tests.e2e.test_line import COFFEE, scan
from tests.e2e.test_online import TO, back_to_the_till, mailed_link, pay_in_another_browser

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: its gateway gives nothing back at first."""
    with Product(tmp_path) as made:
        yield made


@pytest.mark.feature("POS-45")
def test_what_the_gateway_refused_is_pending_at_the_till_until_the_office_tried_again(
    page: Page, product: Product, chromium: Browser
) -> None:
    enrol_and_sign_in(page, product)
    page.goto("/backoffice/gateways/new/")
    page.locator("[name=name]").fill("Probni servis")
    page.locator("[name=behaviour]").select_option("refusing")
    page.get_by_role("button", name="Connect").click()
    back_to_the_till(page, product)
    scan(page, COFFEE)
    page.keyboard.press("F4")
    page.locator("[data-way=online]").click()
    page.locator("#link-to").fill(TO)
    page.locator(".pay__done").click()
    expect(page.locator("dialog[data-sheet=pay]")).to_have_count(0)
    office = page.context.new_page()
    label = pay_in_another_browser(chromium, mailed_link(office))

    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    sheet(page, "refund").locator("button[type=submit]").click()
    expect(sheet(page, "given")).to_contain_text("Vraća se online")
    given = sheet(page, "given").locator(".slip").get_attribute("data-receipt") or ""
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    seen(page, given, "open", "servis za plaćanje je odbio")
    assert look(page, "phone") + look(page, "desk") == []
    page.keyboard.press("Escape")
    scan(page, label)  # the sale says it too
    expect(sheet(page, "receipt-detail").locator("[data-online=open]")).to_be_visible()
    page.keyboard.press("Escape")

    office.goto("/backoffice/online-payments/?stray=yes")
    office.locator("tbody a").first.click()
    expect(office.locator("main")).to_contain_text(given)
    expect(office.locator("main")).to_contain_text("set to give nothing back")
    assert look(office, "phone") + look(office, "desk") == []
    office.get_by_role("button", name="Dealt with otherwise").click()
    expect(office.locator("main [role=alert], main .field__error").first).to_be_visible()
    office.locator("[name=note]").fill("Paid by bank transfer")
    office.get_by_role("button", name="Dealt with otherwise").click()
    expect(office.locator("main")).to_contain_text("Paid by bank transfer")
    office.close()
    seen(page, given, "dealt", "ured je riješio")


def seen(page: Page, label: str, state: str, words: str) -> None:
    """How far it is, as the till's receipt says it; the gateway is asked after the refund was booked."""
    way = sheet(page, "receipt-detail").locator("#way-back")
    for _second in range(20):
        scan(page, label)
        expect(way).to_be_visible()
        if way.get_attribute("data-state") == state:
            break
        page.keyboard.press("Escape")
        page.wait_for_timeout(1_000)
    expect(way).to_contain_text(words)
