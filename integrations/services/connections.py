"""Connecting and disconnecting a provider."""

from datetime import datetime

from django.utils.translation import gettext as _

from integrations.directory import GATEWAYS
from integrations.kit import Credentials
from integrations.models import Connection
from integrations.services.credentials import sealed
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.people.models import Employee, Store

MANAGE = "integrations.manage"
LONGEST = 80


def connect(
    provider: str, *, name: str, store: Store | None, chosen: Credentials, by: Employee, at: datetime
) -> Connection:  # fmt: skip
    """Join a gateway to the business or to one store. The same gateway twice for one place is refused."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise DomainError(_("Give a name of at most 80 letters."), field="name")
    _assert_place(by, store)
    with write_transaction():
        serialise(f"connections {by.business_id}")
        if Connection.objects.filter(provider=provider, store=store, active=True).exists():
            raise Conflict(_("This gateway is connected there already."), field="store")
        made: Connection = Connection.objects.create(
            business_id=by.business_id, provider=provider, name=name, store=store, created_at=at, created_by=by,
            sealed=sealed(GATEWAYS[provider].credentials(chosen)),
        )  # fmt: skip
        record("integration.connected", subject=f"connection:{made.uuid}", data=_said(made), at=at)
        return made


def disconnect(connection: Connection, *, by: Employee, at: datetime) -> Connection:
    """Offer it no more. Links that were sent stay payable, and what it says about them is heard. Twice changes nothing."""
    _assert_place(by, connection.store)
    with write_transaction():
        held: Connection = Connection.objects.select_for_update(of=("self",)).select_related("store").get(pk=connection.pk)
        if held.active:
            held.active, held.ended_at = False, at
            held.save(update_fields=["active", "ended_at"])
            record("integration.disconnected", subject=f"connection:{held.uuid}", data=_said(held), at=at)
        return held


def _assert_place(by: Employee, store: Store | None) -> None:
    """A store's gateway is for whoever may manage there, the business's for whoever works everywhere."""
    if not allowed(by, MANAGE, store.pk if store else None) or (store is None and not by.everywhere_in_business):
        raise NotAllowed(_("Your role does not allow this. Ask a manager or the owner."))


def _said(connection: Connection) -> dict[str, str]:
    store = {"store": connection.store.name} if connection.store else {}
    return {"provider": connection.provider, "name": connection.name, **store}
