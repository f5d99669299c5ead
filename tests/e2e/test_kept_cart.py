"""What is on the ticket outlives the page: a reload, the browser's Back, a crash. What was paid or held does not come back."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]


def come_back(page: Page, product: Product) -> None:
    """Whoever comes back enters a PIN."""
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()


def kept(page: Page) -> None:
    """Until what changed last has been written."""
    page.wait_for_timeout(600)


def test_the_ticket_comes_back_after_a_reload_and_a_paid_one_does_not(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    page.keyboard.press("%")
    page.locator("dialog[data-sheet=deal] .discount__presets button").first.click()
    page.locator("dialog[data-sheet=deal] button[type=submit]").last.click()
    scan(page, "3870000000013")
    page.keyboard.press("F6")
    page.locator("dialog[data-sheet=customer] .list__item").first.click()
    name = page.locator("#customer > span").inner_text()
    total = page.locator("#pay").inner_text()
    kept(page)
    page.reload()
    come_back(page, product)
    expect(page.locator(".line")).to_have_count(2)
    expect(page.locator("#pay")).to_have_text(total, use_inner_text=True)
    expect(page.locator("#customer")).to_contain_text(name)

    label = pay_cash(page, "20")
    page.keyboard.press("Enter")
    page.locator(f"[data-recent='{label}']").click()  # somebody comes back for their receipt
    expect(page.locator("dialog[data-sheet=receipt-detail]")).to_contain_text(label)
    page.reload()
    come_back(page, product)
    kept(page)
    expect(page.locator(".line")).to_have_count(0)
    expect(page.locator("#pay")).to_be_disabled()


def test_back_closes_what_is_open_and_leaves_with_the_ticket_kept(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.goto("/backoffice/")
    page.goto("/pos/")
    come_back(page, product)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".tile").first.click()
    page.locator("#cart-bar").click()
    page.locator("#pay").click()
    expect(page.locator("dialog[data-sheet=pay]")).to_be_visible()
    page.go_back()
    expect(page.locator("dialog[data-sheet=pay]")).to_have_count(0)
    expect(page.locator(".ticket--open")).to_be_visible()
    page.go_back()
    expect(page.locator(".ticket--open")).to_have_count(0)
    kept(page)
    page.go_back()
    page.wait_for_url("**/backoffice/**")
    page.goto("/pos/")
    come_back(page, product)
    expect(page.locator("#cart-bar")).to_contain_text("1")
    page.keyboard.press("F2")
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()


FULL = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
        if (key === "open-cart") throw new DOMException("full", "QuotaExceededError");
        return put.call(this, ...(key === undefined ? [value] : [value, key]));
    };
}"""


def test_the_tab_that_takes_over_has_the_cart_of_the_one_that_went(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    kept(page)
    second = page.context.new_page()
    second.goto("/pos/")
    expect(second.locator("h1")).to_have_text("Kasa je otvorena u drugoj kartici")
    scan(page, COFFEE)  # only the first one sells, and keeps
    page.close()
    come_back(second, product)
    expect(second.locator(".line__quantity")).to_have_text("2")
    second.keyboard.press("F2")
    second.locator("dialog[data-sheet=clear] .button--danger-fill").click()
    second.close()


def test_a_ticket_that_cannot_be_kept_is_sold_all_the_same(page: Page, product: Product) -> None:
    """The sale itself is stored elsewhere: what is kept beside it is a comfort, and its failure stops nobody."""
    enrol_and_sign_in(page, product)
    page.evaluate(FULL)
    scan(page, COFFEE)
    kept(page)
    scan(page, COFFEE)
    label = pay_cash(page, "10")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-recent='{label}']")).to_be_visible()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=15_000)
