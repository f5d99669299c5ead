"""The door of webhooks: who sent it, kept as it came, taken once, and then the gateway itself is asked (docs/payments.md)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from integrations.directory import GATEWAYS
from integrations.kit import BadMessage, Message
from integrations.models import Connection, InboundMessage
from integrations.services.credentials import credentials_of
from pos.services.links import hint
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, NotFound
from smartpos.ids import uuid7
from smartpos.people.services import throttle

MOST_BYTES = 64 * 1024
KEPT = timedelta(days=30)
# A gateway that is set up wrongly sends a few; a guesser sends many.
FREE = 20


class TooLarge(DomainError):
    """More than any gateway says."""

    code = "too_large"
    status = 413


def receive(
    provider: str, connection: UUID, *, raw: bytes, headers: Mapping[str, str], address: str, at: datetime
) -> bool:  # fmt: skip
    """Take a message; whether it is new. NotFound, TooManyTries, TooLarge, BadMessage where it is not taken."""
    found = Connection.everywhere.filter(uuid=connection, provider=provider).first()
    if found is None or provider not in GATEWAYS:
        raise NotFound(_("There is no such connection."))
    if len(raw) > MOST_BYTES:
        raise TooLarge(_("The message is too large."))
    keys = [f"inbound:{found.pk}:{throttle.place(address)}"]
    throttle.check(keys, at=at)
    with acting(business_id=found.business_id, store_id=found.store_id):
        try:
            message = GATEWAYS[provider].read(credentials_of(found), raw, headers, at)
        except BadMessage:
            throttle.fail(keys, at=at, free=FREE)
            _keep(found, raw, None, at=at)
            raise
        with write_transaction():
            kept = _keep(found, raw, message, at=at)
            return kept is not None and hint(found.uuid, message.session, message=kept)


def _keep(connection: Connection, raw: bytes, message: Message | None, *, at: datetime) -> UUID | None:
    """Keep it as it came; None where it was there before."""
    row = InboundMessage(
        business_id=connection.business_id, uuid=uuid7(), connection=connection, external=message.id if message else "",
        verified=message is not None, received_at=at, body=raw.decode("utf-8", "replace").replace("\x00", ""),
    )  # fmt: skip
    InboundMessage.objects.bulk_create([row], ignore_conflicts=True)
    return row.uuid if InboundMessage.objects.filter(uuid=row.uuid).exists() else None


def forget_old(at: datetime) -> str:
    """The job: drop what came in a month ago."""
    count, _tables = InboundMessage.everywhere.filter(received_at__lt=at - KEPT).delete()
    return f"{count} messages"
