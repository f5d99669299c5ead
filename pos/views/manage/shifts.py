"""Shifts in the Backoffice: the list, the report of one, closing it for somebody, correcting it."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pos.forms.shift import CloseForm, CorrectionForm
from pos.models import Shift
from pos.selectors import shift_report
from pos.selectors.shift_words import sections_of
from pos.services import shift_office
from pos.views.manage.shift_lists import SHIFTS
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import now
from smartpos.ids import uuid7
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say

LISTED = 200


@require_GET
@office("shifts.view")
def shift_list(request: OfficeRequest) -> HttpResponseBase:
    """Every shift, with its drawer."""
    return show(request, SHIFTS, shift_report.shifts())


def _shift(request: OfficeRequest, uuid: UUID) -> Shift:
    return get_object_or_404(shift_report.shifts().filter(store__in=request.stores), uuid=uuid)  # type: ignore[no-any-return]


@require_GET
@office("shifts.view")
def shift_detail(request: OfficeRequest, shift: UUID) -> HttpResponse:
    """The report: frozen figures, what came later, movements, receipts."""
    return _page(request, _shift(request, shift))


@require_POST
@office("shifts.close")
def shift_close(request: OfficeRequest, shift: UUID) -> HttpResponse:
    """Count the drawer for somebody who went."""
    found, form = _shift(request, shift), CloseForm(request.POST)
    if form.attempt(lambda: _close(request, found, form)) is None:
        return _page(request, found, close=form)
    say(request, _("The shift is closed. What its till still has to send comes as a supplement."))
    return redirect("office-shift", found.uuid)


@require_POST
@office("shifts.correct")
def shift_correct(request: OfficeRequest, shift: UUID) -> HttpResponse:
    """Add an entry beside the frozen figures."""
    found, form = _shift(request, shift), CorrectionForm(request.POST)
    if form.attempt(lambda: _correct(request, found, form)) is None:
        return _page(request, found, correction=form)
    say(request, _("The correction stands beside the report."))
    return redirect("office-shift", found.uuid)


def _close(request: OfficeRequest, found: Shift, form: CloseForm) -> Shift:
    given = form.cleaned_data
    return shift_office.close_in_office(
        found.uuid, by=request.employee, counted=given["counted"], reason=given["reason"], at=now()
    )


def _correct(request: OfficeRequest, found: Shift, form: CorrectionForm) -> object:
    given = form.cleaned_data
    amount = given["amount"] if given["sign"] == "more" else -given["amount"]
    return shift_office.correct(found, uuid=given["uuid"], by=request.employee, amount=amount, reason=given["reason"], at=now())


def _page(
    request: OfficeRequest, shift: Shift, *, close: CloseForm | None = None, correction: CorrectionForm | None = None
) -> HttpResponse:
    report = shift_report.report_of(shift)
    may_close, may_correct = (
        allowed(request.employee, code, shift.store_id) for code in (shift_office.CLOSE, shift_office.CORRECT)
    )
    context = {
        "shift": shift, "report": report, "sections": sections_of(report), "currency": shift.store.currency,
        "receipts": list(report.receipts[:LISTED]), "listed": LISTED,
        "close": (close or CloseForm()) if shift.is_open and may_close else None,
        "correction": (correction or CorrectionForm(initial={"uuid": uuid7()})) if not shift.is_open and may_correct else None,
    }  # fmt: skip
    wrong = close or correction
    return render(request, "pos/manage/shift.html", context, status=wrong.status if wrong else 200)
