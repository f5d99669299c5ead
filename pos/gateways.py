"""The port to those who take money online. Selling says what it needs; `integrations` fills the directory at start.

Calls go over the network: never inside a transaction. Amounts are whole minor units of their currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Unreachable(Exception):
    """No answer, or one that says nothing: nobody knows whether it happened. Ask before trying again."""


class Refused(Exception):
    """The gateway said no: it did not happen and will not, however often it is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a customer is to pay. `key` makes asking twice harmless; `back` is where the customer comes back to."""

    key: UUID
    amount: Decimal
    currency: str
    description: str
    email: str
    language: str
    back: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """What the gateway made of it: its own id, and the page where the customer pays."""

    id: str
    page: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Money that the gateway has taken."""

    payment: str
    amount: Decimal
    currency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """How a session stands: everything that was paid, and whether somebody tried and failed."""

    taken: Sequence[Taken] = ()
    failed: bool = False


class Returned(StrEnum):
    """How far a refund is."""

    DONE = "done"
    PENDING = "pending"


class Gateway(Protocol):
    """One connection to a gateway. Whatever happens on the way is `Unreachable`; a no is `Refused`."""

    def create(self, asked: Asked) -> Session:
        """Open a session; the same key again gives the same one."""

    def look(self, session: str) -> Look:
        """What became of it."""

    def close(self, session: str) -> None:
        """Take no more money for it; what was paid stays paid. Closing a closed one is no fault."""

    def refund(self, payment: str, *, amount: Decimal, currency: str, key: UUID) -> Returned:
        """Give money back, a payment or a part of it; the same key again is the same refund."""

    def refunded(self, payment: str, *, key: UUID) -> Returned | None:
        """What became of a refund; None where the gateway never heard of it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A gateway that may be asked."""

    connection: UUID
    name: str


class Directory(Protocol):
    """Which gateways there are, in the business of the current act."""

    def offers(self, store_id: int) -> Sequence[Offer]:
        """Those that are connected for a store."""

    def gateway(self, connection: UUID) -> Gateway:
        """The gateway behind a connection, in use or not: money may still come. LookupError where there is none."""


class _Nobody:
    """Before anybody fills the directory there is no gateway."""

    def offers(self, store_id: int) -> Sequence[Offer]:
        return ()

    def gateway(self, connection: UUID) -> Gateway:
        raise LookupError(connection)


_directories: list[Directory] = [_Nobody()]


def fill_directory(directory: Directory) -> None:
    """Say who knows the gateways; the last one counts."""
    _directories.append(directory)


def directory() -> Directory:
    """Who knows the gateways."""
    return _directories[-1]
