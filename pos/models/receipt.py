"""The sales ledger. A receipt is never changed: a refund or a void is a receipt of its own with the signs turned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartpos.db.append_only import AppendOnlyModel
from smartpos.db.fields import AmountField, QuantityField, RateField
from smartpos.people.scope import Tenant


class ReceiptKind(models.TextChoices):
    """What the document is."""

    SALE = "sale", _("Sale")
    REFUND = "refund", _("Refund")
    VOID = "void", _("Void")


class Receipt(Tenant, AppendOnlyModel):
    """One document. `uuid` is the operation's id; `series` and `number` are the till's own and final.

    `original` is what a refund or void turns; of a sale it is the refund that it was exchanged for.
    Amounts are signed: a refund's are negative. `total = net + tax`; what was paid is `total + rounding`.
    Names are copied, so that a receipt reads the same for ever.
    """

    uuid = models.UUIDField(unique=True)
    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    terminal = models.ForeignKey("people.Terminal", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    device = models.ForeignKey("people.Device", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    shift = models.ForeignKey("pos.Shift", on_delete=models.PROTECT, related_name="receipts")
    employee = models.ForeignKey("people.Employee", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    customer = models.ForeignKey(
        "pos.Customer", null=True, on_delete=models.PROTECT, related_name="receipts", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=6, choices=ReceiptKind.choices)
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversals")
    reason = models.CharField(max_length=200)
    series = models.CharField(max_length=16)
    number = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    business_date = models.DateField()
    late = models.BooleanField()
    currency = models.CharField(max_length=3)
    gross = AmountField()
    discount = AmountField()
    points = AmountField()
    service = AmountField()
    net = AmountField()
    tax = AmountField()
    total = AmountField()
    rounding = AmountField()
    marks = models.TextField()

    class Meta(Tenant.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(total=models.F("net") + models.F("tax")), name="net_and_tax_make_total"),
            models.UniqueConstraint(fields=["original"], condition=models.Q(kind="void"), name="receipt_voided_once"),
            models.UniqueConstraint(fields=["original"], condition=models.Q(kind="sale"), name="receipt_exchanged_once"),
        ]
        indexes = [
            models.Index(fields=["business", "-occurred_at", "-id"], name="receipt_list"),
            models.Index(fields=["store", "business_date"], name="receipt_by_day"),
            models.Index(fields=["device", "number"], name="receipt_by_number"),
            models.Index(
                fields=["customer", "-occurred_at", "-id"],
                name="receipt_by_customer",
                condition=models.Q(customer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as printed."""
        return f"{self.series}-{self.number}"

    @property
    def voided_by(self) -> "Receipt | None":
        """The document that took it back whole; without a statement where `reversals` are loaded."""
        return next((other for other in self.reversals.all() if other.kind == ReceiptKind.VOID), None)


class ReceiptLine(AppendOnlyModel):
    """One line as sold, with everything a refund needs.

    `cost` is what one unit cost when it was sold; a line that goes back takes the cost of the line it goes back of.
    `promotion_percent` is set where the line was on promotion, `promotion` where it is known on which; `promotion_off` is what that
    took off the list price, signed as `gross`.
    `restocked` is false where goods came back and did not go back to the shelf, because they are damaged: then no stock moved.
    """

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    uuid = models.UUIDField()
    variant = models.ForeignKey("inventory.Variant", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    original_line = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals", db_constraint=False
    )
    name = models.CharField(max_length=200)
    sku = models.CharField(max_length=60)
    unit = models.CharField(max_length=8)
    quantity = QuantityField()
    list_price = AmountField()
    unit_price = AmountField()
    cost = AmountField(null=True)
    gross = AmountField()
    discount = AmountField()
    points = AmountField()
    payable = AmountField()
    net = AmountField()
    tax = AmountField()
    gratis = models.BooleanField()
    tax_profile = models.CharField(max_length=40)
    note = models.CharField(max_length=200, default="")
    promotion = models.ForeignKey(
        "pos.Promotion", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    promotion_percent = RateField(null=True)
    promotion_off = AmountField(default=0)
    restocked = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "position"], name="line_position_once"),
        ]
        indexes = [
            models.Index(fields=["variant"], name="line_by_variant"),
            models.Index(fields=["original_line"], name="line_by_original", condition=models.Q(original_line__isnull=False)),
            models.Index(fields=["promotion"], name="line_by_promotion", condition=models.Q(promotion__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"


class ReceiptTax(AppendOnlyModel):
    """A line's share of one rate: code, kind and rate copied, so that history never changes (FIN-15)."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="taxes")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    rate = RateField()
    inclusive = models.BooleanField()
    compound = models.BooleanField()
    amount = AmountField()

    class Meta:
        indexes = [models.Index(fields=["receipt", "position"], name="tax_by_line")]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"
