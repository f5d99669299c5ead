from pos.models.cash import CashKind, CashMovement
from pos.models.customer import Customer
from pos.models.invoice import Invoice, InvoiceBuyer, InvoiceKind
from pos.models.loyalty import PointsAccount, PointsEntry, PointsKind
from pos.models.order import Order, OrderKind, OrderState
from pos.models.payment import Payment, PaymentMethod
from pos.models.promotion import Promotion, PromotionProduct, PromotionStore
from pos.models.receipt import Receipt, ReceiptKind, ReceiptLine, ReceiptTax
from pos.models.refund_request import RefundRequest, RequestState
from pos.models.shift import Closed, Shift, ShiftReport

__all__ = [
    "CashKind",
    "CashMovement",
    "Closed",
    "Customer",
    "Invoice",
    "InvoiceBuyer",
    "InvoiceKind",
    "Order",
    "OrderKind",
    "OrderState",
    "Payment",
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
    "Shift",
    "ShiftReport",
]
