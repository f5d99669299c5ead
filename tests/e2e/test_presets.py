"""The shop's discount buttons from the settings to the sale: six and no more, one tap for the whole ticket, within the limits (POS-19)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import arrive, enrol, pin_of, sign_in_to_the_office
from tests.e2e.conftest import Product
from tests.e2e.test_deals import approve, sent, sheet
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]
ROWS = "fieldset.lines:has([name='discount.presets:percent'])"


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: its buttons are others."""
    with Product(tmp_path) as made:
        yield made


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").first.click()


def set_buttons(page: Page, product: Product) -> None:
    """Two more make six, then «Add» is gone; a seventh that comes all the same is refused, beside its field, and nothing is saved."""
    sign_in_to_the_office(page, product)
    page.goto("/backoffice/settings/discounts/")
    rows = page.locator(ROWS)
    expect(rows.locator("[data-line]")).to_have_count(4)
    for percent, label in (("25", "Osoblje"), ("30", "")):
        rows.locator("[data-add]").click()
        rows.locator("[data-line]").last.locator("input").nth(0).fill(percent)
        rows.locator("[data-line]").last.locator("input").nth(1).fill(label)
    expect(rows.locator("[data-add]")).to_be_hidden()
    save(page)
    page.locator(".saved").first.wait_for()
    rows.evaluate(
        "(field) => field.querySelector('[data-lines]').append(field.querySelector('template').content.cloneNode(true))"
    )
    rows.locator("[data-line]").last.locator("input").nth(0).fill("35")
    save(page)
    expect(page.locator(f"{ROWS} .field__error")).to_contain_text("At most 6")
    page.reload()
    expect(page.locator(f"{ROWS} [data-line]")).to_have_count(6)


@pytest.mark.feature("POS-19")
def test_six_buttons_one_tap_for_the_whole_ticket_and_a_manager_beyond_the_limit(page: Page, product: Product) -> None:
    set_buttons(page, product)
    enrol(page, product)
    arrive(page, pin_of(product, "cashier"))
    for _piece in range(4):
        scan(page, COFFEE)
    pay = page.locator("#pay")
    expect(pay).to_contain_text("10,00")
    page.locator("#discount").click()
    buttons = sheet(page, "discount").locator(".discount__presets button")
    expect(buttons).to_have_text(["5\u00a0%", "10\u00a0%", "15\u00a0%", "20\u00a0%", "Osoblje · 25\u00a0%", "30\u00a0%"])
    expect(page.locator("#discount-value")).to_be_visible()
    buttons.nth(0).click()  # one tap, and that was all
    expect(sheet(page, "discount")).to_have_count(0)
    expect(pay).to_contain_text("9,50")
    page.locator("#discount").click()
    buttons.nth(4).click()
    expect(sheet(page, "approve")).to_contain_text("2,50")
    page.keyboard.press("Escape")
    expect(sheet(page, "approve")).to_have_count(0)
    expect(pay).to_contain_text("9,50")  # no answer is a no
    buttons.nth(4).click()
    approve(page, pin_of(product, "manager"))
    expect(sheet(page, "discount")).to_have_count(0)
    expect(pay).to_contain_text("7,50")
    label = pay_cash(page, "10")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    sent(page)
    page.goto(f"/backoffice/sales/?q={label}")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text("2.50")
    expect(page.locator(".notice")).to_have_count(0)
