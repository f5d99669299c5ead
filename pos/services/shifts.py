"""Shifts: open with a float, close with a count. Closing asks nothing that a sale should have asked: it sums the ledger."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from pos.models import Closed, Shift, ShiftReport
from pos.selectors import checklists, takings
from smartpos.clock import business_day
from smartpos.db.prepared import adapted, prepared_cursor
from smartpos.money import Currency

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a drawer's turn begins. `late_minutes` is nought where it began in time."""

    uuid: UUID
    business_id: int
    store_id: int
    terminal_id: int
    employee_id: int
    opening_float: Decimal
    opened_at: datetime
    business_date: date
    reason: str = ""
    late_minutes: int = 0
    late_reason: str = ""


def open_shift(given: Opening) -> Shift:
    """Begin a drawer's turn. The database refuses a second open shift of the terminal."""
    before = Shift.objects.filter(terminal=given.terminal_id, closed_at__isnull=False).order_by("-closed_at", "-pk")
    shift = Shift(
        uuid=given.uuid, business_id=given.business_id, store_id=given.store_id, terminal_id=given.terminal_id,
        opened_by_id=given.employee_id, opened_at=given.opened_at, business_date=given.business_date,
        opening_float=given.opening_float, opening_reason=given.reason, late_minutes=given.late_minutes,
        late_reason=given.late_reason, previous_count=before.values_list("counted", flat=True).first(),
    )  # fmt: skip
    shift.save(force_insert=True)
    return shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How a drawer's turn ends. `counted` is None where nobody counted: then it is what was expected.

    `sheet` is the count by denominations, `unfinished` what was left open and what becomes of it.
    """

    employee_id: int | None
    counted: Decimal | None
    at: datetime
    how: Closed
    reason: str = ""
    early_minutes: int = 0
    early_reason: str = ""
    sheet: Sequence[dict[str, Any]] = field(default_factory=tuple)
    unfinished: Sequence[dict[str, Any]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closed shift came to; `first` when it was this call that closed it."""

    expected: Decimal
    counted: Decimal
    receipts: int
    first: bool

    @property
    def difference(self) -> Decimal:
        """Counted less expected."""
        return self.counted - self.expected


def close_shift(shift: Shift, count: Count) -> Closing:
    """Freeze the totals. The row must be locked by the caller; a closed shift keeps its first figures, whatever comes later."""
    if not shift.is_open:
        return _closed(shift)
    came = takings.of_shift(shift)
    expected = came.drawer.expected
    shift.expected, shift.counted = expected, expected if count.counted is None else count.counted
    shift.closed_by_id, shift.closed_at, shift.closed_how = count.employee_id, count.at, count.how
    shift.difference_reason, shift.early_minutes, shift.early_reason = count.reason, count.early_minutes, count.early_reason
    shift.save()
    figures = {
        **came.frozen(Currency.of(shift.store.currency)), "sheet": list(count.sheet), "unfinished": list(count.unfinished),
        "checklists": checklists.frozen(shift.store, business_day(count.at, shift.store.zone, shift.store.cutoff_minutes)),
    }  # fmt: skip
    ShiftReport(business_id=shift.business_id, shift=shift, made_at=count.at, figures=json.dumps(figures)).save(
        force_insert=True
    )
    return Closing(expected, shift.counted, came.receipts, first=True)


def _closed(shift: Shift) -> Closing:
    """The figures of the first time; receipts that came later are a supplement."""
    zero = Decimal(0)
    receipts = shift.receipts.filter(late=False).count()
    return Closing(shift.expected or zero, shift.counted or zero, receipts, first=False)
