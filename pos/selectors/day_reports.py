"""X and Z: what a store took since its last Z (SHF-24, SHF-25). X reads and changes nothing; Z is `pos.services.day_reports`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from pos.models import CashKind, CashMovement, EntrustedEntry, Receipt, ZReport
from pos.selectors.takings import PLACES, Takings, takings
from smartpos.money import Currency
from smartpos.people.models import Store

NOUGHT = Decimal(0)
# What the office adds later or somebody counted moves no day.
OF_DAY = [kind for kind in CashKind if kind not in (CashKind.COUNT, CashKind.CORRECTION)]


@dataclass(frozen=True, slots=True)
class Period:
    """What was booked since a Z: its sums, and the business days that they belong to."""

    number: int
    came: Takings
    days: list[tuple[date, int, Decimal]]
    last_receipt: int
    last_movement: int

    def frozen(self, currency: Currency) -> dict[str, Any]:
        """As JSON, with exact amounts as text."""
        days = [
            {"date": day.isoformat(), "receipts": count, "total": currency.format(int(total.scaleb(PLACES)))}
            for day, count, total in self.days
        ]
        return {**self.came.frozen(currency), "days": days}


def last_z(store: Store) -> ZReport | None:
    """The newest Z of a store."""
    found: ZReport | None = ZReport.objects.filter(store=store).order_by("-number").first()
    return found


def period(store: Store, *, today: date) -> Period:
    """Everything since the last Z; before the first one, the running business day. Twelve statements, whatever their number."""
    before = last_z(store)
    receipts = Receipt.objects.filter(store=store, currency=store.currency)
    movements = CashMovement.objects.filter(store=store, currency=store.currency, kind__in=OF_DAY)
    if before is None:
        receipts, movements = receipts.filter(business_date__gte=today), movements.filter(business_date__gte=today)
    else:
        receipts, movements = receipts.filter(pk__gt=before.last_receipt), movements.filter(pk__gt=before.last_movement)
    days = receipts.order_by("business_date").values_list("business_date").annotate(Count("pk"), Sum("total"))
    # What is somebody else's is no turnover of the day; its coins stand among the movements.
    nothing = EntrustedEntry.objects.none()
    return Period(
        before.number + 1 if before else 1, takings(receipts, movements, nothing, opening=NOUGHT), list(days),
        _last(receipts, before.last_receipt if before else 0), _last(movements, before.last_movement if before else 0),
    )  # fmt: skip


def _last(rows: QuerySet[Any], known: int) -> int:
    return max(rows.order_by().aggregate(last=Max("pk"))["last"] or 0, known)


def z_reports() -> QuerySet[Any]:
    """Every Z, with what a row shows."""
    found: QuerySet[Any] = ZReport.objects.select_related("store", "made_by", "business")
    return found
