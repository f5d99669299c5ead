"""When each job runs next, and how it went."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.ids import uuid7


class Schedule(models.Model):
    """A job at a place. `key` names both, so that two ticks at once make one row."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    key = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=60)
    business_id = models.BigIntegerField(null=True)
    store_id = models.BigIntegerField(null=True)
    zone = models.CharField(max_length=64)
    next_run_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_run_at"], name="schedule_due")]

    def __str__(self) -> str:
        return self.key


class RunState(models.TextChoices):
    """How a run stands."""

    PLANNED = "planned", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Left out")


class JobRun(models.Model):
    """One run of a job, and what it said."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="runs")
    planned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.PLANNED)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "planned_at"], name="job_run_once")]

    def __str__(self) -> str:
        return f"{self.schedule} {self.planned_at:%Y-%m-%d %H:%M}"


class Beat(models.Model):
    """When the scheduler last looked: a health page sees by it whether anything would run at all."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
