"""Promotions for tests: planned as somebody in the office would."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from inventory.models import Product
from pos.models import Promotion
from pos.services.promotions import PromotionInput, create_promotion
from smartpos.context import acting
from tests.world import World

ZONE = ZoneInfo("Europe/Sarajevo")


def wall(**ago: Any) -> datetime:
    """What the store's clock shows so much from now."""
    return (datetime.now(UTC) + timedelta(**ago)).astimezone(ZONE).replace(tzinfo=None, second=0, microsecond=0)


def plan(world: World, percent: str = "10", *skus: str, **more: Any) -> Promotion:
    """One that runs from yesterday to tomorrow, for the espresso unless other SKUs are named."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        products = list(Product.objects.filter(variants__sku__in=skus or ("ESP",)))
        given = {
            "name": f"Minus {percent}", "percent": Decimal(percent), "starts": wall(days=-1), "ends": wall(days=1), "products": products,
        } | more  # fmt: skip
        return create_promotion(PromotionInput(**given), by=world.owner, at=datetime.now(UTC))
