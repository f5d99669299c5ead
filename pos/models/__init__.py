from pos.models.bonus import BonusPayout, BonusRule, BonusSeason, BonusUndo
from pos.models.cash import CashKind, CashMovement
from pos.models.checklist import Checklist, ChecklistStore, ChecklistTask, ChecklistTick, Frequency
from pos.models.customer import Customer
from pos.models.entrusted import EntrustedEntry, EntrustedKind, EntrustedMethod, Party, PartyKind
from pos.models.invoice import Invoice, InvoiceBuyer, InvoiceKind
from pos.models.link import LinkEvent, LinkEventKind, LinkState, PaymentLink, StrayPayment, StrayReason, StrayState
from pos.models.loyalty import PointsAccount, PointsEntry, PointsKind
from pos.models.order import Order, OrderKind, OrderState
from pos.models.payment import Payment, PaymentMethod
from pos.models.promotion import Promotion, PromotionProduct, PromotionStore
from pos.models.receipt import Receipt, ReceiptKind, ReceiptLine, ReceiptTax
from pos.models.refund_request import RefundRequest, RequestState
from pos.models.series import ServerSeries
from pos.models.shift import Closed, Shift, ShiftReport
from pos.models.z_report import ZReport

__all__ = [
    "BonusPayout",
    "BonusRule",
    "BonusSeason",
    "BonusUndo",
    "CashKind",
    "CashMovement",
    "Checklist",
    "ChecklistStore",
    "ChecklistTask",
    "ChecklistTick",
    "Closed",
    "Customer",
    "EntrustedEntry",
    "EntrustedKind",
    "EntrustedMethod",
    "Frequency",
    "Invoice",
    "InvoiceBuyer",
    "InvoiceKind",
    "LinkEvent",
    "LinkEventKind",
    "LinkState",
    "Order",
    "OrderKind",
    "OrderState",
    "Party",
    "PartyKind",
    "Payment",
    "PaymentLink",
    "PaymentMethod",
    "PointsAccount",
    "PointsEntry",
    "PointsKind",
    "Promotion",
    "PromotionProduct",
    "PromotionStore",
    "Receipt",
    "ReceiptKind",
    "ReceiptLine",
    "ReceiptTax",
    "RefundRequest",
    "RequestState",
    "ServerSeries",
    "Shift",
    "ShiftReport",
    "StrayPayment",
    "StrayReason",
    "StrayState",
    "ZReport",
]
