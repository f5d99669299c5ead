"""What might be promoted: goods that lie and do not sell («Auto-Select», ANL-26)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum

from inventory.models import Movement, Product, StockLevel
from pos.models import Promotion, ReceiptLine
from smartpos.people.models import Store

STRETCH = timedelta(days=28)
MOST = 10
MOST_OF_A_CATEGORY = 2
NOUGHT = Decimal(0)


def slow_sellers(
    stores: Sequence[Store], *, starts: str, ends: str, at: datetime, without: Promotion | None = None
) -> list[Product]:
    """Up to ten products that would last longest at the pace of the last 28 days, at most two of a category. Four statements.

    Only what lies in these stores, lay there 28 days ago, costs something and is on no other promotion meanwhile. What did not sell
    at all comes first, and of these what most money lies in.
    """
    keys = [store.pk for store in stores]
    stock = _stock(keys)
    sold = _sold(keys, list(stock), at)
    taken = Promotion.objects.filter(active=True, starts__lte=ends, ends__gte=starts).exclude(
        pk=without.pk if without else None
    )
    old = Movement.objects.filter(variant__product=OuterRef("pk"), store_id__in=keys, at__lte=at - STRETCH)
    found = Product.objects.filter(Exists(old), pk__in=stock, active=True, price__gt=0)
    free = found.exclude(pk__in=taken.values("product_links__product"))

    def lasts(product: Product) -> tuple[Decimal, Decimal, int]:
        """Sold by what lies there, the least first; then the value of what lies there, the most first."""
        left = stock[product.pk]
        return sold.get(product.pk, NOUGHT) / left, -left * product.price, product.pk

    chosen: list[Product] = []
    count: Counter[int | None] = Counter()
    for product in sorted(free, key=lasts):
        if count[product.category_id] < MOST_OF_A_CATEGORY and len(chosen) < MOST:
            count[product.category_id] += 1
            chosen.append(product)
    return chosen


def _stock(stores: Sequence[int]) -> dict[int, Decimal]:
    """How much of each product lies in these stores; only what is counted and above nought."""
    levels = StockLevel.objects.filter(store__in=stores, quantity__gt=0, variant__active=True, variant__tracked=True)
    rows = levels.values_list("variant__product").annotate(left=Sum("quantity")).order_by("variant__product")
    return dict(rows)


def _sold(stores: Sequence[int], products: Sequence[int], at: datetime) -> dict[int, Decimal]:
    """How much of each product went there in the last 28 days, refunds taken off."""
    if not products:
        return {}
    lately = Q(receipt__store__in=stores, receipt__occurred_at__gte=at - STRETCH, receipt__occurred_at__lt=at)
    rows = ReceiptLine.objects.filter(lately, variant__isnull=False).values_list("variant__product")
    return {key: max(NOUGHT, quantity) for key, quantity in rows.annotate(sum=Sum("quantity")).order_by("variant__product")}
