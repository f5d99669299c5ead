"""The bodies of operations about payment links, and what an order of the kind `online` contains (docs/payments.md)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from pos.offline.bodies import Figures, Good
from pos.pricing import wire
from smartpos.operations.envelope import Approval

Address = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^[^\x00]*$")]


class LinkMake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`link.make`: a sale that is paid by a link."""

    order: UUID
    gateway: UUID
    to: Address
    cart: wire.Cart
    goods: tuple[Good, ...]
    figures: Figures
    customer: UUID | None = None


class LinkSend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`link.send`: mail it once more."""

    order: UUID
    to: Address


class LinkCancel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`link.cancel`: nobody is to pay it any more."""

    order: UUID


class OnlineSale(msgspec.Struct, frozen=True):
    """The sale as it was agreed on: what settling it later needs, and by whom, when and by which cursor it was priced."""

    cart: wire.Cart
    goods: tuple[Good, ...]
    figures: Figures
    customer: UUID | None
    actor: UUID
    shift: UUID
    cursor: int
    at: datetime
    approvals: tuple[Approval, ...] = ()
