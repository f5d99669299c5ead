"""The Backoffice's menu: a page stands in it when its work is done and the role may enter."""

from dataclasses import dataclass

from django.utils.functional import Promise

from smartpos.access.permissions import allowed
from smartpos.people.models import Employee


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; `url` is the name of a URL."""

    url: str
    label: str | Promise
    icon: str
    permission: str
    position: int


_entries: list[Entry] = []


def declare_entries(*entries: Entry) -> None:
    """Add lines; they stand by position."""
    _entries.extend(entries)
    _entries.sort(key=lambda entry: entry.position)


def menu(employee: Employee) -> list[Entry]:
    """What this person may open."""
    return [entry for entry in _entries if allowed(employee, entry.permission)]
