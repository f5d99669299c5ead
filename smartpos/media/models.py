"""Which pictures there are, and whose."""

from django.db import models

from smartpos.people.scope import Tenant


class Picture(Tenant):
    """One picture; its files lie in the media folder under its key. What shows it holds the key as a plain text."""

    key = models.CharField(max_length=40, unique=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["created_at"], name="picture_by_age")]

    def __str__(self) -> str:
        return self.key
