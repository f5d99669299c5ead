"""Reading what was given back, and what waits for a manager."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pos.models import Receipt, ReceiptKind, RefundRequest, RequestState
from pos.selectors.sales import receipts
from smartpos.people.models import Store

GIVEN = (ReceiptKind.REFUND, ReceiptKind.VOID)


def given() -> QuerySet[Any]:
    """Every refund and void, with what a row shows, and whether goods stayed off the shelf."""
    damaged = Receipt.objects.filter(pk=OuterRef("pk"), lines__restocked=False)
    found: QuerySet[Any] = receipts().filter(kind__in=GIVEN).select_related("original")
    marked: QuerySet[Any] = found.annotate(damaged=Exists(damaged))
    return marked


def requests() -> QuerySet[Any]:
    """Every request, with what a row shows."""
    found: QuerySet[Any] = RefundRequest.objects.select_related(
        "store", "terminal", "original", "asked_by", "decided_by", "refund"
    )
    return found


def waiting(stores: list[Any]) -> int:
    """How many requests nobody has answered yet."""
    return int(RefundRequest.objects.filter(store__in=stores, state=RequestState.PENDING).count())


def of_till(store: Store, *, since: datetime, limit: int = 50) -> list[RefundRequest]:
    """What a till shows: the store's requests that wait or may be paid out, and those decided since then; the newest first."""
    open_ones = Q(state__in=(RequestState.PENDING, RequestState.APPROVED))
    return list(
        requests().filter(store=store).filter(open_ones | Q(decided_at__gte=since)).order_by("-asked_at", "-pk")[:limit]
    )
