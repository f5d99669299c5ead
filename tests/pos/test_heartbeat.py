"""Signs of life: what a device says is kept, silence turns it offline, errors are capped, strangers and the revoked are refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from backoffice.selectors.devices import Standing, browser_of, devices, of_standing, standing
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.operations.models import DeviceError, DeviceStatus, SequenceGap
from smartpos.people.models import Device
from smartpos.people.services.devices import revoke
from tests.world import World, by_client

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BEAT = {"build": "abc123", "waiting": 3, "last_seq": 12, "persisted": True}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def device(world: World) -> tuple[Device, Any]:
    """A device and its way to speak."""
    made, token = world.enrol()
    return made, by_client(Client(headers={"User-Agent": FIREFOX}), token)


def mishap(message: str = "TypeError: x is not a function", **more: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "at": datetime.now(UTC).isoformat(), "message": message, **more}


def seen(world: World, made: Device) -> Device:
    with acting(business_id=world.business.pk):
        return devices().get(pk=made.pk)


@pytest.mark.feature("SEC-09")
def test_a_device_lives_while_it_says_so_and_is_offline_after_two_minutes_of_silence(
    world: World, device: tuple[Device, Any]
) -> None:
    made, send = device
    assert standing(seen(world, made), datetime.now(UTC)) == Standing.SILENT
    status, answer = send("POST", "/pos/heartbeat", BEAT)
    assert (status, set(answer)) == (200, {"server_time", "cursor", "shift"})
    now = datetime.now(UTC)
    for later, expected in ((30, Standing.ONLINE), (119, Standing.ONLINE), (121, Standing.OFFLINE)):
        at = now + timedelta(seconds=later)
        assert standing(seen(world, made), at) == expected
        with acting(business_id=world.business.pk):
            assert list(of_standing(devices(), expected, at)) == [made]
    with time_machine.travel(now + timedelta(minutes=9)):
        send("POST", "/pos/heartbeat", BEAT)
        assert standing(seen(world, made), datetime.now(UTC)) == Standing.ONLINE


def test_what_it_says_is_kept_and_the_next_word_replaces_it(world: World, device: tuple[Device, Any]) -> None:
    made, send = device
    send("POST", "/pos/heartbeat", BEAT)
    send("POST", "/pos/heartbeat", {**BEAT, "waiting": 0, "persisted": None})
    found = DeviceStatus.everywhere.get()
    assert (found.device_id, found.waiting, found.last_seq, found.persisted) == (made.pk, 0, 12, None)
    assert (found.build, found.address, found.browser) == ("abc123", "127.0.0.1", FIREFOX)


def test_an_error_told_twice_is_kept_once_and_the_oldest_give_way(world: World, device: tuple[Device, Any]) -> None:
    made, send = device
    once = mishap()
    for _ in range(2):
        send("POST", "/pos/heartbeat", {**BEAT, "errors": [once]})
    assert DeviceError.everywhere.count() == 1
    for n in range(12):
        send("POST", "/pos/heartbeat", {**BEAT, "errors": [mishap(f"{n}:{m}") for m in range(5)]})
    assert DeviceError.everywhere.filter(device=made).count() == 50
    assert not DeviceError.everywhere.filter(uuid=UUID(once["id"])).exists()


def test_an_errors_time_is_held_within_reason(world: World, device: tuple[Device, Any]) -> None:
    _made, send = device
    for at in ("2099-01-01T00:00:00Z", "0001-01-01T00:00:00Z"):
        assert send("POST", "/pos/heartbeat", {**BEAT, "errors": [mishap(at=at)]})[0] == 200
    for error in DeviceError.everywhere.all():
        assert abs(error.received_at - error.occurred_at) <= timedelta(days=30)


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        {},
        {**BEAT, "waiting": -1},
        {**BEAT, "waiting": 2**40},
        {**BEAT, "build": "x" * 41},
        {**BEAT, "build": "a\x00b"},
        {**BEAT, "more": 1},
        {**BEAT, "errors": [{"id": "x", "at": "now", "message": ""}]},
        {**BEAT, "errors": [mishap() for _ in range(6)]},
        {**BEAT, "errors": [mishap("x" * 301)]},
        {**BEAT, "errors": [mishap(at="2026-11-26T10:00:00")]},
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(world: World, device: tuple[Device, Any], body: Any) -> None:
    _made, send = device
    assert send("POST", "/pos/heartbeat", body)[0] == 400
    assert not DeviceStatus.everywhere.exists()


def test_a_revoked_device_is_told_so_and_may_still_send_what_it_sold(world: World) -> None:
    till = world.till()
    till.open_shift()
    before = till.sale([(till.item("ESP"), "1")])
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        revoke(Device.objects.get(), at=datetime.now(UTC))
    status, answer = till.send("POST", "/pos/heartbeat", BEAT)
    assert (status, answer["error"]["code"]) == (401, "device_revoked")
    assert not DeviceStatus.everywhere.exists()
    [kept] = till.post(before)
    assert kept["state"] == "review"


def test_nobody_else_gives_a_sign_of_life(world: World) -> None:
    send = by_client(Client(), "x" * 43)
    assert send("POST", "/pos/heartbeat", BEAT)[0] == 401


def test_a_hole_in_the_count_is_shown(world: World, device: tuple[Device, Any]) -> None:
    made, _send = device
    for first, last in ((3, 5), (9, 9)):
        SequenceGap.everywhere.create(
            business_id=world.business.pk, device=made, first=first, last=last, seen_at=datetime.now(UTC)
        )
    assert seen(world, made).gaps == 4


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox · Linux"),
        ("Mozilla/5.0 (Linux; Android 14; Tab) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1", "Safari · iPad"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_browsers_are_named_as_people_name_them(agent: str, words: str) -> None:
    assert browser_of(agent) == words
