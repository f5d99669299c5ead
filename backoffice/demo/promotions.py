"""The demo's promotions: one that runs, two that are over, one that is to come."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from inventory.models import Product
from pos.services.promotions import PromotionInput, create_promotion
from smartpos.people.models import Employee, Store

# Whether in the shop, name, per cent, from which day on and up to which, counted from today; products.
PROMOTIONS = (
    (False, "Slatka sedmica", "15", -4, 5, ("Baklava", "Tufahija", "Hurmašice", "Trileće")),
    (False, "Vikend napitaka", "10", -12, -10, ("Limunada", "Ledena kafa", "Cijeđena narandža")),
    (False, "Jutro uz kafu", "20", 7, 13, ("Bosanska kafa", "Cappuccino")),
    (True, "Jesenja peciva", "10", -13, -7, ("Kroasan s čokoladom", "Pogačica sa sirom", "Perec")),
)


def promote(shop: Store, cafe: Store, *, by: Employee, at: datetime) -> None:
    """Plan them."""
    for in_shop, name, percent, first, last, products in PROMOTIONS:
        store = shop if in_shop else cafe
        today = at.astimezone(store.zone).date()
        given = PromotionInput(
            name=name, percent=Decimal(percent), starts=datetime.combine(today + timedelta(days=first), time(0, 0)),
            ends=datetime.combine(today + timedelta(days=last), time(23, 59)),
            products=list(Product.objects.filter(name__in=products)), stores=[store],
        )  # fmt: skip
        create_promotion(given, by=by, at=at)
