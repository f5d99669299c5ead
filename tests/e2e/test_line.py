"""From a code to a refund, and through a power cut: the line as a cashier walks it."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.keyboard import burst

pytestmark = [pytest.mark.e2e]
COFFEE = "3870000000013"


def scan(page: Page, code: str) -> None:
    """As a keyboard scanner does: digits in a burst, then Enter."""
    page.locator("h2#ticket-title").click()
    burst(page, code)


def pay_cash(page: Page, received: str) -> str:
    """Pay, and answer the receipt's number."""
    expect(page.locator("#pay")).to_be_enabled()
    page.keyboard.press("F4")
    page.locator("#received").fill(received)
    page.locator("#pay-form button[type=submit]").click()
    page.locator("#change-due").wait_for()
    title = page.locator("dialog[data-sheet=paid] h2").inner_text()
    return title.split("·")[1].strip()


def test_enrol_pin_scan_pay_receipt_refund_and_the_office_shows_it(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("5,00")
    label = pay_cash(page, "10")
    expect(page.locator("#change-due")).to_contain_text("5,00")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")

    page.locator("#nav-refund").click()
    page.locator("#receipt-number").fill(label)
    page.keyboard.press("Enter")
    sheet = page.locator("dialog[data-sheet=refund]")  # a whole number is enough: it opens by itself
    sheet.locator(".stepper button").nth(1).click()
    sheet.locator(".discount__presets button").first.click()
    sheet.locator("button[type=submit]").click()
    slip = page.locator("dialog[data-sheet=given] .slip")
    expect(slip).to_contain_text("2,50")
    refund = slip.get_attribute("data-receipt") or ""
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")

    page.goto(f"/backoffice/sales/?q={label}")
    expect(page.locator("table")).to_contain_text("5.00")
    page.goto(f"/backoffice/sales/?q={refund}")
    expect(page.locator("table")).to_contain_text("2.50")


def test_a_sale_made_while_the_server_is_dead_arrives_once_when_it_lives_again(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")
    product.kill()
    scan(page, COFFEE)
    label = pay_cash(page, "2.50")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "1")
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    product.start()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    page.goto(f"/backoffice/sales/?q={label}")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("2.50")
