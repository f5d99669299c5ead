"""Enrolled browsers."""

from django.db import models

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class Device(Tenant):
    """A browser that may send operations: its token, its number series. One device holds a terminal at a time."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="devices")
    terminal = models.ForeignKey("people.Terminal", on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=80)
    series = models.CharField(max_length=16)
    token_hash = models.BinaryField(max_length=32, unique=True)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "series"], name="series_once_per_business"),
            # The lease: a terminal is held by one living device; enrolling another revokes the holder first.
            models.UniqueConstraint(
                fields=["terminal"], condition=models.Q(revoked_at__isnull=True), name="one_device_holds_a_terminal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.series})"


class EnrolmentCode(Tenant):
    """A short code, good once and for minutes, by which a browser becomes a device of a terminal."""

    terminal = models.ForeignKey("people.Terminal", on_delete=models.PROTECT, related_name="+")
    code_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"code for terminal {self.terminal_id}"
