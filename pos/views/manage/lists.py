"""The list of receipts."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pos.models import PaymentMethod, Receipt, ReceiptKind
from pos.selectors.customers import buyer
from pos.selectors.sales import paid_with
from pos.views.receipts import LABEL
from smartpos.people.models import Employee
from smartpos.web.lists import Choice, Column, Dates, Empty, OfficeList, Search, own_page
from smartpos.web.pages import OfficeRequest
from smartpos.web.stores import shown_stores
from smartpos.web.templatetags.smartpos import amount


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Receipts of that number (with or without the series), or sold by somebody of that name."""
    match = LABEL.fullmatch(text.upper())
    if match is not None:
        return rows.filter(series=match[1], number=int(match[2]))
    named = Q(employee__name__icontains=text)
    return (
        rows.filter(named | Q(number=int(text))) if text.isascii() and text.isdigit() and len(text) < 19 else rows.filter(named)
    )


def cashiers(request: OfficeRequest) -> list[tuple[str, str]]:
    """Everybody who works or worked in the shown stores."""
    people = Employee.objects.filter(store_links__store__in=shown_stores(request)) | Employee.objects.filter(role="owner")
    return [(str(person.uuid), person.name) for person in people.distinct().order_by("name", "pk")]


def marked(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Receipts that came late, or that something is noted on."""
    return rows.filter(late=True) if value == "late" else rows.exclude(marks="[]")


def clock(receipt: Receipt) -> datetime:
    """When it was, by the store's clock."""
    return receipt.occurred_at.astimezone(ZoneInfo(receipt.store.time_zone))


def customer_name(receipt: Receipt) -> str | None:
    """Whose it is."""
    customer = buyer(receipt)
    return customer.name if customer else None


RECEIPTS = OfficeList(
    code="pos.receipts",
    title=_("Receipts"),
    order="-time",
    store="store",
    address=own_page("office-sale"),
    export="sales.export",
    above="pos/manage/_sums.html",
    columns=(
        Column(code="number", label=_("Number"), value=lambda r: r.label),
        Column(code="time", label=_("Time"), value=clock, sort="occurred_at"),
        Column(
            code="kind", label=_("Kind"), value=lambda r: r.get_kind_display(), template="pos/manage/_kind.html", sort="kind"
        ),
        Column(code="store", label=_("Store"), value=lambda r: r.store.name, sort="store__name"),
        Column(code="terminal", label=_("Terminal"), value=lambda r: r.terminal.name, shown=False),
        Column(
            code="employee", label=_("Employee"), value=lambda r: r.employee.name if r.employee else None, sort="employee__name"
        ),
        Column(code="customer", label=_("Customer"), value=customer_name, shown=False),
        Column(code="day", label=_("Business day"), value=lambda r: r.business_date, sort="business_date", shown=False),
        Column(
            code="discount", label=_("Discount"), value=lambda r: r.discount, sort="discount", number=True, shown=False,
            show=lambda r: amount(r.discount, r.currency),
        ),
        Column(
            code="tax", label=_("Tax"), value=lambda r: r.tax, sort="tax", number=True, shown=False,
            show=lambda r: amount(r.tax, r.currency),
        ),
        Column(
            code="total", label=_("Total"), value=lambda r: r.total, sort="total", number=True,
            show=lambda r: amount(r.total, r.currency),
        ),
        Column(code="currency", label=_("Currency"), value=lambda r: r.currency, shown=False),
    ),
    filters=(
        Search(label=_("Number or employee"), where=by_words),
        Dates(field="business_date", label=_("Business days")),
        Choice(code="kind", label=_("Kind"), options=ReceiptKind.choices, where="kind"),
        Choice(
            code="tender", label=_("Paid with"), options=PaymentMethod.choices,
            where=paid_with,
        ),
        Choice(code="employee", label=_("Employee"), options=cashiers, where="employee__uuid"),
        Choice(
            code="noted", label=_("Noted"), where=marked, options=(("late", _("came late")), ("marked", _("differs"))),
        ),
    ),
    empty=Empty(
        picture="receipt-text", title=_("No receipts yet"),
        sentence=_("Whatever is sold or refunded at the till stands here a moment later."),
    ),
)  # fmt: skip
