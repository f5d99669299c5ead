"""Promotions: so much off the list price of some products, between two moments of the stores' own clocks."""

from django.db import models
from django.db.models import F, Q

from smartpos.db.fields import RateField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant

# «2026-11-26T08:00»: what a clock on the wall shows. Such texts sort as the moments do.
WALL_LETTERS = 16


class Promotion(Tenant):
    """A reduced price from `starts` up to and with the minute `ends`, both as the clock of each store shows them (decision 19).

    `in_all_stores`: in every store, also in those that open later; else in those of its `stores`. `version` counts changes, so that
    two forms never overwrite each other.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=120)
    percent = RateField()
    starts = models.CharField(max_length=WALL_LETTERS)
    ends = models.CharField(max_length=WALL_LETTERS)
    in_all_stores = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(percent__gt=0) & Q(percent__lte=100), name="promotion_percent_up_to_100"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="promotion_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["business", "-starts", "-id"], name="promotion_by_start"),
            models.Index(fields=["business", "folded", "id"], name="promotion_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PromotionProduct(Tenant):
    """A product on promotion, with all its variants."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="product_links")
    product = models.ForeignKey("inventory.Product", on_delete=models.CASCADE, related_name="+")

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["promotion", "product"], name="product_once_per_promotion")]

    def __str__(self) -> str:
        return f"{self.promotion_id}/{self.product_id}"


class PromotionStore(Tenant):
    """A store in which a promotion holds that does not hold everywhere."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="store_links")
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["promotion", "store"], name="store_once_per_promotion")]

    def __str__(self) -> str:
        return f"{self.promotion_id}@{self.store_id}"
