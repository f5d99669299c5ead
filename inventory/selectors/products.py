"""Reading the catalogue."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from inventory.folding import search_words
from inventory.models import Barcode, PriceChange, Product, Variant
from inventory.selectors.search import few_with
from smartpos.people.models import Employee, Store


def catalogue() -> QuerySet[Product]:
    """Every product, with what a row of a list shows: `listed` are its variants. Two queries; barcodes come by `with_codes`.

    They are plain lists, because a related manager makes a queryset for every row that it hangs on.
    """
    variants = Prefetch("variants", Variant.objects.order_by("position", "pk"), to_attr="listed")
    found: QuerySet[Product] = Product.objects.select_related("category", "tax_profile").prefetch_related(variants)
    return found


def with_codes(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of `catalogue`, and to each of their variants its barcodes as `listed_codes`. One query more."""
    return rows.prefetch_related(Prefetch("listed__barcodes", Barcode.objects.order_by("position"), to_attr="listed_codes"))


def with_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Products in which every word occurs. The index names them where they are few; many are soon met in the list's order."""
    words = search_words(text)
    keys = few_with(words)
    if keys is not None:
        return rows.filter(pk__in=keys)
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows


def whole_product(uuid: UUID) -> Product | None:
    """A product with everything that its form shows. Seven queries."""
    variants = Variant.objects.prefetch_related("barcodes", "store_items").order_by("position", "pk")
    related = Product.objects.select_related("category", "tax_profile", "unit")
    found: Product | None = (
        related.prefetch_related(Prefetch("variants", variants), "modifier_links__group").filter(uuid=uuid).first()
    )
    return found


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One line of a product's price history, in words."""

    at: datetime
    variant: str
    store: str
    is_cost: bool
    before: Decimal | None
    after: Decimal | None
    actor: str


def price_history(product: Product, *, most: int) -> list[PriceStep]:
    """The latest prices and costs, newest first. Four queries."""
    found = list(PriceChange.objects.filter(product_id=product.pk).order_by("-pk")[:most])
    variants = dict(Variant.objects.filter(product=product).values_list("pk", "name"))
    stores = dict(Store.objects.filter(pk__in={c.store_id for c in found if c.store_id}).values_list("pk", "name"))
    people = dict(Employee.objects.filter(pk__in={c.actor_id for c in found if c.actor_id}).values_list("pk", "name"))
    return [
        PriceStep(
            change.at,
            variants.get(change.variant_id, ""),
            stores.get(change.store_id or 0, ""),
            change.kind == "cost",
            change.before,
            change.after,
            people.get(change.actor_id or 0, ""),
        )
        for change in found
    ]
