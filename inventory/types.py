"""What callers hand to inventory."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from smartpos.people.models import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInput:
    """What a store does with a variant: hidden or not, its own price and thresholds or none."""

    store: Store
    hidden: bool = False
    price: Decimal | None = None
    min_stock: Decimal | None = None
    max_stock: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantInput:
    """A variant as a form gives it; without `uuid` it is a new one. Empty codes are none.

    No `price`: the product's. `barcodes` follow `barcode`; `stores` that are not named stay as they are.
    """

    uuid: UUID | None = None
    name: str = ""
    sku: str = ""
    barcode: str = ""
    barcodes: tuple[str, ...] = ()
    price: Decimal | None = None
    cost: Decimal | None = None
    tracked: bool = True
    stores: tuple[StoreInput, ...] = ()

    @property
    def codes(self) -> list[str]:
        """Every barcode once, in order."""
        return list(dict.fromkeys(code.strip() for code in (self.barcode, *self.barcodes) if code.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDetails:
    """What a product has besides name, price, category, tax and unit. Thresholds: none = the business's default."""

    description: str = ""
    min_stock: Decimal | None = None
    max_stock: Decimal | None = None
    favourite: bool = False
    picture: str = ""


# What the variant costs when it moves; a cost is never below nought.
COST_NOW = -1


@dataclass(frozen=True, slots=True)
class MovedGoods:
    """A quantity of a variant that came (positive) or went (negative), in thousandths of its unit, and what a unit cost.

    What comes back comes back with the cost that it went with, which may be none.
    """

    variant_id: int
    quantity: int
    cost: int | None = COST_NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsRow:
    """A line of a list of goods. None: the list says nothing about it. Prices and costs are scaled integers."""

    line: int
    name: str | None = None
    sku: str = ""
    barcode: str = ""
    price: int | None = None
    cost: int | None = None
    category: str | None = None
    variant: str | None = None
    unit: str | None = None
