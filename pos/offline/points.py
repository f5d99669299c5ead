"""Points of sales and refunds that tills send: what was used and earned, what goes back (docs/loyalty.md).

A sale without an enrolled customer costs no statement here; one with costs three: the account locked, written, its entries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.db.models import Q, Sum

from pos.models import Customer, PointsEntry, PointsKind, Receipt, ReceiptKind, ReceiptLine
from pos.pricing import types
from pos.pricing.loyalty import RefundedSale, earn, take_back
from pos.programme import Programme, programme
from pos.services.loyalty import Booking, Cause, locked_account
from pos.settings import setting_at
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case

# Place in the change log's row of a customer.
CUSTOMER_ENROLLED = 1


@dataclass(frozen=True, slots=True)
class Moved:
    """Points that a document moves, ready to be written with it."""

    booking: Booking
    cause: Cause

    def write(self, receipt_id: int) -> None:
        """Inside the transaction of the act, after its document."""
        self.booking.write(self.cause, receipt_id=receipt_id)


def points_of_sale(
    case: Case, cart: types.Cart, sale: types.Sale, marks: list[Mark], *, uuid: UUID | None, buyer: int | None
) -> Moved | None:
    """What a sale uses and earns. What was used was taken off already, so it is booked whatever the balance; what was not there
    is marked `points_overdrawn` and owed.
    """
    used = sale.points.used if sale.points else 0
    if buyer is None and not used:
        return None
    rules = programme(partial(setting_at, case))
    if used:
        marks += _differences(cart, rules)
    member = buyer is not None and rules.enabled and _enrolled(case, uuid, buyer)
    if not member and not used:
        return None
    row = locked_account(buyer, create=member) if buyer is not None else None
    if row is None:
        if used:
            marks.append(Mark(code="points_overdrawn", detail=str(used)))
        return None
    booking = Booking(row)
    if used:
        short = booking.redeem(used, free=booking.free(case.device.pk, at=case.received_at))
        booking.release(case.device.pk)
        if short:
            marks.append(Mark(code="points_overdrawn", detail=str(short)))
    if member:
        booking.earn(earn(sale.totals.total, rules.per_unit, booking.account), per_unit=rules.per_unit)
    return Moved(booking, _cause(case)) if booking.steps else None


def _differences(cart: types.Cart, rules: Programme) -> list[Mark]:
    """Where the till used points by other rules than those of its cursor."""
    marks = [] if rules.enabled else [Mark(code="module_off", detail="loyalty")]
    given = cart.points
    if given is not None and (given.minimum, given.value_of_100) != (rules.minimum, rules.value_of_100):
        marks.append(Mark(code="input_unknown", detail="points"))
    return marks


def _enrolled(case: Case, uuid: UUID | None, key: int) -> bool:
    """Whether the customer was in the programme when the till acted. Only who is newer than the log in memory, gone from it, or was
    written there before the programme existed, costs a statement.
    """
    for fact in (case.facts.at("customer", str(uuid), case.operation.cursor), case.facts.last("customer", str(uuid))):
        if fact is not None and fact.body is not None and len(fact.body) > CUSTOMER_ENROLLED:
            return bool(fact.body[CUSTOMER_ENROLLED])
    return Customer.objects.filter(Q(pk=key) | Q(merged=key), enrolled=True).exists()


def points_back(case: Case, original: Receipt, *, now: int, lines: Mapping[int, int] | None) -> Moved | None:
    """What a refund or a void of a sale gives back and takes back (LOY-10). `now` is its total (1/10,000); `lines` its quantities
    (1/1,000) by sold line, None for all that is left.

    The share is reckoned over all refunds so far, by the rate at which the sale earned. A sale that moved no points, or one of
    somebody erased, costs a statement and moves none.
    """
    if original.customer_id is None:
        return None
    entries = list(PointsEntry.objects.filter(Q(receipt=original) | Q(receipt__original=original)))
    if not entries:
        return None
    row = locked_account(original.customer_id, create=True)
    if row is None:
        return None
    booking = Booking(row)
    booking.reverse(take_back(_refunded(original, entries, now=now, lines=lines), booking.account))
    return Moved(booking, _cause(case)) if booking.steps else None


def _refunded(original: Receipt, entries: list[PointsEntry], *, now: int, lines: Mapping[int, int] | None) -> RefundedSale:
    """The sale and everything given back of it, this time included."""
    paid = _scaled(original.total)
    before = Receipt.objects.filter(original=original, kind=ReceiptKind.REFUND).aggregate(sum=Sum("total"))["sum"]
    refunded = min(paid, now - _scaled(before or Decimal(0)))
    sold = [entry for entry in entries if entry.receipt_id == original.pk]
    back = [entry.moved for entry in entries if entry.kind == PointsKind.REVERSED]
    rates = [entry.per_unit for entry in sold if entry.per_unit is not None]
    complete = lines is None or (refunded == paid > 0) or _all_back(original, lines)
    return RefundedSale(
        paid=paid, refunded=paid if complete else refunded, complete=complete,
        points_per_unit=_scaled(rates[0]) if rates else 0,
        earned=sum(entry.moved for entry in sold if entry.kind == PointsKind.EARNED),
        redeemed=-sum(entry.moved for entry in sold if entry.kind == PointsKind.REDEEMED),
        taken_before=-sum(moved for moved in back if moved < 0), given_before=sum(moved for moved in back if moved > 0),
    )  # fmt: skip


def _all_back(original: Receipt, now: Mapping[int, int]) -> bool:
    """Whether every sold line is given back whole. Asked where money alone does not say it: nothing may have been paid."""
    before = dict(
        ReceiptLine.objects.filter(receipt__original=original)
        .values_list("original_line")
        .annotate(sum=Sum("quantity"))
        .order_by()
    )
    sold = ReceiptLine.objects.filter(receipt=original).values_list("pk", "quantity")
    return all(int(quantity * 1000) <= now.get(key, 0) - int((before.get(key) or 0) * 1000) for key, quantity in sold)


def _cause(case: Case) -> Cause:
    return Cause(source=case.operation.id, at=case.occurred_at, store_id=case.device.store_id, employee_id=case.actor_id)


def _scaled(amount: Decimal) -> int:
    return int(amount.scaleb(4))
