"""Paying at the till (in Bosnian): cash, card, mixed, cash that is rounded, by the keyboard alone and by an impatient finger."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, scan

pytestmark = [pytest.mark.e2e]


def set_rounding(page: Page, step: str, *, exact: bool) -> None:
    """As the owner does on the page of the currency."""
    page.goto("/backoffice/settings/currency/")
    page.locator("[name='currency.cash_step']").select_option(step)
    page.locator("[name='currency.exact_coins']").set_checked(exact)
    page.get_by_role("button", name="Save").first.click()
    page.locator(".saved").first.wait_for()


def complete(page: Page) -> None:
    page.locator("#change-due").wait_for()
    page.locator("dialog[data-sheet=paid] .button--primary").click()


def mixed(page: Page) -> None:
    """The rest fills itself; what is typed must add up, and says by how much it does not."""
    done, said = page.locator(".pay__done"), page.locator(".pay__change")
    page.keyboard.press("F4")
    expect(page.locator("[data-way=cash]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("F4")
    expect(page.locator("[data-way=card]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("F4")
    expect(page.locator("[data-way=mixed]")).to_have_attribute("aria-pressed", "true")
    page.locator("#card-part").fill("1,20")
    expect(page.locator("#cash-part")).to_have_value("1,30")
    page.locator("#cash-part").fill("1")
    expect(done).to_be_disabled()
    expect(said).to_contain_text("0,30")
    page.locator("#cash-part").fill("1,5")
    expect(said).to_contain_text("0,20")
    expect(done).to_be_disabled()
    page.locator("#card-part").fill("9")
    expect(said).to_contain_text("6,50")
    assert not [found for size in ("phone", "tablet", "desk") if (found := look(page, size))]
    page.locator("#card-part").fill("1,20")
    page.locator("#cash-part").fill("1,3")
    page.locator("#received").fill("2")
    expect(said).to_contain_text("0,70")
    done.click()


@pytest.mark.feature("POS-26", "POS-27", "POS-28", "POS-29", "POS-32")
def test_cash_card_and_mixed_by_keyboard_and_finger(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    pay, done, said = page.locator("dialog[data-sheet=pay]"), page.locator(".pay__done"), page.locator(".pay__change")
    page.keyboard.press("F4")
    expect(pay).to_have_count(0)  # nothing to pay
    expect(page.locator("#pay")).to_be_disabled()

    # Cash by the keyboard: F4, digits, Enter; too little does not complete.
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_be_enabled()
    page.keyboard.press("F4")
    expect(page.locator("#amount-due")).to_have_text(re.compile("2,50"))
    page.keyboard.type("2")
    expect(done).to_be_disabled()
    expect(said).to_contain_text("0,50")
    page.keyboard.press("Enter")
    expect(pay).to_be_visible()
    page.keyboard.type("0")
    expect(said).to_contain_text("17,50")
    page.keyboard.press("Enter")
    expect(page.locator("#change-due")).to_contain_text("17,50")
    complete(page)

    # Card with one click; an impatient finger makes one receipt.
    scan(page, COFFEE)
    page.locator("#pay").click()
    page.locator("[data-way=card]").click()
    done.dblclick()
    first = page.locator("dialog[data-sheet=paid] h2").inner_text()
    complete(page)

    scan(page, COFFEE)
    expect(page.locator("#pay")).to_be_enabled()
    mixed(page)
    second = page.locator("dialog[data-sheet=paid] h2").inner_text()
    assert int(second.rsplit("-", 1)[1]) == int(first.rsplit("-", 1)[1]) + 1
    expect(page.locator("#change-due")).to_contain_text("0,70")
    complete(page)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)


def test_cash_is_rounded_where_the_shop_says_so(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    set_rounding(page, "1", exact=False)
    try:
        page.goto("/pos/")
        page.locator("#pin").wait_for()
        page.keyboard.type(product.people[0]["pin"])
        page.locator(".tile").first.wait_for()
        scan(page, COFFEE)
        expect(page.locator("#pay")).to_be_enabled()
        page.keyboard.press("F4")
        expect(page.locator(".pay__rounded")).to_contain_text("3,00")
        page.keyboard.type("2,5")
        expect(page.locator(".pay__change")).to_contain_text("sitnog novca")
        page.locator("#received").fill("5")
        page.locator(".pay__done").click()
        expect(page.locator("#change-due")).to_contain_text("2,00")
        expect(page.locator("dialog[data-sheet=paid] .slip")).to_contain_text("0,50")
        complete(page)
        expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
        page.locator("#nav-more").click()
        page.locator("dialog[data-sheet=more] [data-act=x-report]").click()
        expect(page.locator("dialog[data-sheet=x-report] .slip")).to_contain_text("Zaokruženje gotovine")
    finally:
        set_rounding(page, "0", exact=False)


def company_at_the_till(page: Page) -> None:
    """A customer with a company, added with no network and put on the ticket."""
    page.keyboard.press("F6")
    page.get_by_role("button", name="Novi kupac").click()
    page.locator("#customer-name").fill("Lejla Begić")
    page.locator("#customer-company").fill("Gradnja d.o.o.")
    page.locator("#customer-tax_number").fill("4200000000009")
    page.locator("dialog[data-sheet=customer-new] button[type=submit]").click()
    expect(page.locator("#customer")).to_contain_text("Lejla")


def later(page: Page, label: str) -> None:
    """Somebody comes back for one: the next number, of the invoices' own series."""
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_be_enabled()
    page.keyboard.press("F4")
    expect(page.locator(".pay__done")).to_be_enabled()
    page.keyboard.press("Enter")
    complete(page)
    page.locator("#nav-receipts").click()
    page.locator("dialog[data-sheet=receipts] .list__item").first.click()
    page.get_by_role("button", name="Napravi fakturu").click()
    page.locator("#buyer-company").fill("Prevoz s.p.")
    page.locator("#buyer-tax").fill("4300000000001")
    page.locator("dialog[data-sheet=invoice] button[type=submit]").click()
    expect(page.locator("dialog[data-sheet=receipt-detail] .slip")).to_contain_text(label)
    page.keyboard.press("Escape")


