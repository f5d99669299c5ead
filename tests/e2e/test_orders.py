"""Held carts at two tills, and a whole day's work without a mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import enrol_and_sign_in, sign_in_to_the_office
from tests.e2e.conftest import Product, browse
from tests.e2e.keyboard import burst
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, scan

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def second(chromium: Browser, product: Product) -> Iterator[Page]:
    """Another browser, for the second till of the same store."""
    yield from browse(chromium, product)


def hold(page: Page, note: str) -> None:
    expect(page.locator("#hold")).to_be_enabled()
    page.keyboard.press("F8")
    page.locator("#hold-note").fill(note)
    page.keyboard.press("Enter")
    expect(page.locator("dialog[data-sheet=hold]")).to_have_count(0)
    expect(page.locator("#lines .line")).to_have_count(0)


def sent(page: Page) -> None:
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=40_000)


def own_cart_without_a_network(page: Page, product: Product) -> None:
    """Empty: nothing to hold. With no network: held with its note, and taken back from this browser."""
    held, count = page.locator("[data-order]"), page.locator("#nav-held .rail__count")
    expect(page.locator("#hold")).to_be_disabled()
    page.context.set_offline(True)
    scan(page, COFFEE)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("5,00")
    page.keyboard.press("%")
    page.locator("dialog[data-sheet=deal] [data-percent='5']").click()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[data-sheet=deal]")).to_have_count(0)
    expect(page.locator("#lines")).to_contain_text("5 %")
    before = page.locator("#pay").text_content() or ""
    hold(page, "Plava jakna")
    expect(page.locator("#lines .line")).to_have_count(0)
    expect(count).to_have_text("1")
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    page.keyboard.press("F8")
    expect(held).to_contain_text("Plava jakna")
    held.click()
    expect(page.locator("#pay")).to_have_text(before)
    expect(page.locator("#lines")).to_contain_text("5 %")
    expect(count).to_be_hidden()
    hold(page, "Plava jakna")
    page.context.set_offline(False)
    sent(page)


@pytest.mark.feature("POS-24")
@pytest.mark.feature("POS-25")
def test_a_cart_is_held_offline_taken_at_another_till_and_gone_here(page: Page, second: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    enrol_and_sign_in(second, product, terminal=1, role="manager")
    own_cart_without_a_network(page, product)
    held, count = page.locator("[data-order]"), page.locator("#nav-held .rail__count")

    # Not empty when another is wanted: held first, put together, or left.
    scan(page, COFFEE)
    expect(page.locator("#lines .line")).to_have_count(1)
    page.locator("#nav-held").click()
    held.click()
    expect(page.locator("dialog[data-sheet=held-where] .button")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    hold(page, "Druga")
    expect(count).to_have_text("2")

    # The second till sees both within seconds and takes one; here it goes.
    expect(second.locator("#nav-held .rail__count")).to_have_text("2", timeout=10_000)
    second.locator("#nav-held").click()
    second.locator("[data-order]").filter(has_text="Plava").click()
    expect(second.locator("#lines")).to_contain_text("5 %")
    expect(count).to_have_text("2")
    page.locator("#nav-held").click()
    expect(page.locator("[data-order][aria-disabled]")).to_contain_text("Plava")
    page.keyboard.press("Escape")

    # Paid there: gone everywhere. The other waits, and whoever closes the shift reads of it.
    expect(second.locator("dialog[open]")).to_have_count(0)
    second.keyboard.press("F4")
    second.locator("#received").fill("50")
    second.keyboard.press("Enter")
    second.locator("#change-due").wait_for()
    sent(second)
    expect(count).to_have_text("1", timeout=10_000)
    page.locator("#nav-more").click()
    page.get_by_role("button", name="Zaključi smjenu").click()
    expect(page.locator("dialog[data-sheet=closing]")).to_contain_text("Druga")


def keys_of_the_browser(page: Page) -> None:
    """The browser's own F keys do nothing; a help sheet says what ours do, and Escape closes it."""
    key = page.keyboard
    page.evaluate(
        "() => { globalThis.kept = []; addEventListener('keydown', (event) => kept.push([event.key, event.defaultPrevented])); }"
    )
    for name in ("F3", "F4", "F2"):
        key.press(name)
    assert page.evaluate("kept") == [["F3", True], ["F4", True], ["F2", True]]
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("#search").blur()
    key.press("?")
    expect(page.locator("dialog[data-sheet=keys]")).to_contain_text("F8")
    wrong = {size: found for size in ("phone", "desk") if (found := look(page, size))}
    assert wrong == {}
    key.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def finding(page: Page) -> None:
    """Enter in the search looks a barcode up; words and arrows lead to a tile."""
    key, lines = page.keyboard, page.locator("#lines .line")
    key.press("F3")
    key.type(COFFEE, delay=150)
    key.press("Enter")
    expect(lines).to_have_count(1)
    key.press("F3")
    key.type("jogurt cas", delay=150)
    key.press("ArrowDown")
    expect(page.locator(".tile").first).to_be_focused()
    key.press("Enter")
    expect(lines).to_have_count(2)


