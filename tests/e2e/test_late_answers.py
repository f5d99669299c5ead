"""A payment link whose answer does not come in time (in Bosnian): a late no is told, and the cart is there again (POS-30)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, enrol_and_sign_in, pay_cash, scan
from tests.e2e.test_online import TO, back_to_the_till, connect_simulator, open_links

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: its gateway comes and goes."""
    made = Product(tmp_path)
    made.start()
    yield made
    made.kill()


class Line:
    """The way to the server: it can let nothing through that makes a link."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def cut(self) -> None:
        self.page.route("**/pos/operations", self._held_up)

    def mend(self) -> None:
        self.page.unroute("**/pos/operations")
        self.page.locator("#status").click()
        self.page.get_by_role("button", name="Pošalji").click()
        self.page.keyboard.press("Escape")

    @staticmethod
    def _held_up(route: Route) -> None:
        if "link.make" in (route.request.post_data or ""):
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
