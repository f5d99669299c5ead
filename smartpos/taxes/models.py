"""Rates and the ordered lists of them that products carry."""

from datetime import date
from decimal import Decimal
from typing import cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.fields import RateField
from smartpos.ids import uuid7
from smartpos.money import RATE_PLACES, from_decimal
from smartpos.people.scope import Tenant
from smartpos.taxes import engine
from smartpos.taxes.engine import percent_on


class TaxKind(models.TextChoices):
    """What a rate of nought means differs by law: zero-rated is taxed at 0 %, exempt is not taxed."""

    STANDARD = "standard", _("Standard")
    REDUCED = "reduced", _("Reduced")
    ZERO = "zero", _("Zero")
    EXEMPT = "exempt", _("Exempt")


class TaxRate(Tenant):
    """One rate identity. Receipts copy it, so a later change leaves history alone (FIN-15).

    `rate` holds from the beginning; what the law changes later stands in `TaxRateChange` with its first day.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=TaxKind.choices, default=TaxKind.STANDARD)
    rate = RateField()
    inclusive = models.BooleanField(default=True)
    compound = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(default=1)
    active = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "code"], name="tax_code_once_per_business"),
            models.CheckConstraint(condition=models.Q(rate__gte=0), name="tax_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dated(self) -> list[tuple[date, Decimal]]:
        """What it changes to, in the order of the days."""
        return sorted((change.valid_from, change.percent) for change in self.changes.all())

    def percent_on(self, day: date) -> Decimal:
        """What it is on a business day."""
        percent: Decimal = percent_on(self.rate, self.dated, day)
        return percent

    def on(self, day: date) -> engine.Rate:
        """What the engine reckons with on a business day."""
        percent = from_decimal(self.percent_on(day), RATE_PLACES)
        return engine.Rate(self.code, cast(engine.Kind, self.kind), percent, self.inclusive, self.compound, self.priority)


class TaxRateChange(Tenant):
    """What a rate is from a business day on."""

    rate = models.ForeignKey(TaxRate, on_delete=models.CASCADE, related_name="changes")
    valid_from = models.DateField()
    percent = RateField()

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["rate", "valid_from"], name="one_tax_change_a_day"),
            models.CheckConstraint(condition=models.Q(percent__gte=0), name="tax_change_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.rate_id} from {self.valid_from}"


class TaxProfile(Tenant):
    """What a product carries: one rate alone (`only`), or a tax group of several in order. New products take the default."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=60)
    only = models.OneToOneField(TaxRate, on_delete=models.PROTECT, null=True, blank=True, related_name="own_profile")
    rates = models.ManyToManyField(TaxRate, through="taxes.TaxProfileRate", related_name="profiles")
    default = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["business", "name"], name="tax_profile_name_once"),
            models.UniqueConstraint(fields=["business"], condition=models.Q(default=True), name="one_default_tax"),
            models.CheckConstraint(condition=models.Q(default=False) | models.Q(active=True), name="default_tax_is_active"),
        ]

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
