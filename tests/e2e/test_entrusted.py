"""Money that is somebody else's at a till: a commission sale, parcels, paying both on; also with no network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in, sign_in_to_the_office
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_shifts import more, sent

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: the drawer holds what this day puts into it."""
    with Product(tmp_path) as made:
        yield made


def send(page: Page, name: str) -> None:
    sheet = page.locator(f"dialog[data-sheet={name}]")
    sheet.locator("button[type=submit]").click()
    expect(sheet).to_have_count(0)


@pytest.mark.feature("INV-20", "INV-21", "INV-24", "INV-25")
def test_goods_of_others_and_parcels_from_the_till_to_the_office(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    more(page, "commission")
    sheet = page.locator("dialog[data-sheet=commission]")
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("#party-error")).not_to_be_empty()
    sheet.locator("#party").fill("Kućna radinost")
    sheet.locator("#commission-amount").fill("40")
    assert look(page, "phone") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    send(page, "commission")
    page.context.set_offline(True)
    more(page, "parcels")
    sheet = page.locator("dialog[data-sheet=parcels]")
    sheet.locator("#party").fill("BH Pošta")
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("#cod-error")).not_to_be_empty()
    sheet.locator("#packages").fill("3")
    sheet.locator("#cod").fill("57")
    send(page, "parcels")
    page.context.set_offline(False)
    page.reload()
    enrol_again(page, product)
    sent(page)
    pay_the_owner(page)
    courier_collects(page, product)
    read_in_the_office(page, product)


def enrol_again(page: Page, product: Product) -> None:
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()


def pay_the_owner(page: Page) -> None:
    """Whom the till knows by now is a button; more than is owed is refused."""
    more(page, "pay-owner")
    sheet = page.locator("dialog[data-sheet=pay-owner]")
    sheet.locator(".discount__presets button").click()
    expect(sheet.locator("#party")).to_have_value("Kućna radinost")
    expect(sheet.locator(".caption")).to_contain_text("40,00")
    sheet.locator("#owner-amount").fill("41")
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("#owner-amount-error")).not_to_be_empty()
    sheet.locator("#owner-amount").fill("30")
    sheet.locator("#owner-note").fill("Fata, potpisala")
    send(page, "pay-owner")
    sent(page)


def courier_collects(page: Page, product: Product) -> None:
    more(page, "handover")
    sheet = page.locator("dialog[data-sheet=handover]")
    sheet.locator("input[value=cod]").check()
    sheet.locator(".discount__presets button").click()
    expect(sheet.locator(".caption").first).to_contain_text("57,00")
    sheet.locator("#handover-amount").fill("57")
    sheet.locator("#handover-to").select_option(label=product.people[1]["name"])
    assert look(page, "phone") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator(".pad")).to_be_visible()
    page.keyboard.type(product.people[1]["pin"])
    expect(sheet).to_have_count(0)
    sent(page)


def read_in_the_office(page: Page, product: Product) -> None:
    """One is still owed something, the other nothing."""
    sign_in_to_the_office(page, product)
    page.goto("/backoffice/owed/")
    expect(page.locator("tbody tr", has_text="Kućna radinost")).to_contain_text("10.00")
    for size in ("desk", "tablet", "phone"):
        assert look(page, size) == []
    page.locator("a", has_text="Kućna radinost").first.click()
    expect(page.locator("main")).to_contain_text("Fata, potpisala")
    for size in ("desk", "tablet", "phone"):
        assert look(page, size) == []
