"""The end of a store's day: a number that never skips, and the totals that it closed."""

from django.db import models

from smartpos.db.append_only import AppendOnlyModel
from smartpos.people.scope import Tenant


class ZReport(Tenant, AppendOnlyModel):
    """One Z of a store. It holds every receipt and cash movement that was booked after the Z before it, up to and with
    `last_receipt` and `last_movement` (keys of the ledger); `figures` is JSON as `pos.selectors.day_reports` makes it.

    `uuid` is the request's id: the same click is the same report.
    """

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    number = models.PositiveIntegerField()
    business_date = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    last_receipt = models.BigIntegerField()
    last_movement = models.BigIntegerField()
    figures = models.TextField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "number"], name="z_number_once")]

    def __str__(self) -> str:
        return f"Z {self.number}"
