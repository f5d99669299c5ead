"""The lists of owners and couriers, and of everything in their accounts."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inventory.folding import searchable
from pos.models import EntrustedKind, EntrustedMethod, PartyKind
from pos.selectors.entrusted import owed_to
from pos.views.manage import parts
from smartpos.web.lists import Choice, Column, Empty, Link, OfficeList, Search, own_page
from smartpos.web.templatetags.smartpos import amount


def _owed(party: Any) -> Decimal | str:
    """The sum, or the sums of several currencies as one text."""
    sums = owed_to(party)
    return sums[0][1] if len(sums) == 1 else ", ".join(f"{sum_} {currency}" for currency, sum_ in sums)


def _owed_shown(party: Any) -> object:
    sums = owed_to(party)
    if not sums:
        return None
    return format_html_join(", ", "{}", ((amount(sum_, currency),) for currency, sum_ in sums))


def _name(party: Any) -> object:
    if party.active:
        return party.name
    return format_html('{} <span class="badge">{}</span>', party.name, gettext("Archived"))


def _shown(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(active=value != "archived")


PARTIES = OfficeList(
    code="pos.parties",
    title=_("Owed to others"),
    order="name",
    address=own_page("office-entrusted-party"),
    export="entrusted.export",
    links=(
        Link(url="office-entrusted-log", label=_("Log"), icon="history", permission="entrusted.view"),
        Link(url="office-entrusted-new", label=_("Add"), icon="plus", permission="entrusted.manage", primary=True),
    ),
    columns=(
        Column(code="name", label=_("Name"), value=lambda p: p.name, show=_name, sort="folded"),
        Column(code="kind", label=_("Kind"), value=lambda p: p.get_kind_display(), sort="kind"),
        Column(code="note", label=_("Note"), value=lambda p: p.note or None, shown=False),
        Column(code="last", label=_("Last entry"), value=lambda p: p.last),
        Column(code="owed", label=_("Owed"), value=_owed, show=_owed_shown, number=True),
    ),
    filters=(
        Search(label=_("Name"), where=lambda rows, text: rows.filter(folded__contains=searchable(text))),
        Choice(code="kind", label=_("Kind"), options=PartyKind.choices, where="kind"),
        Choice(code="state", label=_("Show"), options=(("active", _("In use")), ("archived", _("Archived"))), where=_shown),
    ),
    empty=Empty(
        picture="package", title=_("Nothing is owed to anybody"),
        sentence=_("Goods that you sell for others, and parcels that your customers pay for, stand here with what you owe."),
        url="office-entrusted-new", button=_("Add an owner or courier"), permission="entrusted.manage",
    ),
)  # fmt: skip

ENTRIES = OfficeList(
    code="pos.entrusted",
    title=_("Log of what is owed"),
    back=("office-entrusted", _("Owed to others")),
    order="-at",
    store="store",
    address=own_page("office-entrusted-party", "party.uuid"),
    export="entrusted.export",
    columns=(
        parts.time("occurred_at", code="at"),
        Column(code="party", label=_("Owner or courier"), value=lambda e: e.party.name, sort="party__folded"),
        Column(code="kind", label=_("Kind"), value=lambda e: e.get_kind_display(), sort="kind"),
        Column(code="method", label=_("Payment"), value=lambda e: e.get_method_display(), sort="method"),
        Column(code="packages", label=_("Parcels"), value=lambda e: e.packages or None, number=True),
        Column(code="note", label=_("Note"), value=lambda e: e.note or None),
        parts.STORE,
        parts.TERMINAL,
        parts.EMPLOYEE,
        parts.money("amount", _("Amount"), lambda e: e.amount, sort="amount"),
        parts.money("due", _("Owed by it"), lambda e: e.due),
        parts.CURRENCY,
    ),
    filters=(
        Search(label=_("Owner or courier"), where=lambda rows, text: rows.filter(party__folded__contains=searchable(text))),
        parts.DAYS,
        Choice(code="kind", label=_("Kind"), options=EntrustedKind.choices, where="kind"),
        Choice(code="method", label=_("Payment"), options=EntrustedMethod.choices, where="method"),
        parts.of_employee(),
    ),
    empty=Empty(
        picture="package", title=_("Nothing has happened yet"),
        sentence=_("Commission sales and parcels are entered at the till, under «More»."),
    ),
)  # fmt: skip
