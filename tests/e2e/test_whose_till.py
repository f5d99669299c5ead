"""What a browser keeps and for whom: seven days of a PIN, nothing for another business, and a copy of a till."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import sign_in_to_the_office
from tests.e2e.conftest import ROOT, Product, browse
from tests.e2e.test_deals import sheet
from tests.e2e.test_no_network import ready, sell, waiting

pytestmark = [pytest.mark.e2e]
KNOWN_HERE = "Bez mreže vrijedi samo PIN"
# Everything that the browser keeps, as text; keys that cannot be read out by their name alone.
KEPT = """async () => {
  const open = (name) => new Promise((done, no) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = no;
  });
  const all = (store, what) => new Promise((done, no) => {
    const asked = store[what]();
    asked.onsuccess = () => done(asked.result);
    asked.onerror = no;
  });
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const db = await open(name);
    for (const store of db.objectStoreNames) {
      const each = db.transaction(store).objectStore(store);
      found[store] = JSON.stringify([await all(each, "getAllKeys"), await all(db.transaction(store).objectStore(store), "getAll")]);
    }
    db.close();
  }
  for (const name of await caches.keys()) found[`cache ${name}`] = (await (await caches.open(name)).keys()).map(({ url }) => url).join(" ");
  return { ...found, local: JSON.stringify(localStorage) };
}"""
# What a copied profile has: the numbers that were given, and where it stands.
COUNTERS = """() => new Promise((done) => {
  const asked = indexedDB.open("smartpos-till");
  asked.onsuccess = () => {
    const read = asked.result.transaction("kv").objectStore("kv").get("counters");
    read.onsuccess = () => done(read.result);
  };
})"""
OTHER = """
from datetime import UTC, datetime
from smartpos.context import acting
from smartpos.people.services.devices import make_enrolment_code
from tests.world import make_world
world = make_world("B")
with acting(business_id=world.business.pk, actor_id=world.owner.pk):
    print(make_enrolment_code(world.terminal, by=world.owner, at=datetime.now(UTC)))
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of these tests."""
    with Product(tmp_path_factory.mktemp("whose-till")) as made:
        yield made


@pytest.fixture
def copied(chromium: Browser, product: Product) -> Iterator[Page]:
    """Another browser, for the copy of a till."""
    yield from browse(chromium, product)


@pytest.mark.feature("OFF-18")
def test_a_pin_is_good_for_seven_days_with_no_network_and_again_after_a_look_at_the_server(
    page: Page, product: Product
) -> None:
    ready(page, product)
    pin = product.people[0]["pin"]
    began = datetime.now(UTC)
    page.context.set_offline(True)

    def days_later(days: float) -> None:
        page.clock.set_fixed_time(began + timedelta(days=days))
        page.reload()
        page.locator("#pin").wait_for()
        expect(page.locator("#pin")).to_be_focused()
        page.keyboard.type(pin)

    days_later(6.9)
    page.locator(".tile").first.wait_for()
    days_later(7.1)
    expect(page.locator("#pin-error")).to_contain_text(KNOWN_HERE)
    page.context.set_offline(False)
    page.keyboard.type(pin)
    page.locator(".tile").first.wait_for()
    page.context.set_offline(True)
    days_later(8)  # entered again: good again
    page.locator(".tile").first.wait_for()
    page.context.set_offline(False)
    waiting(page, 0)


def enrol_elsewhere(page: Page, product: Product) -> None:
    """The former device is revoked with something unsent, and the browser becomes another business's till."""
    asked = [sys.executable, "manage.py", "shell", "-v0", "-c", OTHER]
    code = subprocess.run(asked, cwd=ROOT, env=product.env, check=True, capture_output=True, text=True).stdout.split()[-1]
    page.goto(f"/pos/?code={code}")
    page.locator("#name").fill("Another shop")
    page.locator("button[type=submit]").click()
    expect(page.locator(".gate h1")).to_have_text("Store B")


@pytest.mark.feature("OFF-18")
def test_a_browser_that_becomes_another_businesss_till_keeps_nothing_of_the_former_one(page: Page, product: Product) -> None:
    ready(page, product)
    sell(page)
    waiting(page, 0)
    page.route("**/pos/operations", lambda route: route.abort())
    unsent = sell(page)
    waiting(page, 1)
    kept = page.evaluate(KEPT)
    owner, store = product.people[0], page.evaluate("() => document.title")
    assert owner["name"] in kept["kv"], store

    office = page.context.new_page()
    sign_in_to_the_office(office, product)
    office.goto("/backoffice/devices/")
    office.get_by_role("link", name="Front counter").first.click()
    office.get_by_role("link", name="Revoke").click()
    office.locator("main form button").first.click()
    office.close()
    expect(page.locator("#code")).to_be_visible(timeout=15_000)
    enrol_elsewhere(page, product)

    kept = page.evaluate(KEPT)
    parked = kept.pop("parked")
    for mine in (owner["name"], "Espresso dupli", "Kafa", unsent):
        assert mine not in "".join(kept.values()), mine
    assert unsent.split("-")[0] in parked, "what was not sent is not lost"
    page.context.set_offline(True)
    page.keyboard.type(owner["pin"])  # B's owner has another one
    expect(page.locator("#pin-error")).to_contain_text("With no network only the PIN")  # this shop speaks English
    page.context.set_offline(False)
    page.unroute("**/pos/operations")
    page.keyboard.type("1111")
    page.locator("#float").fill("10")
    page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()
    waiting(page, 0)
    page.locator("#status").click()
    expect(sheet(page, "pending")).to_contain_text("Everything has been sent")
    page.keyboard.press("Escape")
    page.locator("#nav-receipts").click()
    expect(sheet(page, "receipts").locator(".list__item")).to_have_count(0)


@pytest.mark.feature("POS-33")
def test_a_copied_till_gives_a_number_again_which_is_marked_and_no_sale_is_lost(
    page: Page, copied: Page, product: Product
) -> None:
    ready(page, product)
    first = sell(page)
    waiting(page, 0)
    assert first.endswith("-1")
    copied.context.add_cookies(page.context.cookies())
    copied.goto("/pos/")
    copied.locator("#pin").wait_for()
    copied.keyboard.type(product.people[0]["pin"])
    copied.locator(".tile").first.or_(copied.locator(".places .list__item").first).first.wait_for()
    if copied.locator(".places .list__item").first.is_visible():
        copied.locator(".places .list__item").first.click()
        copied.locator(".tile").first.wait_for()
    waiting(copied, 0)
    assert copied.evaluate(COUNTERS)["number"] == page.evaluate(COUNTERS)["number"]

    for each in (page, copied):
        each.context.set_offline(True)
    labels = {sell(page), sell(copied)}
    assert len(labels) == 1, "the same number from both"
    for each in (page, copied):
        each.context.set_offline(False)
        waiting(each, 0)
    # the copy cannot know: each goes on, and every number that both gave is marked
    label = labels.pop()
    sign_in_to_the_office(page, product)
    page.goto(f"/backoffice/sales/?q={label}")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.goto(f"/backoffice/sales/?q={label}")
    said = []
    for row in range(2):
        page.goto(f"/backoffice/sales/?q={label}")
        page.locator("tbody tr").nth(row).locator("a").first.click()
        expect(page.locator("main h1")).to_contain_text(label)
        said.append(page.locator("main", has_text="The number stands on another document too.").count())
    assert sum(said) == 1, "the later one says so"
