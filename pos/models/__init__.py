from pos.models.payment import Payment, PaymentMethod
from pos.models.receipt import Receipt, ReceiptKind, ReceiptLine, ReceiptTax
from pos.models.shift import Shift

__all__ = ["Payment", "PaymentMethod", "Receipt", "ReceiptKind", "ReceiptLine", "ReceiptTax", "Shift"]
