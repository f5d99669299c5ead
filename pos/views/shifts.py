"""The shift at the till: whether the same person has one open elsewhere, and its report."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pos.models import CashMovement, Receipt, Shift
from pos.selectors.shift_report import LISTED, Report, report_of, shifts
from pos.views.api import living_device, revoked
from pos.views.receipts import Money, actor_of
from smartpos.access.guards import till
from smartpos.access.permissions import allowed
from smartpos.access.settings import value
from smartpos.access.till import till_answer, till_error
from smartpos.people.models import Employee

QUICK = "report.quick"


@require_GET
@till
def shift_view(request: HttpRequest) -> HttpResponse:
    """The terminal at which `actor` has another shift open, if any (C-54)."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        actor = actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."), field="actor")
    others = Shift.objects.filter(opened_by=actor, closed_at__isnull=True).exclude(terminal=device.terminal_id)
    return till_answer({"elsewhere": others.values_list("terminal__name", flat=True).first() if actor else None})


@require_GET
@till
def report_view(request: HttpRequest, shift: UUID) -> HttpResponse:
    """The report of a shift of this store: for whoever opened or closed it, once it is closed, and for those who see reports."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        actor = actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."), field="actor")
    found = shifts().filter(uuid=shift, store=device.store_id).first()
    if found is None:
        return till_error(404, "not_found", _("There is no such shift."))
    if actor is not None and not _may_see(actor, found):
        return till_error(403, "not_allowed", _("Your role does not allow this. Ask a manager or the owner."))
    if found.is_open and value("shift.blind", store=device.store):
        return till_error(403, "blind", _("The drawer is counted blind: the report comes with the count."))
    return till_answer(told(report_of(found)))


def _may_see(actor: Employee, shift: Shift) -> bool:
    own = not shift.is_open and actor.pk in (shift.opened_by_id, shift.closed_by_id)
    return own or allowed(actor, QUICK, shift.store_id)


def told(report: Report) -> dict[str, Any]:
    """A report as tills read it (docs/terminal-protocol.md, 6)."""
    shift, money = report.shift, Money(report.shift.store.currency)

    def amount(sum_: Decimal | None) -> str | None:
        return None if sum_ is None else money(sum_)

    listed = list(report.receipts[: LISTED + 1])
    return {
        "shift": {
            "id": str(shift.uuid), "terminal": shift.terminal.name, "business_date": shift.business_date, "running": report.running,
            "opened_at": shift.opened_at, "opened_by": shift.opened_by.name, "opening_float": money(shift.opening_float),
            "opening_reason": shift.opening_reason, "opening_difference": amount(report.opening_difference),
            "late_minutes": shift.late_minutes, "late_reason": shift.late_reason, "closed_at": shift.closed_at,
            "closed_by": shift.closed_by.name if shift.closed_by else None, "closed_how": shift.closed_how,
            "early_minutes": shift.early_minutes, "early_reason": shift.early_reason, "expected": money(report.expected),
            "counted": amount(shift.counted), "difference": amount(report.difference), "difference_reason": shift.difference_reason,
        },
        "figures": report.figures,
        "supplement": None if report.supplement is None else report.supplement.frozen(money.currency),
        "movements": [_movement(movement, money) for movement in report.movements], "z_numbers": report.z_numbers,
        "parked": [{"kind": one.kind, "total": amount(one.total), "reason": one.reason} for one in report.parked],
        "receipts": [_receipt(receipt, money) for receipt in listed[:LISTED]], "more": len(listed) > LISTED,
    }  # fmt: skip


def _movement(movement: CashMovement, money: Money) -> dict[str, Any]:
    return {
        "kind": movement.kind, "category": movement.category, "expense": movement.expense, "amount": money(movement.amount),
        "reason": movement.reason, "at": movement.occurred_at, "late": movement.late,
        "employee": movement.employee.name if movement.employee else None,
        "receiver": movement.receiver.name if movement.receiver else None,
    }  # fmt: skip


def _receipt(receipt: Receipt, money: Money) -> dict[str, Any]:
    return {
        "label": receipt.label, "kind": receipt.kind, "at": receipt.occurred_at, "total": money(receipt.total), "late": receipt.late,
    }  # fmt: skip
