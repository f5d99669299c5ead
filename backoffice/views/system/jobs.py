"""What runs by itself, when, and how it went."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from backoffice.selectors import system
from backoffice.services.system import start_job
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.scheduling.jobs import UnknownJob, job_of
from smartpos.scheduling.models import RunState, Schedule
from smartpos.web.lists import Column, Empty, OfficeList, own_page, show
from smartpos.web.pages import OfficeRequest, say
from smartpos.web.stores import shown_store

RUNS = 30

HOUR = 60


def label_of(schedule: Schedule) -> str:
    """The job in words."""
    try:
        return str(job_of(schedule.code).label)
    except UnknownJob:
        return schedule.code


def rhythm(schedule: Schedule) -> str:
    """How often it runs."""
    try:
        job = job_of(schedule.code)
    except UnknownJob:
        return ""
    if job.daily_at:
        return _("daily at %(time)s") % {"time": job.daily_at}
    minutes = int(job.every.total_seconds() // 60) if job.every else 0
    hours = minutes // HOUR
    if not hours:
        several = ngettext("every %(minutes)s minute", "every %(minutes)s minutes", minutes) % {"minutes": minutes}
        return _("every minute") if minutes == 1 else several
    return (
        _("every hour") if hours == 1 else ngettext("every %(hours)s hour", "every %(hours)s hours", hours) % {"hours": hours}
    )


def outcome(schedule: Schedule) -> str:
    """How the last run went."""
    state = schedule.last_state  # type: ignore[attr-defined]
    return str(RunState(state).label) if state else ""


JOBS = OfficeList(
    code="system.jobs",
    title=gettext_lazy("Jobs"),
    order="next",
    address=own_page("office-job"),
    columns=(
        Column(code="job", label=gettext_lazy("Job"), value=label_of),
        Column(code="store", label=gettext_lazy("Store"), value=lambda s: s.store or None),
        Column(code="rhythm", label=gettext_lazy("When"), value=rhythm),
        Column(
            code="last", label=gettext_lazy("Last run"), value=lambda s: s.last_at.astimezone(ZoneInfo(s.clock)) if s.last_at else None
        ),
        Column(
            code="state", label=gettext_lazy("Outcome"), value=outcome,
            show=lambda s: render_to_string("backoffice/system/_outcome.html", {"row": s, "outcome": outcome(s)}),
        ),
        Column(
            code="next", label=gettext_lazy("Next run"), value=lambda s: s.next_run_at.astimezone(ZoneInfo(s.clock)), sort="next_run_at"
        ),
    ),
    empty=Empty(
        picture="clock", title=gettext_lazy("No jobs yet"),
        sentence=gettext_lazy("They appear when the worker looks at the clock for the first time."),
    ),
)  # fmt: skip


@require_GET
@office("system.view")
def job_list(request: OfficeRequest) -> HttpResponseBase:
    """Jobs, the next one first."""
    return show(request, JOBS, system.schedules(request.employee, own=request.stores, chosen=shown_store(request)))


def _schedule(request: OfficeRequest, uuid: UUID) -> Schedule:
    return get_object_or_404(system.schedules(request.employee, own=request.stores), uuid=uuid)


@require_GET
@office("system.view")
def job_detail(request: OfficeRequest, job: UUID) -> HttpResponse:
    """A job and its last runs."""
    schedule = _schedule(request, job)
    context = {
        "schedule": schedule, "label": label_of(schedule), "rhythm": rhythm(schedule),
        "runs": schedule.runs.order_by("-planned_at")[:RUNS],
    }  # fmt: skip
    return render(request, "backoffice/system/job.html", context)


@require_POST
@office("system.manage")
def job_start(request: OfficeRequest, job: UUID) -> HttpResponse:
    """Run it now."""
    schedule = _schedule(request, job)
    start_job(schedule, by=request.employee, at=now())
    say(request, _("It runs now. Its next time stays as it is."))
    return redirect("office-job", schedule.uuid)
