"""The till in impatient hands: a double press does once what it says, and the keyboard goes on where the mouse left off."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.test_line import COFFEE, scan

pytestmark = [pytest.mark.e2e]
ABOVE = """([upper, lower]) => {
  const [first, second] = [upper, lower].map((selector) => document.querySelector(selector).getBoundingClientRect());
  return first.bottom <= second.top || first.left >= second.right || first.right <= second.left;
}"""


def test_a_double_press_opens_and_pays_once_and_leaves_the_change_in_sight(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    pay = page.locator("dialog[data-sheet=pay]")
    scan(page, COFFEE)
    page.locator("#pay").dblclick()
    expect(pay).to_be_visible()
    expect(page.locator("#received")).to_be_focused()
    page.keyboard.press("Escape")
    expect(pay).to_have_count(0)
    page.locator("#pay").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)  # longer than the till takes two presses for one
    expect(pay).to_be_visible()

    page.locator(".pay__quick button", has_text="20").click()
    page.keyboard.press("Enter")  # completes: it does not press the note once more
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)
    expect(page.locator("#change-due")).to_contain_text("17,50")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[data-sheet=paid]")).to_have_count(0)
    expect(page.locator(".line")).to_have_count(0)


def test_a_double_tap_on_weighed_goods_types_nothing_into_the_keypad(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.locator("#search").fill("banane")
    page.locator(".tile", has_text="Banane").dblclick()
    expect(page.locator("#quantity")).to_have_value("")
    page.locator("dialog[data-sheet=quantity] .key", has_text="2").click()
    page.keyboard.press("Enter")  # not the key of the keypad once more
    expect(page.locator(".line__quantity")).to_have_text("2\u00a0kg")
    assert page.evaluate(ABOVE, [".tile__badge", ".tile__price"]), "the weight covers the price"


def test_enter_takes_the_only_product_that_was_searched_for_and_goes_on_to_several(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    search = page.locator("#search")
    search.fill("burek smrz")
    search.press("Enter")
    expect(page.locator(".line")).to_contain_text("Burek smrznuti")
    page.locator(".line__quantity").click()
    expect(page.locator("dialog[data-sheet=quantity] .key", has_text="000")).to_have_count(0)  # nobody takes thousands
    page.keyboard.press("Escape")
    expect(search).to_have_value("")
    search.fill("mlijeko")
    search.press("Enter")
    expect(page.locator(".tile").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_have_count(2)
    search.fill("mlijekk")
    search.press("Enter")
    expect(page.locator("dialog[data-sheet=unknown]")).to_contain_text("mlijekk")
    page.keyboard.press("Escape")
    expect(search).to_be_focused()
    page.keyboard.press("F2")
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()
    expect(search).to_have_value("")  # the next customer sees the whole shelf
