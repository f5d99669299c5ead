"""Points of customers: every step is an entry of the book, written under the lock of the account with what comes of it.

The balance is never below nought. What it cannot cover is a debt, which later earnings pay first (LOY-10).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pos.models import Customer, PointsAccount, PointsEntry, PointsKind
from pos.pricing.loyalty import Account, Earned, TakenBack
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.db.rows import insert_rows
from smartpos.errors import Conflict, DomainError, NotFound
from smartpos.people.models import Device, Employee

# Long enough for a card terminal that dials; a till that is still paying asks again before.
HELD_FOR = timedelta(minutes=5)
MOST_POINTS = 10**9
LONGEST_REASON = 200
_COLUMNS = (
    "business_id", "holder_id", "kind", "points", "owed", "balance", "debt", "per_unit", "receipt_id", "store_id",
    "employee_id", "source", "step", "reason", "at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What moved points: an operation or a form by its id, when, where, who, and for which receipt."""

    source: UUID
    at: datetime
    store_id: int | None = None
    employee_id: int | None = None
    reason: str = ""


@dataclass(slots=True)
class Booking:
    """What is to be written of a locked account: the steps so far, and the account as they leave it."""

    row: PointsAccount
    steps: list[tuple[str, int, int, int, int, int | None]] = field(default_factory=list)

    @property
    def account(self) -> Account:
        """What is there now."""
        return Account(self.row.balance, self.row.debt)

    def step(self, kind: PointsKind, points: int, owed: int = 0, *, per_unit: int | None = None) -> None:
        """Move the balance and the debt. A step that moves nothing is none."""
        if not points and not owed:
            return
        self.row.balance += points
        self.row.debt += owed
        self.steps.append((kind, points, owed, self.row.balance, self.row.debt, per_unit))

    def earn(self, earned: Earned, *, per_unit: int) -> None:
        """What a sale earned, a debt paid first."""
        self.step(PointsKind.EARNED, earned.points - earned.debt_paid, -earned.debt_paid, per_unit=per_unit)

    def redeem(self, points: int, *, free: int) -> int:
        """Use points; answers how many were not there and are owed now."""
        short = max(0, points - free)
        self.step(PointsKind.REDEEMED, short - points, short)
        return short

    def reverse(self, back: TakenBack) -> None:
        """What a refund or a void gives back and takes back."""
        self.step(PointsKind.REVERSED, back.given_back)
        self.step(PointsKind.REVERSED, back.uncovered - back.taken, back.uncovered)

    def free(self, device_id: int, *, at: datetime) -> int:
        """How many points this device may use: another one that is paying with some holds them."""
        return max(0, self.row.balance - held_elsewhere(self.row, device_id, at=at))

    def release(self, device_id: int) -> None:
        """What the device held is used or given up."""
        if self.row.held_by_id == device_id:
            self.row.held_by_id, self.row.held_points, self.row.held_until = None, 0, None

    def write(self, cause: Cause, *, receipt_id: int | None = None) -> None:
        """Write the account and its entries: two statements. Inside the transaction that locked it."""
        row = self.row
        row.told = row.told and not self.steps
        row.save(update_fields=["balance", "debt", "held_by", "held_points", "held_until", "told"])
        insert_rows(PointsEntry, _COLUMNS, [
            (row.business_id, row.pk, str(kind), points, owed, balance, debt, per_unit, receipt_id, cause.store_id,
             cause.employee_id, cause.source, place, cause.reason, cause.at)
            for place, (kind, points, owed, balance, debt, per_unit) in enumerate(self.steps, start=1)
        ])  # fmt: skip


def held_elsewhere(row: PointsAccount, device_id: int, *, at: datetime) -> int:
    """Points that another device is paying with right now."""
    alive = row.held_until is not None and row.held_until > at and row.held_by_id != device_id
    return row.held_points if alive else 0


def locked_account(customer_id: int, *, create: bool) -> PointsAccount | None:
    """The account of a customer, or of the record that theirs was merged into, locked until commit. None where there is none, or
    where they were erased; `create` makes it for somebody who is there. One statement where it exists.
    """
    row = _locked([customer_id]).first()
    if row is not None or not create:
        return row
    living = _living([customer_id]).values_list("business_id", "heir").first()
    if living is None:
        return None
    business_id, heir = living
    PointsAccount.objects.bulk_create(
        [PointsAccount(business_id=business_id, customer_id=heir)], ignore_conflicts=True
    )  # fmt: skip
    return _locked([customer_id]).first()


