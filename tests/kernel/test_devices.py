"""Browsers become devices by a code, once; a terminal has one; a series is never given twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError, TooManyTries
from smartpos.people.models import Device, EnrolmentCode, Role, Terminal
from smartpos.people.services.devices import device_of, enrol, make_enrolment_code, revoke
from smartpos.people.services.places import archive_terminal, create_terminal
from tests.architecture.shop import staff
from tests.till import Till
from tests.world import World, by_client

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def code_for(world: World, terminal: Terminal | None = None, at: datetime = AT) -> str:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return make_enrolment_code(terminal or world.terminal, by=world.owner, at=at)


def use(code: str, *, at: datetime = AT, name: str = "Front", address: str = "10.0.0.1") -> tuple[Device, str]:
    return enrol(code, name=name, address=address, user_agent="x" * 1000, at=at)


def refusal(code: str, **more: object) -> str:
    with pytest.raises(DomainError) as caught:
        use(code, **more)  # type: ignore[arg-type]
    return caught.value.code


def test_a_code_is_read_aloud_typed_anyhow_and_good_once(world: World) -> None:
    code = code_for(world)
    device, token = use(f"  {code.lower().replace('-', ' ')} ")
    assert (device.series, device.terminal_id, len(device.user_agent)) == ("A1", world.terminal.pk, 200)
    assert device_of(token) == device
    assert refusal(code) == "code_unknown"
    assert Device.everywhere.count() == 1


def test_a_code_is_good_for_fifteen_minutes(world: World) -> None:
    assert refusal(code_for(world), at=AT + timedelta(minutes=15)) == "code_unknown"
    assert use(code_for(world), at=AT + timedelta(minutes=14, seconds=59))


def test_every_wrong_code_is_answered_alike_and_the_fifth_locks_the_address(world: World) -> None:
    used, expired = code_for(world), code_for(world, at=AT - timedelta(hours=1))
    use(used)
    assert {refusal(code) for code in (used, expired, "AAAA-AAAA", "")} == {"code_unknown"}
    assert refusal("BBBB-BBBB") == "code_unknown"
    with pytest.raises(TooManyTries):
        use(code_for(world))
    assert use(code_for(world), address="10.0.0.2")


def test_a_code_of_a_terminal_out_of_use_is_unknown(world: World) -> None:
    code = code_for(world)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        archive_terminal(world.terminal, by=world.owner, at=AT)
    assert refusal(code) == "code_unknown"


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_a_device_has_a_name(world: World, name: str) -> None:
    code = code_for(world)
    assert refusal(code, name=name) == "name_missing"
    assert use(code)


def test_codes_and_tokens_are_kept_as_keyed_hashes_only(world: World) -> None:
    code = code_for(world)
    _device, token = use(code)
    kept = bytes(Device.everywhere.get().token_hash) + bytes(EnrolmentCode.everywhere.get().code_hash)
    assert len(kept) == 64
    assert token.encode() not in kept
    texts = " ".join(entry.data for entry in Entry.objects.all())
    assert token not in texts
    assert code not in texts


def test_a_takeover_revokes_the_former_device_at_once(world: World) -> None:
    client = Client()
    till = world.till(client)
    till.open_shift()
    assert till.send("GET", "/pos/snapshot", None)[0] == 200
    world.enrol()
    for method, path in (("GET", "/pos/snapshot"), ("GET", "/pos/device"), ("GET", "/pos/ping"), ("GET", "/pos/receipts")):
        status, answer = till.send(method, path, None)
        assert (status, answer["error"]["code"]) == (401, "device_revoked")
    status, answer = till.send("POST", "/pos/pin", {"pin": "1111"})
    assert (status, answer["error"]["code"]) == (401, "device_revoked")
    assert Entry.objects.filter(action="device.revoked").count() == 1


def test_a_series_never_comes_again(world: World, other_world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_terminal(world.store, by=world.owner, name="Till 2", at=AT)
    series = [world.enrol(terminal)[0].series for terminal in (world.terminal, second, world.terminal, world.terminal)]
    assert series == ["A1", "A2", "A3", "A4"]
    assert other_world.enrol()[0].series == "A1"


@pytest.mark.parametrize(
    ("count", "series"), [(0, "A1"), (98, "A99"), (99, "B1"), (99 * 26 - 1, "Z99"), (99 * 26, "AA1"), (99 * 702, "AAA1")]
)
def test_series_go_on_behind_z(count: int, series: str, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    from smartpos.people.services import devices

    with acting(business_id=world.business.pk):
        monkeypatch.setattr(Device.objects, "count", lambda: count, raising=False)
        assert devices._next_series() == series


def test_revoking_twice_is_one_revocation(world: World) -> None:
    device, token = world.enrol()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        revoke(device, at=AT)
        revoke(device, at=AT + timedelta(hours=1))
    assert Device.everywhere.get().revoked_at == AT
    assert Entry.objects.filter(action="device.revoked").count() == 1
    assert device_of(token) is not None


@pytest.mark.parametrize("token", ["", "x", "y" * 101, "ž" * 50, "\x00"])
def test_a_token_that_nobody_has_is_nobodys(token: str, db: None) -> None:
    assert device_of(token) is None


def test_the_cookie_goes_only_where_the_till_needs_it(world: World) -> None:
    client = Client()
    response = client.post(
        "/pos/enrol", {"code": code_for(world, at=datetime.now(UTC)), "name": "Bar"}, content_type="application/json",
        headers={"X-SmartPOS-Till": "1"},
    )  # fmt: skip
    assert response.status_code == 200
    cookies = {name: (m["path"], m["httponly"], m["samesite"]) for name, m in response.cookies.items()}
    assert cookies == {"smartpos_device": ("/pos/", True, "Strict"), "smartpos_events": ("/events", True, "Strict")}
    assert client.get("/pos/device").json() == response.json()
    assert response.json()["device"]["name"] == "Bar"


@pytest.mark.parametrize("body", [b"", b"{}", b'{"code":1,"name":"x"}', b"[" * 4000, b"\xff", b'{"code":"\\ud800","name":"x"}'])
def test_what_is_no_enrolment_is_400(body: bytes, db: None) -> None:
    response = Client().post("/pos/enrol", body, content_type="application/json", headers={"X-SmartPOS-Till": "1"})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "unreadable")


@pytest.mark.feature("SEC-10")
def test_a_device_comes_in_by_a_managers_code_and_goes_by_their_word(world: World) -> None:
    office, clerk = Client(), Client()
    office.force_login(world.owner.user)
    clerk.force_login(staff(world, "Klara", Role.CASHIER, pin="4444", store=world.store, email="k@a.example").user)
    make = f"/backoffice/devices/code/{world.terminal.uuid}/"
    assert clerk.post(make).status_code == 403
    stranger = Client().get("/pos/device", headers={"X-SmartPOS-Till": "1"})
    assert (stranger.status_code, stranger.json()) == (200, {"device": None}), "nobody yet, and no error on the console"
    assert Client().get("/pos/snapshot", headers={"X-SmartPOS-Till": "1"}).status_code == 401
    code = office.post(make).content.decode().split('id="enrolment-code">')[1].split("<")[0]
    browser = Client()
    enrolment = {"content_type": "application/json", "headers": {"X-SmartPOS-Till": "1"}}
    assert browser.post("/pos/enrol", {"code": code, "name": "Front"}, **enrolment).status_code == 200
    till = Till(by_client(browser, browser.cookies["smartpos_device"].value)).load().sign_in("1111")
    till.open_shift()
    pending, device = till.sale([(till.item("ESP"), "1")]), Device.everywhere.get()
    assert clerk.post(f"/backoffice/devices/{device.uuid}/revoke/").status_code == 403
    assert office.post(f"/backoffice/devices/{device.uuid}/revoke/").status_code == 302
    for path in ("/pos/snapshot", "/pos/device", "/pos/ping"):
        status, answer = till.send("GET", path, None)
        assert (status, answer["error"]["code"]) == (401, "device_revoked")
    assert till.send("POST", "/pos/pin", {"pin": "1111"})[0] == 401
    [kept] = till.post(pending)
    assert (kept["state"], kept["marks"][0]["code"]) == ("review", "device_revoked_since")
    later = till.sale([(till.item("ESP"), "1")])
    assert till.post(later)[0]["error"]["code"] == "device_revoked"
