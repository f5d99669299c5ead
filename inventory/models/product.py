"""A product is what a customer names; a variant is what is scanned, priced, stocked and sold."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models.category import Category
from inventory.models.unit import Unit
from smartpos.db.fields import AmountField, QuantityField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class ProductKind(models.TextChoices):
    """What a product is made of."""

    GOODS = "goods", _("Goods or service")


class Product(Tenant):
    """Always has at least one variant. `version` goes up with every change, so that two forms never overwrite each other."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=ProductKind.choices, default=ProductKind.GOODS)
    name = models.CharField(max_length=120)
    description = models.TextField(max_length=2000, blank=True)
    picture = models.CharField(max_length=40, blank=True)
    folded = models.CharField(max_length=240)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="products")
    tax_profile = models.ForeignKey("taxes.TaxProfile", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="products")
    price = AmountField()
    min_stock = QuantityField(null=True, blank=True)
    max_stock = QuantityField(null=True, blank=True)
    favourite = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["business", "active", "folded", "id"], name="product_list")]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="product_price_not_negative"),
            models.CheckConstraint(
                condition=Q(min_stock=None) | Q(max_stock=None) | Q(min_stock__lte=F("max_stock")), name="product_min_up_to_max"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Variant(Tenant):
    """The item: barcode, SKU, price, stock, cost and sale line refer to it alone. SKUs are case-sensitive; empty is NULL."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    name = models.CharField(max_length=60, blank=True)
    sku = models.CharField(max_length=60, null=True, blank=True)
    price = AmountField(null=True, blank=True)
    cost = AmountField(null=True, blank=True)
    tracked = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "sku"], name="sku_once_per_business"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="cost_not_negative"),
            models.CheckConstraint(condition=~Q(sku=""), name="empty_sku_is_null"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.name}".strip()

    @property
    def list_price(self) -> Decimal:
        """The price of its own, else the product's, which must be loaded."""
        own: Decimal | None = self.price
        return self.product.price if own is None else own

    @property
    def full_name(self) -> str:
        """«Coffee Large»; the product must be loaded."""
        return f"{self.product.name} {self.name}".strip()


class Barcode(Tenant):
    """One code of a variant, as it is scanned. The first by position is the one on labels."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="barcodes")
    code = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "code"], name="barcode_once_per_business"),
            models.CheckConstraint(condition=~Q(code=""), name="barcode_not_empty"),
        ]

    def __str__(self) -> str:
        return self.code


class StoreItem(Tenant):
    """What one store does differently with a variant. Without a row it is as the business has it."""

    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="store_items")
    hidden = models.BooleanField(default=False)
    price = AmountField(null=True, blank=True)
    min_stock = QuantityField(null=True, blank=True)
    max_stock = QuantityField(null=True, blank=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["variant", "store"], name="one_store_item_per_variant_and_store"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="store_price_not_negative"),
            models.CheckConstraint(
                condition=Q(min_stock=None) | Q(max_stock=None) | Q(min_stock__lte=F("max_stock")), name="store_min_up_to_max"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} in {self.store_id}"
