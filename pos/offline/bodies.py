"""The bodies of operations (docs/terminal-protocol.md, 5.1 to 5.4)."""

from typing import Annotated
from uuid import UUID

import msgspec

from pos.pricing import wire

Amount = Annotated[str, msgspec.Meta(pattern=r"^-?(0|[1-9][0-9]{0,10})(\.[0-9]{1,4})?$")]
Quantity = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]{0,10})(\.[0-9]{1,3})?$")]
Series = Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
Number = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
Name = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]
ShortText = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class ShiftOpen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`shift.open`."""

    shift: UUID
    opening_float: Amount


class ShiftClose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`shift.close`."""

    shift: UUID
    counted: Amount


class Good(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a line of the cart was shown, and which item it is."""

    line: UUID
    item: UUID
    name: Name
    sku: ShortText = ""
    unit: Annotated[str, msgspec.Meta(max_length=8)] = "piece"


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the customer was shown and paid."""

    total: Amount
    tax: Amount
    rounding: Amount
    change: Amount
    payable: tuple[Amount, ...]


class SaleSettle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sale.settle`."""

    series: Series
    number: Number
    cart: wire.Cart
    goods: tuple[Good, ...]
    figures: Figures


class RefundedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the refund and the sold line it gives back."""

    line: UUID
    original_line: UUID
    quantity: Quantity


class RefundTender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes back and how."""

    method: wire.Method
    amount: Amount


class RefundFigures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the customer was shown and given back; all positive, `rounding` signed."""

    total: Amount
    tax: Amount
    rounding: Amount
    payable: tuple[Amount, ...]


class RefundMake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`refund.make`: of a receipt (`original`, `lines`, `tenders`), or without one (`cart`, `goods`)."""

    series: Series
    number: Number
    reason: Reason
    figures: RefundFigures
    original: UUID | None = None
    lines: tuple[RefundedLine, ...] = ()
    tenders: tuple[RefundTender, ...] = ()
    cash_rounding: wire.CashRounding | None = None
    cart: wire.Cart | None = None
    goods: tuple[Good, ...] = ()
