"""What tills did in a shift and the server could not book. No figure of the shift holds it, so the report names it."""

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from pos.explained import ACTS, sentence
from pos.models import Shift
from smartpos.audit.actions import link_of
from smartpos.operations.models import Operation

MONEY = (
    "sale.settle", "refund.make", "receipt.void", "cash.move", "cash.handover", "consignment.sell", "consignment.pay",
    "parcels.receive",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parked:
    """One act about money that waits for a manager; `total` as the till said it, None where that cannot be read."""

    uuid: UUID
    kind: str
    total: Decimal | None
    mark: dict[str, Any]

    @property
    def words(self) -> str:
        """What it was."""
        return str(ACTS[self.kind])

    @property
    def reason(self) -> str:
        """Why it was not booked."""
        return sentence(self.mark)

    @property
    def link(self) -> str:
        """Its page in the office."""
        return link_of(f"parked:{self.uuid}")


def of_shift(shift: Shift) -> list[Parked]:
    """Acts of this shift that are not booked, the oldest first. One statement; those kept for review are few, and indexed."""
    kept = Operation.objects.filter(
        state="review", retrial=None, kind__in=MONEY, device__store=shift.store_id, received_at__gte=shift.opened_at,
        body__contains=str(shift.uuid),
    ).order_by("pk")  # fmt: skip
    rows = kept.values_list("uuid", "kind", "body", "marks")
    found = ((uuid, kind, _read(body), json.loads(marks)) for uuid, kind, body, marks in rows)
    return [
        Parked(uuid, kind, _total(said.get("body")), marks[0])
        for uuid, kind, said, marks in found
        if said.get("shift") == str(shift.uuid)
    ]


def _read(body: str) -> dict[str, Any]:
    known = json.loads(body)
    return known if isinstance(known, dict) else {}


def _total(body: Any) -> Decimal | None:
    """Whatever the till sent may stand here: it was kept because something about it is wrong."""
    if not isinstance(body, dict):
        return None
    figures = body.get("figures")
    said = figures.get("total") if isinstance(figures, dict) else body.get("total", body.get("amount"))
    try:
        amount = Decimal(said) if isinstance(said, str) else None
    except InvalidOperation:
        return None
    return amount if amount is None or amount.is_finite() else None
