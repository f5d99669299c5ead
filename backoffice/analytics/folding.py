"""From receipts to facts: the same sums whether they come one by one by their events or all at once from the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from backoffice.analytics.models import FACTS, FactDay, FactHour, FactItem, FactPerson, FactTender, FactType
from pos.models import Payment, Receipt, ReceiptKind, ReceiptLine
from smartpos.context import acting
from smartpos.db.prepared import adapted
from smartpos.outbox.subscriptions import Placed
from smartpos.people.models import Business

CHUNK = 500
WIDE = 800
STEP = Decimal("0.0001")
NOUGHT = Decimal(0)
PLACE = ("business_id", "store_id", "currency", "day")
NAME = "facts"
# Raised with every change of what is folded: installations then make their facts anew (docs/outbox.md).
VERSION = 2

Key = tuple[Any, ...]
Sums = dict[Key, list[Any]]
COUNTS = {ReceiptKind.SALE: 1, ReceiptKind.REFUND: 0, ReceiptKind.VOID: -1}


def fold(events: Sequence[Placed]) -> None:
    """Add what these events say was booked. Called once for each event, in the transaction that says so."""
    add(Receipt.objects.filter(uuid__in=[UUID(event.payload["receipt"]) for event in events]))


def rebuild() -> None:
    """All facts of all businesses anew."""
    for business in Business.objects.order_by("pk"):
        with acting(business_id=business.pk):
            for fact in FACTS:
                fact.objects.all().delete()
            for some in _in_chunks(Receipt.objects.all()):
                add(some)


def _in_chunks(receipts: "QuerySet[Any]") -> Iterator["QuerySet[Any]"]:
    last = 0
    while True:
        keys = list(receipts.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if not keys:
            return
        yield receipts.filter(pk__gt=last, pk__lte=keys[-1])
        last = keys[-1]


def add(receipts: "QuerySet[Any]") -> None:
    """Add these receipts to the facts; three statements to read and one for each kind of fact to write."""
    found = list(receipts.select_related("store").order_by("pk"))
    tenders: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    keys = [receipt.pk for receipt in found]
    for receipt, method, part in Payment.objects.filter(receipt__in=keys).values_list("receipt", "method", "part"):
        tenders[receipt][method] += part
    days, hours, types, tender_sums, people = _sums(), _sums(), _sums(), _sums(), _sums()
    for r in found:
        place = (r.business_id, r.store_id, r.currency, r.business_date)
        count, back = COUNTS[r.kind], int(r.kind == ReceiptKind.REFUND)
        hour = r.occurred_at.astimezone(r.store.zone).hour
        _plus(days[place], (r.total, count, r.net, NOUGHT, NOUGHT))
        _plus(hours[*place, hour], (r.total, count, back, r.net, r.tax, r.discount))
        _plus(types[*place, kind_of(tenders[r.pk])], (r.total, count))
        _plus(people[*place, r.employee_id or 0], (r.total, count, back))
        for method, part in tenders[r.pk].items():
            _plus(tender_sums[*place, method], (part,))
    store(FactHour, ("hour",), ("total", "sales", "refunds", "net", "tax", "discount"), hours)
    store(FactType, ("kind",), ("total", "sales"), types)
    store(FactPerson, ("employee",), ("total", "sales", "refunds"), people)
    store(FactTender, ("method",), ("total",), tender_sums)
    items = _items({r.pk: r for r in found})
    for (*where, _variant, _name), (_total, _quantity, _net, cost, costed) in items.items():
        _plus(days[tuple(where)], (NOUGHT, 0, NOUGHT, cost, costed))
    store(FactItem, ("variant", "name"), ("total", "quantity", "net", "cost", "costed"), items)
    store(FactDay, (), ("total", "sales", "net", "cost", "costed"), days)


def kind_of(tenders: dict[str, Decimal]) -> str:
    """Cash, card or online; mix of several, and both sides of an exchange. What needed no payment at all is cash of nought."""
    paid = [method for method, part in tenders.items() if part] or list(tenders) or ["cash"]
    return paid[0] if len(paid) == 1 and paid != ["exchange"] else "mix"


def _items(receipts: dict[int, Any]) -> Sums:
    items = _sums()
    lines = ReceiptLine.objects.filter(receipt__in=list(receipts))
    for receipt, variant, name, payable, quantity, net, cost in lines.values_list(
        "receipt", "variant", "name", "payable", "quantity", "net", "cost"
    ):
        r = receipts[receipt]
        key = (r.business_id, r.store_id, r.currency, r.business_date, variant or 0, "" if variant else name)
        spent = NOUGHT if cost is None else (quantity * cost).quantize(STEP, ROUND_HALF_UP)
        _plus(items[key], (payable, quantity, net, spent, NOUGHT if cost is None else net))
    return items


def _sums() -> Sums:
    return defaultdict(list)


def _plus(sums: list[Any], values: Iterable[Any]) -> None:
    sums[:] = [before + value for before, value in zip(sums, values, strict=True)] if sums else list(values)


def store(
    fact: type[Model], own: tuple[str, ...], sums: tuple[str, ...], rows: Sums, *, place: tuple[str, ...] = PLACE
) -> None:
    """Add to the rows of these keys, which come to be where they were not. The same words on both databases."""
    keys = (*place, *own)
    table = f'"{fact._meta.db_table}"'
    exact = {name: getattr(fact._meta.get_field(name), "scale", 1) for name in sums}
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
    unique = ", ".join(keys[1:])
    row = f"({', '.join(['%s'] * (len(keys) + len(sums)))})"
    ordered = sorted(rows.items(), key=lambda pair: tuple(map(str, pair[0])))
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), WIDE):
            some = ordered[start : start + WIDE]
            values = [
                value for key, total in some for value in (*key, *(int(t * exact[n]) for n, t in zip(sums, total, strict=True)))
            ]
            cursor.execute(
                f"INSERT INTO {table} ({', '.join((*keys, *sums))}) VALUES {', '.join([row] * len(some))} "  # noqa: S608 - own names
                f"ON CONFLICT ({unique}) DO UPDATE SET {added}",
                adapted(values),
            )
