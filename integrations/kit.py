"""What every provider says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from pos.gateways import Gateway
from smartpos.errors import DomainError

Credentials = Mapping[str, Any]


class BadMessage(DomainError):
    """Not from whom it says, too old, or not readable."""

    code = "bad_message"
    status = 400


@dataclass(frozen=True, slots=True)
class Message:
    """What a provider says when something happened: its own id of the message, and of the session that it is about."""

    id: str
    session: str


@dataclass(frozen=True, slots=True)
class GatewayProvider:
    """Somebody who takes money online.

    `gateway` makes the port of a connection from its key and credentials; `read` checks who sent a message and reads it, BadMessage
    where it is not from there. `credentials` makes what a new connection needs of the choices of its form.
    """

    code: str
    label: str | Promise
    gateway: Callable[[int, Credentials], Gateway]
    read: Callable[[Credentials, bytes, Mapping[str, str], datetime], Message]
    credentials: Callable[[Credentials], Credentials]
