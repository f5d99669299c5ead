"""The lists of refunds and of requests for them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pos.models import ReceiptKind, RequestState
from pos.views.manage import parts
from pos.views.manage.lists import NOTED, RECEIPTS, by_words
from smartpos.web.lists import Choice, Column, Empty, OfficeList, Search, own_page
from smartpos.web.lists.declared import Link

OF_RECEIPTS = {column.code: column for column in RECEIPTS.columns}


def by_reason(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By the number of either document, the employee, or a word of the reason."""
    return rows.filter(Q(pk__in=by_words(rows, text).values("pk")) | Q(reason__icontains=text))


def of_original(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """With a receipt or without one."""
    return rows.filter(original__isnull=value == "none")


REFUNDS = OfficeList(
    code="pos.refunds",
    title=_("Refunds"),
    order="-time",
    store="store",
    address=own_page("office-sale"),
    export="refunds.export",
    above="pos/manage/_refund_sums.html",
    links=(Link(url="office-refund-requests", label=_("Requests"), icon="inbox", permission="refunds.view"),),
    columns=(
        OF_RECEIPTS["number"],
        OF_RECEIPTS["time"],
        OF_RECEIPTS["kind"],
        OF_RECEIPTS["store"],
        parts.label("original", _("Of receipt"), lambda receipt: receipt.original),
        Column(code="reason", label=_("Reason"), value=lambda r: r.reason, sort="reason"),
        OF_RECEIPTS["employee"],
        Column(
            code="damaged", label=_("Not back on the shelf"), value=lambda r: gettext("yes") if r.damaged else None, shown=False
        ),
        OF_RECEIPTS["day"],
        OF_RECEIPTS["total"],
        OF_RECEIPTS["currency"],
    ),
    filters=(
        Search(label=_("Number, employee or reason"), where=by_reason),
        parts.DAYS,
        Choice(
            code="kind", label=_("Kind"), where="kind",
            options=[(ReceiptKind.REFUND.value, ReceiptKind.REFUND.label), (ReceiptKind.VOID.value, ReceiptKind.VOID.label)],
        ),
        Choice(
            code="of", label=_("Receipt"), where=of_original, options=(("one", _("With receipt")), ("none", _("Without receipt"))),
        ),
        parts.of_employee(),
        NOTED,
    ),
    empty=Empty(
        picture="rotate-ccw", title=_("Nothing was given back yet"),
        sentence=_("Every refund and every voided receipt stands here, with its reason and who did it."),
    ),
)  # fmt: skip


def request_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By the employee, or a word of the reason."""
    return rows.filter(Q(asked_by__name__icontains=text) | Q(reason__icontains=text))


REQUESTS = OfficeList(
    code="pos.refund-requests",
    title=_("Requests for refunds"),
    order="-asked",
    store="store",
    address=own_page("office-refund-request"),
    export="refunds.export",
    back=("office-refunds", _("Refunds")),
    columns=(
        parts.label("original", _("Of receipt"), lambda request: request.original),
        parts.time("asked_at", code="asked", label=_("Asked")),
        parts.STORE,
        Column(code="employee", label=_("Employee"), value=lambda r: r.asked_by.name, sort="asked_by__name"),
        Column(code="reason", label=_("Reason"), value=lambda r: r.reason),
        Column(
            code="state", label=_("State"), value=lambda r: r.get_state_display(), template="pos/manage/_request_state.html",
            sort="state",
        ),
        Column(code="decided", label=_("Decided by"), value=lambda r: r.decided_by.name if r.decided_by else None),
        Column(code="note", label=_("Note"), value=lambda r: r.note, shown=False),
        Column(code="refund", label=_("Refund"), value=lambda r: r.refund.label if r.refund else None),
        parts.money("total", _("Amount"), lambda r: r.total, sort="total"),
        parts.CURRENCY,
    ),
    filters=(
        Search(label=_("Employee or reason"), where=request_words),
        Choice(code="state", label=_("State"), options=RequestState.choices, where="state"),
        parts.of_employee("asked_by"),
    ),
    empty=Empty(
        picture="inbox", title=_("Nobody has asked"),
        sentence=_("Where no manager is at hand, the till asks here whether a refund may be paid out."),
    ),
)  # fmt: skip
