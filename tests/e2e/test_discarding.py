"""What waits at a till thrown away: never without a file and an admin's PIN, and the office hears of it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import pin_of, sign_in_to_the_office
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_deals import approve, sheet
from tests.e2e.test_no_network import ready, sell, waiting

pytestmark = [pytest.mark.e2e]
REASON = "Reklamacija"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of these tests."""
    with Product(tmp_path_factory.mktemp("discarding")) as made:
        yield made


def open_discard(page: Page) -> None:
    page.locator("#status").click()
    pending = sheet(page, "pending")
    pending.get_by_text("Napredno").click()
    pending.get_by_role("button", name="Odbaci").click()
    expect(sheet(page, "discard").get_by_role("button", name="Odbaci")).to_be_disabled()


def save(page: Page) -> list[int]:
    """The numbers of the receipts in the file."""
    with page.expect_download() as download:
        sheet(page, "discard").get_by_role("button", name="Izvezi").click()
    expect(sheet(page, "discard").get_by_role("button", name="Odbaci")).to_be_enabled()
    queue = json.loads(download.value.path().read_text())["queue"]
    return [operation["body"]["number"] for operation in queue if operation["kind"] == "sale.settle"]


def thrown_away(page: Page, pin: str) -> None:
    sheet(page, "discard").get_by_role("button", name="Odbaci").click()
    approve(page, pin, REASON)
    expect(sheet(page, "discard")).to_have_count(0)
    expect(page.locator(".toast").last).to_contain_text("Odbačeno")
    page.keyboard.press("Escape")
    expect(sheet(page, "pending")).to_have_count(0)


@pytest.mark.feature("SET-20")
def test_what_waits_goes_only_after_the_file_and_an_admins_pin_and_the_office_sees_it(page: Page, product: Product) -> None:
    ready(page, product)
    first = sell(page)
    waiting(page, 0)
    page.context.set_offline(True)
    gone = [sell(page) for _ in range(2)]
    waiting(page, 2)
    open_discard(page)
    assert look(page, "phone") + look(page, "desk") == []
    assert save(page) == [int(label.split("-")[1]) for label in gone]

    # a manager has no right to it, and never entered a PIN here besides
    sheet(page, "discard").get_by_role("button", name="Odbaci").click()
    approve(page, pin_of(product, "manager"), REASON)
    expect(sheet(page, "approve").locator(".pad__error")).to_contain_text("ne može")
    expect(sheet(page, "approve")).to_contain_text("5,00")
    page.keyboard.press("Escape")
    waiting(page, 2)
    thrown_away(page, product.people[0]["pin"])  # with no network: of whom this browser knows the PIN
    waiting(page, 1)  # what says so waits, and cannot be thrown away
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()

    page.context.set_offline(False)
    waiting(page, 0)
    page.route("**/pos/operations", lambda route: route.fulfill(status=503, json={"error": {"code": "busy", "message": ""}}))
    online = sell(page)
    waiting(page, 1)
    open_discard(page)
    save(page)
    thrown_away(page, product.people[0]["pin"])  # asked of the server
    page.unroute("**/pos/operations")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    waiting(page, 0)
    last = sell(page)
    waiting(page, 0)
    assert int(last.split("-")[1]) == 5, "numbers are never given twice"
    seen_in_the_office(page, product, kept=[first, last], gone=[*gone, online])


def seen_in_the_office(page: Page, product: Product, *, kept: list[str], gone: list[str]) -> None:
    sign_in_to_the_office(page, product)
    for label, rows in [*((label, 1) for label in kept), *((label, 0) for label in gone)]:
        page.goto(f"/backoffice/sales/?q={label}")
        expect(page.locator("tbody tr")).to_have_count(rows)
    page.goto("/backoffice/audit/?kind=queue.discarded")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.locator("tbody a").last.click()
    for said in (f"{gone[0]} – {gone[1]}", product.people[0]["name"], REASON, "5.00"):
        expect(page.locator("main")).to_contain_text(said)
    page.get_by_role("link", name="Open what it is about").click()
    thrown = page.locator("section", has_text="Thrown away there before it was sent").last
    expect(thrown.locator("tbody tr")).to_have_count(2)
    expect(thrown).to_contain_text(gone[2])
    assert look(page, "phone") + look(page, "desk") == []
