"""How somebody gets to a till or to the office: the code, the PIN, the float, the change of person."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Product


def pin_of(product: Product, role: str) -> str:
    """The PIN of the first shop's first person of a role."""
    return next(person["pin"] for person in product.people if person["role"] == role)


def name_of(product: Product, role: str) -> str:
    return next(person["name"] for person in product.people if person["role"] == role)


def sign_in_to_the_office(page: Page, product: Product) -> None:
    """The owner, by e-mail."""
    owner = product.people[0]
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(owner["email"])
    page.locator("#password").fill(owner["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/backoffice/**")


def enrolment_code(page: Page, product: Product, terminal: int = 0) -> str:
    """The owner signs in and makes a code for the first terminal, or another one."""
    sign_in_to_the_office(page, product)
    page.goto("/backoffice/devices/enrol/")
    page.get_by_role("button", name="Make a code").nth(terminal).click()
    return page.locator("#enrolment-code").inner_text()


def enrol(page: Page, product: Product, terminal: int = 0) -> None:
    """This browser becomes the first terminal, or another one."""
    code = enrolment_code(page, product, terminal)
    page.goto(f"/pos/?code={code}")
    page.locator("#name").fill("Front counter")
    page.locator("button[type=submit]").click()


def arrive(page: Page, pin: str) -> None:
    """From the PIN to the selling screen, whoever's shift is open."""
    page.locator("#pin").wait_for()
    page.keyboard.type(pin)
    tile, opening, join = page.locator(".tile").first, page.locator("#float"), page.locator("#join-shift")
    here = page.locator(".places .list__item").first  # who may go to another terminal is asked; the present one stands first
    expect(tile.or_(opening).or_(join).or_(here).first).to_be_visible()
    if here.is_visible():
        here.click()
        expect(tile.or_(opening).or_(join).first).to_be_visible()
    if join.is_visible():
        join.click()
        expect(tile).to_be_visible()
    if opening.is_visible():
        opening.fill("100")
        page.locator("button[type=submit]").click()
    tile.wait_for()


def enrol_and_sign_in(page: Page, product: Product, terminal: int = 0, role: str = "owner") -> None:
    """From the code to the selling screen. Nobody has two open shifts: at a second till somebody else stands."""
    enrol(page, product, terminal)
    arrive(page, pin_of(product, role))


def change_person(page: Page, pin: str) -> None:
    """Lock, and somebody else goes on."""
    page.locator("#nav-more").click()
    page.locator("dialog[data-sheet=more] .sheet__body .button").first.click()
    page.locator("dialog.lock").wait_for()
    page.keyboard.type(pin)
    expect(page.locator("dialog.lock")).to_have_count(0)
    arrived, join = page.locator(".tile").first, page.locator("#join-shift")
    expect(arrived.or_(join).first).to_be_visible()
    if join.is_visible():
        join.click()
    arrived.wait_for()
