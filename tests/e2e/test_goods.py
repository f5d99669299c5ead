"""Goods at the till: tabs, variants, weight, labels of the scale, modifiers."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inventory.barcodes import check_digit
from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.kept import kept
from tests.e2e.test_line import pay_cash, scan

pytestmark = [pytest.mark.e2e]


def tile(page: Page, words: str) -> None:
    """Search for a product and tap it."""
    page.locator("#search").fill(words)
    page.locator(".tile").first.click()


def row(page: Page, index: int) -> str:
    """What a line of the ticket says."""
    return re.sub(r"\s+", " ", page.locator("#lines > li").nth(index).inner_text())


def label(prefix: str, sku: str, value: int) -> str:
    """A label as a scale prints it."""
    body = f"{prefix}{sku.zfill(5)}{value:05d}"
    return body + check_digit(body)


def is_weighed(item: list[Any]) -> bool:
    return bool(item[8] == "kg")


def is_a_variant(item: list[Any]) -> bool:
    return bool(item[2] and item[3])


def cached(page: Page, fits: Callable[[list[Any]], Any]) -> list[list[Any]]:
    """Rows of items in the till's cache, as the protocol writes them, that fit."""
    lines = (json.loads(line) for line in kept(page, "pack")["rows"].split("\n"))
    return [item for product, _id, *rest in lines if fits(item := [product, *rest])]


def ask_sides(page: Page) -> None:
    """A mandatory group of modifiers, given to the first product of the list."""
    page.goto("/backoffice/modifiers/new/")
    page.locator("#id_name").fill("Side")
    page.locator("#id_minimum").fill("1")
    page.locator("#id_answers-0-name").fill("Plain")
    page.locator("[data-add]").click()
    page.locator("#id_answers-1-name").fill("Kajmak")
    page.locator("#id_answers-1-price").fill("1.50")
    page.get_by_role("button", name="Save").click()
    page.goto("/backoffice/products/?q=boza")
    page.locator("tbody a").first.click()
    page.get_by_label("Side", exact=True).check()
    page.locator(".form__foot .button--primary").click()
    page.locator(".toast").first.wait_for()


@pytest.mark.feature("PRD-06", "PRD-08", "PRD-16")
def test_variants_weights_labels_and_their_receipt(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    cheese = cached(page, is_weighed)[0]
    name, sku, price = cheese[1], cheese[3], float(cheese[5])
    tile(page, name)
    page.locator("#quantity").fill("0.35")
    page.keyboard.press("Enter")
    expect(page.locator("#lines > li").first).to_contain_text("0,350 kg")
    page.locator("#search").fill("")
    scan(page, label("29", sku, 1234))
    expect(page.locator("#lines > li")).to_have_count(2)
    assert "12,34" in row(page, 1).replace(".", ",")
    assert f"{12.34 / price:.3f}".replace(".", ",") in row(page, 1).replace(".", ",")
    wrong = label("29", sku, 1234)
    scan(page, wrong[:-1] + str((int(wrong[-1]) + 1) % 10))
    expect(page.locator("dialog[data-sheet=unknown]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#lines > li")).to_have_count(2)
    scan(page, label("28", sku, 750))
    expect(page.locator("#lines > li").nth(2)).to_contain_text("0,750 kg")

    sized = cached(page, is_a_variant)[0]
    tile(page, sized[1])
    sheet = page.locator("dialog[data-sheet=variants]")
    named = [row[2] for row in cached(page, is_a_variant) if row[1] == sized[1]]
    assert len(named) > 1
    for name in named:
        expect(sheet.get_by_role("button", name=name, exact=False).first).to_be_visible()
    sheet.get_by_role("button", name=sized[2]).click()
    expect(page.locator("#lines > li")).to_have_count(4)
    assert f"{sized[1]} {sized[2]}" in row(page, 3)
    page.locator("#search").fill("")
    scan(page, sized[4] or sized[3])
    expect(sheet).to_have_count(0)
    expect(page.locator("#lines > li").nth(3).locator(".line__quantity")).to_have_text("2")

    number = pay_cash(page, "500")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=15_000)
    page.goto("/backoffice/sales/")
    page.get_by_role("link", name=number).first.click()
    body = re.sub(r"\s+", " ", page.locator("main").inner_text())
    assert f"{sized[1]} {sized[2]}" in body
    assert "0.350 kg" in body
    assert "12.34" in body
    # The label's price is charged to the cent, and the quantity that it comes to is booked.
    assert f"{12.34 / price:.3f} kg" in body
    expect(page.locator(".notice")).to_have_count(0)


@pytest.mark.feature("CAT-04")
def test_a_parent_tab_shows_its_childrens_products_and_a_mandatory_group_asks_by_itself(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    ask_sides(page)
    page.goto("/backoffice/categories/")
    page.get_by_role("link", name="Hljeb i peciva", exact=True).click()
    page.locator("#id_parent").select_option(label="Mlijeko i jaja")
    page.get_by_role("button", name="Save").click()
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    page.locator("#chips .chip", has_text="Mlijeko i jaja").click()
    below = page.locator("#subchips .chip", has_text="Hljeb i peciva")
    expect(below).to_be_visible()
    both = page.locator(".tile").count()
    below.click()
    expect(page.locator(".tile")).not_to_have_count(both)
    expect(page.locator(".tile")).not_to_have_count(0)
    assert page.locator(".tile").count() < both
    page.locator("#chips .chip").first.click()
    page.locator("#search").fill("boza")
    page.locator(".tile").first.click()
    sheet = page.locator("dialog[data-sheet=options]")
    expect(sheet.locator("footer button")).to_be_disabled()
    sheet.locator(".option", has_text="Kajmak").click()
    sheet.locator("footer button").click()
    expect(page.locator("#lines > li").first).to_contain_text("Kajmak")
