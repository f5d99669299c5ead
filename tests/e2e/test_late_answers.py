"""A payment link whose answer does not come in time (in Bosnian): a late no is told, and the cart is there again (POS-30).

So is the late no to mailing a link once more and to cancelling it: the customer was quicker (POS-31).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.test_online import (
    TO,
    back_to_the_till,
    connect_simulator,
    mailed_link,
    open_links,
    pay_in_another_browser,
    send_link,
)

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: its gateway comes and goes."""
    with Product(tmp_path) as made:
        yield made


class Line:
    """The way to the server: it can let nothing through that makes a link, or does something else with one."""

    def __init__(self, page: Page, *kinds: str) -> None:
        self.page = page
        self.kinds = kinds or ("link.make",)

    def cut(self) -> None:
        self.page.route("**/pos/operations", self._held_up)

    def mend(self) -> None:
        self.page.unroute("**/pos/operations")
        self.page.locator("#status").click()
        self.page.get_by_role("button", name="Pošalji").click()
        self.page.keyboard.press("Escape")

    def _held_up(self, route: Route) -> None:
        if any(kind in (route.request.post_data or "") for kind in self.kinds):
            return route.abort()
        return route.continue_()


def press_send_and_hear_nothing(page: Page) -> None:
    """After twelve seconds the till is free again; the link is on its way as far as anybody knows."""
    scan(page, COFFEE)
    page.keyboard.press("F4")
    page.locator("[data-way=online]").click()
    page.locator("#link-to").fill(TO)
    page.locator(".pay__done").click()
    expect(page.locator(".toast")).to_contain_text("nije odgovorio", timeout=20_000)
    expect(page.locator("#lines .line")).to_have_count(0)


def disconnect(office: Page) -> None:
    """Nobody takes money online any more."""
    office.goto("/backoffice/gateways/")
    office.get_by_role("button", name="Disconnect").first.click()
    expect(office.get_by_role("button", name="Disconnect")).to_have_count(0)


def take_the_cart_back(page: Page) -> None:
    """Why it was not sent, and the cart as it was."""
    unsent = page.locator("dialog[data-sheet=links] [data-unsent]")
    expect(unsent).to_have_count(1)
    expect(unsent).to_contain_text("više nije povezan")
    assert not [found for size in ("phone", "tablet", "desk") if (found := look(page, size))]
    unsent.locator("[data-act=take]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#pay")).to_contain_text("2,50")
    expect(page.locator("#unsent-links")).to_be_hidden()


@pytest.mark.feature("POS-30")
def test_a_no_that_comes_late_is_told_and_gives_the_cart_back_also_after_a_reload(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    connect_simulator(page)
    back_to_the_till(page, product)
    line, office = Line(page), page.context.new_page()
    line.cut()
    press_send_and_hear_nothing(page)
    line.mend()
    open_links(page)
    expect(page.locator("dialog[data-sheet=links] [data-state=waiting]")).to_have_count(1, timeout=15_000)  # a yes
    page.keyboard.press("Escape")
    expect(page.locator("#unsent-links")).to_be_hidden()

    line.cut()
    press_send_and_hear_nothing(page)
    disconnect(office)
    line.mend()
    told = page.locator(".toast", has_text="server ga nije napravio")
    expect(told).to_be_visible(timeout=15_000)
    expect(page.locator("#unsent-links")).to_have_text("1")
    told.get_by_role("button", name="Pokaži").click()
    take_the_cart_back(page)
    pay_cash(page, "2.50")
    page.keyboard.press("Enter")

    connect_simulator(office)
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    line.cut()
    press_send_and_hear_nothing(page)
    disconnect(office)
    page.reload()  # nobody is there to hear the answer
    page.unroute("**/pos/operations")
    expect(page.locator("#pin")).to_be_visible()
    page.wait_for_timeout(3_000)
    page.keyboard.type(product.people[0]["pin"])
    expect(page.locator("#unsent-links")).to_have_text("1", timeout=30_000)
    open_links(page)
    take_the_cart_back(page)
    office.close()


def again_and_cancel_and_hear_nothing(page: Page) -> None:
    """Mail it once more, then cancel it: neither is answered in time, each says so, and the list is at hand again."""
    waiting = page.locator("dialog[data-sheet=links] [data-state=waiting]")
    waiting.locator("[data-act=send]").click()
    page.locator("#link-again-to").fill("drugi@example.com")
    page.locator("dialog[data-sheet=link-again] button[type=submit]").click()
    expect(page.locator(".toast", has_text="drugi@example.com")).to_be_visible(timeout=20_000)
    expect(page.locator("dialog[data-sheet=link-again]")).to_have_count(0)
    waiting.locator("[data-act=x]").click()
    page.locator("dialog[data-sheet=link-cancel] .button--danger-fill").click()
    expect(page.locator(".toast", has_text="poništava čim odgovori")).to_be_visible(timeout=20_000)
    expect(page.locator("dialog[data-sheet=link-cancel]")).to_have_count(0)
    expect(waiting).to_have_count(1)  # nobody has said that it is cancelled


@pytest.mark.feature("POS-31")
def test_a_late_no_to_cancelling_and_to_mailing_again_is_told_and_the_payment_stands(
    page: Page, product: Product, chromium: Browser
) -> None:
    enrol_and_sign_in(page, product)
    connect_simulator(page)
    back_to_the_till(page, product)
    send_link(page)
    office = page.context.new_page()
    address = mailed_link(office)
    line = Line(page, "link.send", "link.cancel")
    line.cut()
    open_links(page)
    again_and_cancel_and_hear_nothing(page)

    label = pay_in_another_browser(chromium, address)
    expect(page.locator(".toast", has_text=label)).to_be_visible(timeout=40_000)
    row = page.locator("dialog[data-sheet=links] [data-link]")
    expect(row).to_have_attribute("data-state", "paid")
    page.keyboard.press("Escape")
    line.mend()
    told = page.locator(".toast", has_text="Prekasno")
    expect(told).to_have_count(2, timeout=20_000)  # one for each, by its act and its amount
    for act in ("nije ponovo poslan", "nije poništen"):
        expect(told.filter(has_text=act)).to_contain_text("KM")
    told.first.get_by_role("button", name="Pokaži").click()
    expect(row).to_have_attribute("data-state", "paid")
    page.keyboard.press("Escape")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    office.goto("/backoffice/mail/?q=drugi@example.com")
    expect(office.locator("tbody a")).to_have_count(0)  # nor was anything mailed that could not be paid
    office.close()
