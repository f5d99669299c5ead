"""Two tills without a network use the same points: both sales stand, the second is marked, what was not there is owed (LOY-14)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import enrol_and_sign_in, sign_in_to_the_office
from tests.e2e.conftest import Product, browse
from tests.e2e.kept import kept
from tests.e2e.test_line import COFFEE, scan
from tests.e2e.test_loyalty import attach, give, sent
from tests.e2e.test_review import set_page

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: points may be used with no network."""
    with Product(tmp_path) as made:
        yield made


@pytest.fixture
def second(chromium: Browser, product: Product) -> Iterator[Page]:
    """The second till's browser."""
    yield from browse(chromium, product)


def pay_with_all_points(page: Page) -> str:
    """With no network, against the balance that this till last heard of; answers the receipt's number."""
    page.keyboard.press("F4")
    part = page.locator(".pay__points")
    part.get_by_role("button", name="Iskoristi bodove").click()
    part.get_by_role("button", name="Najviše moguće").click()
    expect(part.locator(".pay__used")).to_be_visible()
    page.locator(".pay__done").click()
    page.locator("#change-due").wait_for()
    expect(page.locator(".slip").first).to_contain_text(re.compile(r"Bodovi \(\d{3}\)"))
    label = page.locator("dialog[data-sheet=paid] h2").inner_text().split("·")[1].strip()
    page.keyboard.press("Enter")
    return label


def heard(page: Page) -> None:
    """The till has heard that points may be used with no network."""
    for _second in range(60):
        if kept(page, "place")["settings"].get("loyalty.redeem_offline"):
            return
        page.wait_for_timeout(1_000)
    raise AssertionError("the setting did not arrive")


def marked(office: Page, label: str) -> bool:
    """Whether the receipt says that more points were used than were there."""
    office.goto(f"/backoffice/sales/?q={label}")
    office.locator("tbody a").first.click()
    expect(office.locator("h1")).to_contain_text(label)
    return "More points were used than were there" in office.locator("main").inner_text()


@pytest.mark.feature("LOY-14")
def test_the_same_points_at_two_tills_with_no_network_are_both_booked_and_one_is_flagged(
    page: Page, second: Page, product: Product
) -> None:
    sign_in_to_the_office(page, product)
    address = give(page, "500")
    enrol_and_sign_in(page, product)
    enrol_and_sign_in(second, product, terminal=1, role="manager")
    for each in (page, second):
        for _piece in range(5):
            scan(each, COFFEE)
        attach(each)
        expect(each.locator("#customer")).to_contain_text(re.compile(r"Bodovi:\s\d{3}"))
        sent(each)

    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    page.keyboard.press("F4")
    expect(page.locator(".pay__points").get_by_role("button", name="Iskoristi bodove")).to_be_disabled()
    expect(page.locator(".pay__points")).to_contain_text("samo dok je kasa povezana")  # off as shipped
    page.keyboard.press("Escape")
    page.context.set_offline(False)
    sent(page)
    office = page.context.new_page()
    set_page(office, "loyalty", loyalty__redeem_offline=True)
    for each in (page, second):
        expect(each.locator("#status")).to_have_attribute("data-link", "connected", timeout=20_000)
        heard(each)
        each.context.set_offline(True)
        expect(each.locator("#status")).to_have_attribute("data-link", "offline")
    labels = [pay_with_all_points(each) for each in (page, second)]
    for each in (page, second):
        each.context.set_offline(False)
        sent(each)
    assert [marked(office, label) for label in labels] == [False, True]
    office.goto(address)
    expect(office.locator("main")).to_contain_text("Owed")
