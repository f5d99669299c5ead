"""What was changed in many products at once, so that it can be taken back."""

from django.db import models

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class BulkChange(Tenant):
    """One act on many products: what they had before and what they have since, as text; `undone_at` once it was taken back."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=12)
    values = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
