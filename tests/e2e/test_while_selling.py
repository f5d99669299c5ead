"""What happens in the office while somebody sells: the till follows at once, and whatever is in the cart stays there."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.kept import kept
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.test_ways_in import by_role, owner_of, sign_in

pytestmark = [pytest.mark.e2e]
# A sign of life every half minute: the longest that a till does not hear of something.
SOON = 45_000


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of these tests: they change its settings and people."""
    with Product(tmp_path_factory.mktemp("selling")) as made:
        yield made


@pytest.fixture
def office(chromium: Browser, product: Product) -> Iterator[Page]:
    """The owner at another computer."""
    context = chromium.new_context(base_url=product.url, locale="en-GB")
    context.add_cookies([{"name": "smartpos_language", "value": "en", "url": product.url}])
    page = context.new_page()
    sign_in(page, owner_of(product))
    page.wait_for_url("**/backoffice/**")
    yield page
    context.close()


def set_in(office: Page, tab: str, name: str, text: str) -> None:
    office.goto(f"/backoffice/settings/{tab}/")
    office.locator(f'[name="{name}"]').fill(text)
    office.get_by_role("button", name="Save").first.click()
    expect(office.locator("main")).to_contain_text("Saved")


def wait(page: Page, seconds: int) -> None:
    """Let the till's clock go on without anybody touching it; it looks every five seconds."""
    page.evaluate("seconds => { const real = Date.now.bind(Date); Date.now = () => real() + seconds * 1000; }", seconds)
    page.wait_for_timeout(6_000)


@pytest.mark.feature("SET-21")
def test_what_is_saved_holds_at_the_open_till_and_its_cart_stays(page: Page, product: Product, office: Page) -> None:
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    set_in(office, "currency", "currency.symbol", "Mk")
    expect(page.locator("#pay")).to_contain_text("Mk", timeout=SOON)
    expect(page.locator("#pay")).to_contain_text("2,50")
    expect(page.locator("#lines .line__name")).to_have_count(1)


@pytest.mark.feature("DSH-01")
def test_the_open_dashboard_counts_a_sale_without_being_asked(page: Page, product: Product, office: Page) -> None:
    enrol_and_sign_in(page, product)
    office.goto("/backoffice/")
    tile = office.locator("#tile-transactions .stat__value").first
    before = int(tile.inner_text())
    scan(page, COFFEE)
    pay_cash(page, "2.50")
    expect(tile).to_have_text(str(before + 1), timeout=SOON)


@pytest.mark.feature("AUT-14")
def test_an_untouched_till_locks_after_the_minutes_that_are_set_and_a_dismissed_person_is_out(
    page: Page, product: Product, office: Page
) -> None:
    cashier = by_role(product, "cashier")
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    set_in(office, "pos", "pos.idle_minutes", "3")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")
    lock = page.locator("dialog.lock")
    for _ in range(SOON // 1000):
        if kept(page, "place")["settings"]["pos.idle_minutes"] == 3:
            break
        page.wait_for_timeout(1_000)
    assert kept(page, "place")["settings"]["pos.idle_minutes"] == 3
    wait(page, 150)
    expect(lock).to_have_count(0)
    wait(page, 40)
    expect(lock).to_be_visible()
    expect(page.locator("#lines .line__name")).to_have_count(1)
    page.keyboard.type(cashier["pin"])
    expect(lock).to_have_count(0)
    expect(page.locator("#who")).to_contain_text(cashier["name"])
    expect(page.locator("#lines .line__name")).to_have_count(1)

    office.goto("/backoffice/employees/")
    office.get_by_role("link", name=cashier["name"]).first.click()
    office.get_by_role("link", name="Deactivate").click()
    office.locator("main form button").first.click()
    expect(lock).to_be_visible(timeout=SOON)
    page.keyboard.type(cashier["pin"])
    expect(page.locator("#pin-error")).not_to_be_empty()
    page.keyboard.type(owner_of(product)["pin"])
    expect(lock).to_have_count(0)
    expect(page.locator("#lines .line__name")).to_have_count(1)


@pytest.mark.feature("SEC-10")
def test_a_revoked_till_is_out_at_once_and_what_it_sold_before_still_arrives(
    page: Page, product: Product, office: Page
) -> None:
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")
    page.context.set_offline(True)
    scan(page, COFFEE)
    label = pay_cash(page, "2.50")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "1")

    office.goto("/backoffice/devices/")
    office.get_by_role("link", name="Front counter").first.click()
    office.get_by_role("link", name="Revoke").click()
    office.locator("main form button").first.click()
    page.context.set_offline(False)
    expect(page.locator("#code")).to_be_visible(timeout=SOON)
    page.goto("/pos/")
    expect(page.locator("#code")).to_be_visible()
    row = office.locator("tbody tr", has_text="The device was revoked before this arrived.")
    for _ in range(30):
        office.goto("/backoffice/review/")
        if row.count():
            break
        office.wait_for_timeout(1_000)
    row.get_by_role("link").first.click()
    series, _dash, number = label.rpartition("-")
    office.locator("details summary").click()
    expect(office.locator("pre.raw")).to_contain_text(f'"number": {number}')
    expect(office.locator("pre.raw")).to_contain_text(f'"series": "{series}"')
