"""The words of a mail as somebody writes them: previewed while they write, refused beside the field, taken back after a question."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.e2e.conftest import Product
from tests.e2e.looking import SIZES, look
from tests.e2e.test_ways_in import owner_of, sign_in

pytestmark = [pytest.mark.e2e]
LIST = "/backoffice/settings/email-templates/"


@pytest.fixture
def office(chromium: Browser, product: Product) -> Iterator[Page]:
    """The owner; touched, so that every target must be large enough."""
    context = chromium.new_context(base_url=product.url, locale="en-GB", has_touch=True, reduced_motion="reduce")
    context.add_cookies([{"name": "smartpos_language", "value": "en", "url": product.url}])
    page = context.new_page()
    sign_in(page, owner_of(product))
    page.wait_for_url("**/backoffice/**")
    yield page
    context.close()


def preview_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=mail-preview]")


@pytest.mark.feature("SET-16")
def test_a_text_is_written_previewed_refused_saved_and_put_back(office: Page) -> None:
    office.goto(LIST)
    office.get_by_role("link", name="Shift opened: English").click()
    body, shown = office.locator("textarea[name=html]"), preview_of(office).locator("body")
    shipped = body.input_value()
    expect(shown).to_contain_text("Amra Hadžić")

    body.fill("<p>Good morning, <strong>{{ employee_name }}</strong> <script>boom()</script>")
    expect(shown).not_to_contain_text("Amra Hadžić")  # a preview shows no text that could not be saved
    expect(shown).not_to_contain_text("Good morning")
    body.fill("<p>Good morning, </p>")
    body.press("End")
    office.get_by_role("button", name="{{ terminal_name }}").click()
    expect(body).to_have_value("<p>Good morning, </p>{{ terminal_name }}")
    expect(shown).to_contain_text("Good morning")
    expect(shown).to_contain_text("Kasa 1")

    body.fill("<p>{{ salary }}</p>")
    beside = office.locator("#id_html_error")
    expect(beside).to_contain_text("«salary» is no variable of this mail.")
    expect(body).to_have_attribute("aria-invalid", "true")
    office.get_by_role("button", name="Save").click()
    expect(beside).to_contain_text("salary")
    expect(office.locator(".problems")).to_be_visible()
    expect(body).to_have_value("<p>{{ salary }}</p>")

    body.fill("<p>Good morning, {{ employee_name }}</p>")
    expect(beside).to_be_empty()
    office.get_by_role("button", name="Save").click()
    expect(office.locator("h2 .badge--info")).to_have_text("own text")
    for size in SIZES:
        assert look(office, size) == []

    office.get_by_role("button", name="As shipped").click()
    asked = office.get_by_role("dialog", name="Give up your own text?")
    expect(asked).to_be_visible()
    for size in SIZES:
        assert look(office, size) == []
    office.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    expect(body).to_have_value("<p>Good morning, {{ employee_name }}</p>")
    office.get_by_role("button", name="As shipped").click()
    asked.get_by_role("button", name="Put it back as shipped").click()
    expect(office.locator("h2 .badge--info")).to_have_count(0)
    assert body.input_value() == shipped
