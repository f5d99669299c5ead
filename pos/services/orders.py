"""Open orders: put there, taken by exactly one, discarded, settled once. Inside the transaction of the act that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pos.events import OrderChanged
from pos.models import Order, OrderKind, OrderState
from smartpos.outbox.services import publish
from smartpos.people.models import Device


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInput:
    """An order as its till says that it is."""

    version: int
    contents: str
    total: Decimal
    pieces: int
    kind: str = OrderKind.HELD
    note: str = ""
    customer_id: int | None = None
    employee_id: int | None = None


def locked(uuid: UUID) -> Order | None:
    """The order of an id, of whomever, held until the transaction ends."""
    return Order.everywhere.select_for_update(of=("self",)).select_related("device__terminal").filter(uuid=uuid).first()


def locked_many(uuids: Sequence[UUID]) -> list[Order]:
    """Orders of the current business, held in one order of keys so that two sales never wait for each other."""
    return list(Order.objects.select_for_update().filter(uuid__in=uuids).order_by("pk"))


def moves_for(order: Order, device: Device, version: int) -> bool:
    """Whether the device has the order, at this version, and it may still change."""
    return order.is_open and order.device_id == device.pk and order.version == version


def put_order(known: Order | None, uuid: UUID, given: OrderInput, *, device: Device, at: datetime) -> Order:
    """Put an order there, new or as it is now."""
    order = known or Order(business_id=device.business_id, store_id=device.store_id, uuid=uuid, created_at=at)
    order.device, order.state = device, OrderState.OPEN
    order.kind, order.version, order.note, order.contents = given.kind, given.version, given.note, given.contents
    order.total, order.pieces = given.total, given.pieces
    order.customer_id, order.employee_id, order.changed_at = given.customer_id, given.employee_id, at
    order.save()
    return order


def move_order(order: Order, state: str, *, device: Device, at: datetime) -> None:
    """Take or discard it: the next version, of this device."""
    order.state, order.device, order.changed_at = state, device, at
    order.version += 1
    order.save(update_fields=["state", "device", "changed_at", "version"])


def settle_orders(orders: Sequence[Order], *, receipt: UUID, device: Device, at: datetime) -> None:
    """A document paid these: several where one cart was made of them."""
    for order in orders:
        order.state, order.receipt = OrderState.SETTLED, receipt
        order.device, order.changed_at = device, at
        order.version += 1
        order.save(update_fields=["state", "device", "receipt", "changed_at", "version"])
        publish(changed(order))


def changed(order: Order) -> OrderChanged:
    """What tills of the store are told."""
    return OrderChanged(
        business_id=order.business_id, store_id=order.store_id, shard=f"{order.business_id}:order:{order.uuid}",
        order=str(order.uuid), kind=order.kind, state=order.state,
    )  # fmt: skip
