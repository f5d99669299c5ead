"""What the bell listens to."""

from dataclasses import dataclass

from smartpos.outbox.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class NotificationMade(Event):
    """Something is told, or told again; whoever may see it asks how many there are."""

    name = "notification.made"
    version = 1

    severity: str
