"""A browser that never answers costs one test and nobody's patience."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error

from tests.e2e.hanging import limited

NEVER = "() => new Promise(() => {})"


def test_a_call_that_is_never_answered_fails_and_the_next_test_has_a_browser(living: Callable[[], Browser]) -> None:
    page = living().new_page()
    with limited(2), pytest.raises(Error, match="closed"):
        page.evaluate(NEVER)
    assert living().new_page().evaluate("1 + 1") == 2
