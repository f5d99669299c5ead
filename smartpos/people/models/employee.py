"""The people who act: name, PIN, role, stores."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class Role(models.TextChoices):
    """The six roles, highest first."""

    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    MANAGER = "manager", _("Manager")
    EMPLOYEE = "employee", _("Employee")
    CASHIER = "cashier", _("Cashier")
    WAITER = "waiter", _("Waiter")


class Employee(Tenant):
    """The actor everywhere. `user` is there when the person signs in by e-mail; the PIN works on enrolled devices."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="employees"
    )
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10, choices=Role.choices)
    pin_hash = models.BinaryField(max_length=32, null=True, blank=True)
    stores = models.ManyToManyField("people.Store", through="people.EmployeeStore", related_name="employees")
    active = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "pin_hash"], name="pin_once_per_business"),
            models.UniqueConstraint(fields=["business", "user"], name="user_once_per_business"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def everywhere_in_business(self) -> bool:
        """The owner works in every store; everybody else in the assigned ones."""
        return self.role == Role.OWNER


def store_links() -> "models.Prefetch[Any]":
    """For `prefetch_related` where no act has begun yet, as at sign-in: the links of whoever was found."""
    return models.Prefetch("store_links", queryset=EmployeeStore.everywhere.all())


class EmployeeStore(Tenant):
    """Where an employee works."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="store_links")
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="employee_links")

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["employee", "store"], name="employee_once_per_store")]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.store_id}"
