"""The lists of shifts, of cash that moved, and of Z reports."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pos.models import CashKind, Closed, Shift
from pos.views.manage import parts
from smartpos.web.lists import Choice, Column, Empty, OfficeList, Search, own_page


def _money(code: str, label: Any, value: Callable[[Any], Decimal | None]) -> Column:
    """An amount of a store's drawer, whose documents may be in nothing else."""
    return parts.money(code, label, value, currency=lambda row: row.store.currency)


def difference(shift: Shift) -> Decimal | None:
    """Counted less expected, where somebody counted."""
    if shift.counted is None or shift.expected is None or shift.not_counted:
        return None
    found: Decimal = shift.counted - shift.expected
    return found


def _state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(closed_at__isnull=True) if value == "open" else rows.filter(closed_how=value)


SHIFTS = OfficeList(
    code="pos.shifts",
    title=_("Shifts"),
    order="-opened",
    store="store",
    address=own_page("office-shift"),
    export="shifts.export",
    always=("store",),
    columns=(
        parts.time("opened_at", code="opened", label=_("Opened")),
        parts.time("closed_at", code="closed", label=_("Closed"), shown=False),
        Column(code="employee", label=_("Employee"), value=lambda s: s.opened_by.name, sort="opened_by__name"),
        replace(parts.STORE, shown=False),
        parts.PLACE,
        Column(
            code="state", label=_("State"), value=lambda s: s.get_closed_how_display(), template="pos/manage/_shift_state.html"
        ),
        parts.DAY,
        _money("float", _("Opening cash"), lambda s: s.opening_float),
        _money("expected", _("Expected"), lambda s: s.expected),
        _money("counted", _("Counted"), lambda s: None if s.not_counted else s.counted),
        _money("difference", _("Difference"), difference),
        Column(code="late", label=_("Late (minutes)"), value=lambda s: s.late_minutes or None, number=True, shown=False),
        Column(code="early", label=_("Early (minutes)"), value=lambda s: s.early_minutes or None, number=True, shown=False),
    ),
    filters=(
        Search(label=_("Employee"), where=lambda rows, text: rows.filter(opened_by__name__icontains=text)),
        parts.DAYS,
        Choice(
            code="state",
            label=_("State"),
            where=_state,
            options=(("open", _("Open")), *((how.value, how.label) for how in Closed if how.value)),
        ),
        parts.of_employee("opened_by"),
    ),
    empty=Empty(
        picture="clock", title=_("No shift yet"), sentence=_("A shift begins at the till, with the float in the drawer.")
    ),
)

CASH = OfficeList(
    code="pos.cash",
    title=_("Cash log"),
    back=("office-cash", _("Cash tracking")),
    order="-at",
    store="store",
    address=own_page("office-shift", "shift.uuid"),
    export="shifts.export",
    columns=(
        parts.time("occurred_at", code="at"),
        Column(code="kind", label=_("Kind"), value=lambda m: m.get_kind_display(), sort="kind"),
        Column(code="category", label=_("Category"), value=lambda m: m.category),
        Column(code="reason", label=_("Reason"), value=lambda m: m.reason),
        parts.STORE,
        parts.TERMINAL,
        parts.EMPLOYEE,
        Column(code="receiver", label=_("Received by"), value=lambda m: m.receiver.name if m.receiver else None),
        parts.money("amount", _("Amount"), lambda m: m.amount, sort="amount"),
        parts.money("drawer", _("In the drawer"), lambda m: m.drawer),
        parts.CURRENCY,
    ),
    filters=(
        Search(
            label=_("Reason or category"),
            where=lambda rows, text: rows.filter(reason__icontains=text) | rows.filter(category__icontains=text),
        ),
        parts.DAYS,
        Choice(code="kind", label=_("Kind"), options=CashKind.choices, where="kind"),
        parts.of_employee(),
    ),
    empty=Empty(
        picture="wallet",
        title=_("No cash has moved"),
        sentence=_("Cash in, cash out, handovers and expenses of every shift stand here."),
    ),
)

Z_REPORTS = OfficeList(
    code="pos.z-reports",
    title=_("Z reports"),
    order="-made",
    store="store",
    address=own_page("office-z-report"),
    export="shifts.export",
    columns=(
        Column(
            code="number", label=_("Number"), value=lambda z: z.number, show=lambda z: str(z.number), sort="number", number=True
        ),
        parts.time("made_at", code="made"),
        parts.STORE,
        Column(code="employee", label=_("Employee"), value=lambda z: z.made_by.name),
        _money("total", _("Total"), lambda z: Decimal(json.loads(z.figures)["total"])),
    ),
    filters=(parts.DAYS,),
    empty=Empty(
        picture="badge-check",
        title=_("No Z report yet"),
        sentence=_("A Z report closes a store's day. It is made at the till or under Cash tracking."),
    ),
)
