"""Shifts in their plain form: open with a float, close with a count."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum

from pos.models import Payment, Shift
from smartpos.db.prepared import adapted, prepared_cursor
from smartpos.db.rows import insert_row

_SHIFT = "SELECT id, terminal_id, closed_at IS NULL FROM pos_shift WHERE uuid = %s AND store_id = %s"


@dataclass(frozen=True, slots=True)
class OpenShift:
    """What a sale must know of its shift."""

    pk: int
    terminal_id: int
    is_open: bool


def shift_for_booking(uuid: UUID, store_id: int) -> OpenShift | None:
    """The shift, held until the transaction ends so that it cannot be closed between this look and the booking."""
    share = " FOR SHARE" if connection.vendor == "postgresql" else ""
    with prepared_cursor() as cursor:
        cursor.execute(_SHIFT + share, adapted([uuid, store_id]))
        row = cursor.fetchone()
    return None if row is None else OpenShift(row[0], row[1], bool(row[2]))


def open_shift(
    *, uuid: UUID, business_id: int, store_id: int, terminal_id: int, employee_id: int, opening_float: int,
    opened_at: datetime, business_date: date,
) -> None:  # fmt: skip
    """Begin a drawer's turn. The database refuses a second open shift of the terminal."""
    insert_row(
        Shift, uuid=uuid, business_id=business_id, store_id=store_id, terminal_id=terminal_id, opened_by_id=employee_id,
        opened_at=opened_at, business_date=business_date, opening_float=opening_float,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closed shift came to."""

    expected: Decimal
    counted: Decimal
    receipts: int

    @property
    def difference(self) -> Decimal:
        """Counted less expected."""
        return self.counted - self.expected


def expected_cash(shift: Shift) -> tuple[Decimal, int]:
    """Opening float + cash taken - cash refunded, summed from the receipts, and how many there are. Late ones are a supplement:
    closing again, after they came, gives the first figures.
    """
    cash = Payment.objects.filter(receipt__shift=shift, receipt__late=False, method="cash").aggregate(sum=Sum("amount"))["sum"]
    receipts = shift.receipts.filter(late=False).aggregate(count=Count("pk"))["count"]
    return shift.opening_float + (cash or Decimal(0)), receipts


def close_shift(shift: Shift, *, employee_id: int | None, counted: Decimal, at: datetime) -> Closing:
    """Freeze the totals. The row must be locked by the caller; a closed shift keeps its first figures."""
    expected, receipts = expected_cash(shift)
    if shift.is_open:
        shift.closed_by_id, shift.closed_at, shift.counted, shift.expected = employee_id, at, counted, expected
        shift.save(update_fields=["closed_by", "closed_at", "counted", "expected"])
    return Closing(
        expected if shift.expected is None else shift.expected, counted if shift.counted is None else shift.counted, receipts
    )
