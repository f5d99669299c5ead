"""The queue between a transaction and the world."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.ids import uuid7


class OutboxEvent(models.Model):
    """One event; `position` is given by the relay, because database ids commit out of order."""

    business_id = models.BigIntegerField()
    store_id = models.BigIntegerField(null=True)
    shard = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    payload = models.TextField()
    created_at = models.DateTimeField()
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        db_table = "outbox_event"
        indexes = [models.Index(fields=["id"], name="event_to_relay", condition=models.Q(position__isnull=True))]

    def __str__(self) -> str:
        return self.name


class ProjectionState(models.Model):
    """How far a projection has read; moved in the transaction that folds, so that each event counts exactly once."""

    name = models.CharField(max_length=60, unique=True)
    position = models.BigIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=1)
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox_projection"

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class DeliveryState(models.TextChoices):
    """Open are the first two: `unknown` is tried and nobody knows whether it arrived, so it is asked before it is tried again."""

    WAITING = "waiting", _("Waiting")
    UNKNOWN = "unknown", _("Outcome unknown")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")
    DISCARDED = "discarded", _("Discarded")


OPEN = (DeliveryState.WAITING, DeliveryState.UNKNOWN)


class Delivery(models.Model):
    """Something to be done outside the transaction that wanted it. The same kind and key is one delivery, however often asked.

    Within a shard the oldest open one runs and the others wait; deliveries without a shard wait for nobody.
    A lease says who works on it; one that ended without a word means that the worker died in the middle.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    business_id = models.BigIntegerField(null=True)
    store_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    shard = models.CharField(max_length=80, blank=True)
    payload = models.TextField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "outbox_delivery"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="delivery_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="delivery_due", condition=models.Q(state__in=OPEN)),
            models.Index(fields=["shard", "id"], name="delivery_by_shard", condition=models.Q(state__in=OPEN)),
            models.Index(fields=["business_id", "-id"], name="delivery_dead", condition=models.Q(state=DeliveryState.DEAD)),
            models.Index(fields=["finished_at"], name="delivery_to_prune", condition=models.Q(finished_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
