"""Whom the shop knows by name."""

from django.db import models
from django.db.models import Q

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class Customer(Tenant):
    """A person or company. Everything personal about them stands in this row alone, so that it can be erased.

    A record that was merged into another is empty and points at the one that stayed: documents that name it are that one's, for
    they are never changed. `folded` is what is searched; `version` counts changes, so that two forms never overwrite each other;
    `changed_at` is when contact data last changed: of two tills that changed it offline the later one holds (OFF-13).
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    company = models.CharField(max_length=120, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    card = models.CharField(max_length=64, null=True, blank=True)
    language = models.CharField(max_length=5, blank=True)
    note = models.TextField(max_length=4000, blank=True)
    enrolled = models.BooleanField(default=False)
    consent_at = models.DateTimeField(null=True, blank=True)
    folded = models.CharField(max_length=400)
    active = models.BooleanField(default=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [
            models.Index(fields=["business", "active", "folded", "id"], name="customer_list"),
            models.Index(fields=["business", "-created_at", "-id"], name="customer_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "email"], condition=~Q(email=""), name="customer_email_once_per_business"
            ),
            models.UniqueConstraint(fields=["business", "card"], name="customer_card_once_per_business"),
            models.CheckConstraint(condition=~Q(card=""), name="empty_customer_card_is_null"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_living(self) -> bool:
        """Neither erased nor merged into another."""
        return self.erased_at is None and self.merged_into_id is None
