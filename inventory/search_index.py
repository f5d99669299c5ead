"""The index behind the search of products: trigrams of the folded text, on both databases.

PostgreSQL: a GIN index of pg_trgm that LIKE uses by itself. SQLite: an FTS5 table of trigrams that triggers keep; it is put up
after every migration, because SQLite drops a table's triggers when a migration rebuilds it.
"""

from functools import cache
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "inventory_product"
_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS inventory_product_words ON inventory_product USING gin (folded gin_trgm_ops)",
)
_SQLITE_TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS inventory_product_words
USING fts5(folded, content='inventory_product', content_rowid='id', tokenize='trigram')
"""
_SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER IF NOT EXISTS inventory_product_words_added AFTER INSERT ON inventory_product BEGIN
      INSERT INTO inventory_product_words(rowid, folded) VALUES (new.id, new.folded);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS inventory_product_words_gone AFTER DELETE ON inventory_product BEGIN
      INSERT INTO inventory_product_words(inventory_product_words, rowid, folded) VALUES ('delete', old.id, old.folded);
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS inventory_product_words_changed AFTER UPDATE OF folded ON inventory_product
    WHEN old.folded <> new.folded BEGIN
      INSERT INTO inventory_product_words(inventory_product_words, rowid, folded) VALUES ('delete', old.id, old.folded);
      INSERT INTO inventory_product_words(rowid, folded) VALUES (new.id, new.folded);
    END
    """,
)
_TRIGGERS = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'inventory_product_words%'"
_REBUILD = "INSERT INTO inventory_product_words(inventory_product_words) VALUES ('rebuild')"


def put_up(connection: BaseDatabaseWrapper) -> bool:
    """Make the index where it is missing; False where this database cannot (search is then slower and finds the same)."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for statement in _POSTGRES:
                    cursor.execute(statement)
                return True
            cursor.execute(_TRIGGERS)
            if cursor.fetchone()[0] == len(_SQLITE_TRIGGERS):
                return True
            for statement in (_SQLITE_TABLE, *_SQLITE_TRIGGERS, _REBUILD):
                cursor.execute(statement)
    except DatabaseError:
        return False
    return True


@cache
def is_up(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is an index to ask; asked once a connection, because only a migration makes or drops it."""
    if connection.vendor == "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        return bool(cursor.fetchone()[0] == len(_SQLITE_TRIGGERS))


def after_migrate(*, using: str, **_more: Any) -> None:
    """Signal handler of Django's `post_migrate`."""
    from django.db import connections  # noqa: PLC0415 - the registry of connections is not there when apps are loaded

    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        put_up(connection)
