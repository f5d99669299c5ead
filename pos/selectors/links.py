"""Payment links: as the tills of a store list them, as the Backoffice reads them, as the customer sees one."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from pos.models import PaymentLink, Receipt, StrayPayment, StrayState
from smartpos.people.models import Device, Store

MOST = 50
TOLD_FOR = timedelta(days=1)
UNDONE = (StrayState.OPEN, StrayState.REFUNDING)


def links() -> "QuerySet[Any]":
    """All links of the business, with what a list shows of them."""
    rows: QuerySet[Any] = PaymentLink.objects.select_related("store", "order__employee", "order__customer__merged_into")
    found: QuerySet[Any] = rows.annotate(stray=Exists(StrayPayment.objects.filter(link=OuterRef("pk"), state__in=UNDONE)))
    return found


def ways_back(receipts: Collection[int]) -> dict[int, StrayPayment]:
    """How far the money of refunds and voids is that goes back through a gateway, by the document's key."""
    rows = StrayPayment.objects.filter(receipt__in=receipts).select_related("link")
    return {row.receipt_id: row for row in rows}


def waiting_strays(stores: Collection[Store]) -> int:
    """How many payments wait to be given back."""
    return int(StrayPayment.objects.filter(link__store__in=stores, state__in=UNDONE).count())


def told(device: Device, *, at: datetime) -> list[dict[str, Any]]:
    """The links of a device's store that wait, and those that ended in the last day. Two queries."""
    rows = list(
        links()
        .filter(Q(state="waiting") | Q(ended_at__gte=at - TOLD_FOR), store=device.store_id)
        .order_by("-created_at", "-pk")[:MOST]
    )
    receipts = Receipt.objects.filter(uuid__in=[row.order.receipt for row in rows if row.order.receipt])
    labels = {receipt.uuid: receipt.label for receipt in receipts.only("uuid", "series", "number")}
    return [_told(row, labels.get(row.order.receipt, "")) for row in rows]


def _told(link: PaymentLink, label: str) -> dict[str, Any]:
    order = link.order
    customer = order.customer.merged_into or order.customer if order.customer else None
    return {
        "id": str(order.uuid), "state": link.state, "gateway": link.gateway, "to": link.email,
        "by": order.employee.name if order.employee else "", "at": link.created_at, "until": link.expires_at,
        "customer": customer.name if customer else "", "pieces": order.pieces, "total": format(link.amount.normalize(), "f"),
        "label": label, "stray": link.stray,  # type: ignore[attr-defined]
    }  # fmt: skip


def by_token(token: str) -> PaymentLink | None:
    """The link behind a page's address, of whichever business."""
    return (
        PaymentLink.everywhere.select_related("order", "store", "business").filter(token=token).first() if token else None
    )  # fmt: skip


def bill_of(link: PaymentLink) -> list[dict[str, Any]]:
    """What is on it, as the customer sees it: quantity, name, amount."""
    sale = msgspec.json.decode(link.order.contents)
    lines = zip(sale["cart"]["lines"], sale["goods"], sale["figures"]["payable"], strict=True)
    return [
        {
            "quantity": Decimal(line["quantity"]),
            "name": good["name"],
            "unit": good.get("unit", "piece"),
            "amount": Decimal(paid),
        }
        for line, good, paid in lines
    ]
