"""Statements that the server keeps prepared: those of the sale, the same text thousands of times a day.

Django writes values into the text of a statement, which the server then reads and plans anew each time. Here values travel
beside the text, and from the fifth time on only they do. Types must not change from one sale to the next, or each change
would be a statement of its own: whole numbers always travel as bigint, arrays as their text.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """A cursor of this connection. The ordinary one on SQLite, which keeps its statements anyway, and where statements are
    logged, because the driver does not say what it executed of a prepared one.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        with connection.cursor() as cursor:
            yield cursor
        return
    from psycopg import Cursor  # noqa: PLC0415 - there is no psycopg without PostgreSQL

    connection.ensure_connection()
    with CursorWrapper(Cursor(connection.connection), connection) as cursor:
        yield cursor


def adapted(values: Iterable[Any]) -> list[Any]:
    """Values as a raw statement on this database takes them."""
    if connection.vendor != "postgresql":
        return [plain(value) for value in values]
    from psycopg.types.numeric import Int8  # noqa: PLC0415 - there is no psycopg without PostgreSQL

    return [Int8(value) if type(value) is int else value for value in values]


def plain(value: Any) -> Any:
    """SQLite's own forms: ids as 32 hex digits and times as Django writes them."""
    kind = type(value)
    if kind in (int, str, bool) or value is None:
        return value
    if isinstance(value, UUID):
        return value.hex
    if hasattr(value, "utcoffset"):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def array(values: Iterable[Any]) -> str:
    """PostgreSQL's text of an array, to be cast to its type: `%s::bigint[]`."""
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f'"{value}"' if isinstance(value, date) else str(value)
