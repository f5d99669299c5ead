"""The bonus in the Backoffice: everybody's month, the rule, one person's month with its payout (EMP-09 to EMP-13)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pos.forms.bonus import PayForm, RuleForm, UndoForm, starts, values_of
from pos.models import BonusPayout
from pos.selectors import bonus as selector
from pos.selectors import team
from pos.services import bonus as service
from pos.tiers import plain
from pos.views.manage.files import csv_file
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.access.services.settings import may_change
from smartpos.clock import business_day, now
from smartpos.errors import Conflict, NotAllowed
from smartpos.ids import uuid7
from smartpos.people.models import Employee, Role
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import shown_store

EXPORT = "bonus.export"


def _today(request: OfficeRequest) -> date:
    return max((business_day(now(), store.zone, store.cutoff_minutes) for store in request.stores), default=now().date())


def _asked(request: OfficeRequest) -> tuple[date, str, list[str]]:
    """The month and the currency of the address, and the currencies that there are."""
    known = selector.currencies() or ["BAM"]
    asked = request.GET.get("currency", "")
    return team.month_of(request.GET.get("month", ""), _today(request)), asked if asked in known else known[0], known


def _people(request: OfficeRequest, month: date) -> list[Employee]:
    found = team.earners(request.employee, request.stores, month, selector.month_end(month), only=shown_store(request))
    return list(found)


@require_GET
@office("bonus.view")
def bonus_grid(request: OfficeRequest) -> HttpResponse:
    """All employees: sales with the way to the threshold, shifts, rate, bonus, checklists, and whether it is paid."""
    month, currency, known = _asked(request)
    people = _people(request, month)
    rows = selector.months(people, month, currency) if people else []
    if request.GET.get("export") == "csv":
        return _file(request, rows, month, currency)
    today = _today(request)
    rule = selector.rule_of(month, currency)
    context = {
        "rows": rows, "month": month, "currency": currency, "currencies": known, "months": team.recent(today, month), "rule": rule,
        "before": team.before(month), "after": team.after(month) if team.after(month) <= today else None,
        "season": selector.season_of(rule, month), "over": selector.is_over(month, currency, now()),
        "may_rule": allowed(request.employee, "bonus.manage"), "may_export": allowed(request.employee, EXPORT),
        "total": sum((row.bonus for row in rows), selector.NOUGHT),
    }  # fmt: skip
    return render(request, "pos/manage/bonus.html", context)


def _file(request: OfficeRequest, rows: list[selector.Month], month: date, currency: str) -> HttpResponse:
    if not allowed(request.employee, EXPORT):
        raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))
    heads = (
        _("Full name"), _("Month"), _("Currency"), _("Sales"), _("Threshold"), _("Shifts"), _("Rate"), _("Bonus"),
        _("Checklists"), _("Checklists needed"), _("Paid on"),
    )  # fmt: skip
    lines = (
        (
            row.employee.name, f"{month:%Y-%m}", currency, plain(row.sales), "" if row.target is None else plain(row.target),
            row.shifts, plain(row.percent), plain(row.bonus), row.done, row.needed, row.payout.paid_on if row.payout else "",
        )
        for row in rows
    )  # fmt: skip
    return csv_file("bonus", heads, lines, query={"month": f"{month:%Y-%m}", "currency": currency})


@require_http_methods(["GET", "POST"])
@office("bonus.manage")
def bonus_rule(request: OfficeRequest) -> HttpResponse:
    """What holds from a month on."""
    month, currency, known = _asked(request)
    shared: dict[str, Any] = {"currency": currency, "months": sorted({*starts(_today(request)), month})}
    if request.method == "POST":
        form = RuleForm(request.POST, **shared)
        if form.attempt(lambda: _set(request, form)) is not None:
            say(request, _("The bonus is saved."))
            return redirect(f"{reverse('office-bonus')}?month={month:%Y-%m}&currency={currency}")
    else:
        form = RuleForm(initial=values_of(selector.latest_rule(month, currency), month), **shared)
    context = {
        "form": form,
        "currency": currency,
        "currencies": known,
        "month": month,
        "changed": form.refused == Conflict.status,
    }
    return render(request, "pos/manage/bonus_rule.html", context, status=form.status)


def _set(request: OfficeRequest, form: RuleForm) -> Any:
    if not may_change(request.employee, None):
        raise NotAllowed(_("The bonus holds for every store: it is set by somebody who works in all of them."))
    return service.set_rule(form.given(), version=form.cleaned_data["version"], by=request.employee, at=now())


def _person(request: OfficeRequest, uuid: UUID, month: date) -> Employee:
    found = next((person for person in _all_people(request, month) if person.uuid == uuid), None)
    if found is None:
        raise Http404
    return found


def _all_people(request: OfficeRequest, month: date) -> list[Employee]:
    return list(team.earners(request.employee, request.stores, month, selector.month_end(month)))


@require_GET
@office("bonus.view")
def bonus_person(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """One person's month."""
    month, currency, _known = _asked(request)
    return _page(request, _person(request, employee, month), month, currency)


