"""A refund that waits for a manager: nothing has moved yet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartpos.db.fields import AmountField
from smartpos.people.scope import Tenant


class RequestState(models.TextChoices):
    """How far it is."""

    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    PAID = "paid", _("Paid out")


class RefundRequest(Tenant):
    """What somebody at a till wants to give back and may not alone (POS-47). It moves neither stock nor money: what is paid out is a
    refund of its own, which the request then names, and which no second request can name.

    `uuid` is the id of the operation that asked; `lines` are the sold lines' ids, quantities and whether the goods go back to the shelf;
    `method` is the tender wished for, empty where the money goes back as it came.
    """

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    terminal = models.ForeignKey("people.Terminal", on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey("pos.Receipt", on_delete=models.PROTECT, related_name="refund_requests")
    asked_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    lines = models.JSONField()
    method = models.CharField(max_length=8, blank=True)
    currency = models.CharField(max_length=3)
    total = AmountField()
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.PENDING)
    decided_by = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)
    refund = models.OneToOneField("pos.Receipt", null=True, on_delete=models.PROTECT, related_name="request")

    class Meta(Tenant.Meta):
        indexes = [models.Index(fields=["store", "state", "-asked_at"], name="refund_request_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="paid", refund__isnull=False) | (~Q(state="paid") & Q(refund__isnull=True)),
                name="paid_request_has_its_refund",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_by__isnull=True) | (~Q(state="pending") & Q(decided_by__isnull=False)),
                name="decided_request_has_its_manager",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} {self.state}"
