from integrations.models.connection import Connection, InboundMessage
from integrations.models.simulator import SimulatedPayment, SimulatedRefund, SimulatedSession

__all__ = ["Connection", "InboundMessage", "SimulatedPayment", "SimulatedRefund", "SimulatedSession"]
