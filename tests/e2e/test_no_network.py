"""Selling while the network comes and goes: nothing is lost, nothing is doubled, nothing stands in the way (hard cases, section A)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import ROOT, Product
from tests.e2e.kept import kept
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.until import until

pytestmark = [pytest.mark.e2e]
OPERATIONS = "**/pos/operations"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of these tests."""
    with Product(tmp_path_factory.mktemp("no-network")) as made:
        yield made


def sell(page: Page) -> str:
    """One coffee, paid exactly; the receipt's number."""
    scan(page, COFFEE)
    label = pay_cash(page, "2.50")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    return label


def waiting(page: Page, count: int, *, within: int = 15_000) -> None:
    """The header's counter says so many."""
    expect(page.locator("#status")).to_have_attribute("data-waiting", str(count), timeout=within)


def booked(page: Page, label: str) -> int:
    """How often the office has a receipt."""
    page.goto(f"/backoffice/sales/?q={label}")
    return page.locator("tbody tr").count()


def ready(page: Page, product: Product) -> None:
    """At the till, with a worker that serves it and nothing to send."""
    enrol_and_sign_in(page, product)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    waiting(page, 0)


@pytest.mark.feature("OFF-04", "OFF-08", "OFF-15", "POS-54")
def test_a_lost_network_is_seen_counted_and_over_by_itself(page: Page, product: Product) -> None:
    ready(page, product)
    status = page.locator("#status")
    expect(page.locator("#bell")).to_be_visible()
    who = next(person["name"] for person in product.people if person["role"] == "owner")
    place = kept(page, "place")
    for text in (who, place["terminal"]["name"], place["store"]["name"]):
        expect(page.locator("#who")).to_contain_text(text)
    expect(status).to_have_attribute("data-link", "connected")
    expect(status.locator(".dot--ok")).to_be_visible()
    page.context.set_offline(True)
    expect(status).to_have_attribute("data-link", "offline", timeout=5_000)
    expect(status.locator(".dot--danger")).to_be_visible()
    sell(page)
    sell(page)
    waiting(page, 2)
    expect(status).to_contain_text("2")
    page.context.set_offline(False)
    waiting(page, 0)
    expect(status).to_have_attribute("data-link", "connected")
    expect(status).not_to_contain_text("2")
    # the browser's own flag says «online», and yet no answer comes
    page.route("**/pos/**", lambda route: route.abort())
    sell(page)
    expect(status).to_have_attribute("data-link", "offline")
    page.unroute("**/pos/**")
    status.click()
    page.get_by_role("button", name="Pošalji").click()
    page.keyboard.press("Escape")
    waiting(page, 0)


@pytest.mark.feature("OFF-06", "OFF-07", "OFF-10")
def test_a_second_outage_inside_the_sending_needs_nobody(page: Page, product: Product) -> None:
    """Hard cases 2 and 3: the line drops after the fourth of ten, the answers are lost, the rest goes when it is back."""
    ready(page, product)
    page.context.set_offline(True)
    labels = [sell(page) for _ in range(10)]
    waiting(page, 10)
    sent: list[list[str]] = []

    def drop_after_four(route: Route) -> None:
        request = json.loads(route.request.post_data or "{}")
        sent.append([operation["id"] for operation in request["operations"]])
        if len(sent) > 1:
            return route.continue_()
        route.fetch(post_data=json.dumps({"operations": request["operations"][:4]}))
        return route.abort()

    page.route(OPERATIONS, drop_after_four)
    page.context.set_offline(False)
    waiting(page, 0, within=20_000)
    assert len(sent) >= 2
    assert sent[0] == sent[1], "all ten again, in their order: none had an answer"
    assert [booked(page, label) for label in labels] == [1] * 10


@pytest.mark.feature("OFF-09")
def test_a_refused_operation_is_parked_with_its_reason_and_holds_nothing_up(page: Page, product: Product) -> None:
    """Hard case 7 at the till: what the server will not keep is kept here, to be looked at and taken along."""
    ready(page, product)
    page.context.set_offline(True)
    poison, *others = [sell(page) for _ in range(4)]

    def refuse_first(route: Route) -> None:
        request = json.loads(route.request.post_data or "{}")
        first, *rest = request["operations"]
        if first["body"].get("number") != int(poison.split("-")[1]):
            return route.continue_()
        answer = {"id": first["id"], "state": "refused", "marks": [], "result": None}
        refused = answer | {"error": {"code": "same_id_other_body", "message": "This was sent before, with another content."}}
        said = route.fetch(post_data=json.dumps({"operations": rest})).json()
        return route.fulfill(json={**said, "answers": [refused, *said["answers"]]})

    page.route(OPERATIONS, refuse_first)
    page.context.set_offline(False)
    waiting(page, 0)
    page.locator("#status").click()
    sheet = page.locator("dialog[data-sheet=pending]")
    expect(sheet).to_contain_text(poison)
    expect(sheet).to_contain_text("This was sent before, with another content.")
    with page.expect_download() as download:
        sheet.get_by_role("button", name="Izvezi").click()
    kept = json.loads(download.value.path().read_text())
    assert [operation["body"]["number"] for operation in kept["refused"]] == [int(poison.split("-")[1])]
    page.keyboard.press("Escape")
    sell(page)
    waiting(page, 0)
    assert [booked(page, label) for label in others] == [1] * 3


