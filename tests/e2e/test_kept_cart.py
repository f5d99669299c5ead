"""What is on the ticket outlives the page: a reload, the browser's Back, a crash. What was paid or held does not come back."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Product
from tests.e2e.test_line import COFFEE, enrol_and_sign_in, pay_cash, scan

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
