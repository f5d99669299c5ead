"""Who is buying: added at the till with no network, found again, and in the office with what they bought."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]


def add(page: Page) -> None:
    """Somebody new, whom the sheet first does not take."""
    page.keyboard.press("F6")
    page.locator("#customer-search").fill("Šejla Kovač")
    page.get_by_role("button", name="Novi kupac").click()
    sheet = page.locator("dialog[data-sheet=customer-new]")
    expect(page.locator("#customer-name")).to_have_value("Šejla Kovač")
    page.locator("#customer-name").fill(" ")
    sheet.locator("button[type=submit]").click()
    expect(sheet).to_contain_text("Upišite ime")
    page.locator("#customer-name").fill("Šejla Kovač")
    page.locator("#customer-email").fill("sejla@")
    page.locator("#customer-card").fill("77 4711")
    sheet.locator("button[type=submit]").click()
    expect(sheet).to_contain_text("nije e-adresa")
    page.locator("#customer-email").fill("Sejla@Example.com")
    sheet.locator("button[type=submit]").click()
    expect(page.locator("#customer")).to_contain_text("Šejla Kovač")


@pytest.mark.feature("POS-13", "CUS-01")
def test_a_customer_is_added_offline_found_by_card_and_known_in_the_office(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.context.set_offline(True)
    scan(page, COFFEE)
    add(page)
    label = pay_cash(page, "10")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#customer")).to_have_text("Kupac")

    # Found again by the card and by words, and taken off.
    scan(page, "774711")
    expect(page.locator("#customer")).to_contain_text("Šejla")
    page.keyboard.press("F6")
    page.get_by_role("button", name="Ukloni kupca").click()
    expect(page.locator("#customer")).to_have_text("Kupac")
    page.locator("#customer").click()
    page.locator("#customer-search").fill("sejla kov")
    page.keyboard.press("Enter")
    expect(page.locator("#customer")).to_contain_text("Šejla")
    page.keyboard.press("F2")
    expect(page.locator("#customer")).to_have_text("Kupac")

    # Her address again: she is who is meant.
    page.keyboard.press("F6")
    page.get_by_role("button", name="Novi kupac").click()
    page.locator("#customer-name").fill("Somebody else")
    page.locator("#customer-email").fill("sejla@example.com")
    sheet = page.locator("dialog[data-sheet=customer-new]")
    sheet.locator("button[type=submit]").click()
    sheet.get_by_role("button", name="To je Šejla Kovač").click()
    expect(page.locator("#customer")).to_contain_text("Šejla")

    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    page.goto("/backoffice/customers/?q=sejla")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text("sejla@example.com")
    expect(page.locator(".listing")).to_contain_text(label)


def barriers_of(page: Page, *paths: str) -> dict[str, list[str]]:
    """What is wrong with these pages on a phone and on a desk."""
    wrong = {}
    for path in paths:
        page.goto(path)
        for size in ("phone", "desk"):
            if found := look(page, size):
                wrong[f"{path} {size}"] = found
    return wrong


def test_no_page_or_sheet_of_customers_has_a_barrier(page: Page, product: Product) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    page.keyboard.press("F6")
    page.locator("#customer-search").wait_for()
    wrong = {f"sheet {size}": found for size in ("phone", "desk") if (found := look(page, size))}
    page.get_by_role("button", name="Novi kupac").click()
    page.locator("#customer-name").wait_for()
    wrong |= {f"new {size}": found for size in ("phone", "desk") if (found := look(page, size))}
    for name in ("Mirza Prvi", "Mirza Drugi"):
        page.goto("/backoffice/customers/new/")
        page.locator("#id_name").fill(name)
        page.locator("#id_note").fill("Likes the window")
        page.locator(".form__foot .button--primary").click()
        page.locator(".toast").first.wait_for()
    here = page.url
    wrong |= barriers_of(page, "/backoffice/customers/", "/backoffice/customers/new/", here, f"{here}edit/", f"{here}erase/")
    wrong |= barriers_of(page, f"{here}merge/?q=mirza")
    page.locator(".list__item").first.click()
    wrong |= barriers_of(page, page.url)
    assert wrong == {}
    page.locator(".button--danger-fill").click()
    page.locator(".toast").first.wait_for()
    assert page.url == here
