"""Points in a browser: given in the office, used at payment, earned; and a customer changed at the till with no network."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, scan

pytestmark = [pytest.mark.e2e]
NAME = "Ljiljana Vukić"


def give(page: Page, points: str) -> str:
    """Points by hand; answers the address of the customer's page."""
    page.goto("/backoffice/customers/?q=ljiljana")
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_contain_text(NAME)
    here = page.url
    page.goto(f"{here}points/adjust/")
    page.locator("#id_points").fill(points)
    page.locator("#id_reason").fill("Welcome back")
    page.locator(".form__foot .button--primary").click()
    expect(page.locator(".listing")).to_contain_text("Welcome back")
    return here


def attach(page: Page) -> None:
    """Put her on the ticket."""
    page.keyboard.press("F6")
    page.locator("#customer-search").fill("ljiljana")
    page.keyboard.press("Enter")
    expect(page.locator("#customer")).to_contain_text(NAME)


def back_at_the_till(page: Page, product: Product) -> None:
    """From the office to the selling screen."""
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    place = page.locator(".places .list__item").first
    page.locator(".tile").first.or_(place).first.wait_for()
    if place.is_visible():
        place.click()
    page.locator(".tile").first.wait_for()


def sent(page: Page) -> None:
    """Everything has reached the server."""
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)


@pytest.mark.feature("POS-34")
@pytest.mark.feature("LOY-07")
@pytest.mark.feature("POS-12")
def test_points_are_used_and_earned_at_the_till(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    give(page, "500")
    back_at_the_till(page, product)
    for _piece in range(3):
        scan(page, COFFEE)
    attach(page)
    expect(page.locator("#customer")).to_contain_text(re.compile(r"Bodovi:\s\d{3}"))
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("F4")
    due, part, count = page.locator("#amount-due"), page.locator(".pay__points"), page.locator("#points-count")
    expect(due).to_have_text("7,50\u00a0KM")
    part.get_by_role("button", name="Iskoristi bodove").click()
    expect(count).to_be_focused()
    for wrong in ("0", "99999"):
        count.fill(wrong)
        page.keyboard.press("Enter")
        expect(part.locator(".field__error")).not_to_be_empty()
    count.fill("200")
    page.keyboard.press("Enter")
    expect(due).to_have_text("5,50\u00a0KM")
    assert [found for size in ("phone", "desk") if (found := look(page, size))] == []
    part.get_by_role("button", name="Bez bodova").click()
    expect(due).to_have_text("7,50\u00a0KM")
    part.get_by_role("button", name="Iskoristi bodove").click()
    count.fill("200")
    page.keyboard.press("Enter")
    expect(due).to_have_text("5,50\u00a0KM")
    page.locator(".pay__done").click()
    expect(page.locator("#points-earned")).to_contain_text("5")
    expect(page.locator(".slip").first).to_contain_text("Bodovi (200)")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    sent(page)


@pytest.mark.feature("CUS-07")
def test_a_customer_is_changed_at_the_till_with_no_network(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.context.set_offline(True)
    attach(page)
    page.keyboard.press("F6")
    page.get_by_role("button", name="Uredi").click()
    page.locator("#customer-city").fill("Hadžići")
    page.locator("dialog[data-sheet=customer-edit] button[type=submit]").click()
    expect(page.locator("#customer")).to_contain_text(NAME)
    page.context.set_offline(False)
    sent(page)
    here = give(page, "1")
    page.goto(here)
    expect(page.locator("main")).to_contain_text("Hadžići")
    office = ("loyalty/", "customers/import/", "settings/loyalty/")
    found_wrong: dict[str, list[str]] = {}
    for path in (here, f"{here}points/", f"{here}points/adjust/", *(f"/backoffice/{end}" for end in office)):
        page.goto(path)
        for size in ("phone", "desk"):
            if found := look(page, size):
                found_wrong[f"{path} {size}"] = found
    assert found_wrong == {}
