"""The doors as people use them: the PIN pad, the lock, the PIN at the Backoffice, the second step."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.arriving import enrol_and_sign_in, enrolment_code
from tests.e2e.conftest import Product

pytestmark = [pytest.mark.e2e]


def lock_by_hand(page: Page) -> None:
    page.locator("#nav-more").click()
    page.locator("dialog[data-sheet=more] .sheet__body .button").first.click()
    page.locator("dialog.lock").wait_for()


def owner_of(product: Product) -> dict[str, str]:
    return product.people[0]


def by_role(product: Product, role: str) -> dict[str, str]:
    """Somebody of the first terminal's store."""
    here = product.people[0]["store"].split(",")[0]
    return next(person for person in product.people if person["role"] == role and here in person["store"])


def sign_in(page: Page, person: dict[str, str]) -> None:
    page.goto("/sign-in/")
    page.locator("#email").fill(person["email"])
    page.locator("#password").fill(person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()


def enrol(page: Page, product: Product) -> None:
    code = enrolment_code(page, product)
    page.goto(f"/pos/?code={code}")
    page.locator("#name").fill("Front counter")
    page.locator("button[type=submit]").click()
    page.locator("#pin").wait_for()


@pytest.mark.feature("AUT-04")
def test_every_role_signs_in_at_the_till_with_its_pin_alone(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    for role in ("admin", "manager", "employee", "cashier", "owner"):
        lock_by_hand(page)
        person = by_role(product, role)
        page.keyboard.type(person["pin"])
        expect(page.locator("#who")).to_contain_text(person["name"])


@pytest.mark.feature("AUT-04")
def test_enter_sends_the_pin_and_a_waiter_is_in_where_they_work(page: Page, product: Product) -> None:
    """The fourth digit sends too, a moment later; here that moment never comes."""
    waiter = next(person for person in product.people if person["role"] == "waiter")
    sign_in(page, owner_of(product))
    page.goto("/backoffice/devices/enrol/")
    page.locator("tr, li, form", has_text=waiter["store"]).get_by_role("button", name="Make a code").last.click()
    page.goto(f"/pos/?code={page.locator('#enrolment-code').inner_text()}")
    page.locator("#name").fill("Bar")
    page.locator("button[type=submit]").click()
    page.locator("#pin").wait_for()
    page.evaluate("() => { window.later = window.setTimeout; window.setTimeout = () => 0; }")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/pos/pin") else None)
    page.keyboard.type(waiter["pin"])
    page.wait_for_timeout(700)
    assert asked == []
    page.evaluate("() => { window.setTimeout = window.later; }")
    with page.expect_response("**/pos/pin") as answer:
        page.keyboard.press("Enter")
    assert answer.value.json()["employee"]["role"] == "waiter"
    expect(page.locator("#pin")).to_have_count(0)


def test_the_lock_keeps_the_cart_and_what_is_open_and_no_key_reaches_beneath(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    owner = owner_of(product)
    page.locator(".tile").first.click()
    count = page.locator("#ticket-count").inner_text()
    lock_by_hand(page)
    lock = page.locator("dialog.lock")
    expect(lock).to_contain_text(owner["name"])
    for key in ("Escape", "Escape", "F4", "F2"):
        page.keyboard.press(key)
    expect(lock).to_be_visible()
    expect(page.locator("dialog[data-sheet]")).to_have_count(0)
    page.keyboard.type("123456789012")
    page.keyboard.press("Enter")
    expect(lock).to_be_visible()
    page.wait_for_timeout(400)
    page.keyboard.type(owner["pin"])
    expect(lock).to_have_count(0)
    expect(page.locator("#ticket-count")).to_have_text(count)
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")


@pytest.mark.feature("AUT-03")
def test_the_office_asks_for_a_password_and_takes_a_pin_only_on_an_enrolled_browser(
    page: Page, product: Product, chromium: Browser
) -> None:
    stranger = chromium.new_context(base_url=product.url, locale="en-GB")
    other = stranger.new_page()
    other.goto("/sign-in/")
    expect(other.locator("#password")).to_be_visible()
    expect(other.locator("#ways")).to_be_hidden()
    headers = {"X-SmartPOS-Till": "1"}
    answer = stranger.request.post("/pos/office-session", data={"pin": owner_of(product)["pin"]}, headers=headers)
    assert answer.status == 401
    stranger.close()

    enrol(page, product)
    page.context.clear_cookies(name="smartpos_session")
    page.goto("/sign-in/")
    page.locator("[data-way=pin]").click()
    page.keyboard.type(by_role(product, "cashier")["pin"])
    expect(page.locator("#pin-error")).to_contain_text("Your role does not open the Backoffice")
    page.keyboard.type(by_role(product, "manager")["pin"])
    page.wait_for_url("**/backoffice/**")
    expect(page.locator(".office__person")).to_contain_text(by_role(product, "manager")["name"])
    page.goto("/account/")
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_the_second_step_from_setting_up_to_signing_in(page: Page, product: Product) -> None:
    person = by_role(product, "admin")
    sign_in(page, person)
    page.goto("/account/second-step/")
    page.get_by_role("button", name="Begin").click()
    secret = page.locator(".key-text").inner_text().replace(" ", "")
    page.locator("#id_code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Confirm").click()
    codes = page.locator("#recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    page.context.clear_cookies(name="smartpos_session")
    sign_in(page, person)
    expect(page).to_have_url(re.compile("/sign-in/code/"))
    page.goto("/backoffice/employees/")
    expect(page).to_have_url(re.compile("/sign-in/"))
    sign_in(page, person)
    page.locator("#code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/backoffice/**")
    page.goto("/account/second-step/off/")
    page.locator("#id_password").fill(person["password"])
    page.get_by_role("button", name="Turn off").click()
    expect(page.locator(".toasts")).to_contain_text("The second step is off.")


def test_an_invited_manager_makes_a_password_and_is_in(page: Page, product: Product, chromium: Browser) -> None:
    sign_in(page, owner_of(product))
    page.goto("/backoffice/employees/new/")
    page.locator("#id_name").fill("Jasna Nova")
    page.locator("#id_role").select_option("manager")
    page.locator("#id_email").fill("jasna@demo.example")
    page.get_by_role("button", name="Choose a free PIN").click()
    expect(page.locator("#id_pin")).to_have_value(re.compile(r"^\d{4}$"))
    page.locator("input[name=stores]").first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text("Jasna Nova")
    folder = Path(product.env["SMARTPOS_DATA_DIR"]) / "mail"
    link = _link_in(folder, "/invitation/", page)

    fresh = chromium.new_context(base_url=product.url, locale="en-GB").new_page()
    fresh.goto(urlsplit(link).path)
    fresh.locator("#id_password").fill("four tired violins")
    fresh.get_by_role("button", name="Begin").click()
    fresh.wait_for_url("**/backoffice/**")
    fresh.goto(urlsplit(link).path)
    expect(fresh.locator("h1")).to_have_text("This link has expired")
    fresh.context.close()


@pytest.mark.feature("AUT-04")
def test_a_wrong_pin_empties_the_field_says_nothing_of_it_and_locks_at_the_fifth(page: Page, product: Product) -> None:
    enrol(page, product)
    pad, said = page.locator("#pin"), page.locator("#pin-error")
    taken = {person["pin"] for person in product.people}
    wrong = next(f"{n:04d}" for n in range(10_000) if f"{n:04d}" not in taken)
    page.keyboard.type(wrong)
    page.keyboard.press("Enter")
    expect(said).to_have_text("PIN nije prepoznat.")
    expect(pad).to_have_value("")
    for _ in range(4):
        page.keyboard.type(wrong)
        page.keyboard.press("Enter")
        expect(pad).to_have_value("")
    page.keyboard.type(wrong)
    expect(said).to_contain_text(re.compile(r"Previše pokušaja\. Sačekajte \d+ sekundi"))
    expect(pad).to_be_disabled()
    expect(pad).to_be_enabled(timeout=60_000)
    page.keyboard.type(owner_of(product)["pin"])
    expect(page.locator("#float").or_(page.locator(".tile").first)).to_be_visible()


def _link_in(folder: Path, part: str, page: Page) -> str:
    """The link of the newest letter, once the worker has written it."""
    for _ in range(60):
        for letter in sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.exists() else []:
            text = letter.read_text(errors="replace").replace("=\n", "").replace("=3D", "=")
            found = re.search(rf"https?://[^\s\"<>]+{part}[\w-]+/", text)
            if found:
                return found[0]
        page.wait_for_timeout(500)
    raise AssertionError("no letter came")
