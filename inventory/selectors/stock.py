"""Reading stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from inventory.models import StockLevel, StoreItem
from smartpos.access.settings import value
from smartpos.db.fields import QuantityField
from smartpos.people.models import Store


@dataclass(frozen=True, slots=True)
class Low:
    """A variant that is at or under its minimum in a store."""

    name: str
    product: str
    store: str
    quantity: Decimal
    minimum: Decimal
    unit: str


def levels_in(stores: Sequence[Store]) -> QuerySet[Any]:
    """The levels of what is counted and sold in these stores, each with the minimum that holds there (`least`), or none.

    The store's own minimum comes before the product's, and that before the business's default, where nought is none (C-49).
    """
    own = StoreItem.objects.filter(store=OuterRef("store"), variant=OuterRef("variant"))
    default = Value(value("inventory.min_stock") or None, output_field=QuantityField())
    levels = StockLevel.objects.filter(
        ~Exists(own.filter(hidden=True)), store__in=[store.pk for store in stores], variant__active=True, variant__tracked=True,
        variant__product__active=True,
    )  # fmt: skip
    found: QuerySet[Any] = levels.annotate(
        least=Coalesce(Subquery(own.values("min_stock")[:1]), F("variant__product__min_stock"), default)
    )
    return found


def running_low(stores: Sequence[Store], *, most: int) -> list[Low]:
    """What is under its minimum in these stores, the emptiest first."""
    found: Any = (
        levels_in(stores).filter(least__isnull=False, quantity__lt=F("least")).select_related("variant__product__unit", "store")
    )
    return [
        Low(
            level.variant.full_name, str(level.variant.product.uuid), level.store.name, level.quantity, level.least,
            level.variant.product.unit.abbreviation,
        )
        for level in found.order_by("quantity", "pk")[:most]
    ]  # fmt: skip
