"""The loyalty log, and one customer's part of it (LOY-11)."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inventory.folding import search_words
from pos.models import PointsEntry, PointsKind
from pos.views.manage import parts
from pos.views.receipts import LABEL
from smartpos.web.lists import Choice, Column, Dates, Empty, OfficeList, Search


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Entries of a receipt's number, or of customers in whom every word occurs."""
    match = LABEL.fullmatch(text.upper())
    if match is not None:
        return rows.filter(receipt__series=match[1], receipt__number=int(match[2]))
    for word in search_words(text):
        rows = rows.filter(Q(holder__customer__folded__contains=word) | Q(holder__customer__merged_into__folded__contains=word))
    return rows


def clock(entry: Any) -> datetime:
    """When it was: by the store's clock, else by that of whoever looks."""
    return entry.at.astimezone(ZoneInfo(entry.store.time_zone if entry.store else entry.zone))  # type: ignore[no-any-return]


def customer_of(entry: PointsEntry) -> str | None:
    """Whose points they are now; nobody's where the person was erased."""
    customer = entry.holder.customer
    return (customer.merged_into or customer).name or None


def address_of(entry: PointsEntry) -> str:
    """The customer's points; of somebody erased there is only the log."""
    customer = entry.holder.customer.merged_into or entry.holder.customer
    return reverse("office-customer-points", args=[customer.uuid]) if customer.is_living else reverse("office-loyalty")


TIME = Column(code="time", label=_("Time"), value=clock, sort="at")
REST = (
    Column(code="kind", label=_("Type"), value=lambda e: e.get_kind_display(), sort="kind"),
    Column(code="points", label=_("Points"), value=lambda e: e.moved, number=True),
    Column(code="balance", label=_("Balance after"), value=lambda e: e.balance, number=True),
    Column(code="debt", label=_("Owed after"), value=lambda e: e.debt or None, number=True),
    parts.label("receipt", _("Receipt"), lambda entry: entry.receipt),
    replace(parts.STORE, sort="", shown=False),
    parts.EMPLOYEE,
    Column(code="reason", label=_("Reason"), value=lambda e: e.reason),
)
FILTERS = (
    Dates(field="at", label=_("Days"), moment=True),
    Choice(code="kind", label=_("Type"), options=PointsKind.choices, where="kind"),
    parts.of_employee(),
)

LOYALTY_LOG = OfficeList(
    code="pos.loyalty",
    title=_("Loyalty log"),
    order="-time",
    key="id",
    address=address_of,
    export="customer.export",
    above="pos/manage/_programme.html",
    columns=(Column(code="customer", label=_("Customer"), value=customer_of), TIME, *REST),
    filters=(Search(label=_("Customer or receipt"), where=by_words), *FILTERS),
    empty=Empty(
        picture="gift", title=_("No points yet"),
        sentence=_("Points stand here once a customer of the programme was on a paid cart. It is switched on under Settings, Loyalty."),
    ),
)  # fmt: skip

POINTS = OfficeList(
    code="pos.points",
    title=_("Points"),
    order="-time",
    key="id",
    export="customer.export",
    above="pos/manage/_points.html",
    columns=(TIME, *REST),
    filters=FILTERS,
    empty=Empty(picture="gift", title=_("No points yet"), sentence=_("Whatever this customer earns or uses stands here.")),
)  # fmt: skip
