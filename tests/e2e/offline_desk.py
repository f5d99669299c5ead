"""The till that is walked through without a network, and the plays that say what each row of the table is (docs/till.md)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in_to_the_office
from tests.e2e.conftest import ROOT, Product
from tests.e2e.kept import kept
from tests.e2e.test_deals import sheet
from tests.e2e.test_line import COFFEE, pay_cash, scan

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
        if kept(desk.page, "place")["settings"].get(code) is wanted:
            return
        desk.page.wait_for_timeout(1_000)
    raise AssertionError(f"{code} did not arrive")
