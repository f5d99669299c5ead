"""A walk with no network: who walks, what the steps are registered by, and the ways that many of them take."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, Product
from tests.e2e.test_deals import sheet
from tests.e2e.test_orders import sent

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