@require_POST
@office("bonus.pay")
def bonus_pay(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """Mark it paid: the month is frozen."""
    month, currency, _known = _asked(request)
    person, form = _person(request, employee, month), PayForm(request.POST)
    if form.attempt(lambda: _pay(request, person, month, currency, form)) is None:
        return _page(request, person, month, currency, pay=form)
    say(request, _("The bonus of %(name)s is marked as paid.") % {"name": person.name})
    return redirect(_address(person, month, currency))


@require_POST
@office("bonus.pay")
def bonus_undo(request: OfficeRequest, payout: UUID) -> HttpResponse:
    """Take a payout back."""
    paid = BonusPayout.objects.select_related("employee").filter(uuid=payout).first()
    if paid is None:
        raise Http404
    person, form = _person(request, paid.employee.uuid, paid.month), UndoForm(request.POST)
    if form.attempt(lambda: _undo(request, paid, form)) is None:
        return _page(request, person, paid.month, paid.currency, undo=form)
    say(request, _("The payout is taken back: the month is open again."))
    return redirect(_address(person, paid.month, paid.currency))


def _pay(request: OfficeRequest, person: Employee, month: date, currency: str, form: PayForm) -> BonusPayout:
    data = form.cleaned_data
    return service.pay(
        person, month, currency, uuid=data["uuid"], shown=data["shown"], paid_on=data["paid_on"], by=request.employee, at=now()
    )


def _undo(request: OfficeRequest, paid: BonusPayout, form: UndoForm) -> bool:
    service.undo(paid, reason=form.cleaned_data["reason"], by=request.employee, at=now())
    return True


def _address(person: Employee, month: date, currency: str) -> str:
    return f"{reverse('office-bonus-person', args=[person.uuid])}?month={month:%Y-%m}&currency={currency}"


def _page(
    request: OfficeRequest, person: Employee, month: date, currency: str, *, pay: PayForm | None = None,
    undo: UndoForm | None = None,
) -> HttpResponse:  # fmt: skip
    row, over = selector.of_person(person, month, currency), selector.is_over(month, currency, now())
    own = person.pk == request.employee.pk and request.employee.role != Role.OWNER
    may = allowed(request.employee, "bonus.pay") and not own
    initial = {"uuid": uuid7(), "shown": plain(row.bonus), "paid_on": _today(request)}
    context = {
        "row": row, "person": person, "month": month, "currency": currency, "over": over, "own": own,
        "history": BonusPayout.objects.filter(employee=person, currency=currency)
        .select_related("paid_by", "undo__undone_by")
        .order_by("-month", "-turn"),
        "pay": (pay or PayForm(initial=initial)) if may and over and row.payout is None and row.bonus > 0 else None,
        "undo": (undo or UndoForm()) if may and row.payout is not None else None,
        "refused": pay if pay is not None and row.payout is not None else None,
    }  # fmt: skip
    wrong = pay or undo
    return render(request, "pos/manage/bonus_person.html", context, status=wrong.status if wrong else 200)
