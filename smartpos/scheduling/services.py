"""Planning runs and running them. A run is a delivery, so a killed worker, a failure and a dead letter are dealt with there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from smartpos.clock import now
from smartpos.db.locks import serialise, write_transaction
from smartpos.outbox.deliveries import Outcome, Work, done, enqueue, failed
from smartpos.outbox.models import OPEN, Delivery
from smartpos.people.models import Business, Store
from smartpos.scheduling.jobs import Job, Per, UnknownJob, job_of, jobs
from smartpos.scheduling.models import Beat, JobRun, RunState, Schedule

KIND = "job"
TRIES = 3
SYSTEM_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job runs: nowhere in particular, in a business, in a store; by whose clock."""

    business_id: int | None
    store_id: int | None
    zone: str

    def key(self, job: Job) -> str:
        """The name of the job at this place."""
        return ":".join([job.code, *(str(part) for part in (self.business_id, self.store_id) if part is not None)])


def tick(at: datetime) -> int:
    """One look at the clock: rows for new places, runs for what is due; answers how many runs were planned."""
    Beat.objects.update_or_create(name="beat", defaults={"at": at})
    keep_rows(at=at)
    if not Schedule.objects.filter(next_run_at__lte=at).exists():
        return 0
    with write_transaction():
        serialise("scheduling.tick")
        due = list(Schedule.objects.select_for_update().filter(next_run_at__lte=at).order_by("next_run_at", "pk"))
        for schedule in due:
            plan(schedule, planned_at=schedule.next_run_at, at=at)
            schedule.next_run_at = job_of(schedule.code).next_after(at, ZoneInfo(schedule.zone))
        Schedule.objects.bulk_update(due, ["next_run_at"])
    return len(due)


def keep_rows(*, at: datetime) -> None:
    """A row for every job and place, none for what is gone, and a new next time where a store's clock was changed."""
    wanted = {place.key(job): (job, place) for job in jobs() for place in places_of(job.per)}
    found = {schedule.key: schedule for schedule in Schedule.objects.all()}
    new = [_row(job, place, at=at) for key, (job, place) in wanted.items() if key not in found]
    moved = [s for key, s in found.items() if key in wanted and s.zone != wanted[key][1].zone]
    gone = [s.pk for key, s in found.items() if key not in wanted]
    if not (new or moved or gone):
        return
    with write_transaction():
        for schedule in moved:
            job, place = wanted[schedule.key]
            schedule.zone, schedule.next_run_at = place.zone, job.next_after(at, ZoneInfo(place.zone))
        Schedule.objects.bulk_update(moved, ["zone", "next_run_at"])
        Schedule.objects.bulk_create(new, ignore_conflicts=True)
        Schedule.objects.filter(pk__in=gone).delete()


def places_of(per: Per) -> Iterator[Place]:
    """Where a job stands in the table. A business goes by the clock of its first store."""
    if per is Per.SYSTEM:
        yield Place(None, None, SYSTEM_ZONE)
        return
    stores = list(Store.everywhere.filter(active=True).order_by("pk").values_list("business_id", "pk", "time_zone"))
    if per is Per.STORE:
        yield from (Place(business_id, pk, zone) for business_id, pk, zone in stores)
        return
    zones: dict[int, str] = {}
    for business_id, _pk, zone in stores:
        zones.setdefault(business_id, zone)
    for pk in Business.objects.order_by("pk").values_list("pk", flat=True):
        yield Place(pk, None, zones.get(pk, SYSTEM_ZONE))


def _row(job: Job, place: Place, *, at: datetime) -> Schedule:
    return Schedule(
        key=place.key(job), code=job.code, business_id=place.business_id, store_id=place.store_id, zone=place.zone,
        next_run_at=job.next_after(at, ZoneInfo(place.zone)),
    )  # fmt: skip


def plan(schedule: Schedule, *, planned_at: datetime, at: datetime) -> JobRun:
    """Ask for a run, unless the one before is not over. Inside a transaction."""
    shard = f"job:{schedule.pk}"
    run, fresh = JobRun.objects.get_or_create(schedule=schedule, planned_at=planned_at)
    if fresh and Delivery.objects.filter(shard=shard, state__in=OPEN).exists():
        run.state, run.finished_at, run.note = RunState.SKIPPED, at, "the run before is not over"
        run.save()
        return run
    enqueue(
        kind=KIND, key=f"{schedule.key}:{planned_at.isoformat()}", shard=shard, business_id=schedule.business_id,
        store_id=schedule.store_id, payload={"run": run.pk, "job": schedule.code},
    )  # fmt: skip
    return run


def run_now(schedule: Schedule, *, at: datetime) -> JobRun:
    """Run a job out of turn; its next time stays."""
    with write_transaction():
        return plan(Schedule.objects.select_for_update().get(pk=schedule.pk), planned_at=at, at=at)


def describe(payload: Mapping[str, str]) -> str:
    """A run in a few words."""
    try:
        return str(job_of(payload["job"]).label)
    except UnknownJob:
        return payload["job"]


def deliver(work: Work) -> Outcome:
    """Run a job once; what it raises is kept with the run and tried again."""
    run = JobRun.objects.filter(pk=work.payload["run"]).first()
    if run is None or run.state == RunState.DONE:
        return done("nothing left to do")
    try:
        job = job_of(work.payload["job"])
    except UnknownJob:
        return failed("nobody declares this job any more")
    _write(run, state=RunState.RUNNING, started_at=now(), note="")
    try:
        note = job.run(now())
    except Exception as error:
        _write(run, state=RunState.FAILED, finished_at=now(), note=f"{type(error).__name__}: {error}"[:500])
        raise
    _write(run, state=RunState.DONE, finished_at=now(), note=note[:500])
    return done(note)


def _write(run: JobRun, **values: object) -> None:
    JobRun.objects.filter(pk=run.pk).update(**values)
