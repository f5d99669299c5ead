"""What needs the server: it is there with no network too, greyed or with its reason (OFF-03, C-33)."""

import re

from playwright.sync_api import expect

from tests.e2e.arriving import change_person, pin_of
from tests.e2e.offline_desk import Desk, needs
from tests.e2e.test_deals import sheet
from tests.e2e.test_giving_back import choose_one
from tests.e2e.test_line import COFFEE, scan
from tests.e2e.test_loyalty import attach


@needs("payment links")
def no_link(desk: Desk) -> None:
    page = desk.page
    scan(page, COFFEE)
    page.keyboard.press("F4")
    expect(page.locator("[data-way=online]")).to_be_disabled()
    expect(page.locator(".pay__why")).to_contain_text("treba mrežu")


@needs("using points, unless the shop lets them be used so")
def no_points(desk: Desk) -> None:
    page = desk.page
    scan(page, COFFEE)
    attach(page)
    page.keyboard.press("F4")
    part = page.locator(".pay__points")
    expect(part.get_by_role("button", name="Iskoristi bodove")).to_be_disabled()
    expect(part).to_contain_text("samo dok je kasa povezana")


@needs("the store's other receipts; PDF and preview of a receipt")
def no_receipts(desk: Desk) -> None:
    page = desk.page
    page.locator("#nav-receipts").click()
    expect(sheet(page, "receipts")).to_contain_text("samo posljednji računi ove kase")
    expect(sheet(page, "receipts").locator(f"[data-receipt={desk.online}]")).to_have_count(0)
    sheet(page, "receipts").locator("[data-receipt]").first.click()
    detail = sheet(page, "receipt-detail")
    expect(detail.locator("[data-act=pdf]")).to_have_attribute("inert", "")
    expect(detail).to_contain_text("PDF i pregled su tu čim")


@needs("giving back online what was paid online")
def no_gateway(desk: Desk) -> None:
    """Opened while the line was there: it went away before anything was given back."""
    page = desk.page
    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-link", "connected", timeout=40_000)
    page.locator("#nav-receipts").click()
    page.locator(f"[data-receipt={desk.online}]").click()
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    refund = sheet(page, "refund")
    expect(refund.locator(".field__error").last).to_contain_text("preko servisa za plaćanje")
    refund.locator("button[type=submit]").click()
    expect(sheet(page, "given")).to_have_count(0)


@needs("asking the office for a refund, and its answers")
def no_request(desk: Desk) -> None:
    page = desk.page
    change_person(page, pin_of(desk.product, "cashier"))
    label = desk.sold()
    page.locator("#nav-refund").click()
    asked = sheet(page, "receipts").get_by_role("button", name="Zahtjevi")
    expect(asked).to_be_disabled()
    expect(asked).to_have_attribute("title", re.compile("treba server"))
    page.keyboard.press("Escape")
    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    refund = sheet(page, "refund")
    expect(refund.get_by_role("button", name="pitaj ured")).to_be_disabled()
    expect(refund).to_contain_text("treba server")
    desk.clean()
    change_person(page, pin_of(desk.product, "owner"))


@needs("a cart that another till holds")
def no_claim(desk: Desk) -> None:
    page = desk.page
    page.keyboard.press("F8")
    other = page.locator("[data-order]", has_text="Na drugoj kasi")
    expect(other).to_have_attribute("aria-disabled", "true")
    expect(other).to_contain_text("treba server")


@needs("X and Z report, one's own bonus")
def no_figures(desk: Desk) -> None:
    for act in ("x-report", "z-report", "bonus"):
        desk.greyed(act)


@needs("quick reports of day, week and month")
def no_periods(desk: Desk) -> None:
    desk.menu("report")
    expect(sheet(desk.page, "report").locator(".banner")).to_be_visible()
    expect(sheet(desk.page, "report")).not_to_contain_text("Ove sedmice")


@needs("notifications")
def no_news(desk: Desk) -> None:
    desk.page.locator("#bell").click()
    expect(sheet(desk.page, "bell")).to_contain_text("stižu s mrežom")


@needs("the first PIN of a person on this device")
def no_stranger(desk: Desk) -> None:
    page = desk.page
    page.locator("#nav-more").click()
    page.locator("dialog[data-sheet=more] .sheet__body .button").first.click()
    page.locator("dialog.lock").wait_for()
    page.keyboard.type(pin_of(desk.product, "employee"))
    expect(page.locator("dialog.lock .pad__error")).to_contain_text("unio u zadnjih sedam dana")
    page.keyboard.type(pin_of(desk.product, "owner"))
    expect(page.locator("dialog.lock")).to_have_count(0)


@needs("the yes of a manager who never entered a PIN here")
def no_yes(desk: Desk) -> None:
    page = desk.page
    change_person(page, pin_of(desk.product, "cashier"))
    scan(page, COFFEE)
    page.locator("#discount").click()
    page.locator("#discount-value").fill("50")
    page.keyboard.press("Enter")
    sheet(page, "approve").get_by_role("button", name="Stalni gost").click()
    page.keyboard.type(pin_of(desk.product, "admin"))
    expect(sheet(page, "approve").locator(".pad__error")).to_contain_text("unio u zadnjih sedam dana")
    desk.clean()
    change_person(page, pin_of(desk.product, "owner"))


@needs("enrolment")
def no_enrolment(desk: Desk) -> None:
    """Another browser, which has been here once and belongs to nobody."""
    fresh = desk.page.context.browser.new_context(base_url=desk.product.url, locale="bs-BA")  # type: ignore[union-attr]
    page = fresh.new_page()
    page.goto("/pos/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.locator("#code").wait_for()
    fresh.set_offline(True)
    page.locator("#code").fill("AAAA-AAAA")
    page.locator("#name").fill("Kasa")
    page.locator("button[type=submit]").click()
    expect(page.locator("#code-error")).not_to_be_empty()
    fresh.close()


@needs("Backoffice: reports and analytics, products, training mode on or off")
def no_office(desk: Desk) -> None:
    """No page of it is kept. Asked from the till: a tab that shows the browser's own failure tries again for ever."""
    for path in ("/backoffice/", "/backoffice/products/new/"):
        assert desk.page.evaluate("(path) => fetch(path).then(() => true, () => false)", path) is False, path
