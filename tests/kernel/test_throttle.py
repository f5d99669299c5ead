"""Guessing gets slower and slower, says nothing, and no success undoes it for others."""

from datetime import UTC, datetime, timedelta

import pytest

from smartpos.audit.models import Entry
from smartpos.errors import TooManyTries
from smartpos.people.models import Device
from smartpos.people.services import throttle
from smartpos.people.services.pins import FREE_TRIES_A_DAY, PinUnknown, identify
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def seconds_locked(at: datetime, *keys: str) -> int:
    try:
        throttle.check(keys, at=at)
    except TooManyTries as error:
        return int(error.params["seconds"])
    return 0


def test_the_fifth_failure_locks_and_each_further_one_doubles_up_to_an_hour() -> None:
    at, locks = AT, []
    for _ in range(14):
        throttle.fail(["k"], at=at)
        locks.append(seconds_locked(at, "k"))
        at += timedelta(seconds=locks[-1] + 1)
    assert locks == [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_the_growth_never_overflows() -> None:
    for _ in range(300):
        throttle.fail(["k"], at=AT)
    assert seconds_locked(AT, "k") == 3600


def test_a_lock_ends_and_a_quiet_day_forgets() -> None:
    for _ in range(5):
        throttle.fail(["k"], at=AT)
    assert seconds_locked(AT + timedelta(seconds=29), "k") == 1
    assert seconds_locked(AT + timedelta(seconds=30), "k") == 0
    later = AT + throttle.FORGOTTEN_AFTER + timedelta(minutes=1)
    assert throttle.fail(["k"], at=later) is False


def test_keys_do_not_lock_each_other() -> None:
    for _ in range(5):
        throttle.fail(["a"], at=AT)
    assert seconds_locked(AT, "b") == 0
    assert seconds_locked(AT, "b", "a") == 30


@pytest.fixture
def device(world: World) -> Device:
    return world.enrol()[0]


def guess(device: Device, pin: str, at: datetime, address: str = "10.0.0.1") -> str:
    try:
        return identify(device, pin, address=address, at=at).name
    except PinUnknown:
        return "unknown"
    except TooManyTries:
        return "locked"


def test_five_wrong_pins_lock_the_device_and_stand_in_the_log(device: Device) -> None:
    assert [guess(device, "0000", AT) for _ in range(6)] == ["unknown"] * 5 + ["locked"]
    assert guess(device, "1111", AT) == "locked"
    assert guess(device, "1111", AT, address="10.0.0.2") == "locked"
    assert guess(device, "1111", AT + timedelta(seconds=31)) == "Boris A"
    entry = Entry.objects.get(action="pin.locked_out")
    assert (entry.device_id, entry.address, entry.data) == (device.pk, "10.0.0.1", "{}")


def test_another_device_behind_the_same_address_is_locked_too(world: World, other_world: World) -> None:
    first, second = world.enrol()[0], other_world.enrol()[0]
    for _ in range(5):
        guess(first, "0000", AT)
    assert guess(second, "1111", AT) == "locked"
    assert guess(second, "1111", AT, address="10.0.0.9") == "Boris B"


def test_who_knows_one_pin_cannot_try_all_others_with_it(device: Device) -> None:
    """Four guesses and one's own PIN, again and again, would find the manager's in an hour."""
    at, guesses = AT, 0
    while at < AT + timedelta(hours=8):
        for _ in range(4):
            guesses += guess(device, "0000", at) == "unknown"
        guess(device, "1111", at)
        at += timedelta(seconds=10)
    assert guesses <= FREE_TRIES_A_DAY + 20
    tomorrow = AT + timedelta(days=1)
    assert guess(device, "1111", tomorrow) == "Boris A"


def test_success_forgets_mistypes(device: Device) -> None:
    for _ in range(8):
        assert [guess(device, pin, AT) for pin in ("0000", "0001", "1111")] == ["unknown", "unknown", "Boris A"]
