"""What can be imported. An app declares its list: the columns, how a row is read, what is done with a portion, and the words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from smartpos.imports.columns import Column, Mapped
from smartpos.imports.rows import Outcome, Reader

if TYPE_CHECKING:
    from smartpos.imports.models import ImportRun

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the pages say besides what all imports say."""

    title: Text
    lead: Text
    matched: Text
    running: Text
    done: Text
    show: Text
    back: Text
    news: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One kind of list. `name` begins the names of its addresses (`office-import`), `home` is the address of the list of what is there.

    `check` raises a DomainError where the chosen columns are not enough. `prepare` is called once a stint and answers what `put` and
    `attempt` get as their last argument; TableError where nothing can be imported at all. `attempt` does what `put` does and writes
    nothing. `shown` says what a row was understood as, where that may surprise. With `taxed` the page asks for a tax of what is new.
    """

    code: str
    name: str
    home: str
    permission: str
    audit: str
    columns: Sequence[Column]
    check: Callable[[Mapped], None]
    reader: Callable[[Mapped, str], Reader]
    prepare: Callable[["ImportRun"], Any]
    put: Callable[[Sequence[Any], "ImportRun", Any], Outcome]
    attempt: Callable[[Sequence[Any], "ImportRun", Any], Outcome]
    words: Words
    shown: Callable[[Any], Mapping[str, str]] = lambda _row: {}
    taxed: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns by code."""
        return tuple(column.code for column in self.columns)


_importers: dict[str, Importer] = {}


def declare_importer(importer: Importer) -> None:
    """Make a kind of list known; twice the same code is an error."""
    if importer.code in _importers:
        raise LookupError(f"importer {importer.code} is declared twice")
    _importers[importer.code] = importer


def importer_of(code: str) -> Importer:
    """The declared importer."""
    return _importers[code]
