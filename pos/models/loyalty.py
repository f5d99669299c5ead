"""Points of customers: a book that is never changed, and what its entries come to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class PointsKind(models.TextChoices):
    """Why points moved (C-16)."""

    EARNED = "earned", _("Earned")
    REDEEMED = "redeemed", _("Redeemed")
    REVERSED = "reversed", _("Reversed")
    ADJUSTED = "adjusted", _("Adjusted")
    EXPIRED = "expired", _("Expired")


class PointsAccount(Tenant):
    """What a customer's entries come to: points that can be spent, and a debt that later earnings pay first (LOY-10).

    The row is the lock of everything that moves points. While a till uses points, `held_by` is its device, `held_points` how
    many, until `held_until` (LOY-08). `told` is false while tills have not heard of the balance.
    """

    customer = models.OneToOneField("pos.Customer", on_delete=models.PROTECT, related_name="points_account")
    balance = models.BigIntegerField(default=0)
    debt = models.BigIntegerField(default=0)
    held_by = models.ForeignKey("people.Device", null=True, on_delete=models.SET_NULL, related_name="+")
    held_points = models.BigIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    told = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0, debt__gte=0), name="points_never_below_nought"),
        ]
        indexes = [
            models.Index(fields=["business", "id"], condition=Q(told=False), name="points_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.balance}"


class PointsEntry(Tenant, AppendOnlyModel):
    """One step. `points` is what it did to the balance and `owed` what it did to the debt, both signed: a sale that earned 100
    while 20 were owed is points 80, owed -20. `balance` and `debt` are what was there after it.

    `source` is what caused it (an operation, a form) and `step` its place therein: the same cause is written once. `per_unit` is
    the rate at which a sale earned, for its refunds are reckoned by it.
    """

    holder = models.ForeignKey(PointsAccount, on_delete=models.PROTECT, related_name="entries", db_constraint=False)
    kind = models.CharField(max_length=8, choices=PointsKind.choices)
    points = models.BigIntegerField()
    owed = models.BigIntegerField()
    balance = models.BigIntegerField()
    debt = models.BigIntegerField()
    per_unit = AmountField(null=True)
    receipt = models.ForeignKey(
        "pos.Receipt", null=True, on_delete=models.PROTECT, related_name="points_entries", db_constraint=False, db_index=False
    )
    store = models.ForeignKey("people.Store", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    employee = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    source = models.UUIDField()
    step = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["source", "step", "holder"], name="points_once_per_cause"),
        ]
        indexes = [
            models.Index(fields=["business", "-at", "-id"], name="points_log"),
            models.Index(fields=["holder", "-at", "-id"], name="points_by_account"),
            models.Index(fields=["receipt"], condition=Q(receipt__isnull=False), name="points_by_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.moved}"

    @property
    def moved(self) -> int:
        """What was earned, used, given or taken, whether it touched the balance or a debt."""
        return self.points - self.owed


@dataclass(frozen=True, slots=True)
class PointsMoved:
    """Points of a document: a sale's that were used and earned, a refund's that came back and were taken."""

    used: int = 0
    earned: int = 0
    given_back: int = 0
    taken: int = 0


def moved_of(entries: Iterable[PointsEntry]) -> PointsMoved:
    """What the entries of one document come to."""
    found = list(entries)
    turned = [entry.moved for entry in found if entry.kind == PointsKind.REVERSED]
    return PointsMoved(
        used=-sum(entry.moved for entry in found if entry.kind == PointsKind.REDEEMED),
        earned=sum(entry.moved for entry in found if entry.kind == PointsKind.EARNED),
        given_back=sum(moved for moved in turned if moved > 0), taken=-sum(moved for moved in turned if moved < 0),
    )  # fmt: skip
