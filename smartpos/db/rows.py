"""Wide writes: many rows by one statement, without building a model instance for each.

The ORM spends most of a sale's time on instances and SQL text; this keeps both out of the hot path (docs/performance.md).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from smartpos.db.prepared import adapted, array, plain, prepared_cursor

Row = Sequence[Any]


@cache
def _shape(
    model: type[models.Model], names: tuple[str, ...], vendor: str, computed: tuple[tuple[str, str], ...] = ()
) -> tuple[str, tuple[str, ...]]:
    """Insert statement and database types of the columns; checked against the model once."""
    fields = [_column(model, name) for name in names]
    left_out = {f.attname for f in model._meta.concrete_fields if not (f.null or f.primary_key)} - {f.attname for f in fields}
    if left_out:
        raise LookupError(f"{model._meta.label}: columns without a value: {', '.join(sorted(left_out))}")
    columns = ", ".join(f'"{f.column}"' for f in fields)
    table = f'"{model._meta.db_table}"'
    head = f"INSERT INTO {table} ({', '.join([columns, *(name for name, _by in computed)])})"
    chosen = ", ".join(["given.*", *(by for _name, by in computed)])
    if vendor == "postgresql":
        types = tuple(_postgres_type(f) for f in fields)
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        return f"{head} SELECT {chosen} FROM unnest({arrays}) AS given ({columns})", types  # noqa: S608 - names from models
    if computed:
        row = ", ".join(f'%s AS "{f.column}"' for f in fields)
        return f"{head} SELECT {chosen} FROM (SELECT {row}) AS given", ()  # noqa: S608 - names from models
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})", ()  # noqa: S608 - names from models


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    for field in model._meta.concrete_fields:
        if name in (field.attname, field.name):
            return field
    raise LookupError(f"{model._meta.label} has no column {name}")


def _postgres_type(field: "models.Field[Any, Any]") -> str:
    kind = str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))
    return kind.split("(", maxsplit=1)[0]


def insert_rows(
    model: type[models.Model], names: tuple[str, ...], rows: Sequence[Row], *, computed: tuple[tuple[str, str], ...] = ()
) -> None:
    """Insert rows of raw column values (scaled integers for exact numbers). One statement, whatever their number.

    `computed` are columns that the database fills by an expression over `given`, the row as it was given.
    """
    if not rows:
        return
    statement, _types = _shape(model, names, connection.vendor, computed)
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, [array(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(statement, [tuple(plain(value) for value in row) for row in rows])


def insert_row(model: type[models.Model], **values: Any) -> int:
    """Insert one row of raw column values; answers its key."""
    names = tuple(values)
    statement, _types = _shape(model, names, "single")
    with prepared_cursor() as cursor:
        cursor.execute(f'{statement} RETURNING "{model._meta.pk.column}"', adapted(values.values()))
        return int(cursor.fetchone()[0])


def update_rows(model: type[models.Model], names: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Set the named columns of many rows to raw column values; each row begins with its key. One statement on PostgreSQL."""
    if not rows:
        return
    columns = [_column(model, name).column for name in names]
    table, key = f'"{model._meta.db_table}"', f'"{model._meta.pk.column}"'
    with prepared_cursor() as cursor:
        if connection.vendor == "postgresql":
            fields = [_column(model, name) for name in names]
            arrays = ", ".join(["%s::bigint[]", *(f"%s::{_postgres_type(field)}[]" for field in fields)])
            given = ", ".join(f'"{column}"' for column in columns)
            sets = ", ".join(f'"{column}" = given."{column}"' for column in columns)
            statement = (
                f"UPDATE {table} SET {sets} FROM unnest({arrays}) AS given(of_row, {given}) WHERE {table}.{key} = given.of_row"  # noqa: S608 - names from models
            )
            cursor.execute(statement, [array(column) for column in zip(*rows, strict=True)])
        else:
            sets = ", ".join(f'"{column}" = %s' for column in columns)
            statement = f"UPDATE {table} SET {sets} WHERE {key} = %s"  # noqa: S608 - names from models
            cursor.executemany(statement, [[*adapted(row[1:]), row[0]] for row in rows])
