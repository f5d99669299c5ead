"""The list of receipts."""

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pos.models import PaymentMethod, Receipt, ReceiptKind
from pos.selectors.customers import buyer
from pos.selectors.sales import paid_with
from pos.views.manage import parts
from pos.views.receipts import LABEL
from smartpos.web.lists import Choice, Column, Empty, OfficeList, Search, own_page


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Receipts of that number (with or without the series), or sold by somebody of that name."""
    match = LABEL.fullmatch(text.upper())
    if match is not None:
        return rows.filter(series=match[1], number=int(match[2]))
    named = Q(employee__name__icontains=text)
    return (
        rows.filter(named | Q(number=int(text))) if text.isascii() and text.isdigit() and len(text) < 19 else rows.filter(named)
    )


def marked(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Receipts that came late, or that something is noted on."""
    return rows.filter(late=True) if value == "late" else rows.exclude(marks="[]")


def customer_name(receipt: Receipt) -> str | None:
    """Whose it is."""
    customer = buyer(receipt)
    return customer.name if customer else None


NOTED = Choice(code="noted", label=_("Noted"), where=marked, options=(("late", _("came late")), ("marked", _("differs"))))
RECEIPTS = OfficeList(
    code="pos.receipts",
    title=_("Receipts"),
    order="-time",
    store="store",
    address=own_page("office-sale"),
    export="sales.export",
    above="pos/manage/_sums.html",
    columns=(
        parts.label("number", _("Number"), lambda receipt: receipt),
        parts.time("occurred_at"),
        Column(
            code="kind", label=_("Kind"), value=lambda r: r.get_kind_display(), template="pos/manage/_kind.html", sort="kind"
        ),
        parts.STORE,
        parts.TERMINAL,
        replace(parts.EMPLOYEE, sort="employee__name"),
        Column(code="customer", label=_("Customer"), value=customer_name, shown=False),
        parts.DAY,
        parts.money("discount", _("Discount"), lambda r: r.discount, sort="discount", shown=False),
        parts.money("tax", _("Tax"), lambda r: r.tax, sort="tax", shown=False),
        parts.money("total", _("Total"), lambda r: r.total, sort="total"),
        parts.CURRENCY,
    ),
    filters=(
        Search(label=_("Number or employee"), where=by_words),
        parts.DAYS,
        Choice(code="kind", label=_("Kind"), options=ReceiptKind.choices, where="kind"),
        Choice(code="tender", label=_("Paid with"), options=PaymentMethod.choices, where=paid_with),
        parts.of_employee(),
        NOTED,
    ),
    empty=Empty(
        picture="receipt-text", title=_("No receipts yet"),
        sentence=_("Whatever is sold or refunded at the till stands here a moment later."),
    ),
)  # fmt: skip
