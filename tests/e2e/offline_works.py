"""What works with no network: a play for each row of the table in docs/till.md that says so (OFF-02)."""

from playwright.sync_api import expect

from tests.e2e.arriving import arrive, change_person, pin_of
from tests.e2e.offline_desk import Desk, heard, line_back, works
from tests.e2e.test_deals import sheet
from tests.e2e.test_exchange import begin, finish
from tests.e2e.test_giving_back import choose_one
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.test_loyalty import attach
from tests.e2e.test_orders import hold
from tests.e2e.test_review import set_page


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
