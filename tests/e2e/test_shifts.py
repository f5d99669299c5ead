"""A whole day at one drawer: open, sell, refund, cash out, handover, X, checklist, close, Z, and the mails of it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import ROOT, Product
from tests.e2e.looking import look
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.kernel.mail.test_mail import Postbox

pytestmark = [pytest.mark.e2e]


BLIND = """
from datetime import UTC, datetime
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.people.models import Employee
owner = Employee.everywhere.filter(role="owner").first()
with acting(business_id=owner.business_id, actor_id=owner.pk):
    set_values({"shift.blind": True}, by=owner, at=datetime.now(UTC))
"""


# A mail to the boss, and a list that holds the shift until it is ticked.
RULES = """
from datetime import UTC, datetime
from pos.services.checklists import ChecklistInput, TaskInput, create_checklist
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.mail.mailing import Recipients
from smartpos.people.models import Employee
owner, at = Employee.everywhere.filter(role="owner").first(), datetime.now(UTC)
with acting(business_id=owner.business_id, actor_id=owner.pk):
    boss = Recipients(on=True, to=("boss@firm.example",))
    set_values({"mails.shift_opened": boss, "mails.shift_closed": boss, "shift.checklist": True}, by=owner, at=at)
    tasks = [TaskInput(text="Prebrojati kusur", mandatory=True)]
    create_checklist(ChecklistInput(name="Prije zatvaranja", frequency="daily", tasks=tasks), by=owner, at=at)
"""


@pytest.fixture
def box() -> Iterator[tuple[Postbox, str]]:
    """A mail server, and where it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def product(tmp_path: Path, box: tuple[Postbox, str]) -> Iterator[Product]:
    """A product of its own: the drawer holds what this day puts into it, and its mails go to `box`."""
    with Product(tmp_path, SMARTPOS_MAIL_URL=box[1]) as made:
        yield made


def tell(product: Product, script: str) -> None:
    """What somebody set in the office meanwhile."""
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", script], cwd=ROOT, env=product.env, check=True)


def html_of(box: Postbox, word: str) -> str:
    """The page of the mail with that word in its subject, once it has come."""
    for _wait in range(60):
        for mail in list(box.came):
            body = mail.get_body(("html",))
            if word in mail["Subject"] and body is not None:
                return str(body.get_content())
        time.sleep(0.5)
    raise AssertionError([mail["Subject"] for mail in box.came])


def sent(page: Page) -> None:
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0")


def more(page: Page, act: str) -> None:
    page.locator("#nav-more").click()
    page.locator(f"dialog[data-sheet=more] [data-act={act}]").click()


def sell(page: Page, received: str) -> str:
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    label = pay_cash(page, received)
    page.locator("dialog[data-sheet=paid] .button--primary").click()
    sent(page)
    return label


def give_back(page: Page, label: str) -> None:
    page.locator("#nav-refund").click()
    page.locator("#receipt-number").fill(label)
    page.keyboard.press("Enter")
    sheet = page.locator("dialog[data-sheet=refund]")
    sheet.locator(".stepper button").nth(1).click()
    sheet.locator(".discount__presets button").first.click()
    sheet.locator("button[type=submit]").click()
    expect(page.locator("dialog[data-sheet=given] .slip")).to_contain_text("2,50")
    page.keyboard.press("Escape")
    sent(page)


def move(page: Page, direction: str, amount: str) -> None:
    """Cash in or out, with the first of the usual reasons."""
    more(page, f"cash-{direction}")
    sheet = page.locator(f"dialog[data-sheet=cash-{direction}]")
    sheet.locator("#cash-amount").fill(amount)
    if direction == "out":
        sheet.locator("#cash-category").select_option(index=1)
    sheet.locator(".discount__presets button").first.click()
    sheet.locator("button[type=submit]").click()
    expect(sheet).to_have_count(0)
    sent(page)


def hand_over(page: Page, product: Product, amount: str) -> None:
    """To the second of the demo's people, by their own PIN; the owner's own will not do."""
    more(page, "handover")
    sheet = page.locator("dialog[data-sheet=handover]")
    sheet.locator("#handover-amount").fill("5000")
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("#handover-amount-error")).to_contain_text("94,50")
    sheet.locator("#handover-amount").fill(amount)
    sheet.locator("#handover-to").select_option(label=product.people[1]["name"])
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator(".pad")).to_be_visible()
    page.keyboard.type(product.people[0]["pin"])
    expect(sheet.locator("#pin-error")).not_to_be_empty()
    page.keyboard.type(product.people[1]["pin"])
    expect(sheet).to_have_count(0)
    sent(page)


def close(page: Page) -> None:
    """The list first, then the count by notes: one coin of one mark less than there should be."""
    more(page, "close-shift")
    page.locator("#to-checklist").click()
    lists = page.locator("dialog[data-sheet=checklist]")
    due = lists.locator("[aria-checked=false]:has(.badge)")
    expect(due.first).to_be_visible()
    for left in range(due.count(), 0, -1):
        expect(due).to_have_count(left)
        due.first.click()
    lists.get_by_role("button", name="Zaključi smjenu").click()
    sheet = page.locator("dialog[data-sheet=closing]")
    sheet.locator("summary").click()
    for value, count in (("50", "1"), ("5", "2"), ("2", "1"), ("1", "1"), ("0\\.50", "1")):
        sheet.locator(f"#pieces-{value}").fill(count)
    expect(sheet.locator("#counted")).to_have_value("63,50")
    assert look(page, "phone") == []
    page.set_viewport_size({"width": 1280, "height": 800})
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("[data-review]")).to_contain_text("64,50")
    expect(sheet.locator("[data-review]")).to_contain_text("−1,00")
    sheet.locator("#confirm-close").click()
    expect(sheet.locator("#difference-why-error")).not_to_be_empty()
    sheet.locator("#difference-why").fill("Kusur")
    sheet.locator("#confirm-close").click()


