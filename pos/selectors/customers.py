"""Reading customers: who is listed, what they bought, and everything that is known of one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count, Max, Q, QuerySet, Sum

from inventory.folding import search_words
from pos.models import Customer, PointsEntry, Receipt, ReceiptKind
from smartpos.people.models import Store

# A query has room for so many keys.
AT_ONCE = 500
GONE = msgspec.Raw(b"null")


def customers() -> QuerySet[Customer]:
    """Everybody who is neither erased nor merged into another."""
    found: QuerySet[Customer] = Customer.objects.filter(merged_into=None, erased_at=None)
    return found


def with_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Customers in whom every word occurs: name, company, e-mail, telephone, card, city."""
    for word in search_words(text):
        rows = rows.filter(folded__contains=word)
    return rows


def customer_of(uuid: UUID) -> Customer | None:
    """The living customer of an id; for one that was merged away, the one that stayed."""
    found = Customer.objects.select_related("merged_into").filter(uuid=uuid, erased_at=None).first()
    if found is not None and found.merged_into is not None:
        found = found.merged_into
    return found if found is not None and found.is_living else None


def buyer(receipt: Receipt) -> Customer | None:
    """Whose a receipt is now: the record that stayed, where theirs was merged. The relation must be loaded."""
    named = receipt.customer
    return named.merged_into if named is not None and named.merged_into is not None else named


def receipts_of(customer: Customer) -> QuerySet[Receipt]:
    """Their receipts, and those of the records that were merged into theirs, with what a row of a list shows."""
    theirs = Customer.objects.filter(Q(pk=customer.pk) | Q(merged_into=customer)).values("pk")
    found: QuerySet[Receipt] = Receipt.objects.filter(customer__in=theirs).select_related("store", "employee", "terminal")
    return found


@dataclass(frozen=True, slots=True)
class Spent:
    """What somebody's receipts of one currency come to. A sale that was voided is no visit."""

    currency: str
    visits: int
    refunds: int
    total: Decimal
    refunded: Decimal
    last: datetime


def spent(found: QuerySet[Receipt]) -> list[Spent]:
    """Per currency: visits, refunds and sums of these receipts. One query."""
    rows = found.select_related(None).order_by("currency").values("currency")
    summed = rows.annotate(
        sales=Count("pk", filter=Q(kind=ReceiptKind.SALE)), voids=Count("pk", filter=Q(kind=ReceiptKind.VOID)),
        refunds=Count("pk", filter=Q(kind=ReceiptKind.REFUND)), sum=Sum("total"),
        back=Sum("total", filter=Q(kind=ReceiptKind.REFUND)), last=Max("occurred_at"),
    )  # fmt: skip
    return [
        Spent(
            row["currency"], row["sales"] - row["voids"], row["refunds"], row["sum"], -(row["back"] or Decimal(0)), row["last"]
        )
        for row in summed
    ]


def everything_about(customer: Customer, stores: list[Store]) -> dict[str, Any]:
    """One person's data as a file: the record, their points, and every receipt of these stores with lines and tenders. Five queries."""
    found = receipts_of(customer).filter(store__in=stores).order_by("occurred_at", "pk").prefetch_related("lines", "payments")
    names = ("name", "email", "phone", "address", "city", "company", "tax_number", "language", "note", "enrolled")
    record = {name: getattr(customer, name) for name in names}
    consent = customer.consent_at.isoformat() if customer.consent_at else None
    return {
        "customer": {
            "id": str(customer.uuid), **record, "card": customer.card or "", "marketing_consent_since": consent,
            "added": customer.created_at.isoformat(), "archived": not customer.active,
        },
        "points": _points(customer),
        "stores": [store.name for store in stores],
        "receipts": [_receipt(receipt) for receipt in found],
    }  # fmt: skip


def _points(customer: Customer) -> dict[str, Any]:
    """What they have, and every step to it, whichever store it was in: points are the person's."""
    theirs = Q(holder__customer=customer) | Q(holder__customer__merged_into=customer)
    entries = list(PointsEntry.objects.filter(theirs).order_by("at", "pk"))
    return {
        "balance": sum(entry.points for entry in entries), "owed": sum(entry.owed for entry in entries),
        "entries": [{"time": e.at.isoformat(), "type": e.kind, "points": e.moved, "reason": e.reason} for e in entries],
    }  # fmt: skip


def _receipt(receipt: Receipt) -> dict[str, Any]:
    lines = sorted(receipt.lines.all(), key=lambda line: line.position)
    return {
        "number": receipt.label, "kind": receipt.kind, "time": receipt.occurred_at.isoformat(), "store": receipt.store.name,
        "currency": receipt.currency, "total": _plain(receipt.total),
        "lines": [{"name": x.name, "quantity": _plain(x.quantity), "amount": _plain(x.payable)} for x in lines],
        "paid": [{"method": p.method, "amount": _plain(p.amount)} for p in receipt.payments.all()],
    }  # fmt: skip


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def file_of(data: dict[str, Any]) -> str:
    """As text that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def till_rows(rows: Iterable[tuple[str, msgspec.Raw]], *, full: bool) -> list[tuple[str, msgspec.Raw]]:
    """The change log's rows of customers with who they are: `[name, phone, e-mail, card, city, company, tax number, address,
    enrolled, points]`.

    The log itself cannot forget, so it holds no person; whoever is gone by now is gone whatever it says.
    """
    keys = [key for key, _body in rows]
    columns = (
        "uuid", "name", "phone", "email", "card", "city", "company", "tax_number", "address", "enrolled", "points_account__balance",
    )  # fmt: skip
    found: dict[str, msgspec.Raw] = {}
    for start in range(0, len(keys), AT_ONCE):
        part = customers().filter(active=True, uuid__in=keys[start : start + AT_ONCE])
        found |= {
            str(uuid): _raw([*(text or "" for text in body), enrolled, points or 0])
            for uuid, *body, enrolled, points in part.values_list(*columns)
        }
    return [(key, found.get(key, GONE)) for key in keys if key in found or not full]


def _raw(body: list[Any]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(body))
