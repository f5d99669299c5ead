"""Practice at the till (POS-59): what would need a real receipt is not offered, and what was open for real is still sold for real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: its terminal practises."""
    with Product(tmp_path) as made:
        yield made


def practise(page: Page) -> None:
    """The office switches the terminal over; nobody stands at the till meanwhile."""
    terminal = page.evaluate(
        "async () => (await (await fetch('/pos/device', { headers: { 'X-SmartPOS-Till': '1' } })).json()).terminal.id"
    )
    page.goto(f"/backoffice/terminals/{terminal}/")
    page.locator("#id_training").check()
    page.locator("form .button--primary").click()
    page.locator(".toast").first.wait_for()


def test_a_ticket_from_before_is_sold_for_real_and_practice_offers_no_paper_of_the_server(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    page.wait_for_timeout(600)  # until it is kept
    practise(page)
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    expect(page.locator(".line")).to_have_count(1)
    page.keyboard.press("F4")
    expect(page.locator("#pay-mail")).to_be_visible()
    page.keyboard.press("Escape")
    assert not pay_cash(page, "5").startswith("TEST")
    page.keyboard.press("Enter")

    expect(page.locator("#training")).to_be_visible(timeout=15_000)
    scan(page, COFFEE)
    page.keyboard.press("F4")
    expect(page.locator("#received")).to_be_visible()
    expect(page.locator("#pay-mail, #pay-invoice")).to_have_count(0)
    page.keyboard.press("Escape")
    assert pay_cash(page, "5").startswith("TEST")
    paid = page.locator("dialog[data-sheet=paid]")
    expect(paid.locator("h2")).to_contain_text("Probni rad")
    expect(paid.locator("[data-act=mail], [data-act=pdf], [data-act=preview]")).to_have_count(0)
