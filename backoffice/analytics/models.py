"""Facts: what a day of a store came to, whole and cut five ways. Sums only, made anew from the ledger at any time.

A sale counts one and a void takes it back; a refund counts none. Totals are signed as in the ledger, so a refund subtracts on
its own day and a void ends at nought. Ids are plain: a fact holds nobody fast.
"""

from django.db import models

from smartpos.db.fields import AmountField, QuantityField
from smartpos.people.scope import Tenant


class Fact(Tenant):
    """A store's business day in one currency."""

    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    day = models.DateField()
    total = AmountField()

    class Meta(Tenant.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.day} {self.store_id}: {self.total}"


class FactDay(Fact):
    """The day as a whole. `costed` is the net of what had a cost when it was sold, `cost` that cost."""

    sales = models.IntegerField()
    net = AmountField()
    cost = AmountField()
    costed = AmountField()

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "day", "currency"], name="fact_day_once")]


class FactHour(Fact):
    """By the hour that the store's clock showed."""

    hour = models.PositiveSmallIntegerField()
    sales = models.IntegerField()
    refunds = models.IntegerField()
    net = AmountField()
    tax = AmountField()
    discount = AmountField()

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "day", "currency", "hour"], name="fact_hour_once")]


class FactItem(Fact):
    """By variant; what was sold without one goes by its name. `costed` is the net of what had a cost when it was sold."""

    variant = models.BigIntegerField()
    name = models.CharField(max_length=200)
    quantity = QuantityField()
    net = AmountField()
    cost = AmountField()
    costed = AmountField()

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "day", "currency", "variant", "name"], name="fact_item_once")]


class FactType(Fact):
    """By the kind of sale: cash, card, online, or mix where there was more than one tender (C-26)."""

    kind = models.CharField(max_length=8)
    sales = models.IntegerField()

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "day", "currency", "kind"], name="fact_type_once")]


class FactTender(Fact):
    """By tender: a mixed sale is divided into its parts (C-26)."""

    method = models.CharField(max_length=8)

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "day", "currency", "method"], name="fact_tender_once")]


class FactPerson(Fact):
    """By who sold."""

    employee = models.BigIntegerField()
    sales = models.IntegerField()
    refunds = models.IntegerField()

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "day", "currency", "employee"], name="fact_person_once")]


class FactShelf(Tenant):
    """How much of a variant lay in a store at the end of a day on which it moved, and what a unit cost when that was last known.

    Folded by `backoffice.analytics.stock`, as the next one is.
    """

    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    variant = models.BigIntegerField()
    day = models.DateField()
    level = QuantityField()
    cost = AmountField(null=True)
    cost_at = models.DateTimeField(null=True)

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "variant", "day"], name="fact_shelf_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.store_id}: {self.level} of {self.variant}"


class FactStock(Tenant):
    """By how much the value of a store's stock changed on a day, and what the goods had cost that were sold out of it.

    The value is the sum of all changes up to then. Costs have no currency of their own: they are in the store's.
    """

    store = models.ForeignKey("people.Store", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    change = AmountField()
    spent = AmountField()

    class Meta(Tenant.Meta):
        constraints = [models.UniqueConstraint(fields=["store", "day"], name="fact_stock_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.store_id}: {self.change}"


FACTS: tuple[type[Fact], ...] = (FactDay, FactHour, FactItem, FactType, FactTender, FactPerson)
