"""What is owed to owners of goods and to couriers, and what of it happened in a shift (INV-20, INV-21, INV-24, INV-25)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value

from inventory.folding import searchable
from pos.models import CashKind, CashMovement, EntrustedEntry, EntrustedKind, Party, PartyKind
from smartpos.audit.checks import Finding
from smartpos.people.models import Store

NOUGHT = Decimal(0)
# As what coins move where an entry was cash.
CASH_KINDS = {
    EntrustedKind.SALE: CashKind.CONSIGNED, EntrustedKind.PAYOUT: CashKind.PAYOUT,
    EntrustedKind.COD: CashKind.COD, EntrustedKind.COLLECTED: CashKind.COLLECTED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntrustedSum:
    """Entries of a kind and way of payment."""

    kind: str
    method: str
    count: int
    amount: Decimal
    packages: int


def entries() -> "QuerySet[Any]":
    """Every entry, with what a row shows."""
    return EntrustedEntry.objects.select_related("party", "store", "terminal", "shift", "employee")


def parties(stores: Collection[Store]) -> "QuerySet[Any]":
    """Everybody to whom money may be owed. What these stores owe stands in `owed_0`, `owed_1` … in the order of `currencies`, which
    the row carries; `last` is when something last happened.
    """
    own = EntrustedEntry.objects.filter(party=OuterRef("pk"), store__in=stores)
    currencies = sorted({store.currency for store in stores})
    found: QuerySet[Any] = Party.objects.annotate(
        last=Subquery(own.order_by("-occurred_at").values("occurred_at")[:1]),
        currencies=Value(" ".join(currencies), output_field=TextField()),
    )
    for place, currency in enumerate(currencies):
        sums = own.filter(currency=currency).order_by().values("party").annotate(sum=Sum("due")).values("sum")
        found = found.annotate(**{f"owed_{place}": Subquery(sums)})
    return found


def owed_to(party: Any) -> list[tuple[str, Decimal]]:
    """Of a row of `parties`: each currency in which something is owed, and how much."""
    sums = [(currency, getattr(party, f"owed_{place}")) for place, currency in enumerate(party.currencies.split())]
    return [(currency, sum_) for currency, sum_ in sums if sum_]


def known_party(kind: str, uuid: UUID, name: str) -> Party | None:
    """Who is meant at a till: by id, else by name. Two tills with no network may have entered one courier twice: the first stays."""
    rows = Party.objects.filter(kind=kind)
    return rows.filter(uuid=uuid).first() or rows.filter(folded=searchable(" ".join(name.split()))).first()


def owed(party: Party, *, currency: str, store: Store | None = None) -> Decimal:
    """What is owed to somebody in a currency, by one store or by all."""
    rows = EntrustedEntry.objects.filter(party=party, currency=currency)
    rows = rows.filter(store=store) if store is not None else rows
    return rows.aggregate(sum=Sum("due"))["sum"] or NOUGHT


def owed_at(store: Store) -> list[tuple[Party, Decimal]]:
    """Who is in use, and what is owed to them as a till of this store pays it: an owner by the whole business, a courier by the store.

    Two statements.
    """
    rows = EntrustedEntry.objects.filter(currency=store.currency).order_by()
    wanted = rows.filter(Q(party__kind=PartyKind.OWNER) | Q(store=store))
    sums = dict(wanted.values_list("party").annotate(Sum("due")))
    return [(party, sums.get(party.pk, NOUGHT)) for party in Party.objects.filter(active=True).order_by("folded")]


def owed_by_store(party: Party, stores: Collection[Store]) -> list[tuple[str, str, Decimal]]:
    """Store, currency and sum, where there is any."""
    rows = EntrustedEntry.objects.filter(party=party, store__in=stores).order_by("store__name", "currency")
    found = rows.values_list("store__name", "currency").annotate(Sum("due"))
    return [(name, currency, sum_) for name, currency, sum_ in found if sum_]


def coins() -> Iterator[Finding]:
    """Each entry that was cash against the movement with its id, and each such movement against its entry."""
    kinds = {str(kind): str(cash) for kind, cash in CASH_KINDS.items()}
    moved = CashMovement.everywhere.filter(uuid=OuterRef("uuid"))
    cash = EntrustedEntry.everywhere.filter(method="cash", amount__gt=0).annotate(
        moved=Subquery(moved.values("amount")[:1]), as_kind=Subquery(moved.values("kind")[:1])
    )  # fmt: skip
    for entry in cash.order_by("pk").iterator(chunk_size=1000):
        if (entry.moved, entry.as_kind) != (entry.amount, kinds.get(entry.kind)):
            yield Finding(f"entry {entry.uuid} of {entry.amount}: the drawer moved {entry.moved} as {entry.as_kind}")
    alone = CashMovement.everywhere.filter(kind__in=kinds.values()).exclude(uuid__in=EntrustedEntry.everywhere.values("uuid"))
    for movement in alone.order_by("pk").iterator(chunk_size=1000):
        yield Finding(f"movement {movement.uuid} of {movement.amount} stands in nobody's account")


def sums_of(rows: "QuerySet[Any]") -> list[EntrustedSum]:
    """What entries come to, by kind and way of payment."""
    found: Iterable[Any] = (
        rows.order_by("kind", "method").values_list("kind", "method").annotate(Count("pk"), Sum("amount"), Sum("packages"))
    )
    return [EntrustedSum(kind, method, count, amount, packages) for kind, method, count, amount, packages in found]
