"""The simulator as the port wants it."""

import secrets
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from integrations.kit import Credentials, GatewayProvider
from integrations.services import simulated
from integrations.simulator.signing import read
from pos.gateways import Asked, Gateway, Look, Refused, Returned, Session, Taken, Unreachable
from smartpos.clock import now

SILENT, REFUSING, LOSING = "silent", "refusing", "losing"


@dataclass(frozen=True, slots=True)
class Simulator:
    """One connection. Set to be silent, it answers nothing: whether it did something, nobody knows."""

    connection_id: int
    credentials: Credentials

    def _listen(self) -> None:
        if self.credentials.get("behaviour") == SILENT:
            raise Unreachable("the simulator is set to answer nothing")

    def create(self, asked: Asked) -> Session:
        """Open a session, also where the answer is lost."""
        made = simulated.open_session(self.connection_id, asked, at=now())
        self._listen()
        return Session(made.code, simulated.page_of(made, asked.back))

    def look(self, session: str) -> Look:
        """What was paid."""
        self._listen()
        found, payments = simulated.session_with_payments(self.connection_id, session, at=now())
        return Look([Taken(str(p.uuid), p.amount, p.currency, p.at) for p in payments], failed=found.failed)

    def close(self, session: str) -> None:
        """Take no more money for it."""
        self._listen()
        simulated.close_session(self.connection_id, session, at=now())

    def refund(self, payment: str, *, amount: Decimal, currency: str, key: UUID) -> Returned:
        """Give it back, also where the answer is lost."""
        self._listen()
        behaviour = self.credentials.get("behaviour")
        if behaviour == REFUSING:
            raise Refused("the simulator is set to give nothing back")
        simulated.refund(self.connection_id, payment, amount=amount, currency=currency, key=key)
        if behaviour == LOSING:
            raise Unreachable("the simulator is set to lose its answers")
        return Returned.DONE

    def refunded(self, payment: str, *, key: UUID) -> Returned | None:
        """What became of it."""
        self._listen()
        return Returned.DONE if simulated.refunded(self.connection_id, payment, key=key) else None


def gateway(connection_id: int, credentials: Credentials) -> Gateway:
    """The port of a connection."""
    return Simulator(connection_id, credentials)


def credentials(chosen: Credentials) -> Credentials:
    """A secret of its own for each connection."""
    return {"secret": secrets.token_urlsafe(32), "behaviour": chosen.get("behaviour", "normal")}


PROVIDER = GatewayProvider("simulator", _("Simulator"), gateway, read, credentials)
