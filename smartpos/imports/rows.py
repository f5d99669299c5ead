"""The rows of a list, read in portions: what can stand, and the sentences about what cannot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from smartpos.imports.columns import Mapped
from smartpos.tabular.reading import Row
from smartpos.tabular.writing import unsafe

# Rows a transaction: few enough that a till waiting for SQLite's writer does not notice.
PORTION = 500


class Wrong(ValueError):
    """A row that cannot stand; the text is for the user."""


class Reader(Protocol):
    """Turns rows into what an app calls them, and remembers what must not stand twice in a list."""

    def read(self, row: Row) -> Any:
        """What a row says; Wrong with the first thing that is wrong."""


def cell_of(row: Row, mapped: Mapped, code: str) -> str:
    """The text of a column in a row, blanks run together; what our own files did against formulas is undone."""
    place = mapped.get(code)
    return " ".join(unsafe(row.cells[place]).split()) if place is not None and place < len(row.cells) else ""


@dataclass(slots=True)
class Outcome:
    """What became of a portion. `problems` are line and sentence of the rows that were left out, `hints` of rows that were taken and
    should be looked at, `news` what else was made for them.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    hints: list[tuple[int, str]] = field(default_factory=list)
    news: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Portion:
    """Some rows of a file: those that can stand, the sentences about the others, and the line it ends with."""

    rows: list[Any] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    last: int = 0


def portions(reader: Reader, rows: Iterable[Row], *, after: int = 0, size: int = PORTION) -> Iterator[Portion]:
    """The rows of a file in portions. Those up to the line `after` were dealt with before: the reader only remembers them."""
    portion = Portion()
    for row in rows:
        try:
            found = reader.read(row)
        except Wrong as wrong:
            if row.line > after:
                portion.problems.append((row.line, str(wrong)))
        else:
            if row.line > after:
                portion.rows.append(found)
        portion.last = row.line
        if len(portion.rows) + len(portion.problems) >= size:
            yield portion
            portion = Portion()
    if portion.rows or portion.problems:
        yield portion
