"""The drawer's turn: from the float to the count."""

from django.db import models
from django.db.models import Q

from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class Shift(Tenant):
    """One shift of one terminal; a terminal has one open shift at most."""

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    terminal = models.ForeignKey("people.Terminal", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    business_date = models.DateField()
    opening_float = AmountField()
    closed_by = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    counted = AmountField(null=True)
    expected = AmountField(null=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["terminal"], condition=Q(closed_at__isnull=True), name="one_open_shift_per_terminal"
            ),
            models.CheckConstraint(condition=Q(opening_float__gte=0), name="float_not_negative"),
        ]
        indexes = [models.Index(fields=["store", "-opened_at"], name="shift_list")]

    def __str__(self) -> str:
        return f"{self.business_date} {self.terminal_id}"

    @property
    def is_open(self) -> bool:
        """Whether the drawer is in use."""
        return self.closed_at is None
