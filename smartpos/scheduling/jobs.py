"""What runs by itself. Apps declare their jobs; a job runs in its place's act and says in a few words what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from smartpos.clock import day_start


class Per(Enum):
    """How often a job stands in the table: once, once per business, once per store."""

    SYSTEM = "system"
    BUSINESS = "business"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Job:
    """`daily_at` («02:30») is the place's own clock, once per date also in the nights when clocks change; `every` is an interval.

    `run` is called at least once per time; a second call after a crash must do no harm. What was missed while nothing ran is
    made up for by one run.
    """

    code: str
    label: str | Promise
    run: Callable[[datetime], str]
    per: Per = Per.SYSTEM
    daily_at: str = ""
    every: timedelta | None = None

    def next_after(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The first time after a moment."""
        if self.every is not None:
            return at + self.every
        hours, minutes = self.daily_at.split(":")
        cutoff = int(hours) * 60 + int(minutes)
        day = at.astimezone(zone).date()
        while (start := day_start(day, zone, cutoff)) <= at:
            day += timedelta(days=1)
        return start


_jobs: dict[str, Job] = {}


class UnknownJob(LookupError):
    """Nobody declared this job."""


def declare_job(*jobs: Job) -> None:
    """Make jobs known; twice the same code is an error, and so is a job with two times or none."""
    for job in jobs:
        if job.code in _jobs:
            raise UnknownJob(f"{job.code} is declared twice")
        if bool(job.daily_at) == (job.every is not None):
            raise ValueError(f"{job.code}: either a time of day or an interval")
        _jobs[job.code] = job


def job_of(code: str) -> Job:
    """The declared job."""
    if code not in _jobs:
        raise UnknownJob(code)
    return _jobs[code]


def jobs() -> list[Job]:
    """All declared jobs, by code."""
    return [_jobs[code] for code in sorted(_jobs)]
