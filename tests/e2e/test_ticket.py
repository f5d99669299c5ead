"""The ticket under a cashier's hands: tap, search, scan, amounts, what is taken back, on a counter, a tablet and a telephone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.keyboard import burst
from tests.e2e.test_line import COFFEE, scan
from tests.e2e.until import until

pytestmark = [pytest.mark.e2e]
UNKNOWN = "3870000999991"
LISTEN = """() => {
  window.tones = 0;
  const real = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () { window.tones += 1; return real.call(this); };
}"""
COLUMNS = "() => getComputedStyle(document.querySelector('#grid')).gridTemplateColumns.split(' ').length"


def expect_quantity(page: Page, text: str) -> None:
    """Of the line that steps and keys speak of."""
    expect(page.locator("#lines .line[aria-current] .line__quantity")).to_have_text(text)


def type_amount(page: Page, text: str) -> None:
    page.locator("#lines .line[aria-current] .line__quantity").click()
    page.locator("#quantity").fill(text)
    page.keyboard.press("Enter")


def taps(page: Page) -> None:
    """POS-01: each tap adds one, on the same line."""
    lines = page.locator("#lines .line")
    search = page.locator("#search")
    search.fill("voda 0,5")
    tile = page.locator(".tile").first
    expect(tile.locator(".tile__price")).to_contain_text("KM")
    tile.click()
    tile.click()
    expect(lines).to_have_count(1)
    expect_quantity(page, "2")


def searches(page: Page) -> None:
    """POS-02: by a part of the name whatever its marks, by number, by code; nothing is an empty shelf."""
    search = page.locator("#search")
    for text, found in (("DZEZ", "Džezva"), (COFFEE, "Kafa za van")):
        search.fill(text)
        expect(page.locator(".tile").first).to_contain_text(found)
    search.fill("nothing like it")
    expect(page.locator(".tile")).to_have_count(0)
    expect(page.locator("#grid .empty")).to_contain_text("nothing like it")


def types_codes(page: Page) -> None:
    """POS-03: Enter takes it as a code; one that nobody knows changes nothing, and is selected for the next try."""
    lines = page.locator("#lines .line")
    search = page.locator("#search")
    search.fill(COFFEE)
    page.keyboard.press("Enter")
    expect(lines).to_have_count(2)
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.evaluate(LISTEN)
    search.fill(UNKNOWN)
    page.keyboard.press("Enter")
    expect(page.locator("dialog[data-sheet=unknown]")).to_contain_text(UNKNOWN)
    until(page, "() => window.tones === 1")  # a sound says so too
    page.keyboard.press("Escape")
    until(page, "text => search.value.slice(search.selectionStart, search.selectionEnd) === text", UNKNOWN)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(lines).to_have_count(2)
    page.keyboard.type(COFFEE)
    page.keyboard.press("Enter")
    expect_quantity(page, "2")


def scans(page: Page) -> None:
    """POS-04: wherever the focus is, but never inside another field."""
    scan(page, COFFEE)
    expect_quantity(page, "3")
    page.locator("#lines .line[aria-current] .line__total").click()
    note = page.locator("dialog[open] #note")
    note.fill("")
    note.focus()
    burst(page, COFFEE, enter=False)
    expect(note).to_have_value(COFFEE)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect_quantity(page, "3")


def filters(page: Page) -> None:
    """POS-06: tabs, and all of it."""
    chips = page.locator("#chips .chip")
    expect(chips.first).to_have_attribute("aria-pressed", "true")
    everything = 60  # as many as the shelf shows
    expect(page.locator(".tile")).to_have_count(everything)
    chips.nth(2).click()
    expect(chips.nth(2)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tile")).not_to_have_count(everything)
    expect(page.locator(".tile")).not_to_have_count(0)
    chips.first.click()
    expect(page.locator(".tile")).to_have_count(everything)
    # a finger moves the strip where it is wider than the screen
    strip = "() => [getComputedStyle(chips).overflowX, chips.scrollWidth > chips.clientWidth]"
    until(page, f"() => String(({strip})()) === 'auto,true'")


def changes_amounts(page: Page) -> None:
    """POS-07: steps, a typed amount, and what is none."""
    lines = page.locator("#lines .line")
    page.locator(".line__steps button").last.click()
    expect_quantity(page, "4")
    type_amount(page, "7")
    expect_quantity(page, "7")
    for wrong in ("-1", "abc", "1,5"):
        type_amount(page, wrong)
        expect(page.locator("#quantity")).to_have_attribute("aria-invalid", "true")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect_quantity(page, "7")
    type_amount(page, "0")
    expect(lines).to_have_count(1)
    page.locator(".toast").get_by_role("button", name="Vrati").click()
    expect(lines).to_have_count(2)


def removes(page: Page) -> None:
    """POS-10: gone at once, and back."""
    lines = page.locator("#lines .line")
    page.locator("#lines .line").last.locator(".line__name").click()
    page.locator(".line__steps button").first.click()
    expect(lines).to_have_count(1)
    page.locator(".toast").get_by_role("button", name="Vrati").last.click()
    expect(lines).to_have_count(2)


def clears(page: Page) -> None:
    """POS-11: asked before all of it goes."""
    lines = page.locator("#lines .line")
    page.locator("#clear").click()
    expect(page.locator("dialog[data-sheet=clear]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(lines).to_have_count(2)
    page.locator("#clear").click()
    page.locator("dialog[data-sheet=clear] .button--danger-fill").click()
    expect(lines).to_have_count(0)


@pytest.mark.feature("POS-01", "POS-02", "POS-03", "POS-04", "POS-06")
def test_goods_are_found_by_tap_search_code_scanner_and_tab(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    for act in (taps, searches, types_codes, scans, filters):
        act(page)


@pytest.mark.feature("POS-07", "POS-10", "POS-11")
def test_amounts_are_changed_lines_taken_away_and_back_and_the_ticket_emptied(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    taps(page)
    for _ in range(3):
        scan(page, COFFEE)
    for act in (changes_amounts, removes, clears):
        act(page)


@pytest.mark.feature("POS-50", "POS-51")
def test_the_shelf_takes_the_width_there_is_and_on_a_telephone_the_ticket_is_a_bar(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    for width, height, columns in ((390, 844, {2}), (768, 1024, {4, 5}), (1024, 768, {3, 4})):
        page.set_viewport_size({"width": width, "height": height})
        until(page, f"fitting => fitting.includes(({COLUMNS})())", sorted(columns))
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), width
    page.set_viewport_size({"width": 390, "height": 844})
    bar, ticket = page.locator("#cart-bar"), page.locator("#ticket")
    scan_in = page.locator(".tile").nth(1)
    scan_in.click()
    expect(bar).to_contain_text("1")
    expect(bar.locator(".amount")).to_contain_text("KM")
    expect(page.locator("#pay")).not_to_be_in_viewport()
    bar.click()
    for what in (ticket.locator(".line"), page.locator("#pay"), page.locator("#discount"), page.locator("#customer")):
        expect(what.first).to_be_in_viewport()
    page.locator("#ticket-close").click()
    expect(page.locator("#pay")).not_to_be_in_viewport()
