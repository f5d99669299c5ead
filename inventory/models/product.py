"""The catalogue. A product is what a customer names; a variant is what is scanned, priced, stocked and sold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.fields import AmountField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant

COLOURS = ("slate", "red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink")


class Category(Tenant):
    """A group of products with a colour and a place in the strip."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=60)
    colour = models.CharField(max_length=8, choices=[(c, c) for c in COLOURS], default="slate")
    position = models.PositiveIntegerField(default=0)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "name"], name="category_name_once")]

    def __str__(self) -> str:
        return self.name


class Product(Tenant):
    """Always has at least one variant."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=240)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="products")
    tax_profile = models.ForeignKey("taxes.TaxProfile", on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["business", "active", "folded", "id"], name="product_list")]

    def __str__(self) -> str:
        return self.name


class Unit(models.TextChoices):
    """How a variant is counted; pieces are whole."""

    PIECE = "piece", _("piece")
    KILOGRAM = "kg", _("kg")
    LITRE = "l", _("l")
    METRE = "m", _("m")


class Variant(Tenant):
    """The item: barcode, SKU, price, stock, cost and sale line refer to it alone. SKUs are case-sensitive; empty is NULL."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    name = models.CharField(max_length=60, blank=True)
    sku = models.CharField(max_length=60, null=True, blank=True)
    barcode = models.CharField(max_length=60, null=True, blank=True)
    price = AmountField()
    cost = AmountField(null=True, blank=True)
    unit = models.CharField(max_length=8, choices=Unit.choices, default=Unit.PIECE)
    tracked = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "sku"], name="sku_once_per_business"),
            models.UniqueConstraint(fields=["business", "barcode"], name="barcode_once_per_business"),
            models.CheckConstraint(condition=Q(price__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=~Q(sku="") & ~Q(barcode=""), name="empty_codes_are_null"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.name}".strip()
