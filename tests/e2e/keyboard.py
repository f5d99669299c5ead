"""Keys whose timing is a part of what they say: a scanner's burst, however busy the machine is."""

import time

from playwright.sync_api import Page

BETWEEN = 0.002  # seconds between two keys of a scanner


def burst(page: Page, text: str, *, enter: bool = True) -> None:
    """Real key events that bear a scanner's times; sent one by one they would come as slowly as the machine is busy."""
    began = time.time() - BETWEEN * (len(text) + 1)
    session = page.context.new_cdp_session(page)
    for index, key in enumerate(text):
        event = {"key": key, "timestamp": began + BETWEEN * index}
        session.send("Input.dispatchKeyEvent", {**event, "type": "keyDown", "text": key})
        session.send("Input.dispatchKeyEvent", {**event, "type": "keyUp"})
    if enter:
        event = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "timestamp": began + BETWEEN * len(text)}
        session.send("Input.dispatchKeyEvent", {**event, "type": "keyDown", "text": "\r"})
        session.send("Input.dispatchKeyEvent", {**event, "type": "keyUp"})
    session.detach()
