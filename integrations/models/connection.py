"""What a business is connected with, and what comes in from there."""

from django.db import models
from django.db.models import Q

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class Connection(Tenant):
    """A provider joined to the business, or (with `store`) to one store. `sealed` is what signs in there, encrypted JSON.

    One that is no longer `active` is not offered any more; what it still says is heard, since money may be under way.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    provider = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    store = models.ForeignKey("people.Store", null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["business", "active"], name="connection_list")]

    def __str__(self) -> str:
        return f"{self.provider} {self.name}"


class InboundMessage(Tenant):
    """What came in at a connection's door, as it came. One with a wrong signature is kept to be looked at, and does nothing.

    `external` is the sender's own id of it, taken once; what comes again does nothing.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="messages")
    external = models.CharField(max_length=120, blank=True)
    verified = models.BooleanField()
    received_at = models.DateTimeField()
    body = models.TextField()

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "external"], condition=Q(verified=True), name="message_once_per_connection"
            ),
        ]
        indexes = [models.Index(fields=["received_at"], name="message_by_age")]

    def __str__(self) -> str:
        return f"{self.external} {self.received_at:%Y-%m-%d %H:%M}"
