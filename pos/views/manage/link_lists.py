"""The list of payment links."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pos.models import LinkState
from smartpos.web.lists import Choice, Column, Empty, OfficeList, Search, own_page
from smartpos.web.templatetags.smartpos import amount


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By address, customer or employee."""
    return rows.filter(
        Q(email__icontains=text) | Q(order__customer__name__icontains=text) | Q(order__employee__name__icontains=text)
    )


def stray_ones(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """With money to give back, or without."""
    return rows.filter(stray=value == "yes")


LINKS = OfficeList(
    code="pos.links",
    title=_("Online payments"),
    order="-made",
    store="store",
    address=own_page("office-link"),
    export="sales.export",
    columns=(
        Column(code="made", label=_("Made"), value=lambda r: r.created_at.astimezone(r.store.zone), sort="created_at"),
        Column(
            code="state", label=_("State"), value=lambda r: r.get_state_display(), template="pos/manage/_link_state.html",
            sort="state",
        ),
        Column(code="email", label=_("E-mail"), value=lambda r: r.email or None),
        Column(code="customer", label=_("Customer"), value=lambda r: r.order.customer.name if r.order.customer else None),
        Column(code="employee", label=_("Employee"), value=lambda r: r.order.employee.name if r.order.employee else None),
        Column(code="gateway", label=_("Gateway"), value=lambda r: r.gateway, sort="gateway"),
        Column(code="store", label=_("Store"), value=lambda r: r.store.name, sort="store__name"),
        Column(code="until", label=_("Holds until"), value=lambda r: r.expires_at.astimezone(r.store.zone), sort="expires_at"),
        Column(code="stray", label=_("To give back"), value=lambda r: gettext("yes") if r.stray else None, shown=False),
        Column(
            code="total", label=_("Amount"), value=lambda r: r.amount, sort="amount", number=True,
            show=lambda r: amount(r.amount, r.currency),
        ),
        Column(code="currency", label=_("Currency"), value=lambda r: r.currency, shown=False),
    ),
    filters=(
        Search(label=_("E-mail, customer or employee"), where=by_words),
        Choice(code="state", label=_("State"), options=LinkState.choices, where="state"),
        Choice(code="stray", label=_("To give back"), options=(("yes", _("Yes")), ("no", _("No"))), where=stray_ones),
    ),
    empty=Empty(
        picture="link", title=_("No payment link yet"),
        sentence=_("A sale that a customer pays online, by a link in a mail, stands here with everything that happened to it."),
    ),
)  # fmt: skip
