"""Units of measurement, and what one of them holds of another."""

from django.db import models
from django.db.models import Q

from smartpos.db.fields import QuantityField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant

MOST_DECIMALS = 3
# What a till and a receipt say for a unit that is not written beside quantities.
PIECE = "piece"


class Unit(Tenant):
    """How goods are counted. `decimals` decides whether fractions are sold; `factor` of `base` make one of this unit."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=40)
    abbreviation = models.CharField(max_length=8)
    decimals = models.PositiveSmallIntegerField(default=0)
    abbreviated = models.BooleanField(default=True)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="multiples")
    factor = QuantityField(null=True, blank=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "name"], name="unit_name_once_per_business"),
            models.UniqueConstraint(fields=["business", "abbreviation"], name="unit_abbreviation_once_per_business"),
            models.CheckConstraint(condition=Q(decimals__lte=MOST_DECIMALS), name="unit_decimals_up_to_three"),
            models.CheckConstraint(
                condition=Q(base=None, factor=None) | Q(base__isnull=False, factor__gt=0), name="unit_factor_with_base"
            ),
            models.CheckConstraint(condition=~Q(base=models.F("id")), name="unit_not_its_own_base"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def word(self) -> str:
        """How tills and receipts name it."""
        return self.abbreviation if self.abbreviated else PIECE
