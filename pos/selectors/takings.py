"""What some receipts and cash movements of a store come to, for the report of a shift, for X and for Z: straight from the ledger.

The frozen form (`Takings.frozen`) is plain JSON with exact numbers as text, so that a report reads the same for ever.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from pos.models import CashKind, CashMovement, EntrustedEntry, Payment, Receipt, ReceiptKind, ReceiptLine, ReceiptTax, Shift
from pos.selectors.drawer import NOUGHT, DrawerSums, sums_of
from pos.selectors.entrusted import EntrustedSum
from pos.selectors.entrusted import sums_of as entrusted_sums
from smartpos.money import Currency

PLACES = 4


@dataclass(frozen=True, slots=True)
class Group:
    """So many documents of a kind, and what they come to (signed as the ledger is)."""

    count: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    """Movements of a kind and category."""

    kind: str
    category: str
    expense: bool
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Takings:
    """Sums of one currency. `total` is sales less what went back; `tenders` come to `total + rounding`; tips stand apart, and so does
    what is somebody else's (`entrusted`).
    """

    sales: Group
    refunds: Group
    voids: Group
    discount: Decimal
    points: Decimal
    gratis: Group
    rounding: Decimal
    tips: Decimal
    tenders: dict[str, Decimal]
    taxes: list[tuple[str, Decimal, Decimal]]
    movements: list[Moved]
    drawer: DrawerSums
    entrusted: list[EntrustedSum]

    @property
    def total(self) -> Decimal:
        """What was sold, less refunds and voids."""
        return self.sales.total + self.refunds.total + self.voids.total

    @property
    def receipts(self) -> int:
        """Documents of every kind."""
        return self.sales.count + self.refunds.count + self.voids.count

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all happened."""
        return not self.receipts and not self.movements and not self.entrusted

    def frozen(self, currency: Currency) -> dict[str, Any]:
        """As JSON: amounts in whole digits of the currency."""

        def text(amount: Decimal) -> str:
            return currency.format(int(amount.scaleb(PLACES)))

        def group(of: Group) -> dict[str, Any]:
            return {"count": of.count, "total": text(of.total)}

        return {
            "currency": currency.code, "total": text(self.total), "sales": group(self.sales), "refunds": group(self.refunds),
            "voids": group(self.voids), "discount": text(self.discount), "points": text(self.points),
            "gratis": group(self.gratis), "rounding": text(self.rounding), "tips": text(self.tips),
            "tenders": {name: text(amount) for name, amount in self.tenders.items()},
            "taxes": [
                {"code": code, "rate": format(rate.normalize() + 0, "f"), "amount": text(amount)}
                for code, rate, amount in self.taxes
            ],
            "movements": [
                {"kind": m.kind, "category": m.category, "expense": m.expense, "count": m.count, "amount": text(m.amount)}
                for m in self.movements
            ],
            "entrusted": [
                {"kind": e.kind, "method": e.method, "count": e.count, "amount": text(e.amount), "packages": e.packages}
                for e in self.entrusted
            ],
            "drawer": {name: text(getattr(self.drawer, name)) for name in (*DrawerSums.__slots__, "expected")},
        }  # fmt: skip


def of_shift(shift: Shift, *, late: bool = False) -> Takings:
    """Of what arrived while it was open; with `late`, of the supplement alone. Nine statements, whatever their number."""
    return takings(
        Receipt.objects.filter(shift=shift, late=late), CashMovement.objects.filter(shift=shift, late=late),
        EntrustedEntry.objects.filter(shift=shift, late=late), opening=NOUGHT if late else shift.opening_float,
    )  # fmt: skip


def takings(
    receipts: "QuerySet[Any]", movements: "QuerySet[Any]", entrusted: "QuerySet[Any]", *, opening: Decimal
) -> Takings:  # fmt: skip
    """Of receipts of one currency, of movements beside them, and of what is somebody else's."""
    rows = receipts.order_by()
    kinds = {
        kind: (Group(count, total), discount, points, rounding)
        for kind, count, total, discount, points, rounding in rows.values_list("kind").annotate(
            Count("pk"), Sum("total"), Sum("discount"), Sum("points"), Sum("rounding")
        )
    }
    payments = Payment.objects.filter(receipt__in=rows)
    tenders = list(payments.order_by("method").values_list("method").annotate(Sum("amount"), Sum("tip")))
    taxes = (
        ReceiptTax.objects.filter(receipt__in=rows).order_by("code", "rate").values_list("code", "rate").annotate(Sum("amount"))
    )
    return Takings(
        **{f"{kind.value}s": kinds[kind][0] if kind in kinds else Group(0, NOUGHT) for kind in ReceiptKind},
        discount=_sum(found[1] for found in kinds.values()), points=_sum(found[2] for found in kinds.values()),
        gratis=_gratis(rows), rounding=_sum(found[3] for found in kinds.values()), tips=_sum(tip for _m, _a, tip in tenders),
        tenders={method: amount for method, amount, _tip in tenders}, taxes=list(taxes),
        movements=_moved(movements), drawer=sums_of(opening, payments.filter(method="cash"), movements),
        entrusted=entrusted_sums(entrusted),
    )  # fmt: skip


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOUGHT)


def _gratis(receipts: "QuerySet[Any]") -> Group:
    """Lines that were given away, and their worth by the list. Read row by row: they are few, and a product of two exact columns
    is exact in Python alone.
    """
    lines = ReceiptLine.objects.filter(receipt__in=receipts, gratis=True).values_list("quantity", "list_price")
    values = [quantity * price for quantity, price in lines]
    return Group(len(values), sum(values, NOUGHT))


def _moved(movements: "QuerySet[Any]") -> list[Moved]:
    found = movements.filter(~Q(kind=CashKind.COUNT)).order_by("kind", "category", "expense")
    return [
        Moved(kind, category, expense, count, amount)
        for kind, category, expense, count, amount in found.values_list("kind", "category", "expense").annotate(
            Count("pk"), Sum("amount")
        )
    ]
