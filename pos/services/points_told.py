"""Balances reach the tills' caches once a minute, together.

A change of its own for each sale would wake every till of a chain for every sale. A till with a network asks for the balance when
somebody is put on a cart; the cached one is for showing, and for where points may be used with no network.
"""

from datetime import datetime

from pos.models import Customer, PointsAccount
from pos.services.customers import tell_points
from smartpos.db.locks import write_transaction

AT_ONCE = 500


def tell(at: datetime) -> str:
    """Put customers whose balance moved into the change log. Twice does no harm."""
    with write_transaction():
        rows = PointsAccount.objects.select_for_update(skip_locked=True).filter(told=False).order_by("pk")[:AT_ONCE]
        found = {row.pk: row.customer_id for row in rows}
        customers = list(
            Customer.objects.filter(pk__in=found.values(), active=True, merged_into=None, erased_at=None).order_by("pk")
        )
        if customers:
            tell_points(customers)
        PointsAccount.objects.filter(pk__in=found).update(told=True)
    return f"{len(customers)} balances"
