"""What a person arranged for themselves on the pages."""

from django.db import models

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class SavedView(Tenant):
    """A list as somebody wants to see it again: its filters, order and columns, as the address carries them."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    employee = models.ForeignKey("people.Employee", on_delete=models.CASCADE, related_name="saved_views")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)
    is_default = models.BooleanField(default=False)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employee", "code", "name"], name="view_name_once"),
            models.UniqueConstraint(
                fields=["employee", "code"], condition=models.Q(is_default=True), name="one_default_view_per_list"
            ),
        ]

    def __str__(self) -> str:
        return self.name
