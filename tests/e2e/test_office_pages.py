"""Every page of the Backoffice in a browser: both languages, three sizes; reachable, legible, within the screen, under the policy."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, expect

from tests.architecture.addresses import addresses
from tests.e2e.conftest import Product
from tests.e2e.looking import LONGEST_LOOK, look

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
# Bosnian words are longer: they are looked at where room is scarce. Colours do not depend on the size.
LOOKS = {"light": ("bs", ("desk", "phone")), "dark": ("en", ("tablet",))}
FILES = re.compile(r"\.(pdf|csv|xlsx|png|webmanifest|js)$")


@pytest.fixture
def office(chromium: Browser, product: Product) -> Iterator[Page]:
    """The owner, signed in on a screen that is touched."""
    context = chromium.new_context(base_url=product.url, has_touch=True, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto("/sign-in/")
    owner = product.people[0]
    page.locator("input[type=email]").first.fill(owner["email"])
    page.locator("input[type=password]").first.fill(owner["password"])
    page.locator("input[type=password]").first.press("Enter")
    page.wait_for_url("**/backoffice/**")
    yield page
    context.close()


def kind_of(path: str) -> str | None:
    """What is the same page for every row: the route, with the words in it (a tab of the settings is a page of its own)."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    return " ".join([found.route, *(value for value in found.kwargs.values() if isinstance(value, str))])


def pages(page: Page) -> Iterator[str]:
    """Every page that links lead to, one of each kind, while it stands open."""
    waiting = [a.path for a in addresses() if a.guard.startswith(("office", "person")) and not a.parameters]
    seen: set[str | None] = {None}
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in seen or FILES.search(path):
            continue
        seen.add(kind_of(path))
        answer = page.request.get(path, timeout=LONGEST_LOOK * 1000)
        if answer.status == 405:  # an address that is only posted to
            continue
        assert answer.status == 200, f"{path} answered {answer.status}"
        if "text/html" not in answer.headers.get("content-type", "") or "<html" not in answer.text():
            continue
        # A mail as it came stands in a frame where no script ends, axe neither.
        if "sandbox" in answer.headers.get("content-security-policy", ""):
            continue
        here = urlsplit(answer.url).path
        if kind_of(here) != kind_of(path):  # a pointer to another page
            if kind_of(here) in seen:
                continue
            seen.add(kind_of(here))
        page.goto(here)
        yield here
        for link in page.evaluate("() => [...document.links].map((link) => link.href)"):
            parts = urlsplit(urljoin(page.url, link))
            if parts.path.startswith(("/backoffice/", "/account/")):
                waiting.append(parts.path)


@pytest.mark.parametrize("scheme", LOOKS)
def test_no_page_has_a_barrier_or_leaves_its_screen(office: Page, product: Product, scheme: str) -> None:
    """Light in Bosnian, whose words are longer; dark in English."""
    language, sizes = LOOKS[scheme]
    office.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    office.context.add_cookies([{"name": "smartpos_language", "value": language, "url": product.url}])
    refused: list[str] = []
    office.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    office.on("pageerror", lambda error: refused.append(str(error)))
    wrong: dict[str, list[str]] = {}
    count = 0
    for path in pages(office):
        count += 1
        for size in sizes:
            if found := look(office, size):
                wrong[f"{path} {size}"] = found
    assert refused == []
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)
    assert count >= 60


def test_no_door_has_a_barrier_or_leaves_its_screen(page: Page) -> None:
    """What somebody meets who is not signed in."""
    for path in ("/sign-in/", "/sign-in/?pin=1", "/forgotten-password/", "/invitation/nobodys/", "/nothing/here/"):
        page.goto(path)
        assert look(page, "phone") + look(page, "desk") == [], path


def test_lists_work_by_keyboard_and_without_scripts(chromium: Browser, product: Product, office: Page) -> None:
    """Words narrow while they are written and stand in the address; arrows go from row to row; without scripts it is a form."""
    office.set_viewport_size({"width": 1280, "height": 800})
    office.goto("/backoffice/products/")
    field = office.locator("input[type=search]").first
    field.focus()
    office.keyboard.type("kafa")
    office.wait_for_url("**/backoffice/products/?q=kafa")
    expect(field).to_have_value("kafa")
    expect(field).to_be_focused()
    office.locator(".row-link").first.focus()
    office.keyboard.press("ArrowDown")
    state = office.context.storage_state()
    office.go_back()
    office.wait_for_url("**/backoffice/products/")

    plain = chromium.new_context(base_url=product.url, java_script_enabled=False, storage_state=state)
    page = plain.new_page()
    page.goto("/backoffice/products/")
    page.locator("input[type=search]").first.fill("kafa")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=kafa**")
    assert page.locator(".row-link").count() >= 1
    plain.close()
