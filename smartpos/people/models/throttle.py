"""Counters against guessing, kept in the database so that a restart forgets nothing."""

from django.db import models


class Throttle(models.Model):
    """Failures under one key (a device, an address, an account) and until when it is locked."""

    key = models.CharField(max_length=120, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key
