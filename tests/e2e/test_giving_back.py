"""Giving back at the till (in Bosnian): a refund with a manager's PIN, a void with no network, a request that the office approves."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import change_person, enrol_and_sign_in, pin_of
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_deals import sent, sheet
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]


def sold(page: Page, pieces: int, paid: str) -> str:
    for _ in range(pieces):
        scan(page, COFFEE)
    label = pay_cash(page, paid)
    page.locator("dialog[data-sheet=paid] .paid__next").click()
    return label


def choose_one(page: Page) -> None:
    """One piece, for the first of the usual reasons."""
    sheet(page, "refund").locator(".stepper button").nth(1).click()
    sheet(page, "refund").locator(".discount__presets button").first.click()


def refunded_with_a_pin(page: Page, product: Product, label: str) -> None:
    """Two coffees were sold; one comes back broken. No manager, no money."""
    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    sheet(page, "refund").locator(".check").check()
    expect(sheet(page, "refund").locator(".refund__total")).to_contain_text("2,50")
    assert look(page, "phone") + look(page, "desk") == []
    sheet(page, "refund").locator("button[type=submit]").click()
    expect(sheet(page, "approve")).to_be_visible()
    page.keyboard.type(pin_of(product, "manager"))
    expect(sheet(page, "given")).to_contain_text("2,50")
    page.keyboard.press("Escape")
    sent(page)


def voided_with_no_network(page: Page, product: Product) -> str:
    """The receipt of a moment ago is found by its bars, and says STORNO afterwards."""
    label = sold(page, 1, "5")
    sent(page)
    product.kill()
    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=void]").click()
    sheet(page, "void").locator(".discount__presets button").first.click()
    sheet(page, "void").locator("button[type=submit]").click()
    expect(sheet(page, "approve")).to_be_visible()
    page.keyboard.type(pin_of(product, "owner"))
    expect(sheet(page, "given")).to_be_visible()
    page.keyboard.press("Escape")
    scan(page, label)
    expect(sheet(page, "receipt-detail").locator(".slip__void")).to_contain_text("STORNO")
    expect(sheet(page, "receipt-detail").locator("[data-act=refund]")).to_be_disabled()
    page.keyboard.press("Escape")
    product.start()
    sent(page)
    return label


def asked_and_paid(page: Page, product: Product, label: str) -> None:
    """No manager here: the office is asked, says yes, and the till pays out."""
    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    sheet(page, "refund").get_by_role("button", name="pitaj ured").click()
    sent(page)
    owner = next(person for person in product.people if person["role"] == "owner")
    context = page.context.browser.new_context(base_url=product.url)  # type: ignore[union-attr]
    office = context.new_page()
    office.goto("/sign-in/")
    office.locator("#email").fill(owner["email"])
    office.locator("#password").fill(owner["password"])
    office.keyboard.press("Enter")
    office.wait_for_url("**/backoffice/**")
    office.goto("/backoffice/refunds/requests/?state=pending")
    office.locator("tbody a").first.click()
    office.locator("button[value=approve]").click()
    office.wait_for_url("**/refunds/requests/")
    office.goto("/backoffice/refunds/?kind=void")
    expect(office.locator("tbody tr")).to_have_count(1)
    context.close()
    page.locator("#nav-refund").click()
    sheet(page, "receipts").locator(".row .button").nth(1).click()
    sheet(page, "requests").get_by_role("button", name="Isplati").click()
    sheet(page, "payout").locator(".button--danger-fill").click()
    expect(sheet(page, "given")).to_contain_text("2,50")
    page.keyboard.press("Escape")
    sent(page)


@pytest.mark.feature("POS-42", "POS-43", "POS-44")
def test_back_with_a_pin_void_with_no_network_and_what_the_office_allowed(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    change_person(page, pin_of(product, "cashier"))
    label = sold(page, 3, "10")
    sent(page)
    refunded_with_a_pin(page, product, label)
    voided_with_no_network(page, product)
    asked_and_paid(page, product, label)
    scan(page, label)
    expect(sheet(page, "receipt-detail").locator(".list__item")).to_have_count(2)
