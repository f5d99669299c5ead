"""The bodies of operations (docs/terminal-protocol.md, 5.1 to 5.4)."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pos.pricing import wire

Amount = Annotated[str, msgspec.Meta(pattern=r"^-?(0|[1-9][0-9]{0,10})(\.[0-9]{1,4})?$")]
Quantity = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]{0,10})(\.[0-9]{1,3})?$")]
Series = Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
Number = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
Wall = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$")]
Name = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]
ShortText = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[^\x00]*$")]
Contact = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class SessionOpen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`session.open`: how somebody showed who they are."""

    method: Literal["pin", "card"]
    offline: bool = False


class SessionClose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`session.close`: by hand, by quiet, after an order, or because somebody else took over."""

    reason: Literal["hand", "idle", "order", "other"]


class Good(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a line of the cart was shown, which item it is, and which answers of its modifier groups were chosen, what was written to it.

    `promotion` is where the line's percentage comes from, `added` what the store's clock showed when the line was made.
    """

    line: UUID
    item: UUID
    name: Name
    sku: ShortText = ""
    unit: Annotated[str, msgspec.Meta(max_length=8)] = "piece"
    modifiers: tuple[UUID, ...] = ()
    note: Name = ""
    promotion: UUID | None = None
    added: Wall | None = None


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the customer was shown and paid."""

    total: Amount
    tax: Amount
    rounding: Amount
    change: Amount
    payable: tuple[Amount, ...]


class SaleSettle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sale.settle`. `customer` is who was on the cart, `orders` the open orders that it was made of, `exchange` the refund that
    pays a part of it.
    """

    series: Series
    number: Number
    cart: wire.Cart
    goods: tuple[Good, ...]
    figures: Figures
    customer: UUID | None = None
    orders: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=20)] = ()
    exchange: UUID | None = None


class CustomerPut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`customer.put`: somebody new, or contact data as it is now. `enrolled` left out: as they are, or as new ones are."""

    customer: UUID
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=r"^[^\x00]*$")]
    email: Contact = ""
    phone: ShortText = ""
    address: Contact = ""
    city: ShortText = ""
    company: Contact = ""
    tax_number: ShortText = ""
    card: ShortText = ""
    enrolled: bool | None = None


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
    """`refund.make`: of a receipt (`original`, `lines`, `tenders`), or without one (`cart`, `goods`).

    `damaged` names the refund's own lines whose goods do not go back to the shelf; `request` the approved request that is paid out.
    """

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
    damaged: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=500)] = ()
    request: UUID | None = None


class ReceiptVoid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`receipt.void`: the whole of a receipt of the running shift never was; `total` is what was handed back."""

    series: Series
    number: Number
    original: UUID
    reason: Reason
    total: Amount


class RequestedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sold line of which somebody wants to give back so much."""

    original_line: UUID
    quantity: Quantity
    restock: bool = True


class RefundRequested(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`refund.request`: a refund that waits for a manager's yes in the Backoffice. `method` is empty where money goes back as it came."""

    original: UUID
    reason: Reason
    lines: Annotated[tuple[RequestedLine, ...], msgspec.Meta(min_length=1, max_length=500)]
    total: Amount
    method: Literal["cash", "card", "online", ""] = ""


class Discarded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An operation that a till threw away; `series`, `number` and `total` where it had a paper of its own."""

    id: UUID
    kind: ShortText
    total: Amount = "0"
    series: ShortText = ""
    number: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)] = 0


class QueueDiscard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`queue.discard`: what will never be sent, after it was saved as a file."""

    operations: Annotated[tuple[Discarded, ...], msgspec.Meta(min_length=1, max_length=5000)]
