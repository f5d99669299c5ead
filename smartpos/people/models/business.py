"""The tenant and its places."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


def known_zone(name: str) -> None:
    """Form and model check: an IANA zone."""
    if name not in available_timezones():
        raise ValidationError(_("Unknown time zone."))


class Business(models.Model):
    """One tenant. Its legal name and numbers are printed on receipts."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    legal_name = models.CharField(max_length=160, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Store(Tenant):
    """A shop with its own address, currency, clock and business day."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=6)
    address = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=64, validators=[known_zone])
    cutoff_minutes = models.PositiveSmallIntegerField(default=0)
    receipt_footer = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "code"], name="store_code_once_per_business")]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The store's clock."""
        return ZoneInfo(self.time_zone)


class Terminal(Tenant):
    """A place with a drawer: what a person picks at sign-in. The browser that stands there is a `Device`."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="terminals")
    name = models.CharField(max_length=60)
    active = models.BooleanField(default=True)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "name"], name="terminal_name_once_per_store")]

    def __str__(self) -> str:
        return self.name
