"""The drawer's turn: from the float to the count."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class Closed(models.TextChoices):
    """How a shift came to its end."""

    OPEN = "", _("Open")
    TILL = "till", _("At the till")
    OFFICE = "office", _("In the Backoffice")
    AUTO = "auto", _("By itself")


class Shift(Tenant):
    """One shift of one terminal; a terminal has one open shift at most.

    `previous_count` is what the drawer held when it was closed before (None: not known). `late_minutes` and `early_minutes` are how
    far beyond the threshold of its settings it began or ended, nought where it did not. Closed by itself it was not counted:
    `counted` is then what was expected.
    """

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    terminal = models.ForeignKey("people.Terminal", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    business_date = models.DateField()
    opening_float = AmountField()
    opening_reason = models.CharField(max_length=200, default="")
    previous_count = AmountField(null=True)
    late_minutes = models.PositiveIntegerField(default=0)
    late_reason = models.CharField(max_length=200, default="")
    closed_by = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_how = models.CharField(max_length=8, choices=Closed.choices, default="", blank=True)
    counted = AmountField(null=True)
    expected = AmountField(null=True)
    difference_reason = models.CharField(max_length=200, default="")
    early_minutes = models.PositiveIntegerField(default=0)
    early_reason = models.CharField(max_length=200, default="")

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["terminal"], condition=Q(closed_at__isnull=True), name="one_open_shift_per_terminal"
            ),
            models.CheckConstraint(condition=Q(opening_float__gte=0), name="float_not_negative"),
        ]
        indexes = [models.Index(fields=["store", "-opened_at"], name="shift_list")]

    def __str__(self) -> str:
        return f"{self.business_date} {self.terminal_id}"

    @property
    def is_open(self) -> bool:
        """Whether the drawer is in use."""
        return self.closed_at is None

    @property
    def not_counted(self) -> bool:
        """Whether nobody counted the drawer."""
        return self.closed_how == Closed.AUTO


class ShiftReport(Tenant, AppendOnlyModel):
    """What a shift came to when it was closed, frozen: `figures` is JSON as `pos.selectors.takings` makes it, with the sheet of
    the count and what was left unfinished.
    """

    shift = models.OneToOneField(Shift, on_delete=models.PROTECT, related_name="report")
    made_at = models.DateTimeField()
    figures = models.TextField()

    def __str__(self) -> str:
        return f"report of shift {self.shift_id}"
