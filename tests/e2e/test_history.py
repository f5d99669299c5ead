"""A receipt from before, found again at the till (in Bosnian): printed once more as a copy, and mailed (POS-41)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]
TO = "kasnije@example.com"


@pytest.mark.feature("POS-41")
def test_a_receipt_from_before_is_found_printed_as_a_copy_and_mailed(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    labels = []
    for _sale in range(2):
        scan(page, COFFEE)
        labels.append(pay_cash(page, "2.50"))
        page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    page.locator("#nav-receipts").click()
    found = page.locator("dialog[data-sheet=receipts] [data-receipt]")
    expect(found.first).to_have_attribute("data-receipt", labels[1])
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    page.locator("#receipt-from").fill(tomorrow.date().isoformat())
    expect(found).to_have_count(0)
    page.locator("#receipt-from").fill("")
    expect(page.locator(f"[data-receipt={labels[0]}]")).to_be_visible()
    page.locator(f"[data-receipt={labels[0]}]").click()
    detail = page.locator("dialog[data-sheet=receipt-detail]")
    expect(detail.locator(".slip")).to_contain_text("KOPIJA")
    detail.locator("[data-act=mail]").click()
    sheet = page.locator("dialog[data-sheet=mail]")
    page.locator("#mail-to").fill("kasnije@")
    page.keyboard.press("Enter")
    expect(sheet).to_contain_text("nije e-adresa")
    assert look(page, "phone") + look(page, "desk") == []
    page.locator("#mail-to").fill(TO)
    page.keyboard.press("Enter")
    expect(sheet).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text(TO)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)

    page.goto(f"/backoffice/mail/?q={TO}")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text(labels[0])
    page.goto(f"/backoffice/sales/?q={labels[0]}")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text(TO)
    expect(page.locator("main")).to_contain_text(re.compile(r"By mail"))
