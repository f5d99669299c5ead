"""From which stock an item is low: its store's figure, else the product's, else the business's default (PRD-11, SET-18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from smartpos.access.settings import value
from smartpos.errors import DomainError

LOW, HIGH = "inventory.min_stock", "inventory.max_stock"
LEAD_DAYS = "inventory.lead_days"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """None: no such limit."""

    low: Decimal | None
    high: Decimal | None


def default_thresholds() -> Thresholds:
    """What holds for products that say nothing; nought means that there is no limit."""
    return Thresholds(value(LOW) or None, value(HIGH) or None)


def check_inventory(values: Mapping[str, Any]) -> None:
    """The page as a whole: a minimum does not lie above the maximum."""
    low, high = values.get(LOW) or Decimal(0), values.get(HIGH) or Decimal(0)
    if high and low > high:
        raise DomainError(_("The minimum lies above the maximum."), field=HIGH)
