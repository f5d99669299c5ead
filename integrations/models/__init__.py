from integrations.models.connection import Connection, InboundMessage
from integrations.models.simulator import SimulatedPayment, SimulatedSession

__all__ = ["Connection", "InboundMessage", "SimulatedPayment", "SimulatedSession"]
