"""Fixtures that every test may use: the worlds, clean process caches, and books that a test database may empty."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import TransactionTestCase

from smartpos.context import Act, begin
from smartpos.operations import facts
from smartpos.people.services import devices
from tests.world import World, make_world


@pytest.fixture(autouse=True)
def _clean_process() -> Iterator[None]:
    """What the process remembers of a database that a test rolled back, and whose act it was in."""
    begin(Act())
    yield
    facts.forget()
    devices.forget()


@pytest.fixture
def world(db: None) -> World:
    """Business A: Ana, Boris, Ceca; one store, one till, three products."""
    return make_world("A")


@pytest.fixture
def other_world(db: None) -> World:
    """Business B, whose data must never appear."""
    return make_world("B", currency="EUR", zone="Europe/Vienna")


@contextmanager
def books_open() -> Iterator[None]:
    """Let a test database be emptied: append-only tables refuse that to everybody else."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_no_[ud]*'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


_teardown = TransactionTestCase._fixture_teardown


def _open_then_tear_down(self: TransactionTestCase) -> None:
    with books_open():
        _teardown(self)


TransactionTestCase._fixture_teardown = _open_then_tear_down  # type: ignore[method-assign]
