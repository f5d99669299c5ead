"""A checklist from the office to the till and back: written by keyboard, ticked with no network, asked for before closing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.looking import look

pytestmark = [pytest.mark.e2e]
NAME = "Jutarnja lista"


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: it asks for the list before every closing."""
    with Product(tmp_path) as made:
        yield made


def sent(page: Page) -> None:
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")


def write(page: Page) -> str:
    """Three tasks, the last one moved up by keyboard; answers the list's address."""
    page.goto("/backoffice/checklists/new/")
    page.locator("#id_name").fill(NAME)
    page.locator("form.form .form__foot .button--primary").click()
    expect(page.locator("#id_tasks-0-text_error")).not_to_be_empty()
    page.locator("#id_tasks-0-text").fill("Upaliti svjetla")
    for number, text in ((1, "Zalijepiti cjenovnik"), (2, "Prebrojati kusur")):
        page.locator("[data-add]").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#id_tasks-{number}-text")).to_be_focused()
        page.keyboard.type(text)
    page.locator("#id_tasks-2-mandatory").check()
    page.locator("[data-row]:last-child [data-up]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]").nth(1).locator("[data-up]")).to_be_focused()
    page.locator("#id_morning").check()
    assert look(page, "phone") + look(page, "desk") == []
    page.locator("form.form .form__foot .button--primary").click()
    page.locator(".toast").first.wait_for()
    expect(page.locator(".tasks--plain li")).to_have_text(
        ["Upaliti svjetla", "Prebrojati kusur Mandatory", "Zalijepiti cjenovnik"]
    )
    return page.url


def require(page: Page) -> None:
    page.goto("/backoffice/settings/shifts/")
    page.get_by_label("Required before closing").check()
    page.get_by_role("button", name="Save").first.click()
    page.locator(".saved").first.wait_for()


def more(page: Page, act: str) -> None:
    page.locator("#nav-more").click()
    page.locator(f"dialog[data-sheet=more] [data-act={act}]").click()


@pytest.mark.feature("EMP-07", "EMP-08", "SHF-12")
def test_a_list_is_written_ticked_with_no_network_and_holds_the_shift(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    address = write(page)
    require(page)
    page.goto("/pos/")
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()
    sent(page)
    page.context.set_offline(True)
    expect(page.locator("#status")).to_have_attribute("data-link", "offline")
    gate(page)
    page.context.set_offline(False)
    sent(page)
    page.locator("#counted").fill("100")
    page.locator("dialog[data-sheet=closing] button[type=submit]").click()
    page.locator("#confirm-close").click()
    slip = page.locator("dialog[data-sheet=shift-report] .slip")
    expect(slip).to_contain_text(f"{NAME}2/3")
    page.keyboard.press("Escape")
    # the next shift begins with what is left of the morning
    page.locator("#float").fill("100")
    page.locator("button[type=submit]").click()
    morning = page.locator("dialog[data-sheet=checklist]")
    expect(morning.locator("[data-checklist]")).to_have_count(1)
    expect(morning).to_contain_text(product.people[0]["name"])
    page.goto(address)
    expect(page.locator("details[open]").first).to_contain_text("2 of 3")
    expect(page.locator("details[open]").first).to_contain_text(product.people[0]["name"])
    assert look(page, "phone") + look(page, "desk") == []
    page.goto("/backoffice/checklists/progress/")
    assert look(page, "phone") + look(page, "desk") == []


def gate(page: Page) -> None:
    """The shift is held; the way leads to the list and, when nothing is missing, back."""
    more(page, "close-shift")
    held = page.locator("dialog[data-sheet=checklist-gate]")
    expect(held).to_contain_text("Prebrojati kusur")
    expect(held).not_to_contain_text("Zalijepiti cjenovnik")
    assert look(page, "phone") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("#to-checklist").click()
    sheet = page.locator("dialog[data-sheet=checklist]")
    on = sheet.get_by_role("button", name="Zaključi smjenu")
    expect(on).to_be_hidden()
    due = sheet.locator("[aria-checked=false]:has(.badge)")
    for left in range(due.count(), 0, -1):
        expect(due).to_have_count(left)
        due.first.click()
    for task in sheet.get_by_role("checkbox", name="Upaliti svjetla").all():
        task.click()
        expect(task).to_have_attribute("aria-checked", "true")
        task.click()
        expect(task).to_have_attribute("aria-checked", "false")
        task.press("Space")
        expect(task).to_have_attribute("aria-checked", "true")
    assert look(page, "phone") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    on.click()
    expect(page.locator("dialog[data-sheet=closing]")).to_be_visible()
