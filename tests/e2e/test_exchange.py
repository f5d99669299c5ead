"""An exchange at the till (in Bosnian): what comes back, what is taken for it, and only the net changes hands."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import change_person, enrol_and_sign_in, pin_of, sign_in_to_the_office
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_deals import sent, sheet
from tests.e2e.test_giving_back import choose_one, sold
from tests.e2e.test_line import COFFEE, scan

pytestmark = [pytest.mark.e2e]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of these tests."""
    with Product(tmp_path_factory.mktemp("exchange")) as made:
        yield made


def begin(page: Page, label: str, pieces: int = 1) -> None:
    """The receipt by its bars, so many pieces of it back, for the first reason."""
    scan(page, label)
    sheet(page, "receipt-detail").locator("[data-act=refund]").click()
    choose_one(page)
    for _ in range(pieces - 1):
        sheet(page, "refund").locator(".stepper button").nth(1).click()
    sheet(page, "refund").locator("[data-act=exchange]").click()


def finish(page: Page) -> str:
    """An impatient finger; answers the sale's number."""
    page.locator(".pay__done").dblclick()
    page.locator("#change-due").wait_for()
    return page.locator("dialog[data-sheet=paid] h2").inner_text().split("·")[1].strip()


def next_sale(page: Page) -> None:
    page.locator("dialog[data-sheet=paid] .paid__next").click()
    expect(page.locator("#exchange-back")).to_have_count(0)


def even(page: Page, product: Product, label: str) -> str:
    """One for one: a manager says yes to what comes back; nothing is paid, nothing given."""
    begin(page, label)
    page.keyboard.type(pin_of(product, "owner"))
    expect(page.locator("#exchange-back")).to_contain_text("−2,50")
    page.keyboard.press("F8")  # an empty cart is not held
    page.keyboard.press("Escape")
    scan(page, COFFEE)
    expect(page.locator("#exchange-net")).to_contain_text("0,00")
    page.keyboard.press("F8")
    said = page.locator(".toast", has_text="Prvo završite zamjenu")
    said.get_by_role("button").click()
    expect(said).to_have_count(0)
    assert look(page, "phone") + look(page, "desk") == []
    page.keyboard.press("F4")
    expect(page.locator("#amount-due")).to_contain_text("0,00")
    expect(sheet(page, "pay")).to_contain_text("Nema doplate ni povrata")
    assert look(page, "phone") + look(page, "tablet") + look(page, "desk") == []
    made = finish(page)
    page.locator(".paid__receipt > summary").click()
    expect(page.locator("dialog[data-sheet=paid] .slip")).to_contain_text("Zamjena")
    next_sale(page)
    return made


@pytest.mark.feature("POS-43")
def test_even_dearer_and_cheaper_with_no_network_and_both_stand_in_the_office(page: Page, product: Product) -> None:
    page.emulate_media(reduced_motion="reduce")
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    change_person(page, pin_of(product, "cashier"))
    label = sold(page, 4, "10")
    sent(page)
    page.context.set_offline(True)
    first = even(page, product, label)

    # two for one: what is left of the worth goes back
    change_person(page, pin_of(product, "owner"))
    begin(page, label, pieces=2)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("Za vratiti")
    expect(page.locator("#exchange-net")).to_contain_text("2,50")
    page.keyboard.press("F4")
    expect(sheet(page, "pay")).to_contain_text("Vratite u gotovini")
    second = finish(page)
    expect(page.locator("#given-back")).to_contain_text("2,50")
    next_sale(page)

    # one for two: the difference is paid; taken off and begun again first
    begin(page, label)
    page.locator("#exchange-back button").click()
    expect(page.locator("#exchange-back")).to_have_count(0)
    begin(page, label)
    scan(page, COFFEE)
    scan(page, COFFEE)
    expect(page.locator("#exchange-net")).to_contain_text("2,50")
    page.keyboard.press("F4")
    page.locator("#received").fill("10")
    third = finish(page)
    expect(page.locator("#change-due")).to_contain_text("7,50")
    next_sale(page)

    # nothing is left of the receipt, and an exchange is not voided alone
    scan(page, label)
    expect(sheet(page, "receipt-detail").locator("[data-act=refund]")).to_be_disabled()
    page.keyboard.press("Escape")
    scan(page, third)
    expect(sheet(page, "receipt-detail").locator("[data-act=void]")).to_be_disabled()
    page.keyboard.press("Escape")
    page.context.set_offline(False)
    sent(page)
    in_the_office(page, product, label, (first, second, third))


def in_the_office(page: Page, product: Product, label: str, sales: tuple[str, ...]) -> None:
    """Numbers without a hole: refund, sale, refund, sale …; each pair linked, nothing waiting for a manager."""
    numbers = [int(made.split("-")[1]) for made in sales]
    start = int(label.split("-")[1])
    assert numbers == [start + 2, start + 4, start + 6]
    sign_in_to_the_office(page, product)
    page.goto("/backoffice/review/")
    expect(page.locator("tbody tr")).to_have_count(0)
    page.goto(f"/backoffice/sales/?q={sales[0]}")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text("Exchanged for")
    assert look(page, "phone") + look(page, "desk") == []
    page.get_by_role("link", name="Exchanged for").click()
    expect(page.locator("main h1")).to_contain_text(f"-{numbers[0] - 1}")
    expect(page.locator("main")).to_contain_text(f"Sale {sales[0]}")
    expect(page.locator("main")).to_contain_text(label)
