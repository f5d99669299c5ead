"""What signs in at a provider: sealed under the server's key, never in a page, a log or a file."""

import msgspec

from integrations.kit import Credentials
from integrations.models import Connection
from smartpos.crypto import seal, unseal

PURPOSE = "connection"


def sealed(credentials: Credentials) -> bytes:
    """As the database keeps it."""
    return seal(PURPOSE, msgspec.json.encode(credentials).decode())


def credentials_of(connection: Connection) -> Credentials:
    """As the provider needs it."""
    return dict(msgspec.json.decode(unseal(PURPOSE, bytes(connection.sealed))))
