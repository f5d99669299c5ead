"""The queue between a transaction and the world."""

from django.db import models


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
