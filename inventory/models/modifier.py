"""Choices that are asked for together with an item: «without onions», «large», «which sauce»."""

from django.db import models
from django.db.models import F, Q

from inventory.models.product import Product
from smartpos.db.fields import AmountField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class ModifierGroup(Tenant):
    """A question with its answers: at least `minimum`, at most `maximum` of them (none: any number)."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=60)
    minimum = models.PositiveSmallIntegerField(default=0)
    maximum = models.PositiveSmallIntegerField(null=True, blank=True)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "name"], name="modifier_group_name_once"),
            models.CheckConstraint(
                condition=Q(maximum=None) | (Q(maximum__gte=1) & Q(minimum__lte=F("maximum"))),
                name="modifier_minimum_up_to_maximum",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Modifier(Tenant):
    """One answer: what it adds to the price (or takes off), how the kitchen reads it, and the question it leads to."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    group = models.ForeignKey(ModifierGroup, on_delete=models.PROTECT, related_name="modifiers")
    name = models.CharField(max_length=60)
    kitchen_name = models.CharField(max_length=60, blank=True)
    price = AmountField(default=0)
    default = models.BooleanField(default=False)
    nested = models.ForeignKey(ModifierGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_after")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class ProductModifierGroup(Tenant):
    """The groups that a product asks, in order."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="modifier_links")
    group = models.ForeignKey(ModifierGroup, on_delete=models.PROTECT, related_name="product_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["product", "group"], name="modifier_group_once_per_product")]

    def __str__(self) -> str:
        return f"{self.product_id}/{self.group_id}"
