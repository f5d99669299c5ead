"""The table «What works with no network» of docs/till.md, row by row in a browser without one (OFF-02, OFF-03, C-33).

What the rows say is what is played: a row that no play knows, or a play whose row is gone, fails.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.e2e.conftest import ROOT, Product, browse
from tests.e2e.test_deals import arrive, change_person, pin_of, sheet
from tests.e2e.test_exchange import begin, finish
from tests.e2e.test_giving_back import choose_one
from tests.e2e.test_line import COFFEE, enrol_and_sign_in, pay_cash, scan, sign_in_to_the_office
from tests.e2e.test_loyalty import attach, give
from tests.e2e.test_online import connect_simulator, mailed_link, pay_in_another_browser
from tests.e2e.test_orders import hold
from tests.e2e.test_promotions import plan
from tests.e2e.test_review import set_page

pytestmark = [pytest.mark.e2e]
PAGE = ROOT / "docs" / "till.md"
WORKS, NEEDS = "works", "needs the server"


class Desk:
    """The till that is walked through, and what was made at it before the network went."""

    def __init__(self, page: Page, product: Product) -> None:
        self.page, self.product = page, product
        self.online = ""

    def sold(self, pieces: int = 1) -> str:
        for _piece in range(pieces):
            scan(self.page, COFFEE)
        label = pay_cash(self.page, "20")
        self.page.locator("dialog[data-sheet=paid] .paid__next").click()
        return label

    def menu(self, act: str) -> None:
        self.page.locator("#nav-more").click()
        self.page.locator(f"dialog[data-sheet=more] [data-act={act}]").click()

    def greyed(self, act: str) -> None:
        """An entry of the menu that stands there, cannot be pressed, and says why."""
        self.page.locator("#nav-more").click()
        entry = self.page.locator(f"dialog[data-sheet=more] [data-act={act}]")
        expect(entry).to_be_disabled()
        expect(entry).to_contain_text("treba server")
        self.page.keyboard.press("Escape")

    def send(self, name: str) -> None:
        form = sheet(self.page, name)
        form.locator("button[type=submit]").click()
        expect(form).to_have_count(0)

    def clean(self) -> None:
        """Nothing open and nothing on the ticket, for the next play."""
        for _sheet in range(4):
            if self.page.locator("dialog[open]").count():
                self.page.keyboard.press("Escape")
        expect(self.page.locator("dialog[open]")).to_have_count(0)
        if self.page.locator("#lines .line").count():
            self.page.keyboard.press("F2")
            sheet(self.page, "clear").locator(".button--danger-fill").click()
        elif self.page.locator("#customer.customer--set").count():
            self.page.keyboard.press("F2")
        self.page.locator("#search").fill("")
        self.page.locator("#search").blur()


Play = Callable[[Desk], None]
PLAYS: dict[str, tuple[str, Play]] = {}


def works(row: str) -> Callable[[Play], Play]:
    return _kept(row, WORKS)


def needs(row: str) -> Callable[[Play], Play]:
    return _kept(row, NEEDS)


def _kept(row: str, what: str) -> Callable[[Play], Play]:
    def keep(play: Play) -> Play:
        PLAYS[row] = (what, play)
        return play

    return keep


def rows() -> list[tuple[str, str]]:
    """The table as it stands on the page."""
    text = PAGE.read_text(encoding="utf-8").partition("## What works with no network")[2]
    found = re.findall(r"^\| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    return [row for row in found if row != ("what", "with no network") and set(row[0]) != {"-"}]


@contextmanager
def line_back(desk: Desk) -> Iterator[Page]:
    """For as long as the office needs to be told something; everything that waits is sent meanwhile."""
    page = desk.page
    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    office = page.context.new_page()
    sign_in_to_the_office(office, desk.product)
    yield office
    office.close()
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")


def heard(desk: Desk, code: str, *, wanted: bool) -> None:
    """The till knows a setting that was changed in the office."""
    for _second in range(60):
        if desk.page.evaluate(SETTING, code) is wanted:
            return
        desk.page.wait_for_timeout(1_000)
    raise AssertionError(f"{code} did not arrive")


SETTING = """async (code) => {
  const { till } = await import(new URL("till.js", document.querySelector("script[type=module]").src).href);
  return till.get().place.settings[code];
}"""


@works("open the till; the PIN of somebody who entered it here within 7 days")
def opened(desk: Desk) -> None:
    desk.page.reload()
    arrive(desk.page, pin_of(desk.product, "owner"))


@works("promotions: prices, suggestions")
def promoted(desk: Desk) -> None:
    page = desk.page
    scan(page, COFFEE)
    suggested = sheet(page, "suggest")
    expect(suggested.locator(".suggestion", has_text="Kifla")).to_contain_text("0,56")
    suggested.locator(".suggestion", has_text="Kifla").click()
    page.keyboard.press("Escape")
    expect(page.locator("#pay")).to_contain_text("3,06")
    with line_back(desk) as office:  # suggested often enough: the next plays begin with an article too
        set_page(office, "discounts", promotion__suggest=False)
        heard(desk, "promotion.suggest", wanted=False)


@works("search, scan, categories")
def found(desk: Desk) -> None:
    page = desk.page
    page.locator("#search").fill("espres")
    expect(page.locator(".tile").first).to_contain_text("Espresso")
    page.locator("#search").fill("")
    page.locator("#chips button", has_text="Kafa i čaj").click()
    expect(page.locator(".tile").first).to_be_visible()
    page.locator("#chips button").first.click()
    scan(page, COFFEE)
    expect(page.locator("#lines .line")).to_have_count(1)


@works("sell: cash, card on a stand-alone terminal, mixed")
def sold(desk: Desk) -> None:
    page = desk.page
    desk.sold()
    for way in ("card", "mixed"):
        scan(page, COFFEE)
        page.keyboard.press("F4")
        page.locator(f"[data-way={way}]").click()
        if way == "mixed":
            page.locator("#card-part").fill("1")
        page.locator(".pay__done").click()
        page.locator("dialog[data-sheet=paid] .paid__next").click()


@works("discounts, prices, gifts, notes")
def agreed(desk: Desk) -> None:
    page = desk.page
    scan(page, COFFEE)
    scan(page, COFFEE)
    page.locator("#lines .line__total").click()
    page.locator("#unit-price").fill("2")
    page.locator("#note").fill("bez šećera")
    page.keyboard.press("Enter")
    expect(page.locator("#pay")).to_contain_text("4,00")
    page.locator("#lines .line__total").click()
    sheet(page, "deal").locator("#gratis").check()
    page.keyboard.press("Enter")
    expect(page.locator("#pay")).to_contain_text("2,00")
    page.locator("#discount").click()
    page.locator("#discount-value").fill("5")
    page.keyboard.press("Enter")
    expect(page.locator("#pay")).to_contain_text("1,90")


@works("the yes of a manager who entered their PIN here within 7 days")
def approved(desk: Desk) -> None:
    page = desk.page
    change_person(page, pin_of(desk.product, "cashier"))
    scan(page, COFFEE)
    page.locator("#discount").click()
    page.locator("#discount-value").fill("50")
    page.keyboard.press("Enter")
    sheet(page, "approve").get_by_role("button", name="Stalni gost").click()
    page.keyboard.type(pin_of(desk.product, "owner"))
    expect(sheet(page, "approve")).to_have_count(0)
    expect(page.locator("#pay")).to_contain_text("1,25")
    desk.clean()
    change_person(page, pin_of(desk.product, "owner"))


@works("a customer on the cart, a new one")
def bought(desk: Desk) -> None:
    page = desk.page
    attach(page)
    page.keyboard.press("F2")
    page.keyboard.press("F6")
    page.get_by_role("button", name="Novi kupac").click()
    page.locator("#customer-name").fill("Nova Kupica")
    page.locator("dialog[data-sheet=customer-new] button[type=submit]").click()
    expect(page.locator("#customer")).to_contain_text("Nova Kupica")


@works("an invoice, and the wish to mail a receipt")
def invoiced(desk: Desk) -> None:
    page = desk.page
    scan(page, COFFEE)
    page.keyboard.press("F4")
    page.locator("#pay-invoice").check()
    page.locator("#buyer-company").fill("Gradnja d.o.o.")
    page.locator("#buyer-tax").fill("4200000000009")
    page.locator(".pay__done").click()
    paid = sheet(page, "paid")
    expect(paid.locator(".slip")).to_contain_text("INV-")
    paid.locator("[data-act=mail]").click()
    page.locator("#mail-to").fill("kupac@example.com")
    page.keyboard.press("Enter")
    expect(sheet(page, "mail")).to_have_count(0)
    expect(page.locator(".toast", has_text="kupac@example.com")).to_be_visible()


@works("the slip, printed by the browser")
def printed(desk: Desk) -> None:
    page = desk.page
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    scan(page, COFFEE)
    pay_cash(page, "5")
    sheet(page, "paid").get_by_role("button", name="Štampaj").click()
    sheet(page, "receipt").locator(".button--primary").click()
    assert page.evaluate("() => window.printed") == 1


@works("the till's own last 50 receipts, and their figures")
def own_receipts(desk: Desk) -> None:
    page = desk.page
    label = desk.sold()
    page.locator("#nav-receipts").click()
    page.locator(f"[data-receipt={label}]").click()
    expect(sheet(page, "receipt-detail").locator(".slip")).to_contain_text(label)
    desk.clean()
    desk.menu("report")
    expect(sheet(page, "report").locator(".facts")).to_contain_text("KM")


@works("refund and exchange of a receipt the till holds, refund without one")
def given_back(desk: Desk) -> None:
    page = desk.page
    label = desk.sold(2)
    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    sheet(page, "refund").locator("button[type=submit]").click()
    expect(sheet(page, "given")).to_contain_text("2,50")
    page.keyboard.press("Escape")
    begin(page, label)
    scan(page, COFFEE)
    expect(page.locator("#exchange-net")).to_contain_text("0,00")
    page.keyboard.press("F4")
    finish(page)
    desk.clean()
    page.locator("#nav-refund").click()
    sheet(page, "receipts").get_by_role("button", name="Bez računa").click()
    page.locator("#without-search").fill(COFFEE)
    page.keyboard.press("Enter")
    without = sheet(page, "without")
    without.locator(".discount__presets button").first.click()
    without.locator("button[type=submit]").click()
    expect(sheet(page, "given")).to_contain_text("2,50")


@works("void of an own receipt of the running shift")
def voided(desk: Desk) -> None:
    page = desk.page
    label = desk.sold()
    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=void]").click()
    sheet(page, "void").locator(".discount__presets button").first.click()
    sheet(page, "void").locator("button[type=submit]").click()
    expect(sheet(page, "given")).to_contain_text("2,50")
    page.keyboard.press("Escape")
    scan(page, label)
    expect(sheet(page, "receipt-detail").locator(".slip__void")).to_contain_text("STORNO")


@works("hold a cart, list and take back one's own")
def held(desk: Desk) -> None:
    page = desk.page
    scan(page, COFFEE)
    hold(page, "Bez mreže")
    page.keyboard.press("F8")
    page.locator("[data-order]", has_text="Bez mreže").click()
    expect(page.locator("#pay")).to_contain_text("2,50")


@works("cash in and out, handover to somebody who entered a PIN here before")
def moved(desk: Desk) -> None:
    page = desk.page
    for direction in ("in", "out"):
        desk.menu(f"cash-{direction}")
        form = sheet(page, f"cash-{direction}")
        form.locator("#cash-amount").fill("5")
        if direction == "out":
            form.locator("#cash-category").select_option(index=1)
        form.locator(".discount__presets button").first.click()
        desk.send(f"cash-{direction}")
    desk.menu("handover")
    form = sheet(page, "handover")
    form.locator("#handover-amount").fill("5")
    manager = next(person for person in desk.product.people if person["role"] == "manager")
    form.locator("#handover-to").select_option(label=manager["name"])
    form.locator("button[type=submit]").click()
    expect(form.locator(".pad")).to_be_visible()
    page.keyboard.type(manager["pin"])
    expect(form).to_have_count(0)


@works("goods of others: sale, paying the owner; parcels")
def entrusted(desk: Desk) -> None:
    page = desk.page
    desk.menu("commission")
    form = sheet(page, "commission")
    form.locator("#party").fill("Kućna radinost")
    form.locator("#commission-amount").fill("20")
    desk.send("commission")
    desk.menu("pay-owner")
    form = sheet(page, "pay-owner")
    form.locator("#party").fill("Kućna radinost")
    form.locator("#owner-amount").fill("5")
    form.locator("#owner-note").fill("Fata")
    desk.send("pay-owner")
    desk.menu("parcels")
    form = sheet(page, "parcels")
    form.locator("#party").fill("BH Pošta")
    form.locator("#packages").fill("1")
    form.locator("#cod").fill("7")
    desk.send("parcels")


@works("checklists: tick, take back, and the question before closing")
def ticked(desk: Desk) -> None:
    page = desk.page
    desk.menu("checklist")
    task = sheet(page, "checklist").get_by_role("checkbox").first
    task.click()
    expect(task).to_have_attribute("aria-checked", "true")
    task.click()
    expect(task).to_have_attribute("aria-checked", "false")
    desk.clean()
    desk.menu("close-shift")
    expect(sheet(page, "checklist-gate")).to_be_visible()


@works("practice, where the terminal is in training mode")
def practised(desk: Desk) -> None:
    """Its banner came with the network; the next play begins when practice is over again."""
    page = desk.page
    train(desk, on=True)
    scan(page, COFFEE)
    pay_cash(page, "5")
    expect(sheet(page, "paid").locator("h2")).to_contain_text("TEST-")
    page.keyboard.press("Escape")
    train(desk, on=False)


def train(desk: Desk, *, on: bool) -> None:
    """The office turns it on and off, which the till hears of while the line is there."""
    with line_back(desk) as office:
        place = office.evaluate(
            "async () => (await (await fetch('/pos/device', { headers: { 'X-SmartPOS-Till': '1' } })).json()).terminal"
        )
        office.goto(f"/backoffice/terminals/{place['id']}/")
        office.locator("#id_training").set_checked(on)
        office.locator("form .button--primary").click()
        office.locator(".toast").first.wait_for()
        expect(desk.page.locator("#training")).to_be_visible(visible=on, timeout=40_000)


@works("close a shift and open the next")
def closed(desk: Desk) -> None:
    page = desk.page
    desk.menu("close-shift")
    page.locator("#to-checklist").click()
    lists = sheet(page, "checklist")
    due = lists.locator("[aria-checked=false]:has(.badge)")
    expect(due.first).to_be_visible()
    for left in range(due.count(), 0, -1):
        expect(due).to_have_count(left)
        due.first.click()
    lists.get_by_role("button", name="Zaključi smjenu").click()
    form = sheet(page, "closing")
    form.locator("#counted").fill("100")
    form.locator("button[type=submit]").click()
    form.locator("#confirm-close").click()
    if form.locator("#difference-why").is_visible():
        form.locator("#difference-why").fill("Vježba")
        form.locator("#confirm-close").click()
    expect(sheet(page, "shift-report").locator(".slip")).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")
    page.locator("#float").fill("100")
    page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()


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
    office = desk.page.context.new_page()
    for path in ("/backoffice/", "/backoffice/products/new/"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            office.goto(path)
    office.close()


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: what is sold here is counted by nobody else."""
    made = Product(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def second(chromium: Browser, product: Product) -> Iterator[Page]:
    """Another till's browser."""
    yield from browse(chromium, product)


def prepared(page: Page, second: Page, product: Product, chromium: Browser) -> Desk:
    """What a shop has on an ordinary day before its line goes dead."""
    desk = Desk(page, product)
    sign_in_to_the_office(page, product)
    give(page, "500")
    plan(page)
    page.goto("/backoffice/settings/shifts/")
    page.get_by_label("Required before closing").check()
    page.get_by_role("button", name="Save").first.click()
    page.locator(".saved").first.wait_for()
    connect_simulator(page)
    enrol_and_sign_in(second, product, terminal=1, role="manager")
    scan(second, COFFEE)
    second.keyboard.press("Escape")  # what is on promotion was suggested
    hold(second, "Na drugoj kasi")
    expect(second.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    second.context.close()
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    for role in ("manager", "cashier", "owner"):
        change_person(page, pin_of(product, role))
    desk.online = paid_online(desk, chromium)
    return desk


def paid_online(desk: Desk, chromium: Browser) -> str:
    page = desk.page
    scan(page, COFFEE)
    page.keyboard.press("Escape")
    page.keyboard.press("F4")
    page.locator("[data-way=online]").click()
    page.locator("#link-to").fill("kupac@example.com")
    page.locator(".pay__done").click()
    expect(page.locator("dialog[data-sheet=pay]")).to_have_count(0)
    office = page.context.new_page()
    sign_in_to_the_office(office, desk.product)
    label = pay_in_another_browser(chromium, mailed_link(office))
    office.close()
    return label


@pytest.mark.feature("OFF-02", "OFF-03")
def test_every_row_of_the_table_is_as_it_says(page: Page, second: Page, product: Product, chromium: Browser) -> None:
    table = rows()
    assert len(table) > 20
    assert sorted(table) == sorted((row, what) for row, (what, _play) in PLAYS.items()), "the table and the plays differ"
    desk = prepared(page, second, product, chromium)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    for row, _what in table:
        PLAYS[row][1](desk)
        expect(page.locator("#status"), row).to_have_attribute("data-link", "offline")
        desk.clean()
    page.context.set_offline(False)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=60_000)
    page.goto("/backoffice/review/")
    expect(page.locator("tbody tr")).to_have_count(0)  # and all of it is booked
