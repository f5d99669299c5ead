"""The bonus of employees: by which rule a month is reckoned, and the book of what was paid."""

from django.db import models
from django.db.models import Q

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField, RateField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class BonusRule(Tenant):
    """What holds in a currency from a month on, until a later row begins: so much per cent of a person's sales above `threshold`.

    `checklists`: so many completed checklists are needed too; nought asks for none. Not `active`: there is no bonus.
    """

    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    active = models.BooleanField(default=True)
    threshold = AmountField()
    percent = RateField()
    checklists = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "currency", "valid_from"], name="bonus_rule_once_per_month"),
            models.CheckConstraint(condition=Q(threshold__gte=0), name="bonus_threshold_not_negative"),
            models.CheckConstraint(condition=Q(percent__gte=0) & Q(percent__lte=100), name="bonus_percent_up_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.currency}"


class BonusSeason(Tenant):
    """A month of the year whose threshold is another one: `percent` of the rule's. Months without a row have it whole."""

    rule = models.ForeignKey(BonusRule, on_delete=models.CASCADE, related_name="seasons")
    month = models.PositiveSmallIntegerField()
    percent = RateField()

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["rule", "month"], name="season_once_per_month"),
            models.CheckConstraint(condition=Q(month__gte=1) & Q(month__lte=12), name="season_is_a_month"),
            models.CheckConstraint(condition=Q(percent__gt=0), name="season_above_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.month}"


class BonusPayout(Tenant, AppendOnlyModel):
    """A person's bonus of a month was paid: every figure as it was then. `turn` counts, because a payout may be taken back.

    `total` is what the person sold, `target` the threshold with the season in it.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    employee = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    month = models.DateField()
    currency = models.CharField(max_length=3)
    turn = models.PositiveSmallIntegerField()
    total = AmountField()
    target = AmountField()
    percent = RateField()
    bonus = AmountField()
    shifts = models.PositiveIntegerField()
    checklists_needed = models.PositiveIntegerField()
    checklists_done = models.PositiveIntegerField()
    paid_on = models.DateField()
    paid_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    made_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employee", "month", "currency", "turn"], name="bonus_paid_once_per_month"),
            models.CheckConstraint(condition=Q(bonus__gt=0), name="bonus_above_nought"),
        ]
        indexes = [models.Index(fields=["business", "month"], name="bonus_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.bonus}"


class BonusUndo(Tenant, AppendOnlyModel):
    """A payout was taken back: the month is open again."""

    payout = models.OneToOneField(BonusPayout, on_delete=models.PROTECT, related_name="undo")
    reason = models.CharField(max_length=200)
    undone_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"undo of {self.payout_id}"
