"""An exchange at the till (in Bosnian) where everything comes together: an invoice, points used and earned, cash that is rounded."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in, sign_in_to_the_office
from tests.e2e.conftest import ROOT, Product
from tests.e2e.looking import look
from tests.e2e.test_deals import sent, sheet
from tests.e2e.test_exchange import begin, finish
from tests.e2e.test_line import COFFEE, scan
from tests.e2e.test_loyalty import attach, give
from tests.e2e.test_payments import set_rounding

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: whole marks alone are its coins."""
    with Product(tmp_path) as made:
        yield made


def use_points(page: Page, points: str) -> None:
    part = page.locator(".pay__points")
    part.get_by_role("button", name="Iskoristi bodove").click()
    page.locator("#points-count").fill(points)
    page.keyboard.press("Enter")
    expect(part.locator(".pay__used")).to_be_visible()


def bought(page: Page) -> str:
    """Three coffees for 7.50, 200 points of hers pay 2.00 of it, an invoice to her company: 5.50, in whole marks 6."""
    for _piece in range(3):
        scan(page, COFFEE)
    attach(page)
    page.keyboard.press("F4")
    use_points(page, "200")
    page.locator("#pay-invoice").check()
    page.locator("#buyer-company").fill("Gradnja d.o.o.")
    page.locator("#buyer-tax").fill("4200000000009")
    expect(page.locator("#amount-due")).to_contain_text("5,50")
    expect(page.locator(".pay__rounded")).to_contain_text("6,00")
    page.locator(".pay__done").click()
    expect(page.locator("#points-earned")).to_contain_text("5")
    label = sheet(page, "paid").locator("h2").inner_text().split("·")[1].strip()
    page.locator("dialog[data-sheet=paid] .paid__next").click()
    return label


@pytest.mark.feature("POS-43")
def test_an_invoiced_sale_with_points_and_rounding_is_exchanged_to_the_unit(page: Page, product: Product) -> None:
    sign_in_to_the_office(page, product)
    set_rounding(page, "1", exact=False)
    give(page, "500")
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    label = bought(page)
    sent(page)
    begin(page, label)  # a third of 5.50
    expect(page.locator("#exchange-back")).to_contain_text("−1,83")
    scan(page, COFFEE)
    scan(page, COFFEE)
    attach(page)
    expect(page.locator("#exchange-net")).to_contain_text("3,17")
    page.keyboard.press("F4")
    use_points(page, "100")
    expect(page.locator("#amount-due")).to_contain_text("2,17")
    expect(page.locator(".pay__rounded")).to_contain_text("2,00")
    assert look(page, "phone") + look(page, "desk") == []
    page.locator("#received").fill("5")
    second = finish(page)
    expect(page.locator("#change-due")).to_contain_text("3,00")
    slip = page.locator("dialog[data-sheet=paid] .slip")
    for said in ("Zamjena", "Bodovi (100)", "Zaokruženje gotovine"):
        expect(slip).to_contain_text(said)
    page.locator("dialog[data-sheet=paid] .paid__next").click()
    sent(page)
    page.context.set_offline(True)
    begin(page, label, pieces=2)  # the rest, 3.67, for one: 1.17 goes back, in coins there are
    scan(page, COFFEE)
    page.keyboard.press("F4")
    expect(sheet(page, "pay")).to_contain_text("Vratite u gotovini")
    third = finish(page)
    expect(page.locator("#given-back")).to_contain_text("1,00")
    page.locator("dialog[data-sheet=paid] .paid__next").click()
    page.context.set_offline(False)
    sent(page)
    in_the_office(page, product, second, third)


def in_the_office(page: Page, product: Product, *sales: str) -> None:
    """Nothing waits for a manager, both refunds have their credit note, and the ledger is whole."""
    page.goto("/backoffice/review/")
    expect(page.locator("tbody tr")).to_have_count(0)
    page.goto("/backoffice/invoices/")
    for number in ("INV-", "CN-"):
        expect(page.locator("tbody")).to_contain_text(number)
    expect(page.locator("tbody tr", has_text="CN-")).to_have_count(2)
    for made in sales:
        page.goto(f"/backoffice/sales/?q={made}")
        page.locator("tbody a").first.click()
        expect(page.locator("main")).to_contain_text("Exchanged for")
        expect(page.locator(".notice")).to_have_count(0)
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_ledger"], cwd=ROOT, env=product.env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
