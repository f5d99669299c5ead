"""How many statements something costs."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Opening and closing a transaction is not asking the database for anything.
BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def statements(act: Callable[[], Any]) -> list[str]:
    """The statements of an act, without the brackets of its transactions."""
    with CaptureQueriesContext(connection) as caught:
        act()
    return [query["sql"] for query in caught.captured_queries if not query["sql"].lstrip().upper().startswith(BRACKETS)]


def assert_constant_queries(call: Callable[[], Any], grow: Callable[[], Any], *, most: int) -> None:
    """The same number of statements before and after the data grew, and not more than `most`."""
    call()
    before = statements(call)
    grow()
    call()
    after = statements(call)
    assert len(after) == len(before), "\n".join([f"{len(before)} statements became {len(after)}:", *after])
    assert len(after) <= most, "\n".join(after)
