"""The Backoffice's menu: a page stands in it when its work is done and the role may enter."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartpos.access.permissions import allowed
from smartpos.people.models import Employee

# Groups in their order, by the hundreds of the positions.
GROUPS = {0: _("Sales"), 1: _("Catalogue"), 2: _("Shop")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; `url` is the name of a URL, `position` its group's hundred and its place there."""

    url: str
    label: str | Promise
    icon: str
    permission: str
    position: int


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it."""

    label: str | Promise
    icon: str
    address: str
    current: bool


_entries: list[Entry] = []


def declare_entries(*entries: Entry) -> None:
    """Add lines; they stand by position."""
    _entries.extend(entries)
    _entries.sort(key=lambda entry: entry.position)


def menu(employee: Employee, path: str) -> list[tuple[str | Promise, list[Line]]]:
    """What this person may open, by group; the line whose address the path begins with is the current one."""
    may = [entry for entry in _entries if allowed(employee, entry.permission)]
    grouped = groupby(may, key=lambda entry: entry.position // 100)
    return [(GROUPS[number], [_line(entry, path) for entry in entries]) for number, entries in grouped]


def _line(entry: Entry, path: str) -> Line:
    address = reverse(entry.url)
    return Line(entry.label, entry.icon, address, path.startswith(address))
