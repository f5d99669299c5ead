"""Books whose rows are never changed or removed: a trigger on both databases says no."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class AppendOnlyModel(models.Model):
    """Base of every book. Its migration must carry an `AppendOnly` operation; an architecture test checks that."""

    append_only = True

    class Meta:
        abstract = True


_POSTGRES = """
CREATE OR REPLACE FUNCTION smartpos_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: % of %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION smartpos_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION smartpos_append_only();
"""
_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only: UPDATE {table}'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only: DELETE {table}'); END",
)


class AppendOnly(migrations.RunPython):
    """Migration operation: put the triggers on a model's table.

    SQLite rebuilds a table when a later migration alters it and drops its triggers; such a migration repeats this operation.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(self._put, self._take)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, [self.model], {}

    def _table(self, apps: Any) -> str:
        return str(apps.get_model(self._app_label, self.model)._meta.db_table)

    def state_forwards(self, app_label: str, state: Any) -> None:
        self._app_label = app_label

    def _put(self, apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        table = self._table(apps)
        if editor.connection.vendor == "postgresql":
            editor.execute(_POSTGRES.format(table=table), params=None)
            return
        for statement in _SQLITE:
            editor.execute("DROP TRIGGER IF EXISTS " + statement.split()[2].format(table=table), params=None)
            editor.execute(statement.format(table=table), params=None)

    def _take(self, apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        table = self._table(apps)
        if editor.connection.vendor == "postgresql":
            for name in (f"{table}_append_only", f"{table}_no_truncate"):
                editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}", params=None)
            return
        for name in (f"{table}_no_update", f"{table}_no_delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


class Reopen(AppendOnly):
    """Migration operation: take the triggers off, so that the migration can fill a new column. `AppendOnly` ends it."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.code, self.reverse_code = self._take, self._put
