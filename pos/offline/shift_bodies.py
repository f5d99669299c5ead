"""The bodies of operations about shifts and cash (docs/terminal-protocol.md, 5.1, 5.2 and 5.14)."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from pos.offline.bodies import Amount, Reason

Why = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")]
Category = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00]*$")]


class ShiftOpen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`shift.open`. `reason` is for a float other than the fixed one, `late_reason` for a late start."""

    shift: UUID
    opening_float: Amount
    reason: Why = ""
    late_reason: Why = ""


class Denomination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many of one coin or note."""

    value: Amount
    count: Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class ExpenseNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An expense that is written down at the closing; `drawer`: it was paid out of the drawer."""

    id: UUID
    amount: Amount
    category: Category
    reason: Why = ""
    drawer: bool = False


class Unfinished(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was not finished when the shift was closed, and how much of it there is."""

    kind: Literal["cart", "held", "request"]
    count: Annotated[int, msgspec.Meta(ge=1, le=10_000)]


class ShiftClose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`shift.close`. `reason` explains the difference, `early_reason` an early end."""

    shift: UUID
    counted: Amount
    reason: Why = ""
    early_reason: Why = ""
    sheet: Annotated[tuple[Denomination, ...], msgspec.Meta(max_length=40)] = ()
    expenses: Annotated[tuple[ExpenseNote, ...], msgspec.Meta(max_length=20)] = ()
    unfinished: Annotated[tuple[Unfinished, ...], msgspec.Meta(max_length=3)] = ()


class CashMove(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cash.move`: into the drawer or out of it. What goes out has a category."""

    direction: Literal["in", "out"]
    amount: Amount
    reason: Reason
    category: Category = ""


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A goods owner or courier: known by id, or entered here with a new one."""

    id: UUID
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]


class CashHandover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cash.handover`: to an owner or manager, whose PIN is the approval of `cash.receive`. With a `courier` it is the money of
    parcels, which goes on to the courier while the receiver stands by (C-45).
    """

    receiver: UUID
    amount: Amount
    reason: Why = ""
    courier: Party | None = None