def test_a_second_tab_waits_until_the_first_is_gone(page: Page, product: Product) -> None:
    """Hard cases 4 and 5: one tab sells; what it left unsent goes once, by whoever holds the till next."""
    ready(page, product)
    page.context.set_offline(True)
    labels = [sell(page) for _ in range(3)]
    second = page.context.new_page()
    second.goto("/pos/")
    expect(second.locator("h1")).to_have_text("Kasa je otvorena u drugoj kartici")
    page.context.set_offline(False)
    waiting(page, 0)
    page.close()
    second.locator("#pin").wait_for()  # by itself: the till is this tab's now
    assert [booked(second, label) for label in labels] == [1] * 3


@pytest.mark.feature("OFF-05", "OFF-17")
def test_what_cannot_be_stored_is_refused_before_money_is_taken(page: Page, product: Product) -> None:
    """Hard case 6: no room for the sale, no sale; the ticket stays, and goes on when there is room again."""
    ready(page, product)
    assert page.evaluate("navigator.storage.persisted().then(given => typeof given)") == "boolean"
    scan(page, COFFEE)
    page.evaluate(
        """() => {
          window.realPut = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (value, key) {
            if (this.name === "queue") throw new DOMException("full", "QuotaExceededError");
            return window.realPut.call(this, ...(key === undefined ? [value] : [value, key]));
          };
        }"""
    )
    page.keyboard.press("F4")
    page.locator("#received").fill("2.50")
    page.locator("#pay-form button[type=submit]").click()
    expect(page.locator("dialog[data-sheet=pay] [role=alert]").filter(has_text="nije")).to_be_visible()
    expect(page.locator("dialog[data-sheet=paid]")).to_have_count(0)
    page.evaluate("() => { IDBObjectStore.prototype.put = window.realPut; }")
    page.locator("#pay-form button[type=submit]").click()
    page.locator("#change-due").wait_for()
    number = page.locator("dialog[data-sheet=paid] h2").inner_text().split("·")[1].strip()
    assert number.endswith("-1"), "the sale that was refused took no number"
    page.keyboard.press("Escape")
    waiting(page, 0)

    page.add_init_script("navigator.storage.estimate = async () => ({ usage: 990_000_000, quota: 1_000_000_000 });")
    page.reload()
    expect(page.locator(".toast")).to_contain_text("10 MB")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    page.context.set_offline(True)
    sell(page)
    blocked = page.evaluate("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    assert blocked, "the tab does not go without a question while something waits"


@pytest.mark.feature("OFF-19")
def test_the_tills_settings_and_help_and_offline_data_cleared_only_when_nothing_waits(page: Page, product: Product) -> None:
    ready(page, product)
    page.context.set_offline(True)
    label = sell(page)
    page.locator("#nav-more").click()
    page.get_by_role("button", name="Postavke").click()
    sheet = page.locator("dialog[data-sheet=till-settings]")
    expect(sheet).to_contain_text("Front counter")
    sheet.get_by_text("Napredno").click()
    sheet.get_by_role("button", name="Obriši offline podatke").click()
    pending = page.locator("dialog[data-sheet=pending]")
    expect(pending).to_contain_text(label)
    expect(pending).to_contain_text("Još ne")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#nav-more").click()
    page.get_by_role("button", name="Pomoć").click()
    stuck = page.locator("#help-stuck")
    expect(stuck.locator(".dot--danger").first).to_be_visible()
    page.context.set_offline(False)
    stuck.get_by_role("button", name="Pokušaj ponovo").click()
    waiting(page, 0)
    expect(stuck.locator(".dot--danger")).to_have_count(0)
    stuck.get_by_role("button", name="Postavke").click()
    sheet.get_by_text("Napredno").click()
    sheet.get_by_role("button", name="Obriši offline podatke").click()
    page.locator("dialog[data-sheet=clear-offline]").get_by_role("button", name="Obriši offline podatke").click()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    assert sell(page).split("-")[1] == "2", "the series goes on"
    page.locator("#nav-more").click()
    page.get_by_role("button", name="Postavke").click()
    sheet.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#pin").wait_for()


@pytest.mark.feature("PWA-01", "PWA-04", "PWA-05", "OFF-01")
def test_the_installed_till_opens_with_no_network_from_what_it_keeps(page: Page, product: Product) -> None:
    ready(page, product)
    manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then(answer => answer.json())")
    assert (manifest["display"], manifest["scope"], manifest["start_url"]) == ("standalone", "/pos/", "/pos/")
    sizes = page.evaluate(
        """icons => Promise.all(icons.map(async ({ src }) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return image.naturalWidth;
        }))""",
        [icon for icon in manifest["icons"] if icon["type"] == "image/png"],
    )
    assert sizes == [192, 512, 512]
    cdp = page.context.new_cdp_session(page)
    errors = {error["errorId"] for error in cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}, "the browser of tests is one that forgets"
    page.context.set_offline(True)
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    page.locator("#search").fill("espres")
    expect(page.locator(".tile").first).to_contain_text("Espresso")
    page.locator("#search").fill("")
    label = sell(page)
    page.context.set_offline(False)
    waiting(page, 0)
    assert booked(page, label) == 1


def test_a_clock_that_is_days_off_is_said_and_what_it_sells_is_dated_right(page: Page, product: Product) -> None:
    """Hard case 9 at the till: three days behind, sold offline; the business day is the store's, not the device's."""
    ready(page, product)
    page.evaluate("() => { const real = Date.now.bind(Date); const RealDate = Date; const off = 3 * 86_400_000;"
                  " window.Date = class extends RealDate { constructor(...given) { super(...(given.length ? given : [real() - off])); }"
                  " static now() { return real() - off; } }; }")  # fmt: skip
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator(".toast").filter(has_text="minut")).to_contain_text("4320")
    page.context.set_offline(True)
    label = sell(page)
    page.context.set_offline(False)
    waiting(page, 0)
    today = datetime.now(UTC) + timedelta(hours=1)
    page.goto(f"/backoffice/sales/?q={label}")
    assert page.locator("tbody tr").count() == 1
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text(str(today.day))


