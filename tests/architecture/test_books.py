"""Books are append-only and exact, on the database this run is on."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError

from pos.services.bonus import undo
from smartpos.context import acting
from smartpos.db.append_only import AppendOnly, AppendOnlyModel
from smartpos.db.fields import AmountField, QuantityField, RateField, ScaledField
from smartpos.people.services.commission import note_rate
from tests.architecture.product import NOTHING, product_models, source_files, stale
from tests.bonus import paid_out
from tests.world import AT, World

database = pytest.mark.database
BOOKS = [model for model in product_models() if issubclass(model, AppendOnlyModel)]

# Tables that a reader might take for books and that change, with the reason.
MAY_CHANGE = {
    "pos.Shift": "is closed once; its totals are frozen then",
    "inventory.StockLevel": "the sum of movements; can be rebuilt",
    "operations.DeviceJournal": "the heads of a device's counts and chain",
    "operations.SequenceGap": "filled when what was missing comes",
}


@pytest.fixture
def full_books(world: World) -> None:
    """A sale and a refund, and a word on what could not be booked, so that no book is empty."""
    from tests.architecture.shop import at_work, booked_later, known, noted, online

    known(world)
    till = at_work(world, world.terminal, "1111")
    online(till, world, world.store)
    noted(world)
    booked_later(world, till)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        note_rate(world.cashier, [world.store], first=True, at=AT)
        undo(paid_out(world, world.cashier), reason="Wrong", by=world.owner, at=AT)


def test_the_ledgers_of_the_line_are_books() -> None:
    expected = {
        "audit.Entry", "operations.Operation", "operations.Retrial", "operations.Change", "inventory.Movement", "pos.Receipt",
        "pos.ReceiptLine", "pos.ReceiptTax", "pos.Payment", "pos.Invoice", "pos.CashMovement", "pos.ShiftReport", "pos.ZReport",
        "pos.LinkEvent", "pos.EntrustedEntry", "pos.ChecklistTick", "pos.BonusPayout", "pos.BonusUndo",
        "people.CommissionRate",
    }  # fmt: skip
    assert expected <= {model._meta.label for model in BOOKS}
    assert not set(MAY_CHANGE) & {model._meta.label for model in BOOKS}


@database
@pytest.mark.django_db
def test_no_book_lets_a_row_be_changed_or_removed(full_books: None) -> None:
    for model in BOOKS:
        table, key = model._meta.db_table, model._meta.pk.column
        assert model._base_manager.exists(), f"{table} is empty: the trigger cannot be seen at work"
        for statement in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # What deferred keys still have to check would stop the statement before the trigger does.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {table} CASCADE")


@database
@pytest.mark.django_db
def test_the_orm_cannot_change_a_book_either(full_books: None) -> None:
    for model in BOOKS:
        row = model._base_manager.first()
        for change in (row.save, row.delete, model._base_manager.all().delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_every_book_has_its_trigger_in_a_migration_and_again_after_each_that_rebuilds_it() -> None:
    """SQLite drops a table's triggers when it rebuilds the table for an alteration."""
    rebuilds = (
        "AddField",
        "AlterField",
        "RemoveField",
        "RenameField",
        "AddConstraint",
        "RemoveConstraint",
        "AlterUniqueTogether",
    )
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for model in BOOKS:
        state = None
        for key in sorted(k for k in loader.disk_migrations if k[0] == model._meta.app_label):
            for operation in loader.disk_migrations[key].operations:
                name = getattr(operation, "model_name", "") or getattr(operation, "name", "")
                if isinstance(operation, AppendOnly) and operation.model.lower() == model._meta.model_name:
                    state = "guarded"
                elif name.lower() == model._meta.model_name and type(operation).__name__ in rebuilds:
                    state = f"rebuilt by {key[1]}"
        assert state == "guarded", f"{model._meta.label}: {state or 'never guarded'}"


def columns() -> Iterator[tuple[type[models.Model], "models.Field"]]:
    for model in product_models():
        for field in model._meta.concrete_fields:
            yield model, field


def test_no_column_is_a_binary_float_or_a_decimal_that_sqlite_keeps_as_one() -> None:
    inexact = [f"{m._meta.label}.{f.name}" for m, f in columns() if isinstance(f, models.FloatField | models.DecimalField)]
    assert inexact == []


AMOUNT_NAMES = {
    "price", "cost", "total", "net", "tax", "gross", "discount", "payable", "amount", "tendered", "change", "tip", "rounding",
    "part", "service", "points", "opening_float", "counted", "expected", "list_price", "unit_price", "before", "after",
    "costed", "due", "spent", "promotion_off", "per_unit", "drawer", "previous_count", "threshold", "target", "bonus",
}  # fmt: skip
RATE_NAMES = {"rate", "percent", "commission", "promotion_percent"}
# Points of the book are whole numbers; on a receipt the same word is what they were worth.
WHOLE = {"pos.PointsEntry.points"}
QUANTITY_NAMES = {"quantity", "min_stock", "max_stock", "factor", "level"}


@pytest.mark.parametrize(
    ("names", "kind"), [(AMOUNT_NAMES, AmountField), (QUANTITY_NAMES, QuantityField), (RATE_NAMES, RateField)]
)
def test_money_quantities_and_rates_are_exact_columns(names: set[str], kind: type[ScaledField]) -> None:
    found = [(m, f) for m, f in columns() if f.name in names and not f.is_relation and f"{m._meta.label}.{f.name}" not in WHOLE]
    assert found
    wrong = [f"{m._meta.label}.{f.name} is {type(f).__name__}" for m, f in found if not isinstance(f, kind)]
    assert wrong == []


def test_every_exact_column_has_a_name_that_this_test_knows() -> None:
    known = AMOUNT_NAMES | QUANTITY_NAMES | RATE_NAMES
    new = {f.name for _m, f in columns() if isinstance(f, ScaledField)} - known
    assert new == set(), "add them above, so that a plain integer of that name is noticed elsewhere"


def test_nothing_asks_the_database_for_an_average() -> None:
    """Avg, StdDev and Variance answer binary floats of the scaled integers: neither exact nor in the unit."""
    used = [
        str(path)
        for path in source_files()
        for word in ("Avg(", "StdDev(", "Variance(")
        if word in Path(path).read_text("utf-8")
    ]
    assert used == []


@database
@pytest.mark.django_db
def test_every_time_is_kept_with_its_zone(full_books: None) -> None:
    for model, field in columns():
        if isinstance(field, models.DateTimeField):
            value = model._base_manager.filter(**{f"{field.name}__isnull": False}).values_list(field.name, flat=True).first()
            assert value is None or value.utcoffset() == dt.timedelta(0), f"{model._meta.label}.{field.name}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'"
            )
            assert cursor.fetchall() == []


def test_tables_that_change_on_purpose_still_exist() -> None:
    labels = {model._meta.label for model in product_models()}
    assert stale(set(MAY_CHANGE), labels & set(MAY_CHANGE)) == NOTHING
