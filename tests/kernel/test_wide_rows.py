"""Wide writes: one statement, both databases, every type a book has."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.models import Movement
from pos.models import Receipt, Shift
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.db.rows import insert_row, insert_rows
from smartpos.ids import uuid7
from smartpos.operations.models import Change, Operation
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

COLUMNS = ("business_id", "store_id", "variant_id", "kind", "quantity", "cost", "source_kind", "source_id", "at")
AT = datetime(2026, 10, 25, 2, 30, 59, 123456, tzinfo=timezone(timedelta(hours=2)))


def movement(world: World, quantity: int = 1) -> tuple[object, ...]:
    return (world.business.pk, world.store.pk, world.variant("ESP").pk, "sale", quantity, None, "test", uuid7(), AT)


def test_many_rows_are_one_statement_and_read_back_as_they_were(world: World) -> None:
    rows = [movement(world, n) for n in range(1, 201)]
    with CaptureQueriesContext(connection) as caught:
        insert_rows(Movement, COLUMNS, rows)
    assert len(caught) == 1
    with acting(business_id=world.business.pk):
        read = list(Movement.objects.order_by("pk"))
    assert [m.quantity for m in read] == [Decimal(n).scaleb(-3) for n in range(1, 201)]
    assert [m.source_id for m in read] == [row[7] for row in rows]
    assert {(m.at, m.at.tzinfo, m.cost) for m in read} == {(AT, UTC, None)}


def test_no_rows_are_no_statement(world: World, django_assert_num_queries: object) -> None:
    with CaptureQueriesContext(connection) as caught:
        insert_rows(Movement, COLUMNS, [])
    assert len(caught) == 0


def test_one_row_answers_its_key(world: World) -> None:
    key = insert_row(
        Change, business_id=world.business.pk, cursor=10_000, kind="test", key="x", object_id=1, store_id=None, body=None
    )
    assert Change.everywhere.get(pk=key).body is None


def test_dates_times_flags_bytes_ids_and_text_keep_their_value(world: World) -> None:
    device, _token = world.enrol()
    uuid, text = uuid4(), "Ćevapi – “10” €  \t\n \\ ' \" 🧾"
    operation = insert_row(
        Operation, business_id=world.business.pk, uuid=uuid, device_id=device.pk, version=1, seq=2**53 - 1, kind="test",
        device_at="x", clock_offset_ms=-(2**45), occurred_at=AT, received_at=AT, business_date=date(2026, 10, 25),
        actor_id=None, cursor=0, fingerprint=b"\x00\xff" * 16, body=text, state="done", marks="[]", answer="{}",
    )  # fmt: skip
    read = Operation.everywhere.get(pk=operation)
    assert (read.uuid, read.body, bytes(read.fingerprint)) == (uuid, text, b"\x00\xff" * 16)
    assert (read.occurred_at, read.business_date, read.seq) == (AT, date(2026, 10, 25), 2**53 - 1)
    assert (read.clock_offset_ms, read.actor_id) == (-(2**45), None)


def test_a_column_left_out_is_found_before_the_database_is_asked(world: World) -> None:
    with pytest.raises(LookupError, match="opening_float"):
        insert_row(Shift, uuid=uuid7(), business_id=world.business.pk)
    with pytest.raises(LookupError, match="source_id"):
        insert_rows(Movement, COLUMNS[:-2], [movement(world)[:-2]])


def test_a_column_that_does_not_exist_is_named() -> None:
    with pytest.raises(LookupError, match="no column colour"):
        insert_row(Entry, colour="red")


def test_rows_of_unequal_length_are_refused(world: World) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - each database has its own
        insert_rows(Movement, COLUMNS, [movement(world), movement(world)[:-1]])


@pytest.mark.parametrize("model", [Movement, Receipt, Operation, Change, Entry])
def test_a_names_by_attribute_or_by_field_are_the_same_column(model: type) -> None:
    """`business` and `business_id` name one column, so that a misspelt one cannot slip through as missing."""
    from smartpos.db.rows import _column

    assert _column(model, "business_id").column == "business_id"
