"""What happened to stock."""

from dataclasses import dataclass

from smartpos.outbox.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class StockMoved(Event):
    """A document that is no receipt moved goods; receipts say so by an event of their own."""

    name = "stock.moved"
    version = 1

    source: str
    kind: str
