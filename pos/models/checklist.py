"""Checklists: what has to be done every day, week or month, and the book of who did it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class Frequency(models.TextChoices):
    """How often a list begins anew, by the business days of each store."""

    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")


class Checklist(Tenant):
    """A list of tasks. `morning`: the till shows it when a shift is opened. `in_all_stores`: in every store, also in later ones.

    `version` counts changes, so that two forms never overwrite each other.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=120)
    frequency = models.CharField(max_length=8, choices=Frequency.choices)
    morning = models.BooleanField(default=False)
    in_all_stores = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["business", "folded", "id"], name="checklist_by_name")]

    def __str__(self) -> str:
        return self.name


class ChecklistTask(Tenant):
    """One task. What was taken off the list stays, because ticks speak of it; `added_at` and `removed_at` say to which periods it
    belonged.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=120)
    mandatory = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text


class ChecklistStore(Tenant):
    """A store in which a list is worked through that is not for all of them."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="store_links")
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["checklist", "store"], name="store_once_per_checklist")]

    def __str__(self) -> str:
        return f"{self.checklist_id}@{self.store_id}"


class ChecklistTick(Tenant, AppendOnlyModel):
    """Somebody ticked a task, or took the tick back: each a row, the newest one counts. `uuid` is the operation's id.

    `period` is the key of the day, week or month (`pos.checklist_periods`), `text` what the task said then.
    """

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="ticks")
    task = models.ForeignKey(ChecklistTask, on_delete=models.PROTECT, related_name="ticks")
    period = models.CharField(max_length=10)
    done = models.BooleanField()
    text = models.CharField(max_length=120)
    employee = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    business_date = models.DateField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [
            models.Index(fields=["store", "period"], name="tick_by_period"),
            models.Index(fields=["business", "business_date"], name="tick_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.text}"
