"""What was paid with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField


class PaymentMethod(models.TextChoices):
    """The tenders."""

    CASH = "cash", _("Cash")
    CARD = "card", _("Card")
    ONLINE = "online", _("Online")
    # what a refund lends to the sale that it is exchanged for: nought over the two
    EXCHANGE = "exchange", _("Exchange")


class Payment(AppendOnlyModel):
    """One tender of a receipt, signed like it.

    `part` is its exact share of the total (what a refund refers to), `amount` what it paid (cash: after rounding),
    `tendered` what was handed over, `change` what was given back of it.
    """

    receipt = models.ForeignKey("pos.Receipt", on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(max_length=8, choices=PaymentMethod.choices)
    part = AmountField()
    amount = AmountField()
    tendered = AmountField()
    change = AmountField()
    tip = AmountField()

    class Meta:
        indexes = [models.Index(fields=["receipt"], name="payment_by_receipt")]

    def __str__(self) -> str:
        return f"{self.method} {self.amount}"
