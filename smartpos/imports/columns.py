"""Which column of a list is what: guessed from its head, in English and Bosnian, and decided by the user."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from smartpos.folding import fold


@dataclass(frozen=True, slots=True)
class Column:
    """Something that a list may say of its rows, and how heads call it (folded: no case, no marks, no signs)."""

    code: str
    label: str | Promise
    heads: tuple[str, ...]


# Column code -> place in the row.
Mapped = Mapping[str, int]


def guess(head: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """The likely place of each column; heads that say exactly a known word come before those that only contain one."""
    plain = [_plain(cell) for cell in head]
    found: dict[str, int] = {}
    for fits in (_same, _contains):
        for column in columns:
            if column.code not in found:
                places = (n for n, cell in enumerate(plain) if n not in found.values() and fits(cell, column))
                place = next(places, None)
                if place is not None:
                    found[column.code] = place
    return found


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _same(cell: str, column: Column) -> bool:
    return cell in column.heads


def _contains(cell: str, column: Column) -> bool:
    words = cell.split()
    return any(set(head.split()) <= set(words) for head in column.heads)
