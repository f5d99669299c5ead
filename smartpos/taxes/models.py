"""Rates and the ordered lists of them that products carry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.fields import RateField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class TaxKind(models.TextChoices):
    """What a rate of nought means differs by law: zero-rated is taxed at 0 %, exempt is not taxed."""

    STANDARD = "standard", _("Standard")
    REDUCED = "reduced", _("Reduced")
    ZERO = "zero", _("Zero")
    EXEMPT = "exempt", _("Exempt")


class TaxRate(Tenant):
    """One rate identity. Receipts copy it, so a later change leaves history alone (FIN-15)."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=TaxKind.choices, default=TaxKind.STANDARD)
    rate = RateField()
    inclusive = models.BooleanField(default=True)
    compound = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=1)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "code"], name="tax_code_once_per_business"),
            models.CheckConstraint(condition=models.Q(rate__gte=0), name="tax_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class TaxProfile(Tenant):
    """What a product carries: none, one or several rates in order."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=60)
    rates = models.ManyToManyField(TaxRate, through="taxes.TaxProfileRate", related_name="profiles")

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "name"], name="tax_profile_name_once")]

    def __str__(self) -> str:
        return self.name


class TaxProfileRate(Tenant):
    """The place of a rate in a profile."""

    profile = models.ForeignKey(TaxProfile, on_delete=models.CASCADE, related_name="entries")
    rate = models.ForeignKey(TaxRate, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["profile", "rate"], name="rate_once_per_profile")]

    def __str__(self) -> str:
        return f"{self.profile_id}/{self.rate_id}"
