"""Reading points: the log, a customer's entries, what a receipt moved, and whether the book adds up."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from pos.models import Customer, PointsAccount, PointsEntry, Receipt
from pos.models.loyalty import PointsMoved, moved_of
from smartpos.audit.checks import Finding
from smartpos.people.models import Store


def log(stores: list[Store]) -> QuerySet[PointsEntry]:
    """Entries of these stores and those that no store caused, with what a row shows."""
    found: QuerySet[PointsEntry] = PointsEntry.objects.filter(Q(store__in=stores) | Q(store=None))
    return found.select_related("holder__customer__merged_into", "receipt", "employee", "store")


def points_of(customer: Customer, stores: list[Store]) -> QuerySet[PointsEntry]:
    """A customer's entries, and those of the records that were merged into theirs: of these stores, and those that no store caused."""
    return log(stores).filter(Q(holder__customer=customer) | Q(holder__customer__merged_into=customer))


def account_of(customer: Customer) -> PointsAccount:
    """What a customer has; an empty account where nothing was ever earned."""
    found: PointsAccount | None = PointsAccount.objects.filter(customer=customer).first()
    return found or PointsAccount(business_id=customer.business_id, customer=customer)


def moved_with(receipts: Iterable[Receipt]) -> dict[int, PointsMoved]:
    """Points per receipt's key (LOY-12); one query, and none where no receipt names a customer."""
    keys = [receipt.pk for receipt in receipts if receipt.customer_id]
    found: dict[int, list[PointsEntry]] = defaultdict(list)
    for entry in PointsEntry.objects.filter(receipt__in=keys) if keys else ():
        found[entry.receipt_id or 0].append(entry)
    return {key: moved_of(entries) for key, entries in found.items()}


def balances() -> Iterator[Finding]:
    """Each account against the sum of its entries, and against its last one (LOY-11)."""
    summed = PointsAccount.everywhere.annotate(
        points=Coalesce(Sum("entries__points"), 0), owed=Coalesce(Sum("entries__owed"), 0)
    )  # fmt: skip
    for account in summed.exclude(Q(points=F("balance")) & Q(owed=F("debt"))).order_by("pk").iterator(chunk_size=1000):
        yield Finding(
            f"points of account {account.pk}: balance {account.balance} and debt {account.debt}, entries come to "
            f"{account.points} and {account.owed}"
        )
