"""Money in the house that is somebody else's: of goods sold for their owners, and of parcels that a courier left here to be paid for.

Neither revenue nor stock (C-19): the sum is owed until it is paid out or collected.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant

LONGEST_NAME = 60


class PartyKind(models.TextChoices):
    """Whose money it is."""

    OWNER = "owner", _("Goods owner")
    COURIER = "courier", _("Courier")


class Party(Tenant):
    """Somebody to whom money is owed. `folded` finds one again who was entered at two tills with no network."""

    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8, choices=PartyKind.choices)
    name = models.CharField(max_length=LONGEST_NAME)
    folded = models.CharField(max_length=LONGEST_NAME * 2)
    note = models.CharField(max_length=200, blank=True, default="")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["business", "kind", "folded"], name="one_party_by_name")]

    def __str__(self) -> str:
        return self.name


class EntrustedKind(models.TextChoices):
    """What happened; the first and the third make a debt, the others pay it."""

    SALE = "sale", _("Sold for an owner")
    PAYOUT = "payout", _("Paid out to the owner")
    COD = "cod", _("Parcels paid for (COD)")
    COLLECTED = "collected", _("Collected by the courier")
    CORRECTION = "correction", _("Correction")


class EntrustedMethod(models.TextChoices):
    """How the money went."""

    CASH = "cash", _("Cash")
    CARD = "card", _("Card")
    BANK = "bank", _("Bank transfer")


class EntrustedEntry(Tenant, AppendOnlyModel):
    """One entry of a party's account. `uuid` is the operation's id, or a request's of the office; where coins moved, the cash movement
    has the same one.

    `amount` is what was written down (nought for parcels that cost nothing, signed for a correction alone); `due` is what the debt
    changed by. `shift`, `terminal`: where it happened at a till; an entry of the office has neither.
    """

    uuid = models.UUIDField(unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="entries")
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    terminal = models.ForeignKey("people.Terminal", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    shift = models.ForeignKey("pos.Shift", null=True, on_delete=models.PROTECT, related_name="entrusted")
    employee = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=10, choices=EntrustedKind.choices)
    method = models.CharField(max_length=4, choices=EntrustedMethod.choices)
    amount = AmountField()
    due = AmountField()
    packages = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, default="", blank=True)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    business_date = models.DateField()
    late = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    marks = models.TextField(default="[]")

    class Meta(Tenant.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(amount__gt=0) | Q(kind="cod", packages__gt=0),
                name="entrusted_amount_is_some",
            ),
            models.CheckConstraint(condition=Q(kind="correction") | Q(amount__gte=0), name="entrusted_amount_not_negative"),
        ]
        indexes = [
            models.Index(fields=["business", "-occurred_at", "-id"], name="entrusted_list"),
            models.Index(fields=["party", "currency", "store"], name="entrusted_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
