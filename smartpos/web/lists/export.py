"""The rows of a list as a file: streamed page by page, safe to open in a spreadsheet, written in the audit log."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import translation

from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.context import Act, acting, current
from smartpos.db.locks import write_transaction
from smartpos.web.lists.columns import Column
from smartpos.web.lists.state import State

CHUNK = 500
# A spreadsheet takes these for the beginning of a formula; a number may begin with a minus.
FORMULA = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"^-?[0-9]+([.,][0-9]+)?$")


def export(state: State, rows: QuerySet[Any]) -> StreamingHttpResponse:
    """The filtered rows in their order, with the chosen columns and those that every file of this list has."""
    with write_transaction():
        record("list.exported", subject=state.of.code, data={"query": state.query().urlencode()}, at=now())
    columns = [column for column in state.of.columns if column in state.columns or column.code in state.of.always]
    text = _file(state, columns, state.read(rows, columns), current(), translation.get_language())
    response = StreamingHttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{state.of.code.rpartition(".")[2]}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _file(state: State, columns: list[Column], rows: QuerySet[Any], act: Act, language: str | None) -> Iterator[str]:
    """The act and the language end with the request; the stream takes them up again for each of its pages."""
    order = state.order(rows)
    place = None
    with translation.override(language):
        heads = [str(column.label) for column in columns]
    yield "\ufeff" + _lines([heads])
    while True:
        with acting(business_id=act.business_id, actor_id=act.actor_id), translation.override(language):
            start = rows if place is None else order.beyond(rows, place)
            found = list(order.arrange(start)[:CHUNK])
            text = _lines([[safe(column.plain(row)) for column in columns] for row in found])
        if not found:
            return
        yield text
        place = order.place(order.key(found[-1], 0))


def safe(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text


def _lines(rows: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
