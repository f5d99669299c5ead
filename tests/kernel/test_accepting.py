"""Taking operations: one answer per id for ever, nothing blocks the queue behind it, clocks are corrected and held."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client

from pos.models import Receipt, Shift
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.operations.models import DeviceJournal, Operation, SequenceGap
from smartpos.operations.services import accept as accepting
from smartpos.people.models import Device
from smartpos.people.services.devices import device_of, revoke
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def espresso(till: Till, **more: Any) -> dict[str, Any]:
    return {**till.sale([(till.item("ESP"), "1")]), **more}


def codes(answer: dict[str, Any]) -> list[str]:
    return [mark["code"] for mark in answer["marks"]]


# What a till can break, and what the server says of it: a name, what is done to a good sale's text, the state.
POISON: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "half an emoji in a name": (lambda raw: raw.replace(b'"Espresso"', b'"Espresso \\ud83d"'), "done"),
    "a zero character in a name": (lambda raw: raw.replace(b'"Espresso"', b'"Esp\\u0000resso"'), "done"),
    "bytes that are no UTF-8": (lambda raw: raw.replace(b'"Espresso"', b'"Espr\xffsso"'), "done"),
    "a zero character in a tax code": (lambda raw: raw.replace(b'"code":"17"', b'"code":"1\\u00007"'), "done"),
    "a zero character in the kind": (lambda raw: raw.replace(b"sale.settle", b"sale.sett\\u0000le"), "done"),
    "an unspeakable kind": (lambda raw: raw.replace(b"sale.settle", "šala".encode()), "review"),
    "a kind that is no text": (lambda raw: raw.replace(b'"sale.settle"', b"7"), "review"),
    "a number beyond all numbers": (lambda raw: raw.replace(b'"goods":', b'"goods":1e400,"x":'), "review"),
    "a count beyond all counts": (lambda raw: raw.replace(b'"seq":2', b'"seq":18446744073709551616'), "review"),
    "a count that is text": (lambda raw: raw.replace(b'"seq":2', b'"seq":"2"'), "review"),
    "a tax code longer than its column": (lambda raw: raw.replace(b'"code":"17"', b'"code":"' + b"1" * 200 + b'"'), "review"),
    "a year that cannot be": (lambda raw: raw.replace(b'"at":"2', b'"at":"1'), "done"),
    "an unknown field": (lambda raw: raw.replace(b'"v":1', b'"v":1,"extra":true'), "review"),
    "a unit longer than its column": (lambda raw: raw.replace(b'"unit":"piece"', b'"unit":"piecepiece"'), "review"),
    "a price beyond all prices": (lambda raw: raw.replace(b'"list":"2"', b'"list":"99999999999"'), "review"),
    "a rate that is no rate": (lambda raw: raw.replace(b'"rate":"17"', b'"rate":"seventeen"'), "review"),
    "a currency that is none": (lambda raw: raw.replace(b'"BAM"', b'"XXX"'), "review"),
    "digits the currency does not have": (lambda raw: raw.replace(b'"digits":2', b'"digits":7'), "review"),
    "a body that is a list": (lambda raw: raw.replace(b'"body":{', b'"body":[{') .replace(b'}}]}', b'}]}]}'), "review"),
}  # fmt: skip


@pytest.mark.parametrize("name", POISON)
def test_poison_never_blocks_the_queue_behind_it(till: Till, name: str) -> None:
    break_it, state = POISON[name]
    bad, good = espresso(till), espresso(till)
    raw = msgspec.json.encode({"operations": [bad]})
    broken = break_it(raw)
    assert broken != raw
    operations = broken[: -len(b"]}")] + b"," + msgspec.json.encode(good) + b"]}"
    for _ in range(2):
        answers = till.send_bytes(operations)
        assert [a["state"] for a in answers] == [state, "done"], answers
    assert Operation.everywhere.filter(uuid__in=[bad["id"], good["id"]]).count() == 2
    assert list(faults()) == []


@pytest.mark.parametrize("error", [KeyError, AssertionError, RecursionError, ZeroDivisionError, RuntimeError, IntegrityError])
def test_a_defect_of_ours_keeps_the_operation_and_lets_the_next_one_through(
    till: Till, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = espresso(till), espresso(till)
    judge = accepting._judge

    def broken(case: Any, **more: Any) -> Any:
        if str(case.operation.id) == first["id"]:
            raise error("a defect")
        return judge(case, **more)

    monkeypatch.setattr(accepting, "_judge", broken)
    answers = till.post(first, second)
    assert [a["state"] for a in answers] == ["review", "done"]
    assert codes(answers[0]) == ["defect"]
    assert error.__name__ in answers[0]["marks"][0]["detail"]
    kept = Operation.everywhere.get(uuid=first["id"])
    assert msgspec.json.decode(kept.body) == first
    assert till.post(first, second) == answers


def test_a_busy_database_answers_503_and_books_nothing(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object, **_more: object) -> None:
        raise OperationalError("database is locked")

    sale = espresso(till)
    with monkeypatch.context() as patched:
        patched.setattr(accepting, "_judge", busy)
        status, body = till.send("POST", "/pos/operations", {"operations": [sale]})
    assert (status, body["error"]["code"], body["error"]["seconds"]) == (503, "busy", 2)
    assert not Operation.everywhere.filter(uuid=sale["id"]).exists()
    assert till.post(sale)[0]["state"] == "done"


def test_the_order_of_keys_and_blanks_do_not_make_another_content(till: Till) -> None:
    sale = espresso(till)
    [first] = till.post(sale)
    again = dict(reversed(sale.items()))
    again["body"] = dict(reversed(sale["body"].items()))
    assert till.send_bytes(msgspec.json.format(msgspec.json.encode({"operations": [again]}), indent=4)) == [first]


def test_an_id_of_another_device_or_tenant_is_refused_and_tells_nothing(till: Till, world: World, other_world: World) -> None:
    sale = espresso(till)
    till.post(sale)
    stranger = other_world.till()
    [answer] = stranger.post({**sale, "body": {}})
    assert (answer["state"], answer["result"], answer["error"]["code"]) == ("refused", None, "same_id_other_body")
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        from smartpos.people.services.places import create_terminal

        second = create_terminal(world.store, by=world.owner, name="Till 2", at=datetime.now(UTC))
    [answer] = world.till(Client(), terminal=second).post(sale)
    assert (answer["state"], answer["error"]["code"]) == ("refused", "same_id_other_body")
    assert Receipt.everywhere.count() == 1


def test_the_device_clock_is_corrected_by_its_measured_offset(till: Till) -> None:
    """Three days behind and in another zone (hard case 9): the offset says so."""
    at = datetime.now(UTC) - timedelta(days=3)
    local = at.astimezone(datetime.fromisoformat("2026-01-01T00:00:00+11:00").tzinfo)
    [answer] = till.post(espresso(till, at=local.isoformat(), clock_offset_ms=3 * 86_400_000))
    assert answer["marks"] == []
    stored = Operation.everywhere.get(uuid=answer["id"])
    assert stored.device_at.endswith("+11:00")
    assert abs(stored.occurred_at - datetime.now(UTC)) < timedelta(seconds=30)
    assert stored.clock_offset_ms == 3 * 86_400_000


@pytest.mark.parametrize(("days", "marked"), [(3, True), (-3, True), (0, False)])
def test_a_clock_is_held_between_the_last_act_and_now_and_marked(till: Till, days: int, marked: bool) -> None:
    before = DeviceJournal.everywhere.get().last_occurred_at
    at = datetime.now(UTC) + timedelta(days=days)
    [answer] = till.post(espresso(till, at=at.isoformat()))
    assert answer["state"] == "done"
    assert ("clock_off" in codes(answer)) is marked
    receipt = Receipt.everywhere.get()
    assert before <= receipt.occurred_at <= datetime.now(UTC)
    assert ("clock_off" in receipt.marks) is marked


def test_the_first_act_of_a_device_is_not_before_its_enrolment(world: World) -> None:
    """A clock that lost its battery says 1970."""
    till = world.till()
    opening = till.operation("shift.open", {"shift": str(uuid7()), "opening_float": "0.00"}, business_date="1970-01-01")
    [answer] = till.post({**opening, "at": "1970-01-01T00:00:00+00:00"})
    assert (answer["state"], set(codes(answer))) == ("done", {"clock_off", "day_differs"})
    assert Shift.everywhere.get().opened_at >= Device.everywhere.get().enrolled_at


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("offset", [0, 2**45, -(2**45)])
def test_times_at_the_ends_of_the_calendar_are_booked_and_marked(till: Till, at: str, offset: int) -> None:
    [answer] = till.post(espresso(till, at=at, clock_offset_ms=offset))
    assert answer["state"] == "done"
    assert "clock_off" in codes(answer)


def test_a_wrong_business_date_is_marked_and_the_servers_counts(till: Till) -> None:
    [answer] = till.post(espresso(till, business_date="2020-02-29"))
    today = datetime.now(UTC).date()
    assert answer["state"] == "done"
    assert codes(answer) == ["day_differs"]
    receipt = Receipt.everywhere.get()
    assert abs(receipt.business_date - today) <= timedelta(days=1)
    assert answer["marks"][0]["business_date"] == receipt.business_date.isoformat()
    assert "day_differs" in receipt.marks


def test_an_actor_nobody_knows_is_booked_and_marked(till: Till) -> None:
    [answer] = till.post(espresso(till, actor=str(uuid7())))
    assert (answer["state"], codes(answer)) == ("done", ["permission_missing", "actor_unknown"])
    receipt = Receipt.everywhere.get()
    assert receipt.employee is None
    assert "actor_unknown" in receipt.marks


def test_what_a_revoked_device_did_before_is_kept_and_after_is_refused(world: World, till: Till) -> None:
    done = espresso(till)
    [answer] = till.post(done)
    before, unreadable = espresso(till), espresso(till, extra=True)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        revoke(Device.objects.get(), at=datetime.now(UTC))
    after = espresso(till)
    answers = till.post(done, before, after, unreadable)
    assert [a["state"] for a in answers] == ["done", "review", "refused", "refused"]
    assert answers[0] == answer
    assert codes(answers[1]) == ["device_revoked_since"]
    assert answers[2]["error"]["code"] == answers[3]["error"]["code"] == "device_revoked"
    assert Operation.everywhere.filter(uuid__in=[after["id"], unreadable["id"]]).count() == 0
    assert Receipt.everywhere.count() == 1
    assert list(faults()) == []


def test_holes_in_the_count_are_filled_in_any_order(till: Till) -> None:
    sales = [espresso(till) for _ in range(6)]
    for index in (5, 2, 0, 4, 1, 3):
        till.post(sales[index])
        seen = {s["seq"] for s in sales if Operation.everywhere.filter(uuid=s["id"]).exists()} | {1}
        missing = set(range(1, max(seen))) - seen
        gaps = {n for gap in SequenceGap.everywhere.all() for n in range(gap.first, gap.last + 1)}
        assert gaps == missing
    assert not SequenceGap.everywhere.exists()
    assert Receipt.everywhere.count() == 6


def test_numbers_that_come_late_were_not_repeated(till: Till) -> None:
    first, second, third = (espresso(till) for _ in range(3))
    assert codes(till.post(third)[0]) == ["number_skipped"]
    assert codes(till.post(first)[0]) == []
    again = espresso(till)
    again["body"]["number"] = third["body"]["number"]
    assert codes(till.post(again)[0]) == ["number_repeated"]
    assert codes(till.post(second)[0]) == []
    assert Receipt.everywhere.filter(number=third["body"]["number"]).count() == 2


def test_the_number_of_an_operation_in_review_was_seen(till: Till) -> None:
    bad, good = espresso(till), espresso(till)
    bad["body"]["figures"]["total"] = "1.00"
    answers = till.post(bad, good)
    assert [a["state"] for a in answers] == ["review", "done"]
    assert codes(answers[1]) == []


def test_needs_that_are_not_booked_send_to_review(till: Till) -> None:
    bad = espresso(till)
    bad["body"]["figures"]["total"] = "1.00"
    follower = espresso(till, needs=[bad["id"]])
    assert [codes(a) for a in till.post(bad, follower)] == [["figures_differ"], ["needs_missing"]]
    good = espresso(till)
    assert [a["state"] for a in till.post(good, espresso(till, needs=[good["id"], good["id"]]))] == ["done", "done"]


def test_fifty_at_once_and_not_one_more(till: Till) -> None:
    sales = [espresso(till) for _ in range(51)]
    status, _body = till.send("POST", "/pos/operations", {"operations": sales})
    assert status == 400
    assert {a["state"] for a in till.post(*sales[:50])} == {"done"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"{",
        b"\xff",
        b'{"operations": []}',
        b'{"operations": [{}]}',
        b'{"operations": [{"id": "x"}]}',
        b'{"operations": [NaN]}',
        b'{"operations": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
    ],
)
def test_what_is_no_request_is_400_and_does_nothing(till: Till, body: bytes) -> None:
    count = Operation.everywhere.count()
    status, answer = till.send_raw(body)
    assert (status, answer["error"]["code"]) == (400, "unreadable")
    assert Operation.everywhere.count() == count


def test_too_much_is_413(till: Till) -> None:
    status, answer = till.send_raw(b" " * (2 * 1024 * 1024 + 1))
    assert (status, answer["error"]["code"]) == (413, "too_large")


def test_every_kept_operation_leaves_its_trace_in_the_devices_chain(till: Till) -> None:
    bad = espresso(till)
    bad["body"]["figures"]["total"] = "1.00"
    till.post(bad, espresso(till), espresso(till, v=2))
    device = Device.everywhere.get()
    chain = Entry.objects.filter(chain=f"device:{device.pk}").order_by("position")
    assert [e.action for e in chain] == ["shift.opened", "operation.review", "receipt.sale", "operation.review"]
    assert {e.business_id for e in chain} == {device.business_id}
    assert {e.device_id for e in chain} == {device.pk}


def test_a_second_look_settles_what_two_did_at_the_same_moment(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever loses a race on another constraint than the id is judged again and not lost."""
    sale, calls = espresso(till), itertools.count()
    take = accepting._take

    def unlucky(*args: Any, **more: Any) -> Any:
        if next(calls) == 0:
            raise IntegrityError("one_open_shift_per_terminal")
        return take(*args, **more)

    monkeypatch.setattr(accepting, "_take", unlucky)
    assert till.post(sale)[0]["state"] == "done"


def test_accept_by_a_job_needs_no_request(world: World, till: Till) -> None:
    sale = espresso(till)
    device = Device.everywhere.select_related("store").get()
    with acting(business_id=world.business.pk, store_id=world.store.pk, device_id=device.pk):
        answer = accepting.accept(device, msgspec.json.encode(sale), at=datetime.now(UTC))
    assert (answer.id, answer.state) == (UUID(sale["id"]), "done")
    assert device_of("") is None
