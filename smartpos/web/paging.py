"""Pages by key: the last row of a page says where the next one begins, so later pages cost no more and nothing is counted."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import QueryDict

Row = TypeVar("Row")
Key = tuple[str, ...]
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows to show, and the query of the next page ("" when this is the last)."""

    rows: list[Row]
    more: str


def page_of(found: Sequence[Row], size: int, *, key: Callable[[Row], Key], query: QueryDict) -> Page[Row]:
    """A page out of `size` + 1 rows: the one too many only tells that there is another page."""
    rows = list(found[:size])
    if len(found) <= size:
        return Page(rows, "")
    following = query.copy()
    following["after"] = key_text(key(rows[-1]))
    return Page(rows, following.urlencode())


def key_text(key: Key) -> str:
    """A key as it stands in an address."""
    return urlsafe_b64encode(json.dumps(key).encode()).decode()


def key_in(query: QueryDict, parts: int, name: str = "after") -> Key | None:
    """Where the page begins that is asked for; None at the beginning, also for what nobody has made here."""
    text = query.get(name, "")
    if not text or len(text) > LONGEST:
        return None
    try:
        key = json.loads(urlsafe_b64decode(text))
    except ValueError:
        return None
    whole = isinstance(key, list) and len(key) == parts and all(isinstance(part, str) and "\x00" not in part for part in key)
    return tuple(key) if whole else None