def steps(page: Page) -> None:
    """+ and − speak of the chosen line, never in a field and never as part of a scan; Delete takes it off, with a way back."""
    key, lines = page.keyboard, page.locator("#lines .line")
    key.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    key.type("++")
    expect(page.locator("#search")).to_have_value("jogurt cas++")
    key.press("Control+a")
    key.press("Delete")
    key.press("ArrowUp")
    expect(lines.first).to_have_attribute("aria-current", "true")
    page.locator("#search").blur()
    key.press("+")
    expect(lines.first).to_contain_text("2 ×")
    key.press("+")
    expect(lines.first).to_contain_text("3 ×")
    key.press("-")
    expect(lines.first).to_contain_text("2 ×")
    burst(page, "+-+", enter=False)
    page.wait_for_timeout(300)
    expect(lines.first).to_contain_text("2 ×")
    key.press("ArrowDown")
    key.press("Delete")
    expect(lines).to_have_count(1)


def held_and_back(page: Page) -> None:
    key, lines = page.keyboard, page.locator("#lines .line")
    key.press("F8")
    expect(page.locator("#hold-note")).to_be_focused()
    key.type("stol kod prozora")
    key.press("Enter")
    expect(lines).to_have_count(0)
    expect(page.locator("dialog[open]")).to_have_count(0)
    key.press("F8")
    mine = page.locator("[data-order]").filter(has_text="stol kod prozora")
    expect(mine).to_be_visible()
    for _ in range(20):
        if mine.evaluate("(element) => element === document.activeElement"):
            break
        key.press("Tab")
    key.press("Enter")
    expect(page.locator("#pay")).to_contain_text("5,00")


def paid_and_next(page: Page) -> None:
    """New sale asks while something is there; then paid in cash, and the next one begins with F2."""
    key, lines, pay = page.keyboard, page.locator("#lines .line"), page.locator("#pay")
    key.press("F2")
    expect(page.locator("dialog[data-sheet=clear]")).to_be_visible()
    key.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(pay).to_contain_text("5,00")
    key.press("F4")
    expect(page.locator("#received")).to_be_focused()
    key.type("10")
    key.press("Enter")
    expect(page.locator("#change-due")).to_contain_text("5,00")
    key.press("F2")
    expect(page.locator("dialog[open]")).to_have_count(0)
    burst(page, COFFEE)
    expect(lines).to_have_count(1)


@pytest.mark.feature("POS-49")
def test_a_sale_from_the_pin_to_the_next_one_without_a_mouse(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.keyboard.press("Enter")
    page.locator(".tile").first.wait_for()
    keys_of_the_browser(page)
    finding(page)
    steps(page)
    held_and_back(page)
    paid_and_next(page)


def test_practice_says_so_on_till_and_slip_also_with_no_network(page: Page, product: Product, second: Page) -> None:
    enrol_and_sign_in(page, product, terminal=1, role="manager")
    sent(page)
    place = page.evaluate(
        "async () => (await (await fetch('/pos/device', { headers: { 'X-SmartPOS-Till': '1' } })).json()).terminal"
    )

    def practise(*, on: bool) -> None:
        second.goto(f"/backoffice/terminals/{place['id']}/")
        second.locator("#id_training").set_checked(on)
        second.locator("form .button--primary").click()
        second.locator(".toast").first.wait_for()

    sign_in_to_the_office(second, product)
    banner = page.locator("#training")
    expect(banner).to_be_hidden()
    practise(on=True)
    expect(banner).to_be_visible(timeout=10_000)
    wrong = {size: found for size in ("phone", "desk") if (found := look(page, size))}
    assert wrong == {}
    page.context.set_offline(True)
    scan(page, COFFEE)
    hold(page, "Vježba")
    page.keyboard.press("F8")
    page.locator("[data-order]").filter(has_text="Vježba").click()
    expect(page.locator("#pay")).to_contain_text("2,50")
    page.keyboard.press("F4")
    expect(page.locator("dialog[data-sheet=pay] h2")).to_contain_text("Probni rad")
    page.locator("#received").fill("10")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[data-sheet=paid] h2")).to_contain_text("TEST-")
    expect(page.locator("dialog[data-sheet=paid] .slip__training").first).to_have_text("PROBNI RAD · NIJE RAČUN")
    page.keyboard.press("Escape")
    page.context.set_offline(False)
    sent(page)
    scan(page, COFFEE)
    expect(page.locator("#lines .line")).to_have_count(1)
    practise(on=False)
    expect(banner).to_be_hidden(timeout=10_000)
    expect(page.locator("#lines .line")).to_have_count(0)
