"""Exchanges: a sale that a refund pays for, wholly or in part (hard case 18). Two documents, of which only the net is paid.

The refund carries what it lends to the sale as a tender `exchange`, the sale takes the same on one of that name: over both it
is nought, so drawer, tenders and figures stay true. The sale names the refund and needs it; a refund pays for one sale.
"""

from decimal import Decimal
from uuid import UUID

from pos.models import Payment, Receipt, ReceiptKind
from pos.offline.unbookable import Unbookable
from pos.pricing import types
from smartpos.operations.kinds import Case

EXCHANGE: types.Method = "exchange"


def exchanged(case: Case, uuid: UUID | None, sale: types.Sale) -> int | None:
    """The key of the refund that pays for a sale, held; what it lends is exactly what the sale takes."""
    taken = sum(tender.part for tender in sale.payment.tenders if tender.method == EXCHANGE) if sale.payment else 0
    if uuid is None:
        if taken:
            raise Unbookable("exchange_differs")
        return None
    refunds = Receipt.objects.select_for_update().filter(uuid=uuid, kind=ReceiptKind.REFUND, device_id=case.device.pk)
    refund: Receipt | None = refunds.first()
    if refund is None:
        raise Unbookable("original_unknown", detail="exchange")
    if refund.reversals.filter(kind=ReceiptKind.SALE).exists():
        raise Unbookable("exchange_twice")
    lent = sum((payment.part for payment in Payment.objects.filter(receipt=refund, method=EXCHANGE)), Decimal())
    if not taken or int(-lent.scaleb(4)) != taken:
        raise Unbookable("exchange_differs")
    return refund.pk


def part_of_exchange(receipt: Receipt) -> bool:
    """Whether another document stands against it: then it cannot be voided alone."""
    return receipt.kind == ReceiptKind.SALE and receipt.original_id is not None
