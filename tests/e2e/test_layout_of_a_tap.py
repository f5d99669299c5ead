"""What the browser lays out when somebody taps: counted, because no machine's speed changes it."""

from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product

pytestmark = [pytest.mark.e2e]
OWN_BOXES = {"DIV class='ticket__sheet'", "SPAN class='tile__box'"}
# The listener runs after the till's own, so that what it left to lay out is laid out within the tap.
LAY_OUT = "() => addEventListener('click', () => queueMicrotask(() => void document.body.offsetHeight))"


def layouts_of(page: Page, tile: int) -> list[dict[str, Any]]:
    """What the browser says of each layout while a tile is tapped."""
    box = page.locator(".tile").nth(tile).bounding_box()
    assert box is not None
    told: list[dict[str, Any]] = []
    ended = Event()
    session = page.context.new_cdp_session(page)
    session.on("Tracing.dataCollected", lambda part: told.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda _all: ended.set())
    session.send("Tracing.start", {"categories": "devtools.timeline", "transferMode": "ReportEvents"})
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    session.send("Tracing.end")
    while not ended.is_set():
        page.wait_for_timeout(20)
    session.detach()
    within = [(event["ts"], event["ts"] + event["dur"]) for event in told if is_click(event)]
    return [event["args"] for event in told if event["name"] == "Layout" and any(a <= event["ts"] < b for a, b in within)]


def is_click(event: dict[str, Any]) -> bool:
    return event["name"] == "EventDispatch" and event.get("ph") == "X" and event["args"]["data"]["type"] == "click"


def test_a_tap_lays_out_the_ticket_and_its_own_tile(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    page.evaluate(LAY_OUT)
    page.locator(".tile").nth(1).click()  # the first line also builds its steps
    page.wait_for_timeout(600)  # what is said for screen readers, 400 ms after the last word
    found = layouts_of(page, 2)
    assert found, "the tap laid out nothing within its event"
    roots = {root["nodeName"] for layout in found for root in layout["endData"]["layoutRoots"]}
    assert roots <= OWN_BOXES, roots
    assert sum(layout["beginData"]["dirtyObjects"] for layout in found) < 60
