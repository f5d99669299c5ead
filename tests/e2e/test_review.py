"""After a sale the till (in Bosnian) reminds to ask for a Google review: where the shop wants it, in its words, in nobody's way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.test_online import back_to_the_till

pytestmark = [pytest.mark.e2e]
OWN_WORDS = "Drago nam je da ste svratili!\nHoćete li nam ostaviti recenziju?"


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: no other test should be reminded."""
    with Product(tmp_path) as made:
        yield made


def set_page(page: Page, tab: str, **values: bool | str) -> None:
    """Save settings of a page, as the owner does."""
    page.goto(f"/backoffice/settings/{tab}/")
    for name, value in values.items():
        field = page.locator(f"[name='{name.replace('__', '.')}']")
        if isinstance(value, bool):
            field.set_checked(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Save").first.click()
    page.locator(".saved").first.wait_for()


def sell(page: Page) -> None:
    """One coffee, up to the screen with the change."""
    scan(page, COFFEE)
    pay_cash(page, "2.50")


@pytest.mark.feature("POS-57")
def test_the_till_reminds_to_ask_for_a_review_and_the_next_sale_does_not_wait(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    reminder, lines = page.locator("dialog[data-sheet=paid] #review"), page.locator("#lines .line")
    sell(page)
    expect(reminder).to_have_count(0)  # off as shipped
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")

    set_page(page, "pos", pos__review_prompt=True)
    back_to_the_till(page, product)
    sell(page)
    expect(reminder.locator("h3")).to_have_text("Zamolite za Google recenziju")
    expect(reminder).to_contain_text("Ako ste bili zadovoljni")
    expect(reminder.locator("#review-bonus")).to_contain_text("bonus")
    for size in ("phone", "tablet", "desk"):
        assert look(page, size) == []
        expect(page.locator(".paid__next")).to_be_in_viewport(ratio=1)
    expect(page.locator(".paid__next")).to_be_focused()
    scan_over(page)
    expect(lines).to_have_count(1)
    pay_cash(page, "10")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")

    set_page(page, "pos", pos__review_words=OWN_WORDS)
    set_page(page, "modules", module__employee_bonus=False)
    back_to_the_till(page, product)
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    sell(page)
    expect(reminder.locator("blockquote")).to_have_text(OWN_WORDS)
    expect(reminder.locator("#review-bonus")).to_have_count(0)
    page.keyboard.press("Enter")
    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    practised(page, product)


def scan_over(page: Page) -> None:
    """The next customer's article is scanned while the reminder is read."""
    page.keyboard.type(COFFEE)
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)


def practised(page: Page, product: Product) -> None:
    """Practice has no customer who could be asked."""
    place = page.evaluate(
        "async () => (await (await fetch('/pos/device', { headers: { 'X-SmartPOS-Till': '1' } })).json()).terminal"
    )
    page.goto(f"/backoffice/terminals/{place['id']}/")
    page.locator("#id_training").set_checked(True)
    page.locator("form .button--primary").click()
    page.locator(".toast").first.wait_for()
    back_to_the_till(page, product)
    expect(page.locator("#training")).to_be_visible(timeout=10_000)
    sell(page)
    expect(page.locator("dialog[data-sheet=paid] h2")).to_contain_text("TEST-")
    expect(page.locator("#review")).to_have_count(0)
