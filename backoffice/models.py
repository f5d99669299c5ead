"""The tables of the Backoffice."""

from django.db import models

from backoffice.analytics.models import FactDay, FactHour, FactItem, FactPerson, FactShelf, FactStock, FactTender, FactType
from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant

__all__ = [
    "FactDay", "FactHour", "FactItem", "FactPerson", "FactShelf", "FactStock", "FactTender", "FactType", "OperationNote", "SalesTarget",
]  # fmt: skip


class OperationNote(Tenant, AppendOnlyModel):
    """What a manager says of an operation that could not be booked; never changed, a second is another.

    `done` says that nothing is left to do; the last note holds.
    """

    uuid = models.UUIDField(unique=True)
    operation = models.ForeignKey("operations.Operation", on_delete=models.PROTECT, related_name="notes", db_constraint=False)
    employee = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    note = models.CharField(max_length=500)
    done = models.BooleanField()
    at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["operation", "id"], name="note_by_operation")]

    def __str__(self) -> str:
        return self.note


class SalesTarget(Tenant):
    """What a store means to take in a month, tax included, in the currency that it had when that was entered."""

    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    currency = models.CharField(max_length=3)
    amount = AmountField()

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["store", "month"], name="one_target_per_store_and_month"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="target_above_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.store_id}: {self.amount}"
