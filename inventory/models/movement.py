"""The stock ledger and the levels projected from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField, QuantityField
from smartpos.people.scope import Tenant


class MovementKind(models.TextChoices):
    """Why stock moved."""

    SALE = "sale", _("Sale")
    REFUND = "refund", _("Refund")
    VOID = "void", _("Void")
    RECEIVE = "receive", _("Receive")
    ADJUSTMENT = "adjustment", _("Adjustment")


class Movement(Tenant, AppendOnlyModel):
    """One change of one variant in one store. The source is a plain reference, so that stock knows nothing of sales."""

    store_id = models.BigIntegerField()
    variant = models.ForeignKey("inventory.Variant", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=12, choices=MovementKind.choices)
    quantity = QuantityField()
    cost = AmountField(null=True)
    source_kind = models.CharField(max_length=20)
    source_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [
            models.Index(fields=["variant", "store_id", "id"], name="movement_by_variant"),
            models.Index(fields=["source_id"], name="movement_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.variant_id} {self.quantity}"


class StockLevel(Tenant):
    """How much lies in a store: the sum of its movements, kept in the same transaction."""

    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey("inventory.Variant", on_delete=models.PROTECT, related_name="levels")
    quantity = QuantityField(default=0)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["variant", "store"], name="one_level_per_variant_and_store")]

    def __str__(self) -> str:
        return f"{self.variant_id} in {self.store_id}: {self.quantity}"
