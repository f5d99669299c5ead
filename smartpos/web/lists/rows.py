"""The rows of a list as HTML. A page has fifty of them, each with as many cells: a template would resolve every name anew for each."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from smartpos.web.lists.columns import Column
from smartpos.web.lists.declared import OfficeList


def rows(of: OfficeList, columns: Sequence[Column], found: Sequence[Any], *, choosable: bool) -> list[SafeString]:
    """One `<tr>` for each row: what chooses it, and its cells; the first leads to the thing."""
    opened = [_opened(column) for column in columns]
    tick = gettext("Choose %(name)s") if choosable else ""
    return [mark_safe("".join(_row(of, columns, opened, row, tick))) for row in found]  # noqa: S308 - every part is escaped


def _opened(column: Column) -> str:
    amount = ' class="amount"' if column.number else ""
    return f'<td{amount} data-label="{escape(str(column.label))}">'


def _row(of: OfficeList, columns: Sequence[Column], opened: Sequence[str], row: Any, tick: str) -> Iterator[str]:
    key = escape(str(getattr(row, of.key)))
    yield f'<tr id="row-{key}">'
    if tick:
        name = escape(tick % {"name": of.columns[0].value(row)})
        box = f'<input type="checkbox" name="row" value="{key}" form="bulk">'
        yield f'<td class="tight"><label class="tick">{box}<span class="visually-hidden">{name}</span></label></td>'
    address = of.address(row) if of.address else ""
    for place, (column, start) in enumerate(zip(columns, opened, strict=True)):
        yield start
        cell = column.cell(row)
        yield f'<a class="row-link" href="{escape(address)}">{cell}</a>' if address and not place else cell
        yield "</td>"
    yield "</tr>"
