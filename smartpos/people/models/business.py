"""The tenant and its places."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant

# Steps of the first-run wizard: basic info, store, first employee, tax.
SETUP_STEPS = 4


def known_zone(name: str) -> None:
    """Form and model check: an IANA zone."""
    if name not in available_timezones():
        raise ValidationError(_("Unknown time zone."))


class PosMode(models.TextChoices):
    """What the till of a store opens with."""

    RETAIL = "retail", _("Retail")
    RESTAURANT = "restaurant", _("Restaurant")
    BOTH = "both", _("Both")


class Business(models.Model):
    """One tenant. Its legal name and numbers are printed on receipts; its currency and zone are what a new store starts with."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    legal_name = models.CharField(max_length=160, blank=True)
    registration_number = models.CharField(max_length=40, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    vat_number = models.CharField(max_length=40, blank=True)
    # How far the first-run wizard is; a business that was made without it has nothing left to do.
    setup_step = models.PositiveSmallIntegerField(default=SETUP_STEPS)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def is_set_up(self) -> bool:
        """Whether the first-run wizard is over."""
        return self.setup_step >= SETUP_STEPS


class Store(Tenant):
    """A shop with its own address, currency, clock and business day."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=6)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    mode = models.CharField(max_length=10, choices=PosMode.choices, default=PosMode.RETAIL)
    # The currency in force. Where the store has none of its own it is the business's and changes with it.
    currency = models.CharField(max_length=3)
    own_currency = models.BooleanField(default=True)
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
    """A place with a drawer: what a person picks at sign-in. The browser that stands there is a `Device`.

    `training`: what is sold there is practice and touches nothing (POS-59).
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="terminals")
    name = models.CharField(max_length=60)
    active = models.BooleanField(default=True)
    training = models.BooleanField(default=False)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "name"], name="terminal_name_once_per_store")]

    def __str__(self) -> str:
        return self.name
