"""A promotion from the office to the till and back: planned, shown, suggested, sold, counted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]
SMALL = re.compile(r"^Kifla")


def plan(page: Page) -> str:
    """Twenty per cent off two things for a week; answers the promotion's address."""
    page.goto("/backoffice/promotions/new/")
    page.locator("#id_name").fill("Slatko jutro")
    page.locator("#id_percent").fill("20")
    page.locator("#id_end_day").fill("2020-01-01")
    page.locator(".form__foot .button--primary").click()
    expect(page.locator("#id_end_day_error")).to_contain_text("It must end after it starts")
    expect(page.locator("#id_products_error")).to_contain_text("Choose at least one product")
    start = page.locator("#id_start_day").input_value()
    page.locator("#id_end_day").fill(f"{int(start[:4]) + 1}{start[4:]}")
    for words in ("kifla", "perec"):
        page.locator("#promotion-q").fill(words)
        page.keyboard.press("Enter")
        page.get_by_role("checkbox", name=words.capitalize(), exact=True).check()
    expect(page.locator("#id_name")).to_have_value("Slatko jutro")
    page.locator(".form__foot .button--primary").click()
    page.locator(".toast").first.wait_for()
    return page.url


@pytest.mark.feature("POS-17")
@pytest.mark.feature("POS-22")
@pytest.mark.feature("POS-55")
@pytest.mark.feature("ANL-26")
def test_a_promotion_is_planned_shown_suggested_sold_and_counted(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    address = plan(page)
    try:
        sell(page, product)
        page.goto(address)
        expect(page.locator("main")).to_contain_text("What it brought")
        expect(page.locator("main")).to_contain_text("Discount given")
        assert look(page, "phone") == []
        page.goto(f"{address}edit/")
        assert look(page, "phone") == []
    finally:
        # The other tests of this demo sell the same things.
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address)
        page.get_by_role("button", name="Archive").click()
        page.locator(".toast").first.wait_for()
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator("#search").fill("kifla")
    expect(page.locator(".tile", has_text=SMALL).locator(".tile__promo")).to_be_hidden()


def only_the_others(page: Page) -> None:
    """The ticket's discount leaves alone what is on promotion; with nothing else on the ticket it is refused."""
    page.locator("#discount").click()
    page.locator("#discount-value").fill("10")
    page.locator("dialog[data-sheet=discount] button[type=submit]").click()
    expect(page.locator("#totals")).to_contain_text("−0,50")  # of two coffees, 5,00
    expect(page.locator("#pay")).to_contain_text("5,06")
    coffee = page.locator(".line", has_text="Kafa")
    coffee.locator(".line__name").click()
    coffee.locator(".line__steps button").first.click()
    expect(page.locator(".toast", has_text="Popust")).to_be_visible()
    expect(page.locator("#pay")).to_contain_text("0,56")
    page.locator("#discount").click()
    page.locator("#discount-value").fill("10")
    page.locator("dialog[data-sheet=discount] button[type=submit]").click()
    expect(page.locator("dialog[data-sheet=discount]")).to_contain_text("Za popust treba kupac")
    page.keyboard.press("Escape")


def sell(page: Page, product: Product) -> None:
    """Something else first: the till says what costs less, and takes it at a tap."""
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator("#search").fill("kifla")
    tile = page.locator(".tile", has_text=SMALL)
    expect(tile.locator(".tile__promo")).to_contain_text("PROMO −20")
    expect(tile.locator(".tile__before")).to_have_text("0,70")
    expect(tile.locator(".tile__price")).to_contain_text("0,56")
    page.locator("#search").fill("")
    scan(page, COFFEE)
    sheet = page.locator("dialog[data-sheet=suggest]")
    expect(sheet.locator(".suggestion")).to_have_count(2)
    assert look(page, "phone") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    sheet.locator(".suggestion", has_text="Kifla").click()
    expect(sheet.locator(".suggestion", has_text="Kifla")).to_be_disabled()
    expect(page.locator("#pay")).to_contain_text("3,06")
    page.keyboard.press("Escape")
    scan(page, COFFEE)
    expect(sheet).to_have_count(0)

    line = page.locator(".line", has_text="Kifla")
    expect(line.locator(".promo")).to_contain_text("PROMO −20")
    line.locator(".line__total").click()
    page.locator("#discount-value").fill("5")
    page.locator("#deal-form").locator("xpath=ancestor::dialog").locator("button[type=submit]").click()
    expect(page.locator("dialog[data-sheet=deal]")).to_contain_text("na promociji")
    page.keyboard.press("Escape")
    only_the_others(page)
    pay_cash(page, "10")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=20_000)
