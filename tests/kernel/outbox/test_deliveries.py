"""Deliveries: once per key, serial in a shard, tried again with pauses, asked where nobody knows, given up in the end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from smartpos.context import Act, acting, current
from smartpos.outbox import deliveries
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue, failed, retry, unknown
from smartpos.outbox.models import Delivery, DeliveryState
from smartpos.outbox.runner import LEASE, claim, deliver_due, new_owner, pause, run, settle

pytestmark = [pytest.mark.django_db, pytest.mark.database]
START = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


class Post:
    """A receiver that answers as told and remembers what came."""

    def __init__(self) -> None:
        self.came: list[Work] = []
        self.acts: list[Act] = []
        self.asked: list[Work] = []
        self.answers: list[Outcome | Exception] = []
        self.about: list[Outcome] = []

    def take(self, work: Work) -> Outcome:
        self.came.append(work)
        self.acts.append(current())
        answer = self.answers.pop(0) if self.answers else done("taken")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def tell(self, work: Work) -> Outcome:
        self.asked.append(work)
        return self.about.pop(0)


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Post]:
    """Declare a kind for this test."""
    monkeypatch.setattr(deliveries, "_handlers", dict(deliveries._handlers))

    def make(kind: str = "post", *, asks: bool = False, **more: Any) -> Post:
        post = Post()
        deliveries.declare_handler(kind, post.take, label=kind, ask=post.tell if asks else None, **more)
        return post

    return make


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def put(key: str = "1", **more: Any) -> bool:
    return enqueue(kind=more.pop("kind", "post"), key=key, payload=more.pop("payload", {"n": key}), **more)


def row(key: str = "1") -> Delivery:
    return Delivery.objects.get(key=key)


def test_a_delivery_reaches_its_handler_with_what_was_put_in_and_in_its_business(declare: Callable[..., Post]) -> None:
    post = declare()
    with acting(business_id=7, store_id=3, actor_id=5):
        put(payload={"receipt": "r-1"})
    assert deliver_due() == 1
    [(work, act)] = zip(post.came, post.acts, strict=True)
    assert (work.payload, work.attempt) == ({"receipt": "r-1"}, 1)
    assert (act.business_id, act.store_id, act.actor_id) == (7, 3, None)
    assert (row().state, row().store_id, row().note, row().lease_until) == (DeliveryState.DONE, 3, "taken", None)
    assert deliver_due() == 0


def test_the_same_key_is_one_delivery_and_another_kind_may_have_it_too(declare: Callable[..., Post]) -> None:
    post, other = declare(), declare("other")
    assert put() is True
    assert put(payload={"n": "changed"}) is False
    assert put(kind="other") is True
    deliver_due()
    assert put() is False
    deliver_due()
    assert [work.payload for work in post.came] == [{"n": "1"}]
    assert len(other.came) == 1


def test_what_is_rolled_back_is_never_delivered(declare: Callable[..., Post]) -> None:
    post = declare()
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert deliver_due() == 0
    assert post.came == []


@pytest.mark.parametrize("key", ["", "k" * 121])
def test_a_key_that_no_column_holds_is_refused(declare: Callable[..., Post], key: str) -> None:
    declare()
    with pytest.raises(ValueError, match="key"):
        put(key)


def test_a_document_is_refused_and_so_is_a_kind_that_nobody_declared(declare: Callable[..., Post]) -> None:
    declare()
    with pytest.raises(ValueError, match="not documents"):
        put(payload={"text": "x" * 70_000})
    with pytest.raises(deliveries.UnknownKind):
        put(kind="nobody")
    with pytest.raises(deliveries.UnknownKind, match="twice"):
        declare()


def test_a_failed_attempt_comes_back_after_a_pause_that_grows(declare: Callable[..., Post], clock: Any) -> None:
    post = declare()
    post.answers = [retry("busy"), OSError("no route"), done()]
    put()
    assert deliver_due() == 1
    assert (row().state, row().last_error) == (DeliveryState.WAITING, "busy")
    first = row().due_at - START
    assert timedelta(seconds=4) <= first <= timedelta(seconds=6)
    assert deliver_due() == 0
    clock.shift(first)
    assert deliver_due() == 1
    assert row().last_error == "OSError: no route"
    assert row().due_at - START - first >= timedelta(seconds=8)
    clock.shift(timedelta(seconds=13))
    assert deliver_due() == 1
    assert (row().state, row().attempts, row().last_error) == (DeliveryState.DONE, 3, "")


def test_pauses_double_are_spread_and_end_at_an_hour() -> None:
    assert {n: pause(n) <= timedelta(hours=1.2) for n in (1, 5, 12, 500)} == dict.fromkeys((1, 5, 12, 500), True)
    assert len({pause(3) for _ in range(20)}) > 1
    assert all(timedelta(seconds=16) <= pause(3) <= timedelta(seconds=24) for _ in range(50))


def test_a_handler_may_say_when_to_come_back(declare: Callable[..., Post], clock: Any) -> None:
    post = declare()
    post.answers = [retry("limit", after=timedelta(minutes=7))]
    put()
    deliver_due()
    assert row().due_at == START + timedelta(minutes=7)


def test_after_the_last_try_it_is_parked_with_its_error(declare: Callable[..., Post], clock: Any) -> None:
    post = declare(tries=3)
    post.answers = [retry("busy")] * 9
    put()
    for _ in range(6):
        deliver_due()
        clock.shift(timedelta(hours=2))
    assert len(post.came) == 3
    assert (row().state, row().attempts, row().last_error) == (DeliveryState.DEAD, 3, "busy")


def test_what_can_never_arrive_is_parked_at_once(declare: Callable[..., Post]) -> None:
    declare().answers = [failed("no such address")]
    put()
    deliver_due()
    assert (row().state, row().attempts, row().last_error) == (DeliveryState.DEAD, 1, "no such address")


def test_a_kind_that_is_not_delivered_any_more_is_parked(declare: Callable[..., Post]) -> None:
    declare()
    put()
    del deliveries._handlers["post"]
    deliver_due()
    assert (row().state, row().last_error) == (DeliveryState.DEAD, "nobody delivers post")


def test_unknown_is_asked_before_it_is_tried_again(declare: Callable[..., Post], clock: Any) -> None:
    post = declare(asks=True)
    post.answers, post.about = [unknown("no answer")], [unknown("still none"), done("it had arrived")]
    put()
    deliver_due()
    assert row().state == DeliveryState.UNKNOWN
    for _ in range(2):
        clock.shift(timedelta(hours=1))
        deliver_due()
    assert (len(post.came), len(post.asked)) == (1, 2)
    assert (row().state, row().note) == (DeliveryState.DONE, "it had arrived")


def test_what_did_not_arrive_is_tried_at_once(declare: Callable[..., Post], clock: Any) -> None:
    post = declare(asks=True)
    post.answers, post.about = [TimeoutError("silence"), done()], [retry("not there")]
    put()
    deliver_due()
    assert row().state == DeliveryState.UNKNOWN  # whoever can be asked may have got it before the error
    clock.shift(timedelta(hours=1))
    deliver_due()
    assert (len(post.came), len(post.asked), row().state) == (2, 1, DeliveryState.DONE)


def test_unknown_without_anybody_to_ask_waits_for_a_person(declare: Callable[..., Post]) -> None:
    declare().answers = [unknown("no answer")]
    put()
    deliver_due()
    assert row().state == DeliveryState.DEAD
    assert "nobody knows" in row().last_error


def test_a_shard_is_delivered_in_order_and_what_failed_holds_it_up(declare: Callable[..., Post], clock: Any) -> None:
    post = declare()
    post.answers = [retry("busy")]
    for key in "123":
        put(key, shard="till-1")
    put("other", shard="till-2")
    put("loose")
    deliver_due()
    assert [work.key for work in post.came] == ["1", "other", "loose"]
    clock.shift(timedelta(minutes=1))
    deliver_due()
    assert [work.key for work in post.came][3:] == ["1", "2", "3"]


def test_a_parked_delivery_lets_its_shard_go_on(declare: Callable[..., Post]) -> None:
    post = declare()
    post.answers = [failed("never")]
    put("1", shard="till-1")
    put("2", shard="till-1")
    deliver_due()
    assert [row(key).state for key in "12"] == [DeliveryState.DEAD, DeliveryState.DONE]


def test_a_later_time_is_waited_for(declare: Callable[..., Post], clock: Any) -> None:
    post = declare()
    put(due_at=START + timedelta(hours=1))
    assert deliver_due() == 0
    clock.shift(timedelta(hours=1))
    assert deliver_due() == 1
    assert len(post.came) == 1


def test_a_worker_that_died_in_the_middle_is_taken_over_when_its_lease_ends(declare: Callable[..., Post], clock: Any) -> None:
    post = declare(asks=True)
    post.about = [done("it had arrived")]
    put("1", shard="till-1")
    put("2", shard="till-1")
    [(_row, unsure)] = claim("the dead one", limit=10, at=START)
    assert unsure is False
    assert deliver_due() == 0  # neither the held one nor the one behind it
    clock.shift(LEASE + timedelta(seconds=1))
    assert deliver_due() == 2
    assert [work.key for work in post.asked] == ["1"]
    assert [work.key for work in post.came] == ["2"]


def test_an_attempt_that_outlived_its_lease_changes_nothing(declare: Callable[..., Post], clock: Any) -> None:
    post = declare()
    put()
    [(held, _unsure)] = claim("slow", limit=1, at=START)
    clock.shift(LEASE + timedelta(seconds=1))
    post.answers = [retry("busy")]
    deliver_due()
    settle(held, done(), owner="slow", tries=9, at=START)
    assert row().state == DeliveryState.WAITING


def test_what_kills_every_worker_is_parked(declare: Callable[..., Post], clock: Any) -> None:
    post = declare(tries=2)
    put()
    for day in (0, 1):
        assert claim(new_owner(), limit=1, at=START + timedelta(days=day))
    [(held, unsure)] = claim("survivor", limit=1, at=START + timedelta(days=2))
    run(held, unsure=unsure, owner="survivor")
    assert post.came == []
    assert (row().state, row().last_error) == (DeliveryState.DEAD, "every attempt was cut off in the middle")
