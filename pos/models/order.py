"""Anything open: what is not paid yet and may still change."""

from django.db import models
from django.db.models import Q

from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class OrderKind(models.TextChoices):
    """What sort of open order; each room adds its own."""

    HELD = "held"
    ONLINE = "online"


class OrderState(models.TextChoices):
    """`open`: lies there, a till of the store may take it. `taken`: its device works on it. The others are final."""

    OPEN = "open"
    TAKEN = "taken"
    SETTLED = "settled"
    DISCARDED = "discarded"


class Order(Tenant):
    """One open order. `version` counts its moves: whoever names another one than the present is too late (decisions: one wins).

    `device` has it: it put it there last, or took it last. `contents` is the JSON of its lines and of what was agreed about
    them, in the shape of its kind (`pos.offline.order_bodies`). `total` and `pieces` are what its till said of it, for lists:
    nothing is reckoned from them. `receipt` is the document that settled it, once; one document may settle several that were put together.
    """

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey("people.Device", null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey("pos.Customer", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=OrderKind.choices)
    state = models.CharField(max_length=12, choices=OrderState.choices)
    version = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    contents = models.TextField()
    total = AmountField()
    pieces = models.PositiveIntegerField()
    receipt = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta(Tenant.Meta):
        indexes = [
            models.Index(fields=["store", "changed_at"], name="order_open_in_store", condition=Q(state__in=["open", "taken"])),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="settled", receipt__isnull=False) | (~Q(state="settled") & Q(receipt__isnull=True)),
                name="settled_order_has_its_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def is_open(self) -> bool:
        """Whether it may still change."""
        return self.state in (OrderState.OPEN, OrderState.TAKEN)
