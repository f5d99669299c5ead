"""The people who act: name, PIN, role, stores."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import RateField
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
    """The actor everywhere. `user` is there once the person signs in by e-mail; PIN and card work on enrolled devices.

    `email` is where the business writes to; whose sign-in it is, `user` says. `version` counts changes, so that two open
    forms do not overwrite each other.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="employees"
    )
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices)
    pin_hash = models.BinaryField(max_length=32, null=True, blank=True)
    card_hash = models.BinaryField(max_length=32, null=True, blank=True)
    commission = RateField(null=True, blank=True)
    language = models.CharField(max_length=5, blank=True)
    stores = models.ManyToManyField("people.Store", through="people.EmployeeStore", related_name="employees")
    active = models.BooleanField(default=True)
    last_sign_in_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "pin_hash"], name="pin_once_per_business"),
            models.UniqueConstraint(fields=["business", "card_hash"], name="card_once_per_business"),
            models.UniqueConstraint(fields=["business", "user"], name="user_once_per_business"),
            models.UniqueConstraint(fields=["business", "email"], condition=~Q(email=""), name="staff_email_once_per_business"),
            models.CheckConstraint(
                condition=Q(commission__isnull=True) | Q(commission__gte=0, commission__lte=100), name="commission_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def everywhere_in_business(self) -> bool:
        """The owner works in every store; everybody else in the assigned ones."""
        return self.role == Role.OWNER


class CommissionRate(Tenant, AppendOnlyModel):
    """A person's share of their sales from a business day on, until a later row begins; None: none (EMP-04).

    Of two rows of one day the later one holds. The employee's own field says what holds now.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="commission_rates", db_constraint=False)
    since = models.DateField()
    percent = RateField(null=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100), name="commission_rate_0_to_100"
            ),
        ]
        indexes = [models.Index(fields=["employee", "since"])]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.since}"


def store_links() -> "models.Prefetch[Any]":
    """For `prefetch_related` where no act has begun yet, as at sign-in: the links of whoever was found, with their stores, by name."""
    return models.Prefetch(
        "store_links", queryset=EmployeeStore.everywhere.select_related("store").order_by("store__name", "store")
    )


class EmployeeStore(Tenant):
    """Where an employee works; one of the stores is the primary one (C-28)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="store_links")
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="employee_links")
    primary = models.BooleanField(default=False)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employee", "store"], name="employee_once_per_store"),
            models.UniqueConstraint(fields=["employee"], condition=Q(primary=True), name="one_primary_store"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.store_id}"
