"""A till prints the slip of each sale by itself where somebody wants it so there, and the sale goes on (POS-60)."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.until import until

pytestmark = [pytest.mark.e2e]
# What would lie on the paper, instead of the machine's print window.
WATCH = """() => { globalThis.printed = []; globalThis.print = () => {
  printed.push(document.querySelector(".paper-only")?.innerText ?? "");
  dispatchEvent(new Event("afterprint"));
} }"""


def open_settings(page: Page) -> None:
    page.locator("#nav-more").click()
    page.locator("dialog[data-sheet=more]").get_by_role("button", name="Postavke").click()


def test_a_till_that_wants_it_prints_each_slip_once_and_another_does_not(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.evaluate(WATCH)
    scan(page, COFFEE)
    pay_cash(page, "5")
    page.wait_for_timeout(300)
    assert page.evaluate("printed") == []  # off as shipped
    page.keyboard.press("Enter")

    open_settings(page)
    page.locator("#print-itself").check()
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    open_settings(page)
    expect(page.locator("#print-itself")).to_be_checked()  # kept
    page.keyboard.press("Escape")
    page.evaluate(WATCH)
    scan(page, COFFEE)
    label = pay_cash(page, "5")
    expect(page.locator("#change-due")).to_contain_text("2,50")
    until(page, "printed.length > 0")
    [slip] = page.evaluate("printed")
    assert label in slip
    assert "2,50" in slip
    expect(page.locator(".paper-only")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    open_settings(page)
    page.locator("#print-itself").uncheck()
