"""Open orders of a store, as its tills list them."""

from typing import Any

from pos.models import Order, OrderKind, OrderState
from smartpos.people.models import Device, Store

MOST = 200


def open_orders(device: Device) -> list[dict[str, Any]]:
    """The held carts of the device's store, oldest first, without what they contain. One query."""
    found = Order.objects.filter(
        store=device.store_id, kind=OrderKind.HELD, state__in=[OrderState.OPEN, OrderState.TAKEN]
    ).select_related("device__terminal", "employee", "customer__merged_into")
    return [_row(order, device) for order in found.order_by("changed_at", "pk")[:MOST]]


def _row(order: Order, device: Device) -> dict[str, Any]:
    customer = order.customer.merged_into or order.customer if order.customer else None
    return {
        "id": str(order.uuid), "state": order.state, "version": order.version, "here": order.device_id == device.pk,
        "terminal": order.device.terminal.name if order.device else "", "lost": bool(order.device and order.device.revoked_at),
        "by": order.employee.name if order.employee else "", "at": order.changed_at, "note": order.note,
        "customer": customer.name if customer else "", "pieces": order.pieces, "total": format(order.total.normalize(), "f"),
    }  # fmt: skip


def open_orders_in(store: Store) -> int:
    """How many are open in a store."""
    return int(Order.objects.filter(store=store, state__in=[OrderState.OPEN, OrderState.TAKEN]).count())
