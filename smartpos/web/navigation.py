"""The Backoffice's menu: a page stands in it when its work is done and the role may enter."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartpos.access.modules import module_on, section_on
from smartpos.access.permissions import allowed
from smartpos.people.models import Employee

# Groups in the order of the menu; the number is the hundred of the positions of their lines.
GROUPS = {
    9: _("At a glance"),
    0: _("Sales"),
    1: _("Catalogue"),
    3: _("Stock"),
    4: _("Customers"),
    2: _("Shop"),
    5: _("Reports"),
    6: _("Finance"),
    7: _("Analytics"),
    8: _("System"),
}
# The first page: every other lies below its address, so it is current only when it is meant.
HOME = "/backoffice/"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; `url` is the name of a URL, `position` its group's hundred and its place there.

    With a `module` it is there while that is switched on.
    """

    url: str
    label: str | Promise
    icon: str
    permission: str
    position: int
    module: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the page shows it."""

    label: str | Promise
    icon: str
    address: str
    current: bool


_entries: list[Entry] = []


def declare_entries(*entries: Entry) -> None:
    """Add lines; they stand by group and position."""
    _entries.extend(entries)
    _entries.sort(key=lambda entry: (list(GROUPS).index(entry.position // 100), entry.position))


def entries_of(employee: Employee) -> list[Entry]:
    """What this person may open."""
    return [entry for entry in _entries if allowed(employee, entry.permission) and _in_use(entry)]


def _in_use(entry: Entry) -> bool:
    return section_on(entry.permission) and (not entry.module or module_on(entry.module))


def menu(employee: Employee, path: str) -> list[tuple[str | Promise, list[Line]]]:
    """What this person may open, by group; the line with the longest address that the path begins with is the current one."""
    may = [(entry, reverse(entry.url)) for entry in entries_of(employee)]
    here = max((address for _entry, address in may if _leads(address, path)), key=len, default="")
    grouped = groupby(may, key=lambda pair: pair[0].position // 100)
    return [
        (GROUPS[number], [Line(entry.label, entry.icon, address, address == here) for entry, address in pairs])
        for number, pairs in grouped
    ]


def _leads(address: str, path: str) -> bool:
    """The first page's address begins every other: it is current on itself alone."""
    return path == address or (path.startswith(address) and address != HOME)
