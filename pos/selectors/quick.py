"""Quick figures at the till (REP-09): straight from the ledger, of the device's store and running shift. Eight statements."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When

from pos.models import Payment, Receipt, ReceiptKind, ReceiptLine, Shift
from smartpos.db.fields import QuantityField
from smartpos.people.models import Device, Store

NOUGHT = Decimal(0)
TOP = 5
# Whole things count one by one, what is weighed as one, as on the ticket.
PIECES = Case(
    When(unit="piece", then=F("quantity")), When(quantity__lt=0, then=Value(Decimal(-1), QuantityField())),
    default=Value(Decimal(1), QuantityField()), output_field=QuantityField(),
)  # fmt: skip
SALE, REFUND, VOID = (Q(kind=kind) for kind in (ReceiptKind.SALE, ReceiptKind.REFUND, ReceiptKind.VOID))


@dataclass(frozen=True, slots=True)
class Figures:
    """What some receipts come to: `total` with refunds and voids taken off, `sales` without the voided ones, and what went back."""

    total: Decimal
    sales: int
    refunds: int
    refunded: Decimal
    voids: int
    tenders: dict[str, Decimal]

    @property
    def average(self) -> Decimal:
        """Of a sale, before anything went back; nought without one."""
        return (self.total - self.refunded) / self.sales if self.sales else NOUGHT


def figures(rows: "QuerySet[Any]") -> Figures:
    """Of these receipts, which are of one currency. Two statements."""
    sums = rows.order_by().aggregate(
        sum=Sum("total"), sales=Count("pk", filter=SALE), voids=Count("pk", filter=VOID), refunds=Count("pk", filter=REFUND),
        refunded=Sum("total", filter=REFUND),
    )  # fmt: skip
    paid = (
        Payment.objects.filter(receipt__in=rows.order_by()).values_list("method").annotate(sum=Sum("amount")).order_by("method")
    )
    return Figures(
        sums["sum"] or NOUGHT, sums["sales"] - sums["voids"], sums["refunds"], sums["refunded"] or NOUGHT, sums["voids"], dict(paid)
    )  # fmt: skip


def periods(store: Store, today: date) -> dict[str, tuple[Decimal, int]]:
    """Total and sales of today, this week (from Monday) and this month, by business day. One statement."""
    starts = {"today": today, "week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}
    asked: dict[str, Any] = {}
    for name, start in starts.items():
        since = Q(business_date__gte=start)
        asked |= {name: Sum("total", filter=since), f"{name}_sales": Count("pk", filter=since & SALE)}
        asked |= {f"{name}_voids": Count("pk", filter=since & VOID)}
    rows = Receipt.objects.filter(
        store=store, currency=store.currency, business_date__gte=min(starts.values()), business_date__lte=today
    )
    found = rows.order_by().aggregate(**asked)
    return {name: (found[name] or NOUGHT, found[f"{name}_sales"] - found[f"{name}_voids"]) for name in starts}


@dataclass(frozen=True, slots=True)
class OfShift:
    """The running shift of the device's terminal: its figures, and what sold most."""

    shift: Shift
    figures: Figures
    pieces: Decimal
    top: list[tuple[str, str, Decimal]]


def of_shift(device: Device) -> OfShift | None:
    """None where no shift is open."""
    shift = Shift.objects.filter(terminal=device.terminal_id, closed_at__isnull=True).first()
    if shift is None:
        return None
    lines = ReceiptLine.objects.filter(receipt__shift=shift)
    sold = list(
        lines.values_list("name", "unit").annotate(sum=Sum("quantity")).filter(sum__gt=0).order_by("-sum", "name", "unit")[:TOP]
    )
    pieces = lines.aggregate(sum=Sum(PIECES))["sum"] or NOUGHT
    return OfShift(shift, figures(Receipt.objects.filter(shift=shift)), pieces, sold)
