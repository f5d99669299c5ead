"""Jobs in the shop's time: once per date on every night of the year, once after a standstill, never two at once."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from smartpos.audit.models import ChainCheck, Entry, OfficeChain
from smartpos.context import acting, current
from smartpos.outbox import subscriptions
from smartpos.outbox.models import Delivery, DeliveryState, OutboxEvent, ProjectionState
from smartpos.outbox.runner import claim, deliver_due
from smartpos.people.models import EnrolmentCode, Invitation, OfficeSession, OfficeTicket, PasswordReset, Throttle
from smartpos.people.services.places import create_store
from smartpos.scheduling import housekeeping, jobs
from smartpos.scheduling.jobs import Job, Per, declare_job
from smartpos.scheduling.models import Beat, JobRun, RunState, Schedule
from smartpos.scheduling.services import run_now, tick
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.queue]
START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Declare = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Declare one job, alone, that remembers in which act it ran."""
    monkeypatch.setattr(jobs, "_jobs", {})

    def make(code: str = "count", *, breaks: int = 0, **more: Any) -> list[tuple[Any, ...]]:
        ran: list[tuple[Any, ...]] = []

        def run(at: datetime) -> str:
            ran.append((at, current().business_id, current().store_id))
            if len(ran) <= breaks:
                raise ValueError("not today")
            return f"run {len(ran)}"

        declare_job(Job(code, code, run, **more))
        return ran

    return make


def go(clock: Any, step: timedelta) -> None:
    clock.shift(step)
    tick(datetime.now(UTC))
    deliver_due()


