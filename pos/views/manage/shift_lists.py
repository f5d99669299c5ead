"""The lists of shifts, of cash that moved, and of Z reports."""

import json
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pos.models import CashKind, Closed, Shift
from pos.views.manage.lists import cashiers
from smartpos.web.lists import Choice, Column, Dates, Empty, OfficeList, Search, own_page
from smartpos.web.templatetags.smartpos import amount


def _at(row: Any, name: str) -> Any:
    moment = getattr(row, name)
    return moment.astimezone(ZoneInfo(row.store.time_zone)) if moment else None


def _money(name: str, label: Any, value: Any, *, sort: str = "", shown: bool = True) -> Column:
    def show(row: Any) -> str | None:
        found = value(row)
        return None if found is None else amount(found, row.store.currency)

    return Column(code=name, label=label, value=value, show=show, sort=sort, number=True, shown=shown)


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
    columns=(
        Column(code="opened", label=_("Opened"), value=lambda s: _at(s, "opened_at"), sort="opened_at"),
        Column(code="closed", label=_("Closed"), value=lambda s: _at(s, "closed_at"), sort="closed_at", shown=False),
        Column(code="employee", label=_("Employee"), value=lambda s: s.opened_by.name, sort="opened_by__name"),
        Column(code="store", label=_("Store"), value=lambda s: s.store.name, sort="store__name"),
        Column(code="terminal", label=_("Terminal"), value=lambda s: s.terminal.name),
        Column(
            code="state", label=_("State"), value=lambda s: s.get_closed_how_display(), template="pos/manage/_shift_state.html"
        ),
        Column(code="day", label=_("Business day"), value=lambda s: s.business_date, sort="business_date", shown=False),
        _money("float", _("Opening cash"), lambda s: s.opening_float),
        _money("expected", _("Expected"), lambda s: s.expected),
        _money("counted", _("Counted"), lambda s: None if s.not_counted else s.counted),
        _money("difference", _("Difference"), difference),
        Column(code="late", label=_("Late (minutes)"), value=lambda s: s.late_minutes or None, number=True, shown=False),
        Column(code="early", label=_("Early (minutes)"), value=lambda s: s.early_minutes or None, number=True, shown=False),
    ),
    filters=(
        Search(label=_("Employee"), where=lambda rows, text: rows.filter(opened_by__name__icontains=text)),
        Dates(field="business_date", label=_("Business days")),
        Choice(
            code="state",
            label=_("State"),
            where=_state,
            options=(("open", _("Open")), *((how.value, how.label) for how in Closed if how.value)),
        ),
        Choice(code="employee", label=_("Employee"), options=cashiers, where="opened_by__uuid"),
    ),
    empty=Empty(
        picture="clock", title=_("No shift yet"), sentence=_("A shift begins at the till, with the float in the drawer.")
    ),
)

CASH = OfficeList(
    code="pos.cash",
    title=_("Cash log"),
    order="-at",
    store="store",
    address=own_page("office-shift", "shift.uuid"),
    export="shifts.export",
    columns=(
        Column(code="at", label=_("Time"), value=lambda m: _at(m, "occurred_at"), sort="occurred_at"),
        Column(code="kind", label=_("Kind"), value=lambda m: m.get_kind_display(), sort="kind"),
        Column(code="category", label=_("Category"), value=lambda m: m.category),
        Column(code="reason", label=_("Reason"), value=lambda m: m.reason),
        Column(code="store", label=_("Store"), value=lambda m: m.store.name, sort="store__name"),
        Column(code="terminal", label=_("Terminal"), value=lambda m: m.terminal.name, shown=False),
        Column(code="employee", label=_("Employee"), value=lambda m: m.employee.name if m.employee else None),
        Column(code="receiver", label=_("Received by"), value=lambda m: m.receiver.name if m.receiver else None),
        Column(
            code="amount",
            label=_("Amount"),
            value=lambda m: m.amount,
            sort="amount",
            number=True,
            show=lambda m: amount(m.amount, m.currency),
        ),
        Column(
            code="drawer",
            label=_("In the drawer"),
            value=lambda m: m.drawer,
            number=True,
            show=lambda m: amount(m.drawer, m.currency),
        ),
        Column(code="currency", label=_("Currency"), value=lambda m: m.currency, shown=False),
    ),
    filters=(
        Search(
            label=_("Reason or category"),
            where=lambda rows, text: rows.filter(reason__icontains=text) | rows.filter(category__icontains=text),
        ),
        Dates(field="business_date", label=_("Business days")),
        Choice(code="kind", label=_("Kind"), options=CashKind.choices, where="kind"),
        Choice(code="employee", label=_("Employee"), options=cashiers, where="employee__uuid"),
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
        Column(code="number", label=_("Number"), value=lambda z: z.number, sort="number", number=True),
        Column(code="made", label=_("Time"), value=lambda z: _at(z, "made_at"), sort="made_at"),
        Column(code="store", label=_("Store"), value=lambda z: z.store.name, sort="store__name"),
        Column(code="employee", label=_("Employee"), value=lambda z: z.made_by.name),
        _money("total", _("Total"), lambda z: Decimal(json.loads(z.figures)["total"])),
    ),
    filters=(Dates(field="business_date", label=_("Business days")),),
    empty=Empty(
        picture="badge-check",
        title=_("No Z report yet"),
        sentence=_("A Z report closes a store's day. It is made at the till or under Cash tracking."),
    ),
)
