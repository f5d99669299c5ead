"""From an empty database to a paid receipt, with nothing but what the wizard asks for and one product; and two at one till."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.data import real_data
from tests.e2e.conftest import ROOT, Product
from tests.e2e.looking import look
from tests.e2e.test_line import pay_cash

pytestmark = [pytest.mark.e2e]


def setup_code(product: Product) -> str:
    """What the console of the server says."""
    command = [sys.executable, "manage.py", "setup_code"]
    said = subprocess.run(command, cwd=ROOT, env=product.env, check=True, capture_output=True, text=True).stdout
    return said.rpartition(" ")[2].strip()


def go_on(page: Page) -> None:
    """To the next step, after a look at this one."""
    assert look(page, "phone") + look(page, "desk") == [], page.url
    page.locator(".setup__foot button[type=submit]").click()


def first_visit(page: Page, product: Product) -> None:
    page.goto("/")
    expect(page).to_have_url(f"{product.url}/first-visit/")
    page.fill("#id_code", setup_code(product))
    page.fill("#id_business", "Bakery")
    page.fill("#id_name", "Ana Anić")
    page.fill("#id_email", "ana@bakery.example")
    page.fill("#id_password", "warm bread at six")
    page.fill("#id_repeated", "warm bread at six")
    go_on(page)
    expect(page).to_have_url(f"{product.url}/backoffice/setup/business/")


def wizard(page: Page, product: Product) -> None:
    page.select_option("#id_country", "DE")
    expect(page.locator("#id_currency")).to_have_value("EUR")
    page.select_option("#id_country", "BA")
    expect(page.locator("#id_currency")).to_have_value("BAM")
    page.fill("#id_address", "Ferhadija 3")
    page.reload()
    expect(page.locator("#id_address")).to_have_value("Ferhadija 3")
    page.get_by_role("button", name="Bosanski").click()
    expect(page.locator("h1")).to_have_text("Vaša firma")
    expect(page.locator("#id_address")).to_have_value("Ferhadija 3")
    page.get_by_role("button", name="English").click()
    page.select_option("#id_language", "en")
    go_on(page)
    expect(page.locator("#id_address")).to_have_value("Ferhadija 3")
    page.locator(".mode").first.click()
    go_on(page)
    page.goto("/backoffice/sales/")
    expect(page).to_have_url(f"{product.url}/backoffice/setup/employee/")
    page.fill("#id_name", "Boris")
    page.select_option("#id_role", "cashier")
    page.fill("#id_pin", "1234")
    go_on(page)
    page.get_by_role("link", name="Back").click()
    expect(page.locator("#id_name")).to_have_value("Boris")
    go_on(page)
    expect(page.locator("#id_rate")).to_have_value("17")
    go_on(page)
    expect(page.locator("#welcome")).to_be_visible()


def enrol(page: Page) -> None:
    page.goto("/backoffice/stores/")
    page.locator(".row-link").first.click()
    page.get_by_role("link", name="Terminals").click()
    page.get_by_role("button", name="Make a code").first.click()
    code = page.locator("#enrolment-code").inner_text()
    page.goto(f"/pos/?code={code}")
    page.locator("#name").fill("Counter")
    page.locator("button[type=submit]").click()
    page.locator("#pin").wait_for()


def import_catalogue(page: Page) -> None:
    """The real retailer's articles, by the guesses that the page makes of their columns."""
    page.goto("/backoffice/products/import/")
    page.set_input_files("input[type=file]", real_data("retail/products.csv"))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#import-preview")).to_contain_text("INFLATABLE POLITICAL GLOBE")
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name=re.compile("^Import")).click(timeout=60_000)
    page.get_by_role("link", name="Show the products").click(timeout=120_000)
    page.goto("/backoffice/products/?q=10002")
    expect(page.locator("tbody")).to_contain_text("INFLATABLE POLITICAL GLOBE")


def hire(page: Page, name: str, pin: str) -> None:
    """A cashier of the only store."""
    page.goto("/backoffice/employees/new/")
    page.locator("#id_name").fill(name)
    page.locator("#id_role").select_option("cashier")
    page.locator("#id_pin").fill(pin)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text(name)


def test_an_owner_opens_a_shop_with_a_real_catalogue_and_sees_its_first_sale(empty_page: Page, empty: Product) -> None:
    page = empty_page
    real_data("retail/products.csv")
    first_visit(page, empty)
    wizard(page, empty)
    import_catalogue(page)
    hire(page, "Jasna", "4321")
    enrol(page)
    page.keyboard.type("4321")
    page.locator("#float").fill("50")
    page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()
    page.locator("#search").fill("inflatable political")
    page.locator(".tile", has_text="INFLATABLE POLITICAL GLOBE").click()
    label = pay_cash(page, "1")
    expect(page.locator("#change-due")).to_contain_text("0.15")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")
    page.goto(f"/backoffice/sales/?number={label}&q={label}")
    expect(page.locator("tbody")).to_contain_text("0.85")
    page.goto("/backoffice/")
    expect(page.locator(".tiles")).to_contain_text("0.85")
    expect(page.locator(".charts")).to_contain_text("INFLATABLE POLITICAL GLOBE")


def test_a_fresh_installation_reaches_its_first_paid_receipt(fresh_page: Page, fresh: Product) -> None:
    page = fresh_page
    first_visit(page, fresh)
    wizard(page, fresh)
    page.locator("#welcome").get_by_role("link", name="Add a product").click()
    page.get_by_label("Name", exact=False).first.fill("Burek")
    page.locator("[name=price]").first.fill("5.00")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_load_state()
    enrol(page)
    page.keyboard.type("1234")
    page.locator("#float").fill("50")
    page.locator("button[type=submit]").click()
    page.locator(".tile", has_text="Burek").click()
    label = pay_cash(page, "10")
    expect(page.locator("#change-due")).to_contain_text("5.00")
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")
    page.goto(f"/backoffice/sales/?number={label}&q={label}")
    expect(page.locator("tbody")).to_contain_text("5.00")
    page.goto("/backoffice/setup/")
    expect(page).to_have_url(f"{fresh.url}/backoffice/")
    expect(page.locator("#welcome")).to_have_count(0)
