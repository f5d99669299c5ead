"""`link.make`, `link.send`, `link.cancel` (docs/payments.md).

No money has changed hands, so nothing is booked and marked that somebody may not do: it is refused, and the till says why.
"""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

import msgspec

from pos.events import OrderChanged
from pos.gateways import Offer, directory
from pos.models import LinkState, Order, PaymentLink
from pos.offline.bodies import SaleSettle
from pos.offline.link_bodies import LinkCancel, LinkMake, LinkSend, OnlineSale
from pos.offline.marks import limit_marks, missing_rights
from pos.offline.settle import Priced, buyer_of, price_again, shift_of
from pos.offline.unbookable import Unbookable
from pos.services.links import LinkInput, end_link, locked_link, make_link, send_again
from pos.services.orders import changed
from smartpos.access.settings import value
from smartpos.errors import DomainError
from smartpos.mail.services import checked_address
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case, Verdict

MAKE = "sale.online"


def judge_link_make(case: Case, body: LinkMake) -> Verdict:
    """Put the sale aside and mail the link."""
    if Order.everywhere.filter(uuid=body.order).exists():
        return Verdict.review("order_unknown")
    try:
        shift_of(case)
        priced = price_again(case, body.cart, body.goods, body.figures, change=body.figures.change)
    except Unbookable as no:
        return Verdict.review(no.code, detail=no.detail)
    offer = next((offer for offer in directory().offers(case.device.store_id) if offer.connection == body.gateway), None)
    reason = _against(case, body, priced)
    if reason or offer is None:
        return _refused(case, body.order, "made", reason or "gateway")
    marks: list[Mark] = []
    buyer = buyer_of(case, body.customer, marks, priced_so=priced.cart.customer)
    given = _input(case, body, priced, offer, buyer)
    order = Order(
        business_id=case.device.business_id, store_id=case.device.store_id, uuid=body.order, kind="online", state="open"
    )
    return Verdict(
        result={"order": str(body.order), "made": True, "until": given.expires_at.isoformat()}, marks=marks,
        action="link.made", subject=f"order:{body.order}",
        data={"total": body.figures.total, "gateway": offer.name}, event=changed(order),
        write=partial(_make, given, case),
    )  # fmt: skip


def _input(case: Case, body: LinkMake, priced: Priced, offer: Offer, buyer: int | None) -> LinkInput:
    # By the server's clock: it holds for so many hours from now, whenever the till asked for it.
    sent, hours = case.operation, value("payments.link_hours", store=case.device.store)
    agreed = OnlineSale(
        cart=body.cart, goods=body.goods, figures=body.figures, customer=body.customer, actor=sent.actor,
        shift=sent.shift or UUID(int=0), cursor=sent.cursor, at=case.occurred_at,
        approvals=sent.approvals,
    )  # fmt: skip
    return LinkInput(
        order=body.order, offer=offer, email=checked_address(body.to), contents=msgspec.json.encode(agreed).decode(),
        currency=priced.sale.currency.code, total=Decimal(body.figures.total), pieces=len(body.goods), customer_id=buyer,
        employee_id=case.actor_id, expires_at=case.received_at + timedelta(hours=hours),
    )  # fmt: skip


def _make(given: LinkInput, case: Case) -> None:
    make_link(given, device=case.device, at=case.received_at)


def _against(case: Case, body: LinkMake, priced: Priced) -> str:
    """What forbids it, or nothing."""
    payment = priced.sale.payment
    if payment is None or priced.cart.points is not None or payment.tips or {p.method for p in payment.tenders} != {"online"}:
        return "nothing"
    if not case.may(MAKE) or missing_rights(case, priced.cart) or limit_marks(case, priced.cart):
        return "rights"
    return _address_reason(body.to)


def _address_reason(to: str) -> str:
    try:
        checked_address(to)
    except DomainError:
        return "address"
    return ""


def judge_link_send(case: Case, body: LinkSend) -> Verdict:
    """Mail a waiting link once more."""
    link = _waiting(case, body.order)
    reason = _address_reason(body.to) if link else "over"
    if link is None or reason or not case.may(MAKE):
        return _refused(case, body.order, "sent", reason or "rights")
    return Verdict(
        result={"order": str(body.order), "sent": True}, action="link.sent", subject=f"order:{body.order}", data={},
        event=changed(link.order), write=partial(send_again, link, to=checked_address(body.to), at=case.received_at),
    )  # fmt: skip


def judge_link_cancel(case: Case, body: LinkCancel) -> Verdict:
    """Nobody is to pay it any more."""
    link = _waiting(case, body.order)
    if link is None or not case.may(MAKE):
        return _refused(case, body.order, "cancelled", "rights" if link else "over")
    return Verdict(
        result={"order": str(body.order), "cancelled": True}, action="link.cancelled", subject=f"order:{body.order}", data={},
        event=changed(link.order), write=partial(end_link, link, LinkState.CANCELLED, at=case.received_at),
    )  # fmt: skip


def _waiting(case: Case, order: UUID) -> PaymentLink | None:
    """The link of the device's store that may still be paid."""
    link = locked_link(order)
    return link if link is not None and link.store_id == case.device.store_id and link.waits else None


def _refused(case: Case, order: UUID, name: str, reason: str) -> Verdict:
    """Nothing happens; the till is told why."""
    device = case.device
    told = OrderChanged(
        business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:order:{order}", order=str(order),
        kind="online", state="refused",
    )  # fmt: skip
    return Verdict(
        result={"order": str(order), name: False, "reason": reason}, action="link.refused", subject=f"order:{order}",
        data={"reason": reason}, event=told,
    )  # fmt: skip


def as_settled(sale: OnlineSale, *, series: str, number: int) -> SaleSettle:
    """The sale as a till would send it, with a number of the store's own."""
    return SaleSettle(
        series=series, number=number, cart=sale.cart, goods=sale.goods, figures=sale.figures, customer=sale.customer
    )  # fmt: skip
