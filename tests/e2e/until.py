"""Waiting for what only a script sees."""

import time
from typing import Any

from playwright.sync_api import Error, Page

STEP = 100  # milliseconds


def until(page: Page, script: str, arg: Any = None, *, seconds: float = 30) -> None:
    """Ask until the answer is yes.

    Each question is asked from outside. The driver's own waiting asks from within the page, where the product's policy allows no
    script made of text, and so only ever hears the first answer.
    """
    end = time.monotonic() + seconds
    while not _asked(page, script, arg):
        if time.monotonic() > end:
            raise TimeoutError(f"never true: {script}")
        page.wait_for_timeout(STEP)


def _asked(page: Page, script: str, arg: Any) -> bool:
    try:
        return bool(page.evaluate(script, arg))
    except Error as error:
        if "Execution context was destroyed" in error.message or "navigat" in error.message:
            return False  # the page is loading itself anew
        raise
