"""What a drawer should hold: the one sum that till, reports, closing and Backoffice read (SHF-08)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from pos.models import CashKind, CashMovement, Payment, ReceiptKind, Shift
from pos.pricing.shift_cash import Drawer, reckon
from smartpos.money import to_decimal

NOUGHT = Decimal(0)
PLACES = 4


@dataclass(frozen=True, slots=True)
class DrawerSums:
    """Everything that moved a drawer's cash; all positive. Tips are in `taken` until they are paid out.

    `cod` is what customers paid for parcels; what their courier collects is a handover. Cash for an owner's goods is in `cash_in`,
    what is paid out to an owner in `cash_out` (SHF-08).
    """

    opening: Decimal
    taken: Decimal
    change: Decimal
    refunds: Decimal
    cash_in: Decimal
    cash_out: Decimal
    handovers: Decimal
    cod: Decimal

    @property
    def expected(self) -> Decimal:
        """By pricing rule 17."""
        of = {name: int(getattr(self, name).scaleb(PLACES)) for name in self.__slots__}
        return to_decimal(reckon(Drawer(**of, counted=None, previous_close=None)).expected, PLACES)


def drawer_sums(shift: Shift, *, late: bool = False) -> DrawerSums:
    """Of what arrived while it was open; with `late`, of the supplement alone, whose opening is nought. Three statements."""
    payments = Payment.objects.filter(receipt__shift=shift, receipt__late=late, method="cash")
    return sums_of(NOUGHT if late else shift.opening_float, payments, CashMovement.objects.filter(shift=shift, late=late))


def sums_of(opening: Decimal, payments: "QuerySet[Payment]", movements: "QuerySet[CashMovement]") -> DrawerSums:
    """Of these cash payments and movements."""
    sold = payments.filter(receipt__kind=ReceiptKind.SALE).order_by()
    back = payments.exclude(receipt__kind=ReceiptKind.SALE).order_by()
    paid = sold.aggregate(taken=Sum("tendered"), change=Sum("change"))
    given = back.aggregate(amount=Sum("amount"), tip=Sum("tip"))
    moved = dict(movements.order_by().values_list("kind").annotate(Sum("drawer")))

    def of(*kinds: CashKind) -> Decimal:
        return sum((moved.get(kind, NOUGHT) for kind in kinds), NOUGHT)

    return DrawerSums(
        opening=opening, taken=paid["taken"] or NOUGHT, change=paid["change"] or NOUGHT,
        refunds=-(given["amount"] or NOUGHT) - (given["tip"] or NOUGHT),
        cash_in=of(CashKind.IN, CashKind.CONSIGNED), cash_out=-of(CashKind.OUT, CashKind.EXPENSE, CashKind.PAYOUT),
        handovers=-of(CashKind.HANDOVER, CashKind.COLLECTED), cod=of(CashKind.COD),
    )  # fmt: skip


def expected_cash(shift: Shift) -> Decimal:
    """What its drawer should hold, as far as things arrived while it was open."""
    return drawer_sums(shift).expected
