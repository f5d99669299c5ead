"""Discounts, prices and gifts at the till (in Bosnian), and the manager who says yes to them: as cashier, manager and office see it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.arriving import change_person, enrol_and_sign_in, name_of, pin_of
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]


def sheet(page: Page, name: str) -> Locator:
    return page.locator(f"dialog[data-sheet={name}]")


def approve(page: Page, pin: str, reason: str = "Stalni gost") -> None:
    asked = sheet(page, "approve")
    asked.get_by_role("button", name=reason).click()
    page.keyboard.type(pin)


def sent(page: Page) -> None:
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)


def less_on_a_line(page: Page) -> None:
    """A finger that stays, a button of the settings: 5 % of 5.00, within the limit."""
    page.locator("#lines .line").dispatch_event("pointerdown", {"pointerType": "touch"})
    expect(sheet(page, "deal").locator(".deal__quantity")).to_be_visible()
    sheet(page, "deal").locator("[data-percent='5']").click()
    page.keyboard.press("Enter")
    expect(page.locator("#lines .line__deal")).to_contain_text("−5")
    expect(page.locator("#lines .line__total s")).to_have_text("5,00")
    expect(page.locator("#pay")).to_contain_text("4,75")


def more_than_can_be(page: Page) -> None:
    """Nonsense and more than the ticket are refused, each with what is the most."""
    page.locator("#discount").click()
    value, error = page.locator("#discount-value"), page.locator("#discount-value-error")
    value.fill("101")
    page.keyboard.press("Enter")
    expect(error).to_contain_text("100")
    sheet(page, "discount").locator("[data-kind=amount]").click()
    value.fill("4,76")
    page.keyboard.press("Enter")
    expect(error).to_contain_text("4,75")


def above_the_limit(page: Page, product: Product) -> None:
    """Refused with the allowed maximum; closing is a no, the cashier's own PIN opens nothing, the manager's does."""
    pay = page.locator("#pay")
    sheet(page, "discount").locator("[data-percent='10']").click()
    expect(sheet(page, "approve")).to_contain_text("0,73")
    expect(sheet(page, "approve")).to_contain_text("0,25")
    assert look(page, "phone") + look(page, "desk") == []
    page.keyboard.press("Escape")
    expect(sheet(page, "approve")).to_have_count(0)
    expect(pay).to_contain_text("4,75")
    page.locator("#discount-value").fill("10")
    page.keyboard.press("Enter")
    approve(page, pin_of(product, "cashier"))
    expect(sheet(page, "approve").locator(".pad__error")).to_contain_text("ne može")
    page.keyboard.type(pin_of(product, "manager"))
    expect(sheet(page, "approve")).to_have_count(0)
    expect(sheet(page, "discount")).to_have_count(0)
    expect(pay).to_contain_text("4,27")
    expect(page.locator("#totals")).to_contain_text("−0,73")


def off_and_on_again(page: Page) -> None:
    """Removed, a fixed amount in its place, and given again: the yes still holds."""
    page.locator("#totals .facts__taken button").click()
    expect(page.locator("#pay")).to_contain_text("4,75")
    page.locator("#discount").click()
    sheet(page, "discount").locator("[data-kind=amount]").click()
    page.locator("#discount-value").fill("0,20")
    page.keyboard.press("Enter")
    expect(page.locator("#pay")).to_contain_text("4,55")
    page.locator("#discount").click()
    sheet(page, "discount").locator("[data-kind=percent]").click()
    page.locator("#discount-value").fill("10")
    page.keyboard.press("Enter")
    expect(page.locator("#pay")).to_contain_text("4,27")


def seen_in_the_office(page: Page, product: Product, label: str) -> None:
    """The sale with its discount and no mark; who asked, who approved, why and what in the log."""
    page.goto(f"/backoffice/sales/?q={label}")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text("0.73")
    expect(page.locator(".notice")).to_have_count(0)
    page.goto(f"/backoffice/audit/?q={label}")
    page.locator("tbody a").first.click()
    for said in (name_of(product, "manager"), "Stalni gost", "0.25"):
        expect(page.locator("main")).to_contain_text(said)
    page.goto("/backoffice/audit/?kind=approval.given")
    expect(page.locator("tbody")).to_contain_text(name_of(product, "cashier"))


@pytest.mark.feature("POS-14", "POS-15", "POS-20")
def test_discounts_within_the_limit_above_it_with_a_manager_and_what_the_office_sees(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    change_person(page, pin_of(product, "cashier"))
    scan(page, COFFEE)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("5,00")
    less_on_a_line(page)
    more_than_can_be(page)
    above_the_limit(page, product)
    off_and_on_again(page)
    label = pay_cash(page, "10")
    expect(page.locator("#change-due")).to_contain_text("5,73")
    for said in ("−0,25", "−0,73"):
        expect(page.locator(".slip").first).to_contain_text(said)
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    sent(page)
    seen_in_the_office(page, product, label)


def test_a_price_and_a_gift_are_approved_with_no_network_and_shown_to_the_manager(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    change_person(page, pin_of(product, "cashier"))
    sent(page)
    product.kill()
    for _ in range(3):
        scan(page, COFFEE)
    pay = page.locator("#pay")

    page.wait_for_timeout(200)  # sooner it would be part of a scan
    page.keyboard.press("=")
    expect(page.locator("#unit-price")).to_be_focused()
    page.locator("#unit-price").fill("2")
    page.locator("#note").fill("za <Emira>")
    page.keyboard.press("Enter")
    approve(page, pin_of(product, "cashier"), "Osoblje")
    expect(sheet(page, "approve").locator(".pad__error")).to_contain_text("ne može")
    page.keyboard.type(pin_of(product, "owner"))
    expect(sheet(page, "deal")).to_have_count(0)
    expect(pay).to_contain_text("6,00")
    expect(page.locator("#lines .line__name s")).to_have_text("2,50")

    page.locator("#lines .line__total").click()
    sheet(page, "deal").locator("#gratis").check()
    page.keyboard.press("Enter")
    expect(page.locator("#lines .line")).to_have_count(2)
    expect(page.locator("#lines")).to_contain_text("GRATIS")
    expect(pay).to_contain_text("4,00")
    label = pay_cash(page, "4")
    expect(page.locator(".slip").first).to_contain_text("za <Emira>")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    product.start()
    sent(page)

    page.goto(f"/backoffice/sales/?q={label}")
    page.locator("tbody a").first.click()
    expect(page.locator(".notice li")).to_have_count(1)
    expect(page.locator(".notice")).to_contain_text(re.compile("no network"))
    expect(page.locator("main")).to_contain_text("za <Emira>")
