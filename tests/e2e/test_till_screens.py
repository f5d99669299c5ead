"""The till's screens in a browser: what a cashier meets on the way to a paid receipt has no barrier and fits phone and desk."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Product
from tests.e2e.looking import look
from tests.e2e.test_line import enrolment_code

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def seen(page: Page, what: str, wrong: dict[str, list[str]]) -> None:
    """Look at the screen as it stands, on the desk last: the till goes on from there."""
    for size in ("phone", "desk"):
        if found := look(page, size):
            wrong[f"{what} {size}"] = found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_the_till_has_a_barrier(page: Page, product: Product, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    wrong: dict[str, list[str]] = {}
    page.goto(f"/pos/?code={enrolment_code(page, product)}")
    page.locator("#name").wait_for()
    seen(page, "enrolment", wrong)
    page.locator("#name").fill("Front counter")
    page.locator("button[type=submit]").click()
    page.locator("#pin").wait_for()
    seen(page, "PIN", wrong)
    page.keyboard.type(product.people[0]["pin"])
    here, opening = page.locator(".places .list__item").first, page.locator("#float")
    here.or_(opening).or_(page.locator(".tile").first).first.wait_for()
    if here.is_visible():
        seen(page, "places", wrong)
        here.click()
        opening.or_(page.locator(".tile").first).first.wait_for()
    if opening.is_visible():
        seen(page, "opening", wrong)
        page.locator("#float").fill("100")
        page.locator("button[type=submit]").click()
    page.locator(".tile").nth(1).click()
    page.locator("#lines .line__name").first.click()
    seen(page, "cart", wrong)
    page.locator("#lines .line__total").first.click()
    page.locator("dialog[data-sheet=deal] #gratis").wait_for()
    seen(page, "line", wrong)
    page.keyboard.press("Escape")
    page.locator("#discount").click()
    seen(page, "discount", wrong)
    page.locator("dialog[data-sheet=discount] [data-percent='5']").click()
    page.locator("#totals .facts__taken").wait_for()
    seen(page, "discounted cart", wrong)
    page.keyboard.press("F4")
    page.locator("#received").fill("100")
    seen(page, "paying", wrong)
    page.locator("#pay-form button[type=submit]").click()
    page.locator("#change-due").wait_for()
    seen(page, "change", wrong)
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    page.locator("#nav-more").click()
    seen(page, "more", wrong)
    page.locator("dialog[data-sheet=more] .sheet__body .button").first.click()
    page.locator("dialog.lock").wait_for()
    seen(page, "lock", wrong)
    assert wrong == {}
