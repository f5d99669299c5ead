"""Sales that wait for an online payment: the link, its book, and money that no receipt stands for (docs/payments.md)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class LinkState(models.TextChoices):
    """All but the first are final."""

    WAITING = "waiting", _("Awaiting payment")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


class PaymentLink(Tenant):
    """What a customer was asked to pay, of an order of the kind `online`.

    `token` is the address of its page. `connection` is the gateway's connection, a plain id since gateways live above; `gateway` its
    name then. `session` is what the gateway calls it, `page` where it takes the money: both empty until the customer presses «Pay».
    `origin` is the address by which this installation was reached when it was made. `ask_at`: when the gateway is asked next; null: never.
    """

    uuid = models.UUIDField(unique=True)
    order = models.OneToOneField("pos.Order", on_delete=models.PROTECT, related_name="link")
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=43, unique=True)
    connection = models.UUIDField()
    gateway = models.CharField(max_length=80)
    session = models.CharField(max_length=120, blank=True)
    page = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5)
    currency = models.CharField(max_length=3)
    amount = AmountField()
    state = models.CharField(max_length=9, choices=LinkState.choices, default=LinkState.WAITING)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ask_at = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "session"], condition=~Q(session=""), name="session_once_per_connection"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="link_asks_for_something"),
        ]
        indexes = [
            models.Index(fields=["store", "-created_at"], name="link_list"),
            models.Index(fields=["business", "ask_at"], name="link_to_ask", condition=Q(ask_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.uuid}"

    @property
    def waits(self) -> bool:
        """Whether it may still be paid, as far as we know."""
        return self.state == LinkState.WAITING


class LinkEventKind(models.TextChoices):
    """What happened to a link."""

    MADE = "made", _("Made")
    MAILED = "mailed", _("Mailed")
    OPENED = "opened", _("Opened at the gateway")
    FAILED = "failed", _("A payment failed")
    UNKNOWN = "unknown", _("The gateway did not answer")
    PAID = "paid", _("Paid")
    STRAY = "stray", _("Money that no receipt stands for")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")
    OTHERWISE = "otherwise", _("Paid otherwise")


class LinkEvent(Tenant, AppendOnlyModel):
    """The book of a link. `payment` is the gateway's id of a payment, whose money is written down once."""

    link = models.ForeignKey(PaymentLink, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=LinkEventKind.choices)
    at = models.DateTimeField()
    payment = models.CharField(max_length=120, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["link", "payment"], condition=~Q(payment=""), name="payment_once_per_link"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class StrayReason(models.TextChoices):
    """Why no receipt stands for it."""

    TWICE = "twice", _("Paid twice")
    CANCELLED = "cancelled", _("Paid after it was cancelled")
    EXPIRED = "expired", _("Paid after it expired")
    OTHERWISE = "otherwise", _("The sale was paid otherwise")
    AMOUNT = "amount", _("Another amount or currency")
    UNBOOKABLE = "unbookable", _("The sale could not be booked")
    BACK = "back", _("Given back at the till")


class StrayState(models.TextChoices):
    """How far it is."""

    OPEN = "open", _("To give back")
    REFUNDING = "refunding", _("On its way back")
    REFUNDED = "refunded", _("Given back")
    DEALT = "dealt", _("Dealt with")


class StrayPayment(Tenant):
    """Money at the gateway that is no revenue here. `note` is what somebody did about it, or why giving it back failed.

    `receipt` is the refund or void that took the revenue away; such a part of a payment goes back by itself.
    """

    uuid = models.UUIDField(unique=True)
    link = models.ForeignKey(PaymentLink, on_delete=models.PROTECT, related_name="strays")
    payment = models.CharField(max_length=120)
    reason = models.CharField(max_length=10, choices=StrayReason.choices)
    currency = models.CharField(max_length=3)
    amount = AmountField()
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=StrayState.choices, default=StrayState.OPEN)
    tries = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    receipt = models.OneToOneField("pos.Receipt", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Tenant.Meta):
        constraints = [
            models.UniqueConstraint(fields=["link", "payment"], condition=Q(receipt=None), name="stray_once_per_payment"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.amount} {self.currency}"
