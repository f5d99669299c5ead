"""Every price and cost that ever was."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class PriceKind(models.TextChoices):
    """Which of a variant's amounts changed."""

    PRICE = "price", _("Price")
    COST = "cost", _("Cost price")


class PriceChange(Tenant, AppendOnlyModel):
    """One change. Plain ids: the history outlives a product that was deleted. No `store_id`: everywhere; no `after`: taken back."""

    product_id = models.BigIntegerField()
    variant_id = models.BigIntegerField()
    store_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8, choices=PriceKind.choices)
    before = AmountField(null=True)
    after = AmountField(null=True)
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["product_id", "-id"], name="price_change_by_product")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.variant_id}: {self.before} → {self.after}"
