"""A list on its way in: the file, what its columns mean, how far it is, what was wrong with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class ImportState(models.TextChoices):
    """Where an import stands. Nothing changes before RUNNING."""

    MAPPING = "mapping", _("Columns are being chosen")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, waiting for you")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")


AT_WORK = (ImportState.CHECKING, ImportState.RUNNING)
OPEN = (ImportState.MAPPING, ImportState.CHECKED, *AT_WORK)


class ImportRun(Tenant):
    """One file. `position` is the last line that was dealt with, written in the transaction that dealt with it."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    created_at = models.DateTimeField()
    kind = models.CharField(max_length=20, default="products")
    created_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.MAPPING)
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    lines = models.BigIntegerField(default=0)
    encoding = models.CharField(max_length=16)
    delimiter = models.CharField(max_length=1, blank=True)
    mark = models.CharField(max_length=1)
    mapping = models.TextField(default="{}")
    tax_profile = models.ForeignKey("taxes.TaxProfile", null=True, on_delete=models.PROTECT, related_name="+")
    position = models.BigIntegerField(default=0)
    dealt = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    wrong = models.BigIntegerField(default=0)
    news = models.TextField(default="[]")
    failure = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(Tenant.Meta):
        db_table = "inventory_importrun"
        indexes = [models.Index(fields=["business", "-id"], name="import_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def at_work(self) -> bool:
        """Whether somebody is working on it right now."""
        return self.state in AT_WORK

    @property
    def is_open(self) -> bool:
        """Whether it can still be cancelled."""
        return self.state in OPEN

    @property
    def percent(self) -> int:
        """How much of the file is dealt with."""
        return min(100, self.dealt * 100 // self.lines) if self.lines else 0


class ImportProblem(Tenant):
    """A row that cannot stand, and why; or a `hint` about one that is taken and should be looked at."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    line = models.BigIntegerField()
    text = models.CharField(max_length=300)
    hint = models.BooleanField(default=False)

    class Meta(Tenant.Meta):
        db_table = "inventory_importproblem"
        indexes = [models.Index(fields=["run", "line"], name="import_problem_by_line")]

    def __str__(self) -> str:
        return f"{self.line}: {self.text}"
