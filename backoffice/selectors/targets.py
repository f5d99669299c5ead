"""Reading targets."""

from datetime import date
from decimal import Decimal

from backoffice.models import SalesTarget
from smartpos.people.models import Store


def targets_of(store: Store, year: int) -> dict[date, Decimal]:
    """A store's targets of a year, in the currency that it takes now."""
    found = SalesTarget.objects.filter(store=store, currency=store.currency, month__year=year)
    return dict(found.values_list("month", "amount"))