@pytest.mark.parametrize("zone", ["Europe/Sarajevo", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
@pytest.mark.parametrize("daily_at", ["00:00", "02:00", "02:30", "03:00", "04:00", "23:59"])
def test_a_daily_job_has_one_time_on_every_date_of_the_year(zone: str, daily_at: str) -> None:
    job, clock = Job("x", "x", lambda _at: "", daily_at=daily_at), ZoneInfo(zone)
    at, dates = datetime(2025, 12, 31, 12, tzinfo=UTC), []
    while (at := job.next_after(at, clock)) < datetime(2027, 1, 1, tzinfo=clock):
        dates.append(at.astimezone(clock).date())
        shown = f"{at.astimezone(clock):%H:%M}"
        assert shown == daily_at or daily_at < shown <= "03:30", (
            at,
            shown,
        )  # what a spring night leaves out comes with the jump
    assert dates[-365:] == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_the_nights_when_clocks_change_run_it_once(declare: Declare, world: World) -> None:
    ran = declare(per=Per.STORE, daily_at="02:30")
    for start in (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)):
        ran.clear()
        Schedule.objects.all().delete()
        with time_machine.travel(start, tick=False) as clock:
            tick(start)
            for _ in range(int(timedelta(hours=12) / timedelta(minutes=10))):
                go(clock, timedelta(minutes=10))
        assert len(ran) == 1, start


def test_a_job_stands_once_per_business_or_store_and_runs_there(
    declare: Declare, clock: Any, world: World, other_world: World
) -> None:
    per_store = declare("store", per=Per.STORE, daily_at="14:00")
    per_business = declare("business", per=Per.BUSINESS, every=timedelta(hours=1))
    once = declare("system", every=timedelta(hours=1))
    tick(START)
    go(clock, timedelta(hours=1, minutes=1))
    a, b = world.business.pk, other_world.business.pk
    assert {run[1:] for run in per_store} == {(a, world.store.pk), (b, other_world.store.pk)}
    assert {run[1:] for run in per_business} == {(a, None), (b, None)}
    assert [run[1:] for run in once] == [(None, None)]
    assert Schedule.objects.get(key=f"store:{a}:{world.store.pk}").zone == "Europe/Sarajevo"


def test_after_a_standstill_it_runs_once_and_goes_on_at_its_time(declare: Declare, clock: Any, world: World) -> None:
    ran = declare(per=Per.STORE, daily_at="06:00")
    tick(START)
    go(clock, timedelta(days=5))
    go(clock, timedelta(minutes=1))
    assert len(ran) == 1
    assert Schedule.objects.get().next_run_at == datetime(2026, 11, 30, 5, 0, tzinfo=UTC)


def test_a_tick_twice_plans_once(declare: Declare, clock: Any) -> None:
    ran = declare(every=timedelta(minutes=5))
    tick(START)
    clock.shift(timedelta(minutes=6))
    tick(datetime.now(UTC))
    tick(datetime.now(UTC))
    deliver_due()
    assert len(ran) == 1
    assert Beat.objects.get().at == START + timedelta(minutes=6)


def test_a_job_that_still_runs_is_not_started_again(declare: Declare, clock: Any) -> None:
    ran = declare(every=timedelta(minutes=5))
    tick(START)
    clock.shift(timedelta(minutes=5))
    tick(datetime.now(UTC))
    assert claim("busy worker", limit=1, at=datetime.now(UTC))
    Delivery.objects.update(lease_until=datetime.now(UTC) + timedelta(hours=1))
    go(clock, timedelta(minutes=10))
    assert ran == []
    assert JobRun.objects.get(state=RunState.SKIPPED).note == "the run before is not over"


def test_a_failed_run_is_kept_with_its_error_tried_again_and_parked(declare: Declare, clock: Any) -> None:
    ran = declare(breaks=2, every=timedelta(days=1))
    tick(START)
    go(clock, timedelta(days=1))
    assert (JobRun.objects.get().state, JobRun.objects.get().note) == (RunState.FAILED, "ValueError: not today")
    for _ in range(3):
        clock.shift(timedelta(minutes=5))
        deliver_due()
    assert (len(ran), JobRun.objects.get().state, JobRun.objects.get().note) == (3, RunState.DONE, "run 3")
    assert Delivery.objects.get().state == DeliveryState.DONE


def test_a_run_that_is_delivered_twice_runs_once(declare: Declare, clock: Any) -> None:
    ran = declare(every=timedelta(days=1))
    tick(START)
    go(clock, timedelta(days=1))
    Delivery.objects.update(state=DeliveryState.WAITING, finished_at=None)
    deliver_due()
    assert len(ran) == 1


def test_a_job_may_be_run_out_of_turn(declare: Declare, clock: Any) -> None:
    ran = declare(every=timedelta(days=1))
    tick(START)
    before = Schedule.objects.get().next_run_at
    run_now(Schedule.objects.get(), at=START)
    deliver_due()
    assert (len(ran), Schedule.objects.get().next_run_at) == (1, before)


def test_rows_follow_stores_clocks_and_declarations(
    declare: Declare, clock: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(per=Per.STORE, daily_at="06:00")
    tick(START)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        create_store(by=world.owner, name="New", code="N1", currency="BAM", time_zone="Europe/London", at=START)
    world.store.time_zone = "Europe/London"
    world.store.save()
    tick(START)
    assert [s.next_run_at.hour for s in Schedule.objects.all()] == [6, 6]
    world.store.active = False
    world.store.save()
    tick(START)
    assert Schedule.objects.count() == 1
    monkeypatch.setattr(jobs, "_jobs", {})
    tick(START)
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("times", [{}, {"daily_at": "02:30", "every": timedelta(hours=1)}])
def test_a_job_has_exactly_one_kind_of_time(declare: Declare, times: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="either"):
        declare(**times)


# ── the kernel's own jobs ────────────────────────────────────────────────────────────────────────────────────────────


def test_events_are_pruned_after_a_week_and_never_before_a_projection_has_read_them(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(subscriptions, "_projections", {})
    for position, age in ((1, 9), (2, 8), (3, 1)):
        OutboxEvent.objects.create(
            business_id=1,
            shard="x",
            name="x",
            version=1,
            payload="{}",
            created_at=START - timedelta(days=age),
            position=position,
        )
    subscriptions.declare_projection("slow", events=["x"], fold=lambda _events: None)
    ProjectionState.objects.create(name="slow", position=1)
    assert housekeeping.prune_outbox(START) == "1 events, 0 deliveries"
    ProjectionState.objects.update(position=3)
    assert housekeeping.prune_outbox(START) == "1 events, 0 deliveries"
    assert OutboxEvent.objects.get().position == 3


def test_deliveries_that_ended_a_month_ago_go_and_dead_ones_stay(db: None) -> None:
    for n, state in enumerate((DeliveryState.DONE, DeliveryState.DISCARDED, DeliveryState.DEAD, DeliveryState.WAITING)):
        old = START - timedelta(days=31)
        Delivery.objects.create(
            kind="x", key=str(n), payload="{}", state=state, created_at=old, due_at=old,
            finished_at=None if state == DeliveryState.WAITING else old,
        )  # fmt: skip
    housekeeping.prune_outbox(START)
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DEAD, DeliveryState.WAITING}


def test_counters_that_count_no_more_are_forgotten(db: None) -> None:
    for days in (1, 3):
        Throttle.objects.create(key=str(days), failures=9, last_at=START - timedelta(days=days))
    assert housekeeping.forget_counters(START).startswith("1 counters")


def test_tickets_links_codes_and_sessions_that_are_over_go_and_what_lives_stays(world: World) -> None:
    device, _token = world.enrol()
    user, old, young = world.owner.user, START - timedelta(days=8), START - timedelta(days=6)
    EnrolmentCode.everywhere.all().delete()
    for n, ended in enumerate((old, young)):
        mine: dict[str, Any] = {"business_id": world.business.pk, "expires_at": ended}
        once, made = {"token_hash": bytes([n]) * 32}, {"created_at": ended, "created_by": world.owner}
        OfficeTicket.everywhere.create(employee=world.owner, device=device, **mine, **once)
        Invitation.everywhere.create(employee=world.cashier, email="b@a.example", **mine, **once, **made)
        EnrolmentCode.everywhere.create(terminal=world.terminal, code_hash=bytes([n]) * 32, **mine, **made)
        PasswordReset.objects.create(user=user, created_at=ended, expires_at=ended, **once)
    for key, seen, over in (("long over", 181, True), ("lapsed", 181, False), ("lately", 179, True), ("living", 0, False)):
        OfficeSession.objects.create(
            user=user, session_key=key, browser=b"", address="", started_at=START - timedelta(days=300),
            seen_at=START - timedelta(days=seen), ended_at=START - timedelta(days=seen) if over else None,
        )  # fmt: skip
    entries = Entry.objects.count()
    assert housekeeping.forget_counters(START) == "0 counters, 4 codes, 2 sessions"
    assert set(OfficeSession.objects.values_list("session_key", flat=True)) == {"lately", "living"}
    for rows in (OfficeTicket.everywhere, Invitation.everywhere, EnrolmentCode.everywhere, PasswordReset.objects):
        assert list(rows.values_list("expires_at", flat=True)) == [young]
    assert Entry.objects.count() == entries
    assert housekeeping.forget_counters(START) == "0 counters, 0 codes, 0 sessions"


def test_the_nightly_check_finds_a_break_and_says_whose_it_is(world: World, other_world: World) -> None:
    OfficeChain.objects.filter(business_id=world.business.pk).update(chain_length=99)
    for business in (world.business, other_world.business):
        with acting(business_id=business.pk):
            housekeeping.verify_audit(START)
    broken, whole = (ChainCheck.objects.get(business_id=b.pk) for b in (world.business, other_world.business))
    assert broken.breaks == 1
    assert "its head says 99" in broken.report
    assert (whole.breaks, whole.report) == (0, "")
    assert whole.entries > 0
