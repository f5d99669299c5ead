"""Sending the simulator's messages: signed, and through the same door as everybody else's."""

import msgspec

from integrations.models import SimulatedSession
from integrations.services.credentials import credentials_of
from integrations.services.inbound import receive
from integrations.simulator.signing import HEADER, Body, sign
from smartpos.clock import now
from smartpos.outbox.deliveries import Outcome, Work, done


def deliver(work: Work) -> Outcome:
    """One message of the simulator, handed in as if it had come over the wire."""
    session = SimulatedSession.objects.select_related("connection").get(code=work.payload["session"])
    at = now()
    raw = msgspec.json.encode(Body(work.payload["message"], "session.changed", session.code))
    headers = {HEADER: sign(str(credentials_of(session.connection)["secret"]), raw, at=at)}
    receive(session.connection.provider, session.connection.uuid, raw=raw, headers=headers, address="", at=at)
    return done()
