"""The search of the whole Backoffice: apps declare what can be found, one question asks them all."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartpos.access.modules import module_on, section_on
from smartpos.access.permissions import allowed
from smartpos.web.navigation import entries_of
from smartpos.web.pages import OfficeRequest

MOST = 6
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is called, where it is, and a word to tell it from its like."""

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A kind of thing. `find` gets the request and what was written, and answers at most `MOST` hits in one statement or two."""

    code: str
    label: str | Promise
    icon: str
    permission: str
    find: Callable[[OfficeRequest, str], Sequence[Hit]]
    module: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one kind."""

    source: Source
    hits: Sequence[Hit]


_sources: list[Source] = []


def declare_search(*sources: Source) -> None:
    """Make things findable."""
    _sources.extend(sources)


def search(request: OfficeRequest, text: str) -> list[Found]:
    """What this person may open of what fits the words; the number of statements is the number of kinds at most."""
    text = " ".join(text.split())[:LONGEST]
    if not text:
        return []
    actor = request.employee
    may = [
        s
        for s in _sources
        if allowed(actor, s.permission) and section_on(s.permission) and (not s.module or module_on(s.module))
    ]
    found = [Found(source, source.find(request, text)[:MOST]) for source in may]
    return [one for one in found if one.hits]


def plain(text: str) -> str:
    """Lower case without marks, for names that are held in memory."""
    marked = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def pages(request: OfficeRequest, text: str) -> list[Hit]:
    """Pages of the menu by their name in the language of the page."""
    wanted = plain(text)
    return [Hit(str(e.label), reverse(e.url)) for e in entries_of(request.employee) if wanted in plain(str(e.label))]


declare_search(Source(code="page", label=_("Pages"), icon="layout-grid", permission="office.enter", find=pages))
