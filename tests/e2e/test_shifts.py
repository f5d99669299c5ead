"""A whole day at one drawer: open, sell, refund, cash out, handover, X, close, Z."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, enrol_and_sign_in, pay_cash, scan

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: the drawer holds what this day puts into it."""
    made = Product(tmp_path)
    made.start()
    yield made
    made.kill()


def sent(page: Page) -> None:
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")


def more(page: Page, act: str) -> None:
    page.locator("#nav-more").click()
    page.locator(f"dialog[data-sheet=more] [data-act={act}]").click()


def sell(page: Page, received: str) -> str:
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    label = pay_cash(page, received)
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    sent(page)
    return label


def give_back(page: Page, label: str) -> None:
    page.locator("#nav-refund").click()
    page.locator("#receipt-number").fill(label)
    page.keyboard.press("Enter")
    sheet = page.locator("dialog[data-sheet=refund]")
    sheet.locator(".stepper button").nth(1).click()
    sheet.locator(".discount__presets button").first.click()
    sheet.locator("button[type=submit]").click()
    expect(page.locator("dialog[data-sheet=given] .slip")).to_contain_text("2,50")
    page.keyboard.press("Escape")
    sent(page)


def move(page: Page, direction: str, amount: str) -> None:
    """Cash in or out, with the first of the usual reasons."""
    more(page, f"cash-{direction}")
    sheet = page.locator(f"dialog[data-sheet=cash-{direction}]")
    sheet.locator("#cash-amount").fill(amount)
    if direction == "out":
        sheet.locator("#cash-category").select_option(index=1)
    sheet.locator(".discount__presets button").first.click()
    sheet.locator("button[type=submit]").click()
    expect(sheet).to_have_count(0)
    sent(page)


def hand_over(page: Page, product: Product, amount: str) -> None:
    """To the second of the demo's people, by their own PIN; the owner's own will not do."""
    more(page, "handover")
    sheet = page.locator("dialog[data-sheet=handover]")
    sheet.locator("#handover-amount").fill("5000")
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("#handover-amount-error")).to_contain_text("94,50")
    sheet.locator("#handover-amount").fill(amount)
    sheet.locator("#handover-to").select_option(label=product.people[1]["name"])
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator(".pad")).to_be_visible()
    page.keyboard.type(product.people[0]["pin"])
    expect(sheet.locator("#pin-error")).not_to_be_empty()
    page.keyboard.type(product.people[1]["pin"])
    expect(sheet).to_have_count(0)
    sent(page)


def close(page: Page) -> None:
    """Count by notes: one coin of one mark less than there should be."""
    more(page, "close-shift")
    sheet = page.locator("dialog[data-sheet=closing]")
    sheet.locator("summary").click()
    for value, count in (("50", "1"), ("5", "2"), ("2", "1"), ("1", "1"), ("0\\.50", "1")):
        sheet.locator(f"#pieces-{value}").fill(count)
    expect(sheet.locator("#counted")).to_have_value("63,50")
    assert look(page, "phone") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("[data-review]")).to_contain_text("64,50")
    expect(sheet.locator("[data-review]")).to_contain_text("−1,00")
    sheet.locator("#confirm-close").click()
    expect(sheet.locator("#difference-why-error")).not_to_be_empty()
    sheet.locator("#difference-why").fill("Kusur")
    sheet.locator("#confirm-close").click()


def read_x(page: Page) -> None:
    more(page, "x-report")
    slip = page.locator("dialog[data-sheet=x-report] .slip")
    expect(slip).to_contain_text("X-izvještaj")
    expect(slip).to_contain_text("Ulaz gotovine")
    page.keyboard.press("Escape")
    expect(slip).to_have_count(0)


def make_z(page: Page) -> None:
    """Asked once more before it is made; a second one has nothing in it and is asked about."""
    more(page, "z-report")
    sheet = page.locator("dialog[data-sheet=z-report]")
    sheet.locator("#make-z").click()
    expect(sheet.locator(".slip")).to_contain_text("Z-izvještaj 1")
    page.keyboard.press("Escape")
    more(page, "z-report")
    sheet.locator("#make-z").click()
    expect(sheet.locator("[role=alert]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


@pytest.mark.feature("SHF-01", "SHF-06")
def test_a_whole_day_at_one_drawer(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    sell(page, "2.50")
    give_back(page, sell(page, "10"))
    move(page, "in", "2")
    move(page, "out", "10")
    hand_over(page, product, "30")
    read_x(page)
    close(page)
    slip = page.locator("dialog[data-sheet=shift-report] .slip")
    expect(slip).to_contain_text("64,50")
    expect(slip).to_contain_text("Kusur")
    expect(slip).to_contain_text(product.people[1]["name"])
    page.keyboard.press("Escape")
    expect(page.locator("#float")).to_be_visible()
    # the day's end, and a look around without a shift
    page.locator("#preview-start").click()
    expect(page.locator("#preview")).to_be_visible()
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    expect(page.locator("#pay")).to_be_disabled()
    page.keyboard.press("F4")
    expect(page.locator("dialog")).to_have_count(0)
    make_z(page)
    more(page, "preview-end")
    expect(page.locator("#float")).to_be_visible()


def test_a_shift_that_the_office_closes_is_told_and_the_cart_stays(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    sent(page)
    office = page.context.new_page()
    office.goto("/backoffice/shifts/?state=open")
    office.locator("tbody .row-link").first.click()
    office.locator("#id_counted").fill("1")
    office.locator("#id_reason").fill("Went home")
    office.get_by_role("button", name="Close the shift").click()
    expect(office.locator("h1")).to_contain_text("In the Backoffice")
    assert look(office, "phone") + look(office, "desk") == []
    over = page.locator("[data-over=office]")
    expect(over).to_be_visible(timeout=40_000)
    page.locator("#over-next").click()
    page.locator("#float").fill("10")
    page.locator("button[type=submit]").click()
    expect(page.locator("#pay")).to_contain_text("2,50")
    office.close()