PROBE = ROOT / "static" / "vendor" / "probe.txt"  # not in the repository; any file there makes another build
UPDATE = "() => navigator.serviceWorker.ready.then(worker => worker.update()).then(() => true)"
ARRIVED = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
TAKE_OVER = """() => navigator.serviceWorker.ready.then(({ waiting }) => new Promise((resolve) => {
  navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true));
  waiting.postMessage("activate");
}))"""
BUILD = "() => document.querySelector('script[type=module]').src.split('/')[4]"


@pytest.mark.feature("PWA-06")
def test_a_new_version_waits_for_the_sale_and_the_queue_survives_it(page: Page, product: Product) -> None:
    ready(page, product)
    before = page.evaluate(BUILD)
    scan(page, COFFEE)
    product.kill()
    try:
        PROBE.write_text("one")
        product.start()
        page.evaluate(UPDATE)
        until(page, ARRIVED)
        offer = page.locator(".toast", has_text="verzija")
        page.wait_for_timeout(1_000)
        expect(offer).to_have_count(0)
        pay_cash(page, "2.50")
        page.locator("dialog[data-sheet=paid] .button--primary").click()
        waiting(page, 0)
        expect(offer).to_be_visible()
        offer.get_by_role("button", name="Ažuriraj").click()
        until(page, f"before => ({BUILD})() !== before", before)
        page.locator("#pin").wait_for()
        after = page.evaluate(BUILD)
        page.keyboard.type(product.people[0]["pin"])
        page.locator(".tile").first.wait_for()

        product.kill()
        PROBE.write_text("two")
        product.start()
        page.evaluate(UPDATE)
        until(page, ARRIVED)
        page.route(OPERATIONS, lambda route: route.abort())
        label = sell(page)
        page.wait_for_timeout(3_000)
        expect(offer).to_have_count(0)  # not while something waits; but the browser may take it when no tab is left
        page.evaluate(TAKE_OVER)
        page.reload()
        page.locator("#pin").wait_for()
        until(page, f"after => ({BUILD})() !== after", after)
        page.keyboard.type(product.people[0]["pin"])
        expect(page.locator("#status")).not_to_have_attribute("data-waiting", "0")
        page.unroute(OPERATIONS)
        waiting(page, 0)
        assert booked(page, label) == 1
    finally:
        PROBE.unlink(missing_ok=True)
