"""What the simulated gateway knows: the other side of the wire, which nobody but the simulator reads."""

from django.db import models

from smartpos.db.fields import AmountField
from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class SimulatedSession(Tenant):
    """A page where money is asked for. `key` is whoever asked's own id of it: asking again gives the same session."""

    code = models.CharField(max_length=43, unique=True)
    connection = models.ForeignKey("integrations.Connection", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    amount = AmountField()
    currency = models.CharField(max_length=3)
    description = models.CharField(max_length=200)
    back = models.CharField(max_length=300)
    failed = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="simulated_session_once")]

    def __str__(self) -> str:
        return self.code


class SimulatedPayment(Tenant):
    """Money that was (not really) taken, from `at` on."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    session = models.ForeignKey(SimulatedSession, on_delete=models.PROTECT, related_name="payments")
    amount = AmountField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class SimulatedRefund(Tenant):
    """Money that was (not really) given back. `key` is whoever asked's own id of it."""

    payment = models.ForeignKey(SimulatedPayment, on_delete=models.PROTECT, related_name="refunds")
    key = models.UUIDField()
    amount = AmountField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["payment", "key"], name="simulated_refund_once")]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment}"
