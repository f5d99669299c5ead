"""What lies on the demo's shelves: filled at the beginning, and on Mondays and Thursdays what sold."""

from datetime import date, datetime, time
from random import Random
from uuid import uuid4

from inventory.models import MovementKind, StockLevel, StoreItem, Variant
from inventory.services.stock import move_stock
from inventory.types import MovedGoods
from smartpos.people.models import Store

DELIVERIES = (0, 3)
HOUR = time(6, 30)
# In thousandths: what a delivery fills up to, and below which it is asked for.
FULL, LOW = 40_000, 18_000


class Shelves:
    """The stock of one store."""

    def __init__(self, store: Store, *, seed: str) -> None:
        self.store = store
        self.rnd = Random(seed)  # noqa: S311 - the same goods every time
        elsewhere = StoreItem.objects.filter(store=store, hidden=True).values("variant")
        sold_here = Variant.objects.filter(tracked=True).exclude(pk__in=elsewhere)
        self.tracked = list(sold_here.order_by("pk").values_list("pk", flat=True))
        self.filled = False

    def fill(self, day: date, *, until: datetime) -> None:
        """A delivery: everything on the first day, afterwards on delivery days most of what runs low; a few things are forgotten."""
        at = datetime.combine(day, HOUR, self.store.zone)
        if at >= until or not self.tracked or (self.filled and day.weekday() not in DELIVERIES):
            return
        levels = dict(StockLevel.objects.filter(store=self.store).values_list("variant_id", "quantity"))
        left = {key: int(levels.get(key, 0) * 1000) for key in self.tracked}
        wanted = [key for key, quantity in left.items() if quantity < LOW and (not self.filled or self.rnd.random() < 0.9)]
        goods = [MovedGoods(key, FULL - left[key]) for key in wanted]
        self.filled = True
        move_stock(
            goods, business_id=self.store.business_id, store_id=self.store.pk, kind=MovementKind.RECEIVE, source_kind="demo",
            source_id=uuid4(), at=at,
        )  # fmt: skip
