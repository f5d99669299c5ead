"""The report of a shift (SHF-07, SHF-27): what was frozen when it closed, what came later beside it, and everything of both."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from pos.models import CashKind, CashMovement, Receipt, Shift, ShiftReport, ZReport
from pos.selectors import checklists, parked, takings
from pos.selectors.parked import Parked
from pos.selectors.takings import Takings
from smartpos.money import Currency

LISTED = 500


@dataclass(frozen=True, slots=True)
class Report:
    """`figures` are frozen, or of this moment while the shift is open (`running`). `supplement` is what arrived after the closing.

    `corrections` are what managers added since; `late_count` what somebody counted in a drawer that had closed itself; `z_numbers` the
    Z reports that the store made meanwhile; `parked` is what could not be booked and so stands in no figure.
    """

    shift: Shift
    figures: dict[str, Any]
    supplement: Takings | None
    movements: list[CashMovement]
    receipts: "QuerySet[Receipt]"
    z_numbers: list[int]
    parked: list[Parked]

    @property
    def running(self) -> bool:
        """Whether the figures still move."""
        return self.shift.is_open

    @property
    def expected(self) -> Decimal:
        """What the drawer should have held."""
        return Decimal(self.figures["drawer"]["expected"]) if self.shift.expected is None else self.shift.expected

    @property
    def difference(self) -> Decimal | None:
        """Counted less expected; None while nobody has counted."""
        return None if self.shift.counted is None or self.shift.not_counted else self.shift.counted - self.expected

    @property
    def opening_difference(self) -> Decimal | None:
        """The float less what the drawer held when it was closed before; None where that is not known."""
        before = self.shift.previous_count
        return None if before is None else self.shift.opening_float - before

    @property
    def checklists(self) -> list[dict[str, Any]]:
        """How the lists of the day, week and month stood; nothing in reports from before there were any."""
        return list(self.figures.get("checklists", ()))

    @property
    def corrections(self) -> list[CashMovement]:
        """What managers added after the closing."""
        return [movement for movement in self.movements if movement.kind == CashKind.CORRECTION]

    @property
    def corrected(self) -> Decimal:
        """What they come to."""
        return sum((movement.amount for movement in self.corrections), Decimal(0))

    @property
    def late_count(self) -> CashMovement | None:
        """A count that arrived after the shift had closed itself."""
        return next((movement for movement in self.movements if movement.kind == CashKind.COUNT), None)

    @property
    def expected_with_supplement(self) -> Decimal:
        """What the drawer should have held, counting what arrived later."""
        return self.expected + (self.supplement.drawer.expected if self.supplement else Decimal(0))


def report_of(shift: Shift) -> Report:
    """Everything of a shift; its store, terminal and people should be loaded."""
    kept = None if shift.is_open else ShiftReport.objects.filter(shift=shift).first()
    figures = json.loads(kept.figures) if kept else _running(shift)
    later = None if shift.is_open else takings.of_shift(shift, late=True)
    moved = CashMovement.objects.filter(shift=shift).select_related("employee", "receiver").order_by("occurred_at", "pk")
    receipts = Receipt.objects.filter(shift=shift).select_related("employee").order_by("occurred_at", "pk")
    made = ZReport.objects.filter(store=shift.store_id, made_at__gte=shift.opened_at).order_by("number")
    made = made if shift.closed_at is None else made.filter(made_at__lte=shift.closed_at)
    return Report(
        shift,
        figures,
        None if later is None or (not later.receipts and not later.drawer.expected) else later,
        list(moved),
        receipts,
        list(made.values_list("number", flat=True)),
        parked.of_shift(shift),
    )


def _running(shift: Shift) -> dict[str, Any]:
    figures = takings.of_shift(shift).frozen(Currency.of(shift.store.currency))
    return {**figures, "checklists": checklists.frozen(shift.store, shift.business_date)}


def shifts() -> QuerySet[Any]:
    """Every shift, with what a row and a report show."""
    found: QuerySet[Any] = Shift.objects.select_related("store", "terminal", "opened_by", "closed_by", "business")
    return found
