"""Giving back without a receipt at the till (in Bosnian): amounts by hand, a reason, and a manager's yes where the matrix wants one."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import arrive, change_person, enrol_and_sign_in, pin_of, sign_in_to_the_office
from tests.e2e.conftest import Product
from tests.e2e.test_deals import sent, sheet
from tests.e2e.test_line import COFFEE

pytestmark = [pytest.mark.e2e]


def fill_in(page: Page, amount: str) -> None:
    """One coffee, with an amount that somebody typed."""
    page.locator("#nav-refund").click()
    sheet(page, "receipts").get_by_role("button", name="Bez računa").click()
    page.locator("#without-search").fill(COFFEE)
    page.keyboard.press("Enter")
    each = sheet(page, "without").locator(".without__row .input").nth(1)
    each.fill(amount)


def give(page: Page) -> None:
    sheet(page, "without").locator("button[type=submit]").click()


def allow_cashiers(chromium: Browser, product: Product) -> None:
    """The owner, in another browser: cashiers need nobody's yes from now on."""
    context = chromium.new_context(base_url=product.url, locale="en-GB")
    context.add_cookies([{"name": "smartpos_language", "value": "en", "url": product.url}])
    office = context.new_page()
    sign_in_to_the_office(office, product)
    office.goto("/backoffice/settings/permissions/")
    tick = office.locator("input[value='cashier:refund.without_receipt']")
    expect(tick).not_to_be_checked()
    tick.check()
    office.get_by_role("button", name="Save permissions").click()
    expect(office.locator(".saved")).to_contain_text("Saved")
    context.close()


@pytest.mark.feature("POS-46")
def test_amounts_by_hand_with_a_reason_and_a_managers_yes_until_the_matrix_says_otherwise(
    page: Page, product: Product, chromium: Browser
) -> None:
    enrol_and_sign_in(page, product)
    change_person(page, pin_of(product, "cashier"))

    fill_in(page, "2,60")
    without = sheet(page, "without")
    expect(without.locator(".without__row .field__error")).to_contain_text("Najviše cijena iz cjenovnika")
    without.locator(".discount__presets button").first.click()
    give(page)
    expect(sheet(page, "approve")).to_have_count(0)  # above the list nobody is even asked
    without.locator(".without__row .input").nth(1).fill("2,00")
    page.locator("#without-reason").fill("")
    give(page)
    expect(sheet(page, "approve")).to_have_count(0)  # nor without a reason
    without.locator(".discount__presets button").first.click()
    give(page)
    expect(sheet(page, "approve")).to_be_visible()
    page.keyboard.type(pin_of(product, "manager"))
    expect(sheet(page, "given")).to_contain_text("2,00")
    page.keyboard.press("Escape")
    sent(page)

    allow_cashiers(chromium, product)
    page.reload()
    arrive(page, pin_of(product, "cashier"))
    fill_in(page, "1,50")
    without.locator(".discount__presets button").first.click()
    give(page)
    expect(sheet(page, "given")).to_contain_text("1,50")
    page.keyboard.press("Escape")
    sent(page)

    # the office has both, with their amounts, and neither waits for a manager
    sign_in_to_the_office(page, product)
    page.goto("/backoffice/refunds/")
    expect(page.locator("tbody")).to_contain_text("2.00")
    expect(page.locator("tbody")).to_contain_text("1.50")
    page.goto("/backoffice/review/")
    expect(page.locator("main h1")).to_have_text("For review")
    expect(page.locator("tbody tr")).to_have_count(0)
