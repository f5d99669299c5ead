"""Cash that moved without a sale: every coin that a drawer gained or lost besides its receipts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class CashKind(models.TextChoices):
    """What happened."""

    IN = "in", _("Cash in")
    OUT = "out", _("Cash out")
    HANDOVER = "handover", _("Handover")
    EXPENSE = "expense", _("Expense note")
    CONSIGNED = "consigned", _("Sold for an owner")
    PAYOUT = "payout", _("Paid out to an owner")
    COD = "cod", _("Parcels paid for (COD)")
    COLLECTED = "collected", _("Collected by a courier")
    COUNT = "count", _("Count that came later")
    CORRECTION = "correction", _("Correction")


class CashMovement(Tenant, AppendOnlyModel):
    """One entry beside the receipts of a shift. `uuid` is the operation's id; a note of a closing has an id of its own.

    `amount` is what was written down, signed for a correction alone; `drawer` is what the drawer changed by, signed: nought for a
    note that was not paid from it, for a count and for a correction. `late`: the shift was closed when it arrived, so that its
    frozen figures do not hold it. `receiver` is who took a handover, by their own PIN.
    """

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    terminal = models.ForeignKey("people.Terminal", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    shift = models.ForeignKey("pos.Shift", on_delete=models.PROTECT, related_name="cash")
    employee = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    receiver = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=10, choices=CashKind.choices)
    category = models.CharField(max_length=60, default="")
    expense = models.BooleanField(default=False)
    amount = AmountField()
    drawer = AmountField()
    reason = models.CharField(max_length=200, default="")
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    business_date = models.DateField()
    late = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    marks = models.TextField(default="[]")

    class Meta(Tenant.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(kind="count") | Q(amount__gt=0), name="cash_amount_above_nought"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["handover", "collected"]) | Q(receiver__isnull=False), name="handover_has_its_receiver"
            ),
        ]
        indexes = [
            models.Index(fields=["business", "-occurred_at", "-id"], name="cash_list"),
            models.Index(fields=["store", "business_date"], name="cash_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
