"""What callers hand to inventory."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantInput:
    """A variant as a form gives it; without `uuid` it is a new one. Empty codes are none."""

    uuid: UUID | None = None
    name: str = ""
    sku: str = ""
    barcode: str = ""
    price: Decimal
    cost: Decimal | None = None
    unit: str = "piece"
    tracked: bool = True


@dataclass(frozen=True, slots=True)
class MovedGoods:
    """A quantity of a variant that came (positive) or went (negative), in thousandths of its unit."""

    variant_id: int
    quantity: int
