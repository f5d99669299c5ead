"""The bodies of operations about open orders, and the shape of what a held cart contains (docs/orders.md)."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pos.offline.bodies import Amount, Name, Quantity
from pos.pricing import wire
from smartpos.operations.envelope import Code, Words

MOST_LINES = 500
Version = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all of them are."""


class HeldChoice(Part, frozen=True):
    """A chosen answer of a modifier group, with the price difference that was shown."""

    id: UUID
    name: Name
    price: Amount


class HeldLine(Part, frozen=True):
    """A line with the name, the list price and the per cent of the promotion that the cashier saw; whoever takes it back compares
    them with today's.
    """

    id: UUID
    item: UUID
    name: Name
    price: Amount
    quantity: Quantity
    choices: Annotated[tuple[HeldChoice, ...], msgspec.Meta(max_length=60)] = ()
    promotion: Amount | None = None
    label: Amount | None = None
    override: Amount | None = None
    discount: wire.Discount | None = None
    gratis: bool = False
    note: Name = ""


class HeldScope(Part, frozen=True):
    """How far a manager's yes goes: so much off, or this line at this price and no more of it."""

    discount: Amount | None = None
    line: UUID | None = None
    price: Amount | None = None
    quantity: Quantity | None = None


class HeldApproval(Part, frozen=True):
    """A manager's yes to something about the cart, as the sale will carry it."""

    by: UUID
    name: Name
    code: Code
    reason: Words = ""
    offline: bool = False
    amounts: Annotated[dict[str, Words], msgspec.Meta(max_length=20)] = {}
    scopes: Annotated[tuple[HeldScope, ...], msgspec.Meta(max_length=20)] = ()


class HeldDeal(Part, frozen=True):
    """What was agreed about the whole cart. `id` is the sale's operation, where somebody approved something of it."""

    id: UUID | None = None
    discount: wire.Discount | None = None
    approvals: Annotated[tuple[HeldApproval, ...], msgspec.Meta(max_length=200)] = ()


class HeldCart(Part, frozen=True):
    """What a held cart contains: never nothing."""

    lines: Annotated[tuple[HeldLine, ...], msgspec.Meta(min_length=1, max_length=MOST_LINES)]
    deal: HeldDeal = HeldDeal()


class OrderPut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`order.put`: an order as it is from now on, free to be taken. `version` is the one that it gets."""

    order: UUID
    version: Version
    contents: HeldCart
    total: Amount
    pieces: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    kind: Literal["held"] = "held"
    note: Name = ""
    customer: UUID | None = None


class OrderClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`order.claim`: take an order, if it is still the one that was seen."""

    order: UUID
    version: Version


class OrderDrop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`order.drop`: nobody wants it any more."""

    order: UUID
    version: Version
