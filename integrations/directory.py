"""Which providers there are, and the gateways of the business whose act it is: what fills the port of selling."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from integrations.kit import GatewayProvider
from integrations.models import Connection
from integrations.services.credentials import credentials_of
from integrations.simulator.provider import PROVIDER as SIMULATOR
from pos.gateways import Gateway, Offer

GATEWAYS: dict[str, GatewayProvider] = {provider.code: provider for provider in (SIMULATOR,)}


class Connected:
    """The connections of the current business."""

    def offers(self, store_id: int) -> Sequence[Offer]:
        """Those of the store and those of all stores. One query."""
        found = Connection.objects.filter(Q(store=None) | Q(store_id=store_id), active=True, provider__in=GATEWAYS)
        return [Offer(connection.uuid, connection.name) for connection in found.order_by("name", "pk")]

    def gateway(self, connection: UUID) -> Gateway:
        """The gateway behind a connection, also one that is not in use any more."""
        found = Connection.objects.filter(uuid=connection, provider__in=GATEWAYS).first()
        if found is None:
            raise LookupError(f"connection {connection} is gone")
        return GATEWAYS[found.provider].gateway(found.pk, credentials_of(found))
