"""Late starts, early ends, floats that differ, and one shift a person."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pos.models import Shift
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.services.places import create_terminal
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# Noon of the store (Sarajevo) on a day to come: the server's clock is moved there with the till's.
NOON = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)


def told(world: World, **values: object) -> Till:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({code.replace("__", "."): value for code, value in values.items()}, by=world.owner, store=None, at=AT)
    return world.till()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set every clock to that time of the store's day."""

    def move(till: Till, hour: int, minute: int = 0) -> None:
        till.clock = lambda: NOON + timedelta(hours=hour - 12, minutes=minute)
        monkeypatch.setattr("pos.views.api.now", till.clock)

    return move


def marks(till: Till, kind: str, **body: object) -> list[dict]:
    if kind == "shift.open":
        till.shift = str(uuid7())
    [answer] = till.post(till.operation(kind, {"shift": till.shift, **body}))
    return list(answer["marks"])


def opened(till: Till, **body: object) -> list[str]:
    found = marks(till, "shift.open", opening_float="0.00", **body)
    marks(till, "shift.close", counted="0.00", early_reason="x")
    return [mark["code"] for mark in found]


@pytest.mark.feature("SHF-15")
def test_exactly_at_the_limit_is_in_time(world: World, at: Callable[..., None]) -> None:
    till = told(world, shift__work_start="10:00", shift__work_end="18:00")
    at(till, 10, 15)
    assert opened(till) == []
    at(till, 10, 16)
    assert opened(till) == ["opened_late", "reason_missing"]
    at(till, 10, 20)
    assert opened(till, late_reason="Tram") == ["opened_late"]
    shift = Shift.everywhere.order_by("pk").last()
    assert shift is not None
    assert (shift.late_minutes, shift.late_reason) == (20, "Tram")


@pytest.mark.feature("SHF-16", "SHF-17")
@pytest.mark.parametrize(
    ("hours", "opening", "closing", "found"),
    [
        (("10:00", "18:00"), (9, 30), (17, 50), (0, 0)),
        (("10:00", "18:00"), (9, 30), (17, 49), (0, 11)),
        (("22:00", "06:00"), (21, 30), (29, 0), (0, 60)),
        (("22:00", "06:00"), (25, 0), (30, 30), (180, 0)),
        (("22:00", "06:00"), (22, 10), (23, 0), (0, 420)),
    ],
)
def test_work_over_midnight(world: World, at: Callable[..., None], hours: Any, opening: Any, closing: Any, found: Any) -> None:  # noqa: PLR0917
    till = told(world, shift__work_start=hours[0], shift__work_end=hours[1])
    at(till, *opening)
    marks(till, "shift.open", opening_float="0.00")
    at(till, *closing)
    marks(till, "shift.close", counted="0.00", early_reason="Flood")
    shift = Shift.everywhere.get()
    assert (shift.late_minutes, shift.early_minutes) == found


@pytest.mark.feature("SHF-02")
def test_another_float_than_the_fixed_one_needs_a_reason(world: World) -> None:
    till = told(world, shift__opening_mode="fixed", shift__opening_amount=Decimal(200))
    with_reason = marks(till, "shift.open", opening_float="150.00", reason="No change")
    assert [mark["code"] for mark in with_reason] == ["float_differs"]
    assert Shift.everywhere.get().opening_reason == "No change"
    till.close_shift("150.00")
    assert [mark["code"] for mark in marks(till, "shift.open", opening_float="150.00")] == ["float_differs", "reason_missing"]
    till.close_shift("150.00")
    assert marks(till, "shift.open", opening_float="200.00") == []


@pytest.mark.feature("SHF-03")
def test_a_free_float_is_any_amount(world: World) -> None:
    till = told(world, shift__opening_mode="free", shift__opening_amount=Decimal(200))
    assert marks(till, "shift.open", opening_float="0.00") == []


def test_one_open_shift_a_person(world: World) -> None:
    till = world.till()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_terminal(world.store, by=world.owner, name="Till 2", at=AT)
    other = world.till(Client(), terminal=second)
    assert other.send("GET", f"/pos/shift?actor={other.actor}", None)[1] == {"elsewhere": None}
    till.open_shift()
    assert other.send("GET", f"/pos/shift?actor={other.actor}", None)[1] == {"elsewhere": world.terminal.name}
    assert other.send("GET", "/pos/shift?actor=nobody", None)[0] == 400
    [mark] = marks(other, "shift.open", opening_float="0.00")
    assert (mark["code"], mark["detail"]) == ("shift_elsewhere", world.terminal.name)
    assert Shift.everywhere.filter(closed_at__isnull=True).count() == 2
