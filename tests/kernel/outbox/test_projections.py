"""Projections: every event once, in order, per business; a failure stops at the event that fails; a rebuild misses nothing."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from smartpos.clock import now
from smartpos.context import current
from smartpos.outbox import subscriptions
from smartpos.outbox.events import Event
from smartpos.outbox.models import ProjectionState
from smartpos.outbox.relay import relay
from smartpos.outbox.services import publish
from smartpos.outbox.subscriptions import Placed, declare_projection, project, rebuild, slowest_place
from smartpos.people.models import Throttle

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.queue]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sold(Event):
    name = "test.sold"
    version = 1
    amount: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved(Event):
    name = "other.moved"
    version = 1


class Ledger:
    """Rows that a fold writes in the database, so that a rollback takes them away."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.businesses: list[int | None] = []

    def fold(self, events: list[Placed]) -> None:
        self.businesses.append(current().business_id)
        for event in events:
            Throttle.objects.create(key=f"fold:{event.business_id}:{event.payload['amount']}", last_at=now())
            if event.payload["amount"] in self.broken:
                raise ValueError(event.payload["amount"])

    def rebuild(self) -> None:
        Throttle.objects.all().delete()
        Throttle.objects.create(key="rebuilt", last_at=now())

    @property
    def rows(self) -> list[str]:
        return list(Throttle.objects.order_by("pk").values_list("key", flat=True))


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setattr(subscriptions, "_projections", {})
    ledger = Ledger()
    declare_projection("sums", events=["test.*"], fold=ledger.fold)
    return ledger


def sold(*amounts: str, business: int = 1) -> None:
    for amount in amounts:
        publish(Sold(business_id=business, store_id=None, shard="x", amount=amount))


def test_each_event_is_folded_once_in_order_and_in_its_business(ledger: Ledger) -> None:
    sold("1", "2")
    sold("3", business=2)
    publish(Moved(business_id=1, store_id=None, shard="x"))
    sold("4")
    assert project() == 0  # the relay has placed nothing yet
    relay()
    assert project() == 5
    assert project() == 0
    assert ledger.rows == ["fold:1:1", "fold:1:2", "fold:1:4", "fold:2:3"]
    assert ledger.businesses == [1, 2]
    sold("5")
    relay()
    project()
    assert ledger.rows[-1] == "fold:1:5"


def test_events_that_are_rolled_back_are_not_folded(ledger: Ledger) -> None:
    with transaction.atomic():
        sold("1")
        transaction.set_rollback(True)
    relay()
    project()
    assert ledger.rows == []


def test_a_fold_that_fails_keeps_what_came_before_stands_still_and_goes_on_when_mended(ledger: Ledger) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        sold("1", "2", "3")
        relay()
        ledger.broken = {"2"}
        for _ in range(20):
            project()
            clock.shift(timedelta(seconds=1))
        state = ProjectionState.objects.get(name="sums")
        assert ledger.rows == ["fold:1:1"]
        assert state.error == "ValueError: 2"
        assert 0 < (state.retry_at - now()).total_seconds() <= 60
        ledger.broken = set()
        clock.shift(timedelta(minutes=1))
        project()
        assert ledger.rows == ["fold:1:1", "fold:1:2", "fold:1:3"]
        assert ProjectionState.objects.get(name="sums").error == ""


def test_one_that_fails_does_not_hold_up_another(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    declare_projection("zeal", events=["test.sold"], fold=lambda events: seen.extend(e.payload["amount"] for e in events))
    ledger.broken = {"1"}
    sold("1", "2")
    relay()
    project()
    assert seen == ["1", "2"]


def test_a_rebuild_reads_the_ledgers_and_folds_nothing_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LookupError, match="cannot be rebuilt"):
        rebuild("sums")
    monkeypatch.setattr(subscriptions, "_projections", {})
    declare_projection("anew", events=["test.*"], fold=ledger.fold, rebuild=ledger.rebuild)
    sold("1")
    relay()
    sold("2")  # committed and not yet placed: the rebuild has it from the ledger
    project()  # new here, so it begins with a rebuild
    relay()
    project()
    assert ledger.rows == ["rebuilt"]
    sold("3")
    relay()
    project()
    assert ledger.rows == ["rebuilt", "fold:1:3"]
    rebuild("anew")
    project()
    assert ledger.rows == ["rebuilt"]


def test_a_new_version_is_made_anew_once_by_the_next_fold(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def declared(version: int) -> None:
        monkeypatch.setattr(subscriptions, "_projections", {})
        declare_projection("anew", events=["test.*"], fold=ledger.fold, rebuild=ledger.rebuild, version=version)

    declared(1)
    project()
    sold("1")
    relay()
    project()
    assert ledger.rows == ["rebuilt", "fold:1:1"]
    declared(2)
    project()
    assert ledger.rows == ["rebuilt"]
    sold("2")
    relay()
    project()
    assert ledger.rows == ["rebuilt", "fold:1:2"]


def test_the_slowest_place_is_what_pruning_asks_for(ledger: Ledger) -> None:
    assert slowest_place() == 0
    sold("1", "2")
    relay()
    project()
    assert slowest_place() == 2