@pytest.mark.feature("POS-35", "POS-36", "POS-37", "POS-38")
def test_an_invoice_for_a_company_with_no_network_and_one_that_comes_later(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    page.context.set_offline(True)

    # Nobody known: name and tax number are asked for before anything is paid.
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_be_enabled()
    page.keyboard.press("F4")
    page.locator("#pay-invoice").check()
    page.locator(".pay__done").click()
    sheet = page.locator("dialog[data-sheet=pay]")
    expect(sheet).to_contain_text("Upišite naziv firme")
    expect(sheet).to_contain_text("treba porezni broj")
    assert not [found for size in ("phone", "tablet", "desk") if (found := look(page, size))]
    page.keyboard.press("Escape")

    # A customer of a company fills the fields (POS-36).
    company_at_the_till(page)
    page.keyboard.press("F4")
    page.locator("#pay-invoice").check()
    expect(page.locator("#buyer-company")).to_have_value("Gradnja d.o.o.")
    expect(page.locator("#buyer-tax")).to_have_value("4200000000009")
    page.locator(".pay__done").click()
    page.locator("#change-due").wait_for()
    slip = page.locator("dialog[data-sheet=paid] .slip")
    expect(slip).to_contain_text("Gradnja d.o.o.")
    label = (slip.locator(".slip__paper strong").text_content() or "").split()[1]
    assert re.fullmatch(r"INV-\S+-\d{4}-1", label)
    complete(page)

    later(page, label[:-1] + "2")
    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    page.goto("/backoffice/invoices/?q=gradnja")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text(label)
    pdf = page.request.get(page.get_by_role("link", name="Invoice PDF").get_attribute("href") or "")
    assert pdf.body().startswith(b"%PDF")


@pytest.mark.feature("POS-39", "POS-40")
def test_a_receipt_by_mail_while_paying_and_afterwards_its_pdf_and_preview(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    page.context.set_offline(True)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_be_enabled()
    page.keyboard.press("F4")
    page.locator("#pay-mail").check()
    page.locator("#pay-mail-to").fill("kupac@")
    page.locator(".pay__done").click()
    expect(page.locator("dialog[data-sheet=pay]")).to_contain_text("nije e-adresa")
    page.locator("#pay-mail-to").fill("kupac@example.com")
    page.locator(".pay__done").click()
    paid = page.locator("dialog[data-sheet=paid]")
    expect(paid).to_contain_text("čim račun stigne na server")
    expect(paid.locator("[data-act=pdf]")).to_have_attribute("inert", "")
    label = paid.locator("h2").inner_text().split("·")[1].strip()

    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    expect(paid.locator("[data-act=pdf]")).not_to_have_attribute("inert", "")
    assert not [found for size in ("phone", "tablet", "desk") if (found := look(page, size))]
    with page.context.expect_page() as opened:
        paid.locator("[data-act=preview]").click()
    expect(opened.value.locator("#paper")).to_contain_text(label)
    opened.value.close()
    with page.expect_download() as taken:
        paid.locator("[data-act=pdf]").click()
    assert taken.value.suggested_filename == f"{label}.pdf"

    # And to somebody else afterwards.
    paid.locator("[data-act=mail]").click()
    page.locator("#mail-to").fill("knjigovodstvo@example.com")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("knjigovodstvo@example.com")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    page.goto(f"/backoffice/sales/?q={label}")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text("kupac@example.com")
    expect(page.locator("main")).to_contain_text("knjigovodstvo@example.com")
