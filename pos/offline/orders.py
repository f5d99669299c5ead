"""`order.put`, `order.claim`, `order.drop`, and what a sale does to the orders that it was made of (docs/orders.md).

No money moves here, so nothing waits for a manager: whoever is too late is told so, and by whom, in the result.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from pos.models import Customer, Order, OrderKind, OrderState, Receipt
from pos.offline.order_bodies import OrderClaim, OrderDrop, OrderPut
from pos.services.links import paid_otherwise
from pos.services.orders import (
    OrderInput,
    changed,
    locked,
    locked_many,
    move_order,
    moves_for,
    put_order,
    settle_orders,
)
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict

HOLD = "sale.hold"


def judge_order_put(case: Case, body: OrderPut) -> Verdict:
    """Keep it, unless somebody else has moved it meanwhile."""
    order = _within(case, body.order)
    if order is None and _taken_id(body.order):
        return Verdict.review("order_unknown")
    marks = _rights(case)
    if order is not None and not moves_for(order, case.device, body.version - 1):
        return _late(order, marks, "kept")
    buyer = Customer.objects.filter(uuid=body.customer, erased_at=None).first() if body.customer else None
    if body.customer and buyer is None:
        marks.append(Mark(code="customer_unknown"))
    given = OrderInput(
        version=body.version, kind=body.kind, note=body.note.strip(), contents=msgspec.json.encode(body.contents).decode(),
        total=Decimal(body.total), pieces=body.pieces, customer_id=buyer.pk if buyer else None, employee_id=case.actor_id,
    )  # fmt: skip
    before = order or Order(business_id=case.device.business_id, store_id=case.device.store_id, uuid=body.order, kind=body.kind)
    before.state = OrderState.OPEN
    return Verdict(
        result={"order": str(body.order), "kept": True, "version": body.version}, marks=marks, action="order.held",
        subject=f"order:{body.order}", data={"total": body.total, "pieces": body.pieces}, event=changed(before),
        write=partial(_put, order, body.order, given, case),
    )  # fmt: skip


def _put(order: Order | None, uuid: UUID, given: OrderInput, case: Case) -> None:
    put_order(order, uuid, given, device=case.device, at=case.occurred_at)


def judge_order_claim(case: Case, body: OrderClaim) -> Verdict:
    """Exactly one gets it: whoever names the present version first. What it contains comes with the answer."""
    order = _within(case, body.order)
    marks = _rights(case)
    if order is None:
        return _none(case, body.order, marks, "taken")
    if not (order.is_open and order.version == body.version and _free(order, case)):
        return _late(order, marks, "taken")
    verdict = _moved(case, order, OrderState.TAKEN, marks, "order.claimed")
    verdict.result = {**(verdict.result or {}), "taken": True, **contents_of(order)}
    return verdict


def judge_order_drop(case: Case, body: OrderDrop) -> Verdict:
    """Discard what one has."""
    order = _within(case, body.order)
    marks = _rights(case)
    if order is None:
        return _none(case, body.order, marks, "dropped")
    if not moves_for(order, case.device, body.version):
        return _late(order, marks, "dropped")
    verdict = _moved(case, order, OrderState.DISCARDED, marks, "order.discarded")
    verdict.result = {**(verdict.result or {}), "dropped": True}
    return verdict


def contents_of(order: Order) -> dict[str, Any]:
    """What whoever takes an order needs to go on with it."""
    return {
        "note": order.note, "customer": str(order.customer.uuid) if order.customer else None,
        "contents": msgspec.json.decode(order.contents),
    }  # fmt: skip


def paying(case: Case, uuids: Sequence[UUID], verdict: Verdict) -> Verdict:
    """The verdict of a sale that was made of open orders: it settles them. Paid before: for a manager, who gives one back."""
    if not uuids or verdict.state == "review":
        return verdict
    orders = locked_many(uuids)
    for order in orders:
        if order.state == OrderState.SETTLED and order.receipt != case.operation.id:
            first = Receipt.objects.filter(uuid=order.receipt).first()
            return Verdict.review("paid_twice", detail=first.label if first else "")
    if len(orders) < len(set(uuids)):
        verdict.marks.append(Mark(code="order_unknown"))
    if any(order.is_open and order.device_id != case.device.pk for order in orders):
        verdict.marks.append(Mark(code="order_elsewhere"))
    return replace(verdict, write=partial(_pay, verdict, orders, case))


def _pay(verdict: Verdict, orders: Sequence[Order], case: Case) -> None:
    verdict.write()
    settle_orders(orders, receipt=case.operation.id, device=case.device, at=case.occurred_at)
    paid_otherwise(orders, at=case.received_at)


def _within(case: Case, uuid: UUID) -> Order | None:
    """The held cart, where it is one of the device's store."""
    order = locked(uuid)
    mine = order is not None and order.store_id == case.device.store_id and order.kind == OrderKind.HELD
    return order if mine else None


def _taken_id(uuid: UUID) -> bool:
    return Order.everywhere.filter(uuid=uuid).exists()


def _free(order: Order, case: Case) -> bool:
    """Whether it lies there, is the device's own, or its device can never give it back."""
    device = order.device
    return order.state == OrderState.OPEN or device is None or device.pk == case.device.pk or device.revoked_at is not None


def _rights(case: Case) -> list[Mark]:
    return [] if case.may(HOLD) else [Mark(code="permission_missing", permission=HOLD)]


def _moved(case: Case, order: Order, state: OrderState, marks: list[Mark], action: str) -> Verdict:
    told = replace(changed(order), state=state)
    return Verdict(
        result={"order": str(order.uuid), "version": order.version + 1}, marks=marks, action=action,
        subject=f"order:{order.uuid}", data={"total": format(order.total.normalize(), "f"), "pieces": order.pieces}, event=told,
        write=partial(move_order, order, state, device=case.device, at=case.occurred_at),
    )  # fmt: skip


def _none(case: Case, uuid: UUID, marks: list[Mark], name: str) -> Verdict:
    """There is none in this store; whether there is one elsewhere is nobody's business here."""
    nothing = Order(business_id=case.device.business_id, store_id=case.device.store_id, uuid=uuid, kind=OrderKind.HELD)
    nothing.state = OrderState.DISCARDED
    return _late(nothing, marks, name)


def _late(order: Order, marks: list[Mark], name: str) -> Verdict:
    """Nothing happens; the till is told why: somebody has it (and where), changed it, or it is over."""
    reason = "over" if not order.is_open else "elsewhere" if order.state == OrderState.TAKEN else "changed"
    where = order.device.terminal.name if order.device else ""
    return Verdict(
        result={"order": str(order.uuid), name: False, "reason": reason, "terminal": where}, marks=marks, action="order.late",
        subject=f"order:{order.uuid}", data={"reason": reason}, event=changed(order),
    )  # fmt: skip
