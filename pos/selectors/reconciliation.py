"""Sales = payments = drawer = reports: of a store and a business day, each sum from its own table."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from pos.models import CashMovement, Payment, Receipt, Shift, ShiftReport
from smartpos.people.models import Store

NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Check:
    """Two sums that must be the same."""

    code: str
    one: Decimal
    other: Decimal

    @property
    def holds(self) -> bool:
        """Whether they are."""
        return self.one == self.other


def reconcile(store: Store, day: date) -> list[Check]:
    """Of the shifts of a business day and everything that belongs to them, late things included. Nine statements."""
    shifts = Shift.objects.filter(store=store, business_date=day)
    receipts = Receipt.objects.filter(shift__in=shifts)
    sold = receipts.aggregate(total=Sum("total"), rounding=Sum("rounding"))
    payments = Payment.objects.filter(receipt__in=receipts)
    closed = shifts.filter(closed_at__isnull=False)
    floats, expected = (closed.aggregate(sum=Sum(name))["sum"] or NOUGHT for name in ("opening_float", "expected"))
    frozen = [json.loads(text) for text in ShiftReport.objects.filter(shift__in=closed).values_list("figures", flat=True)]
    return [
        Check("payments", _sum(sold["total"], sold["rounding"]), _sum(payments.aggregate(sum=Sum("amount"))["sum"])),
        Check("drawer", _sum(floats, _cash(closed)), expected),
        Check("reports", _reported(closed), sum((Decimal(figures["total"]) for figures in frozen), NOUGHT)),
    ]


def _cash(shifts: "QuerySet[Shift]") -> Decimal:
    paid = Payment.objects.filter(receipt__shift__in=shifts, receipt__late=False, method="cash").aggregate(
        amount=Sum("amount"), tip=Sum("tip")
    )
    moved = CashMovement.objects.filter(shift__in=shifts, late=False).aggregate(sum=Sum("drawer"))["sum"]
    return _sum(paid["amount"], paid["tip"], moved)


def _reported(closed: "QuerySet[Shift]") -> Decimal:
    return _sum(Receipt.objects.filter(shift__in=closed, late=False).aggregate(sum=Sum("total"))["sum"])


def _sum(*amounts: Decimal | None) -> Decimal:
    return sum((amount or NOUGHT for amount in amounts), NOUGHT)
