"""The catalogue as rows of a table, read in steps by key: constant memory, whatever its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from inventory.models import Category, StockLevel, Variant

STEP = 500
JOINED = " > "


@dataclass(frozen=True, slots=True)
class Goods:
    """A variant with everything that lists of goods say."""

    name: str
    variant: str
    price: Decimal
    sku: str
    barcode: str
    category: str
    stock: Decimal | None
    cost: Decimal | None
    unit: str


def category_paths() -> dict[int, str]:
    """Every category's name with those above it. One query."""
    tree = {category.pk: category for category in Category.objects.all()}
    paths: dict[int, str] = {}
    for key, category in tree.items():
        steps, at = [category.name], category
        while at.parent_id in tree and len(steps) < 20:
            at = tree[at.parent_id]
            steps.append(at.name)
        paths[key] = JOINED.join(reversed(steps))
    return paths


def goods_after(place: int, stores: Sequence[int], paths: dict[int, str]) -> tuple[int, list[Goods]]:
    """The next goods by key and the last key; nothing at the end. Three queries."""
    living = Variant.objects.filter(pk__gt=place, active=True, product__active=True).select_related("product__unit")
    found = list(living.prefetch_related("barcodes").order_by("pk")[:STEP])
    if not found:
        return place, []
    levels = StockLevel.objects.filter(variant__in=[v.pk for v in found], store__in=stores).order_by()
    stock = dict(levels.values_list("variant").annotate(sum=Sum("quantity")))
    return found[-1].pk, [_row(variant, stock, paths) for variant in found]


def _row(variant: Variant, stock: dict[int, Decimal], paths: dict[int, str]) -> Goods:
    product = variant.product
    codes = sorted(variant.barcodes.all(), key=lambda code: (code.position, code.pk))
    return Goods(
        product.name, variant.name, variant.list_price, variant.sku or "", codes[0].code if codes else "",
        paths.get(product.category_id or 0, ""), stock.get(variant.pk, Decimal(0)) if variant.tracked else None, variant.cost,
        product.unit.abbreviation,
    )  # fmt: skip
