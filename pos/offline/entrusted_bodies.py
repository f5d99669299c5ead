"""The bodies of operations about money that is somebody else's (docs/terminal-protocol.md, 5.16)."""

from typing import Annotated, Literal

import msgspec

from pos.offline.bodies import Amount
from pos.offline.shift_bodies import Party, Why


class ConsignmentSell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`consignment.sell`: somebody else's goods were sold, and paid with the store."""

    owner: Party
    amount: Amount
    method: Literal["cash", "card"]
    note: Why = ""


class ConsignmentPay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`consignment.pay`: cash to a goods owner. `note` says who took it and signed."""

    owner: Party
    amount: Amount
    note: Why


class ParcelsReceive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`parcels.receive`: parcels that a courier brought, and what customers paid for them."""

    courier: Party
    packages: Annotated[int, msgspec.Meta(ge=0, le=100_000)]
    cod: Amount
    note: Why = ""
