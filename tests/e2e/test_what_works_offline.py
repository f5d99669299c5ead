"""The table of docs/till.md walked in a browser with no network: what works works, what needs the server says so.

Each cell of the table is the name of a step; a row without one, or a step without a row, fails.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.e2e.conftest import ROOT, Product, browse
from tests.e2e.test_deals import approve, change_person, pin_of, sheet
from tests.e2e.test_giving_back import choose_one
from tests.e2e.test_line import COFFEE, enrol_and_sign_in, pay_cash, scan, sign_in_to_the_office
from tests.e2e.test_no_network import TILL, sell
from tests.e2e.test_orders import hold, sent
from tests.e2e.test_promotions import SMALL, plan

HEADING = "## What works with no network"
SERVER = "Za ovo treba server"
KNOWN_HERE = "Bez mreže vrijedi samo PIN"


@dataclass
class Walk:
    """A till with no network, what stands beside it, and what was there before."""

    page: Page
    office: Page
    stranger: Page
    product: Product
    others: str
    promotion: str = ""


Step = Callable[[Walk], None]
WORKS: dict[str, Step] = {}
NEEDS: dict[str, Step] = {}


def works(cell: str) -> Callable[[Step], Step]:
    return lambda step: WORKS.setdefault(cell, step)


def needs(cell: str) -> Callable[[Step], Step]:
    return lambda step: NEEDS.setdefault(cell, step)


def table() -> list[tuple[str, str]]:
    """The rows: what works, what needs the server."""
    text = (ROOT / "docs" / "till.md").read_text(encoding="utf-8").partition(HEADING)[2]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    assert rows[0] == ("works", "needs the server")
    return [(row[0], row[1]) for row in rows[2:]]


@pytest.mark.feature("OFF-02", "OFF-03")
def test_every_row_has_its_steps_and_every_step_its_row() -> None:
    rows = table()
    assert [row[0] for row in rows] == list(WORKS)
    assert [row[1] for row in rows] == list(NEEDS)


def go_online(walk: Walk) -> None:
    walk.page.context.set_offline(False)
    sent(walk.page)


def go_offline(walk: Walk) -> None:
    walk.page.context.set_offline(True)
    expect(walk.page.locator("#status")).to_have_attribute("data-link", "offline")


def clear(page: Page) -> None:
    page.keyboard.press("F2")
    sheet(page, "clear").locator(".button--danger-fill").click()
    expect(page.locator("#lines .line")).to_have_count(0)


def more(page: Page, name: str) -> None:
    page.locator("#nav-more").click()
    sheet(page, "more").get_by_role("button", name=name).click()


def close(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press("Escape")
        expect(sheet(page, name)).to_have_count(0)


def lock(page: Page) -> None:
    more(page, "Zaključaj")
    page.locator("dialog.lock").wait_for()


@works("sell, cash, card on a stand-alone terminal, mixed")
def sells(walk: Walk) -> None:
    page, done = walk.page, walk.page.locator(".pay__done")
    sell(page)
    for way in ("card", "mixed"):
        scan(page, COFFEE)
        page.locator("#pay").click()
        page.locator(f"[data-way={way}]").click()
        if way == "mixed":
            page.locator("#card-part").fill("1,20")
            expect(page.locator("#cash-part")).to_have_value("1,30")
        done.click()
        page.locator("dialog[data-sheet=paid] .paid__next").click()


@needs("enrolment")
def enrolment(walk: Walk) -> None:
    stranger = walk.stranger
    stranger.locator("#code").fill("ABCD-EFGH")
    stranger.locator("#name").fill("Front counter")
    stranger.locator("button[type=submit]").click()
    expect(stranger.locator("#code-error")).to_contain_text("The server does not answer")


@works("discounts, prices, gifts, notes, and a manager's approval of them")
def deals(walk: Walk) -> None:
    page = walk.page
    change_person(page, pin_of(walk.product, "cashier"))
    scan(page, COFFEE)
    page.locator("#lines .line__total").click()
    page.locator("#unit-price").fill("2")
    page.locator("#note").fill("bez šećera")
    page.keyboard.press("Enter")
    approve(page, pin_of(walk.product, "owner"), "Osoblje")
    expect(sheet(page, "deal")).to_have_count(0)
    expect(page.locator("#pay")).to_contain_text("2,00")
    scan(page, COFFEE)
    page.locator("#lines .line__total").last.click()
    sheet(page, "deal").locator("[data-percent='5']").click()
    page.keyboard.press("Enter")
    expect(page.locator("#pay")).to_contain_text("4,37")
    scan(page, COFFEE)
    page.locator("#lines .line__total").last.click()
    sheet(page, "deal").locator("#gratis").check()
    page.keyboard.press("Enter")
    expect(page.locator("#lines")).to_contain_text("GRATIS")
    pay_cash(page, "10")
    page.locator("dialog[data-sheet=paid] .paid__next").click()


@needs("approval by a manager who never entered a PIN here")
def strange_manager(walk: Walk) -> None:
    page = walk.page
    scan(page, COFFEE)
    page.locator("#lines .line__total").click()
    page.locator("#unit-price").fill("2")
    page.keyboard.press("Enter")
    approve(page, pin_of(walk.product, "manager"), "Osoblje")
    expect(sheet(page, "approve").locator(".pad__error")).to_contain_text(KNOWN_HERE)
    close(page, "approve", "deal")
    clear(page)
    change_person(page, pin_of(walk.product, "owner"))


@works("promotions: prices, their beginning and end, suggestions")
def promotions(walk: Walk) -> None:
    page = walk.page
    go_online(walk)
    walk.promotion = plan(walk.office)
    page.locator("#search").fill("kifla")
    expect(page.locator(".tile", has_text=SMALL).locator(".tile__promo")).to_be_visible(timeout=15_000)
    page.locator("#search").fill("")
    go_offline(walk)
    scan(page, COFFEE)
    sheet(page, "suggest").locator(".suggestion", has_text="Kifla").click()
    expect(page.locator("#pay")).to_contain_text("3,06")
    close(page, "suggest")
    clear(page)
    load = f"const load = {TILL}; const [{{ runningAt }}, {{ till }}] = [await load('promotions.js'), await load('till.js')]"
    sizes = "return walls.map((wall) => runningAt(till.get().catalog.promotions, wall).size)"
    assert page.evaluate(f"async (walls) => {{ {load}; {sizes}; }}", ["2020-01-01T00:00", "2099-01-01T00:00"]) == [0, 0]


@needs("what of them was sold out since")
def sold_out(walk: Walk) -> None:
    """It is offered as it was last known; the connection says why."""
    page = walk.page
    page.locator("#search").fill("kifla")
    expect(page.locator(".tile", has_text=SMALL).locator(".tile__promo")).to_be_visible()
    page.locator("#search").fill("")
    expect(page.locator("#status")).to_contain_text("Radi bez mreže")
    # what follows sells the same things
    walk.office.goto(walk.promotion)
    walk.office.get_by_role("button", name="Archive").click()
    walk.office.locator(".toast").first.wait_for()
    go_online(walk)
    page.wait_for_function(f"async () => ({TILL})('till.js').then(({{ till }}) => till.get().offers.size === 0)")
    go_offline(walk)


@works("search, scan, categories; put a customer on the cart, add one")
def finds(walk: Walk) -> None:
    page = walk.page
    page.locator("#search").fill("espres")
    expect(page.locator(".tile").first).to_contain_text("Espresso")
    page.locator("#search").fill("")
    page.locator("#chips .chip").nth(1).click()
    page.locator(".tile").first.wait_for()
    page.locator("#chips .chip").first.click()
    page.keyboard.press("F6")
    page.get_by_role("button", name="Novi kupac").click()
    page.locator("#customer-name").fill("Hana Offline")
    sheet(page, "customer-new").locator("button[type=submit]").click()
    expect(page.locator("#customer")).to_contain_text("Hana")
    page.keyboard.press("F2")
    expect(page.locator("#customer")).to_have_text("Kupac")
    page.keyboard.press("F6")
    page.locator("#customer-search").fill("hana off")
    page.keyboard.press("Enter")
    expect(page.locator("#customer")).to_contain_text("Hana")
    page.keyboard.press("F2")
    expect(page.locator("#customer")).to_have_text("Kupac")


@needs("first PIN of a person on this device")
def first_pin(walk: Walk) -> None:
    page = walk.page
    lock(page)
    page.keyboard.type(pin_of(walk.product, "manager"))
    expect(page.locator("dialog.lock .pad__error")).to_contain_text(KNOWN_HERE)
    page.keyboard.type(pin_of(walk.product, "owner"))
    expect(page.locator("dialog.lock")).to_have_count(0)


@works("open and close a shift (reckoned when it arrives)")
def shifts(walk: Walk) -> None:
    page = walk.page
    more(page, "Zaključi smjenu")
    page.locator("#counted").fill("100")
    page.keyboard.press("Enter")
    page.locator("#float").fill("50")
    page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()


@needs("expected cash at closing")
def expected_cash(walk: Walk) -> None:
    page = walk.page
    expect(page.locator(".toast", has_text="obračunata kad smjena stigne")).to_be_visible(timeout=10_000)


@works("refund of a receipt the till holds; refund without one; void of its own receipts of the running shift")
def gives_back(walk: Walk) -> None:
    page = walk.page
    for act, name in (("refund", "refund"), ("void", "void")):
        scan(page, sell(page))
        sheet(page, "receipt-detail").locator(f"[data-act={act}]").click()
        if act == "refund":
            choose_one(page)
        else:
            sheet(page, "void").locator(".discount__presets button").first.click()
        sheet(page, name).locator("button[type=submit]").click()
        expect(sheet(page, "given")).to_be_visible()
        close(page, "given")
    page.locator("#nav-refund").click()
    page.get_by_role("button", name="Bez računa").click()
    page.locator("#without-search").fill(COFFEE)
    page.keyboard.press("Enter")
    sheet(page, "without").locator(".discount__presets button").first.click()
    sheet(page, "without").locator("button[type=submit]").click()
    expect(sheet(page, "given")).to_be_visible()
    close(page, "given")


@needs("refund of other receipts, receipt PDF, requests to the office")
def others_receipts(walk: Walk) -> None:
    page = walk.page
    page.locator("#nav-refund").click()
    asked = sheet(page, "receipts").get_by_role("button", name="Zahtjevi")
    expect(asked).to_be_disabled()
    assert SERVER in (asked.get_attribute("title") or "")
    page.locator("#receipt-number").fill(walk.others)
    page.keyboard.press("Enter")
    expect(sheet(page, "receipts")).to_contain_text("Nijedan račun ne odgovara")
    expect(sheet(page, "receipts")).to_contain_text("samo posljednji računi ove kase")
    page.locator("#receipt-number").fill("")  # the first Escape empties a search
    close(page, "receipts")
    label = sell(page)
    scan(page, label)
    detail = sheet(page, "receipt-detail")
    expect(detail.locator("[data-act=pdf]")).to_have_attribute("inert", "")
    expect(detail).to_contain_text("čim račun stigne na server")
    close(page, "receipt-detail")
    change_person(page, pin_of(walk.product, "cashier"))
    scan(page, label)
    detail.locator("[data-act=refund]").click()
    choose_one(page)
    expect(sheet(page, "refund").get_by_role("button", name="pitaj ured")).to_be_disabled()
    expect(sheet(page, "refund")).to_contain_text(SERVER)
    close(page, "refund")
    change_person(page, pin_of(walk.product, "owner"))


@works("own last 50 receipts, printing by the browser, quick figures of them")
def own_receipts(walk: Walk) -> None:
    page = walk.page
    label = sell(page)
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    page.locator("#nav-receipts").click()
    sheet(page, "receipts").locator(f"[data-receipt='{label}']").click()
    sheet(page, "receipt-detail").locator("[data-first]").click()
    page.locator("dialog[open] button", has_text="Štampaj").last.click()
    page.wait_for_function("() => window.printed === 1")
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    more(page, "Izvještaji")
    expect(sheet(page, "report")).to_contain_text("Prosječan račun")


@needs("the store's other receipts, quick reports of day, week and month")
def stores_figures(walk: Walk) -> None:
    page = walk.page
    expect(sheet(page, "report")).to_contain_text("Bez mreže")
    expect(sheet(page, "report")).not_to_contain_text("Ovaj mjesec")
    close(page, "report")
    page.locator("#nav-receipts").click()
    expect(sheet(page, "receipts")).to_contain_text("samo posljednji računi ove kase")
    expect(sheet(page, "receipts").locator(f"[data-receipt='{walk.others}']")).to_have_count(0)
    close(page, "receipts")


@works("hold a cart, list and take back one's own")
def own_carts(walk: Walk) -> None:
    page = walk.page
    scan(page, COFFEE)
    hold(page, "Plava jakna")
    page.keyboard.press("F8")
    page.locator("[data-order]", has_text="Plava jakna").click()
    expect(page.locator("#lines .line")).to_have_count(1)
    clear(page)


@needs("take a cart that another till holds")
def others_carts(walk: Walk) -> None:
    page = walk.page
    page.keyboard.press("F8")
    theirs = page.locator("[data-order]", has_text="Crvena kapa")
    expect(theirs).to_have_attribute("aria-disabled", "true")
    expect(theirs).to_contain_text(SERVER)
    theirs.dispatch_event("click")
    expect(page.locator("#lines .line")).to_have_count(0)
    close(page, "held")


def practise(walk: Walk, *, on: bool) -> None:
    place = walk.page.evaluate(f"async () => ({TILL})('till.js').then(({{ till }}) => till.get().place.terminal.id)")
    walk.office.goto(f"/backoffice/terminals/{place}/")
    walk.office.locator("#id_training").set_checked(on)
    walk.office.locator("form .button--primary").click()
    walk.office.locator(".toast").first.wait_for()


@works("practice, where the terminal is in training mode")
def practice(walk: Walk) -> None:
    page = walk.page
    go_online(walk)
    practise(walk, on=True)
    expect(page.locator("#training")).to_be_visible(timeout=10_000)
    go_offline(walk)
    scan(page, COFFEE)
    assert pay_cash(page, "10").startswith("TEST-")
    page.locator("dialog[data-sheet=paid] .paid__next").click()


@needs("turn training mode on and off")
def training_mode(walk: Walk) -> None:
    """It is the office's switch: the till hears of it when the network is back."""
    practise(walk, on=False)
    expect(walk.page.locator("#training")).to_be_visible()
    walk.page.context.set_offline(False)
    expect(walk.page.locator("#training")).to_be_hidden(timeout=15_000)
    go_offline(walk)


