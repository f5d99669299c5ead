"""Wide writes: many rows by one statement, without building a model instance for each.

The ORM spends most of a sale's time on instances and SQL text; this keeps both out of the hot path (docs/performance.md).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


@cache
def _shape(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[str, tuple[str, ...]]:
    """Insert statement and database types of the columns; checked against the model once."""
    fields = [_column(model, name) for name in names]
    left_out = {f.attname for f in model._meta.concrete_fields if not (f.null or f.primary_key)} - {f.attname for f in fields}
    if left_out:
        raise LookupError(f"{model._meta.label}: columns without a value: {', '.join(sorted(left_out))}")
    columns = ", ".join(f'"{f.column}"' for f in fields)
    table = f'"{model._meta.db_table}"'
    if vendor == "postgresql":
        types = tuple(_postgres_type(f) for f in fields)
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        return f"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays})", types  # noqa: S608 - names from models
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})", ()  # noqa: S608 - names from models


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    for field in model._meta.concrete_fields:
        if name in (field.attname, field.name):
            return field
    raise LookupError(f"{model._meta.label} has no column {name}")


def _postgres_type(field: "models.Field[Any, Any]") -> str:
    kind = str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))
    return kind.split("(", maxsplit=1)[0]


def insert_rows(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Insert rows of raw column values (scaled integers for exact numbers). One statement, whatever their number."""
    if not rows:
        return
    statement, _types = _shape(model, names, connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(statement, [tuple(_plain(value) for value in row) for row in rows])


def insert_row(model: type[models.Model], **values: Any) -> int:
    """Insert one row of raw column values; answers its key."""
    names = tuple(values)
    statement, _types = _shape(model, names, "single")
    with connection.cursor() as cursor:
        cursor.execute(f'{statement} RETURNING "{model._meta.pk.column}"', adapted(values.values()))
        return int(cursor.fetchone()[0])


def adapted(values: Iterable[Any]) -> list[Any]:
    """Values as a raw statement on this database takes them."""
    return list(values) if connection.vendor == "postgresql" else [_plain(value) for value in values]


def _plain(value: Any) -> Any:
    """SQLite's own forms: ids as 32 hex digits and times as Django writes them."""
    kind = type(value)
    if kind in (int, str, bool) or value is None:
        return value
    if hasattr(value, "hex") and hasattr(value, "int"):
        return value.hex
    if hasattr(value, "utcoffset"):
        return connection.ops.adapt_datetimefield_value(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
