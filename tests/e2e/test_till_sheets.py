"""Every sheet and screen of the till at three sizes, light and dark: no barrier, no sideways scrolling, nothing too small for a finger.

Which sheets there are is read from the scripts: one that this test does not open fails it (PWA-07).
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrolment_code
from tests.e2e.conftest import ROOT, Product
from tests.e2e.looking import NAMES, SIZES, TOP, barriers
from tests.e2e.test_line import COFFEE, pay_cash, scan
from tests.e2e.test_online import connect_simulator
from tests.e2e.till_openers import AFTERWARDS, OPENERS, SCREENS, close_all, open_by, told_orders

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
SCRIPTS = ROOT / "static" / "js" / "pos"
# A finger must hit 44 px everywhere: a till is touched at every size. Links within a sentence are as high as the sentence.
SMALL = f"""() => [...{TOP}.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => element.checkVisibility({{ visibilityProperty: true }}) && !element.closest(".visually-hidden, [inert]"))
  .filter((element) => !(getComputedStyle(element).display === "inline" && element.closest("p, li, dd, td, legend, label")))
  .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
  .map(([element, box]) => `${{element.outerHTML.slice(0, 90)}} ${{Math.round(box.width)}}×${{Math.round(box.height)}}`)"""


def sheets() -> set[str]:
    """The names of all sheets, as the scripts give them."""
    found: set[str] = set()
    for path in SCRIPTS.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        for given in re.findall(r"openSheet\(\{.*?\bname(?:: ([^\n,]+))?,", text, re.DOTALL):
            if "${direction}" in given:
                found |= {given.strip("`").replace("${direction}", way) for way in ("in", "out")}
            elif given:
                found |= set(re.findall(r'"([a-z-]+)"', given))
            else:
                found |= set(re.findall(r'\bform\("([a-z-]+)"', text))
    return found


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: its shift is closed at the end, and its scripts travel one by one, so that each sheet can be opened."""
    with Product(tmp_path, SMARTPOS_PACK_SCRIPTS="0") as made:
        yield made


class Eye:
    """Looks, and remembers what was looked at and what was wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: set[str] = set()
        self.wrong: dict[str, list[str]] = {}

    def look(self, what: str) -> None:
        self.seen.add(what)
        wrong = self.page.evaluate(NAMES)
        for size in ("phone", "tablet", "desk"):  # the desk last: the till goes on from there
            width, height = SIZES[size]
            self.page.set_viewport_size({"width": width, "height": height})
            over = self.page.evaluate(
                f"() => {{ const top = {TOP}; const body = top === document ? document.documentElement : top;"
                " return Math.max(document.documentElement.scrollWidth - innerWidth, body.scrollWidth - body.clientWidth); }"
            )
            wrong += [f"{size}: {over} px too wide"] if over > 0 else []
            wrong += [f"{size}: too small: {small}" for small in self.page.evaluate(SMALL)]
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                found = barriers(self.page, TOP)
                wrong += [f"{size} {scheme}: {v['id']}: {v['nodes'][0]['html'][:140]}" for v in found]
        if wrong:
            self.wrong[what] = wrong

    def sheet(self, name: str) -> None:
        """Look at the sheet on top, which must be that one."""
        expect(self.page.locator(f"dialog[data-sheet='{name}']")).to_be_visible()
        self.look(name)


@pytest.mark.feature("PWA-07")
def test_every_sheet_of_the_till_can_be_read_and_hit_at_every_size(page: Page, product: Product) -> None:
    eye = Eye(page)
    code = enrolment_code(page, product)
    connect_simulator(page)
    begin(page, product, eye, code)
    scan(page, COFFEE)
    eye.look("cart")
    label = pay_cash(page, "10")
    eye.sheet("paid")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_attribute("data-waiting", "0", timeout=30_000)
    for _piece in range(2):
        scan(page, COFFEE)
    told_orders(page)
    for name, script in OPENERS.items():
        open_by(page, script, label)
        eye.sheet(name)
        close_all(page)
    for names, play in AFTERWARDS:
        for name in play(page, product, label):
            eye.sheet(name)
        assert set(names) <= eye.seen
    for name, script in SCREENS.items():
        open_by(page, script, label)
        eye.look(f"screen {name}")
    assert eye.wrong == {}
    assert sheets() - eye.seen == set(), "a sheet that nobody looked at"


def begin(page: Page, product: Product, eye: Eye, code: str) -> None:
    """From enrolment to the empty till, looking at each screen on the way."""
    page.goto(f"/pos/?code={code}")
    page.locator("#name").wait_for()
    eye.look("screen enrolment")
    page.locator("#name").fill("Front counter")
    page.locator("button[type=submit]").click()
    page.locator("#pin").wait_for()
    eye.look("screen PIN")
    page.keyboard.type(product.people[0]["pin"])
    here = page.locator(".places .list__item").first
    here.wait_for()
    eye.look("screen places")
    here.click()
    page.locator("#float").wait_for()
    eye.look("screen opening")
    page.locator("#float").fill("100")
    page.locator("button[type=submit]").click()
    page.locator(".tile").first.wait_for()
    eye.look("screen selling")
