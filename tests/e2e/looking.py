"""What can be wrong with a page in a browser: barriers, too small targets, more width than the screen has."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "var" / "tools" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desk": (1280, 800), "tablet": (1024, 768), "phone": (390, 844)}
LONGEST_LOOK = 20  # seconds; a page that never comes to rest fails instead of stopping the run
# What a finger must hit: 44 px, or the row or label around it. Links within a sentence are as high as the sentence.
SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, .skip-link"))
  .filter((element) => !(getComputedStyle(element).display === "inline" && element.closest("p, li, dd, td, legend, label")))
  .map((element) => [element, element.matches(".row-link") ? element.closest("tr") : element.closest("label") ?? element])
  .map(([element, target]) => [element, target.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
  .map(([element, box]) => `${element.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""

# What shares its id, so that a link or a label meets another; and what names an id that is not there.
NAMES = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id twice: ${id}`);
  const named = (element) => [element.htmlFor, element.getAttribute("popovertarget"), element.getAttribute("aria-labelledby"),
    (element.getAttribute("href") ?? "").startsWith("#") && element.hash.slice(1)].filter(Boolean).flatMap((value) => value.split(" "));
  const lost = [...document.querySelectorAll("label[for], [popovertarget], [aria-labelledby], a[href^='#']")].flatMap(named);
  return [...twice, ...lost.filter((id) => !ids.includes(id)).map((id) => `nothing is called ${id}`)];
}"""


# What somebody can reach: the topmost open dialog, else the page.
TOP = "([...document.querySelectorAll('dialog[open]')].at(-1) ?? document)"


def barriers(page: Page, within: str = "document") -> list[dict[str, Any]]:
    """What axe finds; in its own time, since evaluating has no limit of itself. `within` is an expression of the part to look at."""
    if not AXE.exists():
        pytest.fail("axe-core is not here: make tools")
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        f"""async ([rules, seconds]) => (await Promise.race([
             axe.run({within}, {{ runOnly: rules, resultTypes: ["violations"] }}),
             new Promise((_, late) => setTimeout(late, seconds * 1000, new Error("axe does not come to an end"))),
           ])).violations""",
        [RULES, LONGEST_LOOK],
    )
    return found


def look(page: Page, size: str) -> list[str]:
    """What is wrong with the page as it stands, on a screen of this size."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => scrollTo(0, 0)")  # what has gone under the bar that stays is no smaller for it
    wrong = []
    if (over := page.evaluate("() => document.documentElement.scrollWidth - innerWidth")) > 0:
        wrong.append(f"{over} px too wide")
    wrong += page.evaluate(NAMES)
    if size == "phone":
        wrong += [f"too small: {small}" for small in page.evaluate(SMALL)]
    return wrong + [f"{v['id']}: {v['nodes'][0]['html'][:160]} {v['nodes'][0]['target']}" for v in barriers(page)]
