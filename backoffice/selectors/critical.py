"""What the shops are out of, short of, or will be before new goods can be there (DSH-18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from django.db.models import F, Q, Sum

from backoffice.analytics.models import FactItem
from backoffice.analytics.spans import Span, today_of, together
from inventory.selectors.stock import levels_in
from inventory.services.thresholds import LEAD_DAYS
from smartpos.access.settings import value
from smartpos.people.models import Store

WEEKS = timedelta(days=27)
DAYS = 28
OUT, LOW, SOON = "out", "low", "soon"
ORDER = (OUT, LOW, SOON)
COLUMNS = (
    "store", "variant", "quantity", "least", "variant__product__name", "variant__name", "variant__product__uuid",
    "variant__product__unit__abbreviation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Critical:
    """An item that somebody should order. `per_day` is the average of the last four weeks; `lasts` whole days at that pace."""

    state: str
    name: str
    product: str
    store: Store
    quantity: Decimal
    minimum: Decimal | None
    unit: str
    per_day: Decimal
    lasts: int | None
    lead: int


def critical_stock(stores: Sequence[Store], at: datetime) -> list[Critical]:
    """All of them, the worst first. Two statements: what sold in the last 28 days with today, and the levels in question."""
    weeks = [Span(some, today - WEEKS, today) for today, some in today_of(stores, at).items()]
    sold = FactItem.objects.filter(together(weeks), variant__gt=0)
    sums = sold.values_list("store", "variant").annotate(q=Sum("quantity")).order_by("store")
    demand = {(store, variant): quantity for store, variant, quantity in sums}
    asked = Q(quantity__lte=0) | Q(least__isnull=False, quantity__lt=F("least")) | Q(variant__in=sold.values("variant"))
    lead = {store.pk: int(value(LEAD_DAYS, store=store)) for store in stores}
    shops = {store.pk: store for store in stores}
    found = []
    for key, variant, quantity, least, *named in levels_in(stores).filter(asked).values_list(*COLUMNS):
        per_day = max(Decimal(0), demand.get((key, variant), Decimal(0))) / DAYS
        state = state_of(quantity, least, per_day, lead[key])
        if state:
            product, name, uuid, unit = named
            lasts = _lasts(quantity, per_day)
            full = f"{product} {name}".strip()
            found.append(Critical(state, full, str(uuid), shops[key], quantity, least, unit, per_day, lasts, lead[key]))
    return sorted(found, key=lambda c: (ORDER.index(c.state), c.lasts is None, c.lasts or 0, c.name, c.store.name))


def state_of(quantity: Decimal, minimum: Decimal | None, per_day: Decimal, lead: int) -> str:
    """Out, under its minimum, or gone by the end of its lead time; nothing where there is enough."""
    if quantity <= 0:
        return OUT
    if minimum is not None and quantity < minimum:
        return LOW
    return SOON if per_day and quantity <= per_day * lead else ""


def _lasts(quantity: Decimal, per_day: Decimal) -> int | None:
    return int((max(Decimal(0), quantity) / per_day).to_integral_value(ROUND_FLOOR)) if per_day else None