def read_x(page: Page) -> None:
    more(page, "x-report")
    slip = page.locator("dialog[data-sheet=x-report] .slip")
    expect(slip).to_contain_text("X-izvještaj")
    expect(slip).to_contain_text("Ulaz gotovine")
    page.keyboard.press("Escape")
    expect(slip).to_have_count(0)


def make_z(page: Page) -> None:
    """Asked once more before it is made; a second one has nothing in it and is asked about."""
    more(page, "z-report")
    sheet = page.locator("dialog[data-sheet=z-report]")
    sheet.locator("#make-z").click()
    expect(sheet.locator(".slip")).to_contain_text("Z-izvještaj 1")
    page.keyboard.press("Escape")
    more(page, "z-report")
    sheet.locator("#make-z").click()
    expect(sheet.locator("[role=alert]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


@pytest.mark.feature("SHF-01", "SHF-06")
def test_a_whole_day_at_one_drawer(page: Page, product: Product, box: tuple[Postbox, str]) -> None:
    tell(product, RULES)
    enrol_and_sign_in(page, product)
    sell(page, "2.50")
    give_back(page, sell(page, "10"))
    move(page, "in", "2")
    move(page, "out", "10")
    hand_over(page, product, "30")
    read_x(page)
    close(page)
    slip = page.locator("dialog[data-sheet=shift-report] .slip")
    expect(slip).to_contain_text("64,50")
    expect(slip).to_contain_text("Kusur")
    expect(slip).to_contain_text(product.people[1]["name"])
    expect(slip).to_contain_text("Prije zatvaranja")
    page.keyboard.press("Escape")
    expect(page.locator("#float")).to_be_visible()
    mailed = html_of(box[0], "zaključena")
    for word in ("64,50", "63,50", "Kusur", product.people[1]["name"], "Prije zatvaranja"):
        assert word in mailed
    # the day's end, and a look around without a shift
    page.locator("#preview-start").click()
    expect(page.locator("#preview")).to_be_visible()
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    expect(page.locator("#pay")).to_be_disabled()
    page.keyboard.press("F4")
    expect(page.locator("dialog")).to_have_count(0)
    make_z(page)
    more(page, "preview-end")
    expect(page.locator("#float")).to_be_visible()


def test_a_shift_that_the_office_closes_is_told_and_the_cart_stays(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    sent(page)
    office = page.context.new_page()
    office.goto("/backoffice/shifts/?state=open")
    office.locator("tbody .row-link").first.click()
    office.locator("#id_counted").fill("1")
    office.locator("#id_reason").fill("Went home")
    office.get_by_role("button", name="Close the shift").click()
    expect(office.locator("h1")).to_contain_text("In the Backoffice")
    assert look(office, "phone") + look(office, "desk") == []
    over = page.locator("[data-over=office]")
    expect(over).to_be_visible(timeout=40_000)
    page.locator("#over-next").click()
    page.locator("#float").fill("10")
    page.locator("button[type=submit]").click()
    expect(page.locator("#pay")).to_contain_text("2,50")
    office.close()


def again(page: Page, product: Product) -> None:
    """The same person after a reload."""
    page.reload()
    page.locator("#pin").wait_for()
    page.keyboard.type(product.people[0]["pin"])
    page.locator(".tile").first.wait_for()


@pytest.mark.feature("SHF-09")
def test_a_blind_count_is_made_before_anything_is_shown_and_stays(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    sent(page)
    tell(product, BLIND)
    again(page, product)
    expect(page.locator("#status")).to_have_attribute("data-link", "connected")
    more(page, "close-shift")
    sheet = page.locator("dialog[data-sheet=closing]")
    sheet.locator("#counted").fill("90")
    expect(sheet).not_to_contain_text("Očekivan")
    sheet.locator("button[type=submit]").click()
    expect(sheet.locator("[data-review]")).to_contain_text("−10,00")
    expect(sheet.locator("#counted")).to_have_count(0)
    # closed and opened again, also after a reload, the count is what it was
    again(page, product)
    more(page, "close-shift")
    expect(sheet.locator("#counted")).to_have_value("90,00")
    assert sheet.locator("#counted").get_attribute("readonly") is not None
    sheet.locator("button[type=submit]").click()
    sheet.locator("#difference-why").fill("Kusur")
    sheet.locator("#confirm-close").click()
    expect(page.locator("dialog[data-sheet=shift-report] .slip")).to_contain_text("−10,00")


@pytest.mark.feature("SHF-19")
def test_after_2359_the_till_says_over_everything_that_the_shift_is_closed_and_keeps_the_cart(
    page: Page, product: Product
) -> None:
    """With no network: the till closes by the same rule as the server."""
    enrol_and_sign_in(page, product)
    scan(page, COFFEE)
    expect(page.locator("#pay")).to_contain_text("2,50")
    sent(page)
    page.context.set_offline(True)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=1))
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-over=auto]")).to_be_visible(timeout=40_000)
    expect(page.locator(".gate")).to_contain_text("23:59")
    assert look(page, "tablet") + look(page, "desk") == []
    page.locator("#over-next").click()
    page.locator("#float").fill("10")
    page.locator("button[type=submit]").click()
    expect(page.locator("#pay")).to_contain_text("2,50")
