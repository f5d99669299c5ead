"""Two people, several terminals, one browser: the choice after the PIN, and a terminal that is occupied."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrolment_code
from tests.e2e.conftest import Product

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: nobody has an open shift anywhere."""
    with Product(tmp_path) as made:
        yield made


def pin_of(product: Product, role: str) -> str:
    return next(person["pin"] for person in product.people if person["role"] == role)


def sign_in(page: Page, pin: str) -> None:
    page.locator("#pin").wait_for()
    page.keyboard.type(pin)


@pytest.mark.feature("AUT-10")
def test_a_terminal_is_chosen_and_somebody_else_finds_it_occupied(page: Page, product: Product) -> None:
    code = enrolment_code(page, product)
    page.goto(f"/pos/?code={code}")
    page.locator("#name").fill("Tablet")
    page.locator("button[type=submit]").click()
    sign_in(page, product.people[0]["pin"])
    stores = page.locator("#store")
    expect(stores.locator("option")).to_have_count(2)
    stores.select_option(index=1)
    other = page.locator(".places .list__item").last
    name = other.get_attribute("data-terminal") or ""
    other.click()
    page.locator("#float").fill("100")
    page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")

    page.reload()
    sign_in(page, pin_of(product, "admin"))
    expect(page.locator("h1")).to_have_text(name)
    expect(page.get_by_role("alert")).to_contain_text(product.people[0]["name"])
    page.locator("#other-terminal").click()
    taken = page.locator(f'.places [data-terminal="{name}"]')
    expect(taken).to_contain_text(product.people[0]["name"])
    taken.click()
    page.locator("#join-shift").click()
    page.locator(".tile").first.wait_for()

    page.reload()
    sign_in(page, product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