@works("PIN of people who entered it here within 7 days")
def pin_again(walk: Walk) -> None:
    walk.page.reload()
    walk.page.locator("#pin").wait_for()
    walk.page.keyboard.type(pin_of(walk.product, "cashier"))
    walk.page.locator("#join-shift").click()  # it is the owner's
    walk.page.locator(".tile").first.wait_for()


@needs("Backoffice")
def backoffice(walk: Walk) -> None:
    office = walk.page.context.new_page()
    with pytest.raises(Error):
        office.goto("/backoffice/")
    office.close()


def others(second: Page, product: Product) -> str:
    """What another till did before: a receipt, and a cart that it holds."""
    enrol_and_sign_in(second, product, terminal=1)
    label = sell(second)
    scan(second, COFFEE)
    hold(second, "Crvena kapa")
    sent(second)
    return label


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of these tests."""
    made = Product(tmp_path_factory.mktemp("what-works"))
    made.start()
    yield made
    made.kill()


@pytest.fixture
def second(chromium: Browser, product: Product) -> Iterator[Page]:
    yield from browse(chromium, product)


@pytest.fixture
def stranger(chromium: Browser, product: Product) -> Iterator[Page]:
    yield from browse(chromium, product)


@pytest.mark.e2e
@pytest.mark.feature("OFF-02", "OFF-03")
def test_the_table_of_what_works_is_true(page: Page, second: Page, stranger: Page, product: Product) -> None:
    label = others(second, product)
    sign_in_to_the_office(second, product)
    stranger.goto("/pos/")
    stranger.locator("#code").wait_for()
    stranger.context.set_offline(True)

    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    change_person(page, pin_of(product, "cashier"))
    change_person(page, pin_of(product, "owner"))
    expect(page.locator("#nav-held .rail__count")).to_have_text("1", timeout=15_000)
    sent(page)
    walk = Walk(page, second, stranger, product, label)
    go_offline(walk)
    for works_cell, needs_cell in table():
        WORKS[works_cell](walk)
        NEEDS[needs_cell](walk)
    go_online(walk)
