"""The steps of the table in docs/till.md, «What works with no network»: each cell of it is the name of one."""

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.offline_walk import (
    KNOWN_HERE,
    NEEDS,
    SERVER,
    WORKS,
    Walk,
    clear,
    close,
    go_offline,
    go_online,
    lock,
    more,
    needs,
    works,
)
from tests.e2e.test_deals import approve, change_person, pin_of, sheet
from tests.e2e.test_giving_back import choose_one
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.test_no_network import TILL, sell
from tests.e2e.test_orders import hold
from tests.e2e.test_promotions import SMALL, plan


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


@works("open and close a shift, cash in and out, handover to somebody who entered a PIN here before")
def shifts(walk: Walk) -> None:
    page = walk.page
    for direction in ("in", "out"):
        page.locator("#nav-more").click()
        sheet(page, "more").locator(f"[data-act=cash-{direction}]").click()
        cash = sheet(page, f"cash-{direction}")
        cash.locator("#cash-amount").fill("2")
        if direction == "out":
            cash.locator("#cash-category").select_option(index=1)
        cash.locator(".discount__presets button").first.click()
        cash.locator("button[type=submit]").click()
        expect(cash).to_have_count(0)
    page.locator("#nav-more").click()
    sheet(page, "more").locator("[data-act=handover]").click()
    handover = sheet(page, "handover")
    handover.locator("#handover-amount").fill("1")
    receiver = next(person for person in walk.product.people if person["role"] == "admin")
    handover.locator("#handover-to").select_option(label=receiver["name"])
    handover.locator("button[type=submit]").click()
    expect(handover.locator(".pad")).to_be_visible()
    page.keyboard.type(receiver["pin"])
    expect(handover).to_have_count(0)
    page.locator("#nav-more").click()
    sheet(page, "more").locator("[data-act=close-shift]").click()
    closing = sheet(page, "closing")
    closing.locator("#counted").fill("100")
    closing.locator("button[type=submit]").click()
    closing.locator("#difference-why").fill("Proba")
    closing.locator("#confirm-close").click()


@needs("a shift's report with figures of another till")
def expected_cash(walk: Walk) -> None:
    """What this till knows of its own shift, and that it is no more than that."""
    page = walk.page
    report = sheet(page, "shift-report")
    expect(report.locator(".slip")).to_be_visible()
    expect(report).to_contain_text("Server obračunava kad smjena stigne")
    close(page, "shift-report")
    page.locator("#float").fill("50")
    page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()


@works("refund and exchange of a receipt the till holds; refund without one; void of its own receipts of the running shift")
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
    scan(page, sell(page))
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    sheet(page, "refund").locator("[data-act=exchange]").click()
    scan(page, COFFEE)
    expect(page.locator("#exchange-net")).to_contain_text("0,00")
    page.locator("#pay").click()
    page.locator(".pay__done").click()
    page.locator("dialog[data-sheet=paid] .paid__next").click()
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


# Both columns of the table, in its order.
STEPS = (WORKS, NEEDS)
