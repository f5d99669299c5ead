"""The bonus from its rule to the till: set in the office, seen by whoever earns it, and said where there is no network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_checklists import more, sent
from tests.e2e.test_line import COFFEE, pay_cash, scan

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: what somebody has sold is read to the cent."""
    with Product(tmp_path) as made:
        yield made


def set_rule(page: Page) -> None:
    """Ten per cent above two marks, from this month on."""
    page.goto("/backoffice/bonus/rule/")
    page.locator("#id_threshold").fill("2.00")
    page.locator("#id_percent").fill("200")
    page.locator("form.form .form__foot .button--primary").click()
    expect(page.locator("#id_percent_error")).not_to_be_empty()
    page.locator("#id_percent").fill("10")
    for number in (1, 12):
        page.locator(f"#id_season_{number}").fill("")
    assert look(page, "phone") + look(page, "desk") == []
    page.locator("form.form .form__foot .button--primary").click()
    page.locator(".toast").first.wait_for()
    assert look(page, "phone") + look(page, "desk") == []


@pytest.mark.feature("EMP-09", "EMP-10", "EMP-13", "EMP-14")
def test_a_bonus_is_set_earned_and_seen_at_the_till_by_whoever_earned_it(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    set_rule(page)
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    for _ in range(2):
        scan(page, COFFEE)
        expect(page.locator("#pay")).to_contain_text("2,50")
        pay_cash(page, "10")
        page.locator("dialog[data-sheet=paid] .button--primary").click()
    sent(page)
    more(page, "bonus")
    sheet = page.locator("dialog[data-sheet=bonus]")
    expect(sheet.locator(".facts__total")).to_contain_text("0,30")  # of 5,00
    expect(sheet).to_contain_text("250 %")
    assert look(page, "phone") + look(page, "desk") == []
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    page.locator("#nav-more").click()
    entry = page.locator("dialog[data-sheet=more] [data-act=bonus]")
    expect(entry).to_be_disabled()
    expect(entry).to_contain_text("treba server")
    page.keyboard.press("Escape")
    page.context.set_offline(False)
    page.goto("/backoffice/bonus/")
    row = page.locator("tbody tr", has_text=product.people[0]["name"])
    expect(row).to_contain_text("0.30")
    expect(row).to_contain_text("So far")
    row.locator(".row-link").click()
    expect(page.locator("main")).to_contain_text("not over yet")
    assert look(page, "phone") + look(page, "desk") == []
    page.goto("/backoffice/commission/")
    assert look(page, "phone") + look(page, "desk") == []
