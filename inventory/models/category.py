"""The tree of categories: filter tabs of the till, sections of menus and reports."""

from django.db import models
from django.db.models import Q

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant

COLOURS = ("slate", "red", "orange", "amber", "green", "teal", "blue", "indigo", "purple", "pink")


class Category(Tenant):
    """A group of products with a colour and a place among its siblings."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=60)
    colour = models.CharField(max_length=8, choices=[(c, c) for c in COLOURS], default="slate")
    position = models.PositiveIntegerField(default=0)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "name"], condition=Q(parent=None), name="category_name_once_at_top"),
            models.UniqueConstraint(
                fields=["business", "parent", "name"], condition=Q(parent__isnull=False), name="category_name_once_below"
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name
