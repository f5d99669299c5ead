"""The goods that a batch of rows speaks of: found in a few statements, kept as one object each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from inventory.models import Barcode, Product, Variant
from inventory.types import GoodsRow


@dataclass(slots=True)
class Goods:
    """Products come with all their variants, because their search text is made of them, and rename all of them."""

    by_sku: dict[str, Variant] = field(default_factory=dict)
    by_barcode: dict[str, Variant] = field(default_factory=dict)
    by_name: dict[tuple[str, str], Variant] = field(default_factory=dict)
    # Variants of a product, by the identity of its one object.
    groups: dict[int, list[Variant]] = field(default_factory=dict)
    codes: dict[int, list[str]] = field(default_factory=dict)
    new: list[Variant] = field(default_factory=list)
    new_codes: list[tuple[Variant, str]] = field(default_factory=list)
    touched: dict[int, Product] = field(default_factory=dict)
    amounts: dict[int, tuple[Decimal | None, Decimal | None]] = field(default_factory=dict)
    _named: dict[str, Product] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[GoodsRow]) -> Self:
        """What the database has of these rows. Six statements."""
        skus = {row.sku for row in rows if row.sku}
        barcodes = {row.barcode for row in rows if row.barcode}
        names = {row.name for row in rows if row.name and (row.variant or not (row.sku or row.barcode))}
        keys = set(Variant.objects.filter(sku__in=skus).values_list("product_id", flat=True))
        keys.update(Barcode.objects.filter(code__in=barcodes).values_list("variant__product_id", flat=True))
        if names:
            keys.update(Product.objects.filter(name__in=names, active=True).values_list("pk", flat=True))
        goods = cls()
        related = Variant.objects.filter(product__in=keys).select_related("product").prefetch_related("barcodes")
        products: dict[int, Product] = {}
        for variant in related.order_by("product_id", "position", "pk"):
            variant.product = products.setdefault(variant.product_id, variant.product)
            goods._remember(variant)
        return goods

    def _remember(self, variant: Variant) -> None:
        self.groups.setdefault(id(variant.product), []).append(variant)
        codes = sorted(variant.barcodes.all(), key=lambda code: (code.position, code.pk))
        self.codes[id(variant)] = [code.code for code in codes]
        self.amounts[variant.pk] = (variant.list_price, variant.cost)
        self._index(variant)

    def _index(self, variant: Variant) -> None:
        if variant.sku:
            self.by_sku[variant.sku] = variant
        for code in self.codes[id(variant)]:
            self.by_barcode[code] = variant
        if variant.active:
            self.by_name.setdefault((variant.product.name, variant.name), variant)
            self._named.setdefault(variant.product.name, variant.product)

    def match(self, row: GoodsRow) -> Variant | None:
        """The variant a row is about; None where it is a new one."""
        if row.sku and row.sku in self.by_sku:
            return self.by_sku[row.sku]
        if row.barcode:
            return self.by_barcode.get(row.barcode)
        return None if row.sku else self.by_name.get((row.name or "", row.variant or ""))

    def product_named(self, name: str) -> Product | None:
        """The living product of that name, for a further variant of it."""
        return self._named.get(name)

    def living(self, product: Product) -> list[Variant]:
        """Its variants that are sold."""
        return [variant for variant in self.groups[id(product)] if variant.active]

    def add(self, variant: Variant, barcode: str) -> None:
        """A new variant, last among its siblings."""
        group = self.groups.setdefault(id(variant.product), [])
        variant.position = len(group)
        group.append(variant)
        self.codes[id(variant)] = []
        self.new.append(variant)
        self.recode(variant, barcode)
        self.changed(variant)

    def recode(self, variant: Variant, barcode: str) -> bool:
        """Give a variant a barcode that it does not have yet: the one on labels from now on; the others stay."""
        codes = self.codes[id(variant)]
        if not barcode or barcode in codes:
            return False
        codes.insert(0, barcode)
        self.new_codes.append((variant, barcode))
        return True

    def changed(self, variant: Variant) -> None:
        """Remember that a variant looks different, also for the rows that follow."""
        self.touched[id(variant.product)] = variant.product
        self._index(variant)
