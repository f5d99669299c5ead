"""Reading promotions: which there are, what became of them, what they brought, and what might be promoted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from json import loads
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from inventory.folding import search_words
from pos.models import Promotion, PromotionStore, ReceiptLine
from smartpos.audit.actions import field_of, label_of
from smartpos.audit.models import Entry
from smartpos.people.models import Employee, Store

WALL = "%Y-%m-%dT%H:%M"
MINUTE = timedelta(minutes=1)
NOUGHT = Decimal(0)
MOST_STEPS = 20


def promotions(stores: Sequence[Store]) -> QuerySet[Promotion]:
    """What holds in any of these stores, with what a row of a list shows."""
    here = PromotionStore.objects.filter(promotion=OuterRef("pk"), store__in=[store.pk for store in stores])
    found: QuerySet[Promotion] = Promotion.objects.filter(Q(in_all_stores=True) | Exists(here))
    return found.prefetch_related("store_links__store").annotate(count=Count("product_links"))


def with_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Promotions in whose names every word occurs."""
    for word in search_words(text):
        rows = rows.filter(folded__contains=word)
    return rows


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Planned, running or over while a clock shows the rows' `wall`; or archived."""
    if state == "archived":
        return rows.filter(active=False)
    rows = rows.filter(active=True)
    if state == "planned":
        return rows.filter(starts__gt=F("wall"))
    if state == "over":
        return rows.filter(ends__lt=F("wall"))
    return rows.filter(starts__lte=F("wall"), ends__gte=F("wall"))


def state_of(promotion: Promotion, wall: str) -> str:
    """The same of one promotion."""
    if not promotion.active:
        return "archived"
    if promotion.starts > wall:
        return "planned"
    return "over" if promotion.ends < wall else "running"


def promotion_of(uuid: UUID, stores: Sequence[Store]) -> Promotion | None:
    """A promotion that holds in one of these stores."""
    return promotions(stores).filter(uuid=uuid).first()


def stores_of(promotion: Promotion, stores: Sequence[Store]) -> list[Store]:
    """Those of these stores in which it holds."""
    if promotion.in_all_stores:
        return list(stores)
    keys = {link.store_id for link in promotion.store_links.all()}
    return [store for store in stores if store.pk in keys]


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold of something in a stretch: refunds taken off, tax in it."""

    units: Decimal = NOUGHT
    revenue: Decimal = NOUGHT

    def __add__(self, other: "Sold") -> "Sold":
        return Sold(self.units + other.units, self.revenue + other.revenue)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a promotion did in one currency: its products during it and in the same length of time before, of these `promoted` what
    was sold on it, and what it took off. `products` are the single ones, the best first.
    """

    currency: str
    during: Sold
    before: Sold
    promoted: Sold
    off: Decimal
    products: list[tuple[str, Sold, Sold]]

    @property
    def change(self) -> Decimal | None:
        """By how many per cent the revenue of these products changed; None where there was none before."""
        return None if self.before.revenue <= 0 else (self.during.revenue / self.before.revenue - 1) * 100


def spans(promotion: Promotion, store: Store, at: datetime) -> tuple[datetime, datetime, datetime]:
    """In UTC, by the store's clock: as long before it began, when it began, and when it ended (now, where it has not)."""
    starts, ends = (_moment(text, store) for text in (promotion.starts, promotion.ends))
    last = max(starts, min(ends + MINUTE, at))
    return starts - (last - starts), starts, last


def _moment(text: str, store: Store) -> datetime:
    return datetime.strptime(text, WALL).replace(tzinfo=store.zone).astimezone(UTC)


def effects(promotion: Promotion, stores: Sequence[Store], at: datetime) -> list[Effect]:
    """What a promotion did in these stores, per currency (ANL-27). One statement over the ledger, whatever it sold."""
    during, before = Q(pk__in=[]), Q(pk__in=[])
    for store in stores:
        earlier, starts, last = spans(promotion, store, at)
        during |= Q(receipt__store=store.pk, receipt__occurred_at__gte=starts, receipt__occurred_at__lt=last)
        before |= Q(receipt__store=store.pk, receipt__occurred_at__gte=earlier, receipt__occurred_at__lt=starts)
    products = promotion.product_links.values("product")
    on = Q(promotion=promotion, receipt__store__in=[store.pk for store in stores])
    lines = ReceiptLine.objects.filter(
        on | Q(during | before, variant__product__in=products), receipt__business=promotion.business_id
    )
    rows = lines.values("receipt__currency", "variant__product__name").annotate(
        units=Sum("quantity", filter=during), revenue=Sum("payable", filter=during),
        units_before=Sum("quantity", filter=before), revenue_before=Sum("payable", filter=before),
        units_on=Sum("quantity", filter=on), revenue_on=Sum("payable", filter=on), off=Sum("promotion_off", filter=on),
    )  # fmt: skip
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.order_by("receipt__currency", "variant__product__name"):
        found[row["receipt__currency"]].append(dict(row))
    return [_effect(currency, of) for currency, of in found.items()]


def _effect(currency: str, rows: list[dict[str, Any]]) -> Effect:
    products = [(row["variant__product__name"], _sold(row), _sold(row, "_before")) for row in rows]
    return Effect(
        currency,
        during=sum((sold for _name, sold, _before in products), Sold()),
        before=sum((sold for _name, _during, sold in products), Sold()),
        promoted=sum((_sold(row, "_on") for row in rows), Sold()),
        off=sum((row["off"] or NOUGHT for row in rows), NOUGHT),
        products=sorted(products, key=lambda one: (-one[1].revenue, one[0])),
    )


def _sold(row: dict[str, Any], which: str = "") -> Sold:
    return Sold(row[f"units{which}"] or NOUGHT, row[f"revenue{which}"] or NOUGHT)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done to a promotion: when, by whom, what, and of each fact what it was and is."""

    at: datetime
    actor: str
    label: str
    changes: list[tuple[str, str, str]]


def history(promotion: Promotion) -> list[Step]:
    """The latest of what was done to it, newest first, out of the log of the office. Two statements."""
    chain, subject = f"office:{promotion.business_id}", f"promotion:{promotion.uuid}"
    found = list(Entry.objects.filter(chain=chain, subject=subject).order_by("-position")[:MOST_STEPS])
    people = dict(Employee.objects.filter(pk__in={entry.actor_id for entry in found}).values_list("pk", "name"))
    return [
        Step(entry.at, people.get(entry.actor_id, ""), label_of(entry.action), _changes(loads(entry.data))) for entry in found
    ]


def _changes(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(field_of(name), str(old), str(new)) for name, (old, new) in data.get("changes", {}).items()]