def _living(keys: Sequence[int]) -> QuerySet[Any]:
    """Customers by key with the key of the record that stands for them; nobody who was erased."""
    there = Customer.objects.filter(pk__in=keys, erased_at=None, merged_into__erased_at=None)
    found: QuerySet[Any] = there.annotate(heir=Coalesce("merged_into_id", "pk"))
    return found


def _locked(keys: Sequence[int]) -> QuerySet[PointsAccount]:
    rows: QuerySet[PointsAccount] = PointsAccount.objects.select_for_update()
    return rows.filter(customer_id__in=_living(keys).values("heir")).order_by("customer_id")


def adjust_points(
    customer: Customer, points: int, *, reason: str, uuid: UUID, by: Employee, at: datetime
) -> PointsAccount:  # fmt: skip
    """Give or take points by hand (LOY-13). Given ones pay a debt first; more than is there cannot be taken. The same uuid again
    changes nothing.
    """
    reason = " ".join(reason.split())
    if not points or abs(points) > MOST_POINTS:
        raise DomainError(_("Give a whole number of points, above or below nought."), field="points")
    if not reason or len(reason) > LONGEST_REASON:
        raise DomainError(_("Say why, in at most %(most)s characters.") % {"most": LONGEST_REASON}, field="reason")
    with write_transaction():
        row = locked_account(customer.pk, create=True)
        if row is None:
            raise NotFound(_("There is no such customer any more."))
        if PointsEntry.objects.filter(source=uuid, holder=row).exists():
            return row
        booking = Booking(row)
        free = booking.free(0, at=at)
        if points < 0 and -points > free:
            raise DomainError(_("Only %(count)s points can be taken.") % {"count": free}, field="points")
        paid = min(max(points, 0), row.debt)
        booking.step(PointsKind.ADJUSTED, points - paid, -paid)
        booking.write(Cause(source=uuid, at=at, employee_id=by.pk, reason=reason))
        data = {"points": str(points), "reason": reason, "balance": str(row.balance)}
        record("customer.points_adjusted", subject=f"customer:{customer.uuid}", data=data, at=at)
        return row


def lock_points(*customers: Customer) -> None:
    """Lock the accounts of customers before their records: whoever pays locks in this order too."""
    list(_locked([customer.pk for customer in customers]))


def move_points(goes: Customer, stays: Customer, *, source: UUID, by_id: int | None, at: datetime) -> None:
    """Move balance and debt to the record that stays; entries stay where they are, and are found under both."""
    old = PointsAccount.objects.select_for_update().filter(customer=goes).first()
    if old is None or not (old.balance or old.debt):
        return
    new, _made = PointsAccount.objects.select_for_update().get_or_create(customer=stays, business_id=stays.business_id)
    points, owed = old.balance, old.debt
    cause = Cause(source=source, at=at, employee_id=by_id, reason=_("Two records made one"))
    for row, sign in ((old, -1), (new, 1)):
        booking = Booking(row)
        booking.step(PointsKind.ADJUSTED, sign * points, sign * owed)
        booking.write(cause)


def end_points(customer: Customer, *, source: UUID, by_id: int | None, at: datetime) -> None:
    """Points end with the person they belonged to."""
    row = PointsAccount.objects.select_for_update().filter(customer=customer).first()
    if row is None or not (row.balance or row.debt):
        return
    booking = Booking(row)
    booking.step(PointsKind.EXPIRED, -row.balance, -row.debt)
    booking.write(Cause(source=source, at=at, employee_id=by_id))


def hold_points(customer: Customer, points: int, *, minimum: int, device: Device, at: datetime) -> PointsAccount:
    """Keep points for the sale that a device is paying, so that no other spends them meanwhile (LOY-08); 0 gives them up.

    Conflict where another device holds the customer's points, DomainError where they are not offered or not there.
    """
    with write_transaction():
        row = locked_account(customer.pk, create=True)
        if row is None:
            raise NotFound(_("There is no such customer any more."))
        booking = Booking(row)
        if not points:
            booking.release(device.pk)
        else:
            if held_elsewhere(row, device.pk, at=at):
                raise Conflict(_("Another till is using this customer's points right now."), code="points_held")
            if row.balance < minimum:
                raise DomainError(
                    _("Points may be used from a balance of %(count)s on.") % {"count": minimum}, code="points_below_minimum"
                )
            if points > row.balance:
                raise DomainError(_("Only %(count)s points are there.") % {"count": row.balance}, code="points_above_balance")
            row.held_by, row.held_points, row.held_until = device, points, at + HELD_FOR
        booking.write(Cause(source=device.uuid, at=at))
        return row
