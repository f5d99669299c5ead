"""A sale that a customer pays online: the link is sent at the till (in Bosnian), paid on the gateway's page in a second browser, and
the till is told; the receipt stands in the Backoffice (POS-30, POS-31).
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, scan

pytestmark = [pytest.mark.e2e]
TO = "kupac@example.com"
LINK = re.compile(r"http://127\.0\.0\.1:\d+/pay/[\w-]{43}/")


def connect_simulator(page: Page) -> None:
    """As the owner does."""
    page.goto("/backoffice/gateways/new/")
    page.locator("[name=name]").fill("Probni servis")
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("main")).to_contain_text("Probni servis")


def back_to_the_till(page: Page, product: Product) -> None:
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()


def send_link(page: Page) -> None:
    """Pay, Online, a wrong address, the right one; an impatient finger sends one."""
    scan(page, COFFEE)
    page.keyboard.press("F4")
    page.locator("[data-way=online]").click()
    expect(page.locator("#link-to")).to_be_visible()
    page.locator("#link-to").fill("kupac@")
    page.locator(".pay__done").click()
    expect(page.locator("dialog[data-sheet=pay]")).to_contain_text("nije e-adresa")
    assert not [found for size in ("phone", "tablet", "desk") if (found := look(page, size))]
    page.locator("#link-to").fill(TO)
    page.locator(".pay__done").dblclick()
    expect(page.locator(".toast")).to_contain_text(TO)
    expect(page.locator("dialog[data-sheet=pay]")).to_have_count(0)


def mailed_link(page: Page) -> str:
    """The address in the newest mail to the customer."""
    page.goto(f"/backoffice/mail/?q={TO}")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text(LINK)
    found = LINK.search(page.locator("main").inner_text())
    assert found
    return found[0]


def open_links(page: Page) -> None:
    page.locator("#nav-more").click()
    page.locator("[data-act=links]").click()


def greyed_with_no_network(page: Page) -> None:
    """The way is there and cannot be taken, and the sheet says why; the cart is cleared after."""
    scan(page, COFFEE)
    page.keyboard.press("F4")
    expect(page.locator("[data-way=online]")).to_be_enabled(timeout=15_000)
    page.context.set_offline(True)
    expect(page.locator("[data-way=online]")).to_be_disabled(timeout=15_000)
    expect(page.locator(".pay__why")).to_contain_text("treba mrežu")
    page.context.set_offline(False)
    expect(page.locator("[data-way=online]")).to_be_enabled(timeout=40_000)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[data-sheet=pay]")).to_have_count(0)
    page.keyboard.press("F2")
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()


def pay_in_another_browser(chromium: Browser, address: str) -> str:
    """The customer pays on the gateway's page, by telephone; answers the receipt's number."""
    customer = chromium.new_context(viewport={"width": 390, "height": 844}, locale="bs-BA").new_page()
    customer.goto(address)
    expect(customer.locator("#bill")).to_have_attribute("data-state", "waiting")
    assert not look(customer, "phone")
    customer.locator(".button--pay").click()
    customer.wait_for_url("**/simulator/**")
    assert not look(customer, "phone")
    customer.locator("[value=pay]").click()
    expect(customer.locator("#bill")).to_have_attribute("data-state", "paid", timeout=30_000)
    expect(customer.locator("#bill")).to_contain_text(re.compile(r"WEB1-\d+"))
    label = re.search(r"WEB1-\d+", customer.locator("#bill").inner_text())[0]
    customer.context.close()
    return label


def receipt_in_the_office(office: Page, label: str) -> None:
    """The receipt with its mail, and the link with what happened to it."""
    office.goto(f"/backoffice/sales/?q={label}")
    office.locator("tbody a").first.click()
    expect(office.locator("main")).to_contain_text(TO)
    office.goto("/backoffice/online-payments/")
    office.locator("tbody a").first.click()
    expect(office.locator("main")).to_contain_text(label)


@pytest.mark.feature("POS-30")
def test_a_link_is_sent_paid_in_another_browser_and_the_till_is_told(page: Page, product: Product, chromium: Browser) -> None:
    enrol_and_sign_in(page, product)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    scan(page, COFFEE)
    page.keyboard.press("F4")
    expect(page.locator("[data-way=card]")).to_be_visible()
    expect(page.locator("[data-way=online]")).to_have_count(0)  # nobody takes money online yet
    page.keyboard.press("Escape")
    expect(page.locator("dialog[data-sheet=pay]")).to_have_count(0)
    connect_simulator(page)
    back_to_the_till(page, product)

    greyed_with_no_network(page)
    send_link(page)
    open_links(page)
    row = page.locator("dialog[data-sheet=links] [data-link]")
    expect(row).to_have_attribute("data-state", "waiting")
    expect(page.locator(".toast")).to_have_count(0, timeout=10_000)  # on a telephone it lies over the row
    assert not [found for size in ("phone", "tablet", "desk") if (found := look(page, size))]
    office = page.context.new_page()
    address = mailed_link(office)

    label = pay_in_another_browser(chromium, address)
    expect(page.locator(".toast")).to_contain_text(label, timeout=40_000)
    expect(row).to_have_attribute("data-state", "paid")
    receipt_in_the_office(office, label)
    office.close()
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)


@pytest.mark.feature("POS-31")
def test_a_link_is_cancelled_at_the_till_and_takes_nothing_any_more(page: Page, product: Product, chromium: Browser) -> None:
    enrol_and_sign_in(page, product)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    page.goto("/backoffice/gateways/")
    if page.get_by_role("button", name="Disconnect").count() == 0:
        connect_simulator(page)
    back_to_the_till(page, product)
    scan(page, COFFEE)
    page.keyboard.press("F4")
    expect(page.locator("[data-way=online]")).to_be_enabled(timeout=15_000)
    page.keyboard.press("Escape")
    page.keyboard.press("F2")
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()
    send_link(page)
    office = page.context.new_page()
    address = mailed_link(office)
    office.close()

    open_links(page)
    waiting = page.locator("dialog[data-sheet=links] [data-state=waiting]")
    expect(waiting).to_have_count(1)
    waiting.locator("[data-act=x]").click()
    page.locator("dialog[data-sheet=link-cancel] .button--danger-fill").click()
    expect(waiting).to_have_count(0, timeout=15_000)
    customer = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    customer.goto(address)
    expect(customer.locator("#bill")).to_have_attribute("data-state", "cancelled")
    expect(customer.locator(".button--pay")).to_have_count(0)
    customer.context.close()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
