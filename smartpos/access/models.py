"""What a business changed from what is shipped: settings by level, rights by role; and approvals given."""

from django.db import models

from smartpos.ids import uuid7
from smartpos.people.models import Role
from smartpos.people.scope import Tenant


class SettingValue(Tenant):
    """One setting as one level has it: the business's own, a store's, a device's. No row: the level above, at last the default."""

    code = models.CharField(max_length=60)
    store = models.ForeignKey("people.Store", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey("people.Device", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    value = models.TextField()

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["business", "code"], name="setting_once_per_business",
                condition=models.Q(store__isnull=True, device__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["store", "code"], name="setting_once_per_store", condition=models.Q(device__isnull=True)
            ),
            models.UniqueConstraint(fields=["device", "code"], name="setting_once_per_device"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} = {self.value[:40]}"


class SettingFile(Tenant):
    """A picture that a setting names: by the hash of its content, so that the setting and the audit log stay short."""

    name = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "name"], name="setting_file_once_per_business")]

    def __str__(self) -> str:
        return self.name


class RoleRight(Tenant):
    """A right that a role has other than as shipped."""

    role = models.CharField(max_length=10, choices=Role.choices)
    code = models.CharField(max_length=60)
    granted = models.BooleanField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "role", "code"], name="right_once_per_role")]

    def __str__(self) -> str:
        return f"{self.role} {'may' if self.granted else 'may not'} {self.code}"


class AccessVersion(Tenant):
    """Which state of settings and rights is in force. A new state has a new name, which no other state ever had."""

    state = models.UUIDField(default=uuid7)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business"], name="one_access_version_per_business")]

    def __str__(self) -> str:
        return str(self.state)


class Approval(Tenant):
    """Somebody with the right said yes to one act of somebody else: used once, within minutes."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    store = models.ForeignKey("people.Store", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey("people.Device", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["business", "-given_at"], name="approval_by_time")]

    def __str__(self) -> str:
        return f"{self.code} for {self.subject}"
