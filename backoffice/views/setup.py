"""The first-run wizard: four steps, each saved as it is left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from backoffice.forms import setup as forms
from backoffice.services import setup
from backoffice.views.entering import keep_language
from smartpos.access.currency import SYMBOLS
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.people.countries import country_codes, country_guess, currency_of
from smartpos.people.models import Business
from smartpos.taxes.countries import standard_tax
from smartpos.web.forms import OfficeForm
from smartpos.web.pages import OfficeRequest, render

Initial = Callable[[OfficeRequest], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its address, what stands above it, its form, what is in the form, and the service that saves it."""

    number: int
    url: str
    label: str | Promise
    title: str | Promise
    lead: str | Promise
    form: Callable[..., OfficeForm]
    initial: Initial
    save: Callable[..., None]


def _business(request: OfficeRequest) -> dict[str, Any]:
    there = request.business
    country = there.country or country_guess(request.headers.get("Accept-Language", ""), chosen=request.LANGUAGE_CODE)
    fields = {name: getattr(there, name) for name in ("name", "email", "phone", "address")}
    first = there.setup_step < setup.BASICS
    return {
        **fields, "country": country, "currency": there.currency or currency_of(country),
        "language": request.LANGUAGE_CODE if first else there.language,
    }  # fmt: skip


def _store(request: OfficeRequest) -> dict[str, Any]:
    store = setup.first_store()
    if store is not None:
        return {"name": store.name, "address": store.address, "mode": store.mode}
    return {"name": request.business.name, "address": request.business.address}


def _employee(request: OfficeRequest) -> dict[str, Any]:
    person = setup.first_employee() or request.employee
    return {"name": person.name, "role": person.role}


def _tax(request: OfficeRequest) -> dict[str, Any]:
    known = standard_tax(request.business.country)
    return {"rate": known.rate, "name": known.name, "inclusive": known.inclusive} if known else {"inclusive": True}


def _employee_form(*args: Any, **kwargs: Any) -> OfficeForm:
    return forms.EmployeeForm(*args, has_pin=setup.first_employee() is not None, **kwargs)


STEPS = (
    Step(
        setup.BASICS, "office-setup-business", _("Business"), _("Your business"),
        _("What stands on receipts, and how you reckon. All of it can be changed later."),
        forms.BusinessForm, _business, setup.set_basics,
    ),
    Step(
        setup.STORE, "office-setup-store", _("Store"), _("Your first store"),
        _("Where you sell, and what the till opens with. Further stores come later."),
        forms.StoreForm, _store, setup.set_store,
    ),
    Step(
        setup.EMPLOYEE, "office-setup-employee", _("Employee"), _("Who stands at the till first?"),
        _("At the till one signs in by PIN. With your own name and role it is you who gets it."),
        _employee_form, _employee, setup.set_employee,
    ),
    Step(
        setup.TAX, "office-setup-tax", _("Tax"), _("Which tax do you sell with?"),
        _("Each new product starts with this rate. Reduced rates and exemptions are added later."),
        forms.TaxForm, _tax, setup.set_tax,
    ),
)  # fmt: skip


@require_GET
@office("business.set_up", setting_up=True)
def begin(request: OfficeRequest) -> HttpResponse:
    """To the first step that is not done; when all are, to the Backoffice."""
    return _onward(request)


@require_http_methods(["GET", "POST"])
@office("business.set_up", setting_up=True)
def business_step(request: OfficeRequest) -> HttpResponse:
    """Step 1: who sells."""
    return _step(request, STEPS[0])


@require_http_methods(["GET", "POST"])
@office("business.set_up", setting_up=True)
def store_step(request: OfficeRequest) -> HttpResponse:
    """Step 2: where."""
    return _step(request, STEPS[1])


@require_http_methods(["GET", "POST"])
@office("business.set_up", setting_up=True)
def employee_step(request: OfficeRequest) -> HttpResponse:
    """Step 3: who stands at the till."""
    return _step(request, STEPS[2])


@require_http_methods(["GET", "POST"])
@office("business.set_up", setting_up=True)
def tax_step(request: OfficeRequest) -> HttpResponse:
    """Step 4: which tax."""
    return _step(request, STEPS[3])


def _step(request: OfficeRequest, step: Step) -> HttpResponse:
    business = request.business
    if business.is_set_up or business.setup_step < step.number - 1:
        return _onward(request)
    form = step.form(request.POST) if request.method == "POST" else step.form(initial=step.initial(request))
    if request.method == "POST" and form.attempt(lambda: _saved(request, step, form.cleaned_data)):
        business.refresh_from_db()
        return _next(request, step)
    context: Mapping[str, Any] = {
        "form": form,
        "step": step,
        "steps": STEPS,
        "done": business.setup_step,
        **_more(step, business),
    }
    return render(request, f"backoffice/setup/{step.url.removeprefix('office-setup-')}.html", context, status=form.status)


def _saved(request: OfficeRequest, step: Step, data: dict[str, Any]) -> bool:
    step.save(request.business, by=request.employee, at=now(), **data)
    return True


def _more(step: Step, business: Business) -> dict[str, Any]:
    """The currencies by country, which the browser fills in, and how they are written; whether the tax is filled in."""
    if step.number == setup.TAX:
        return {"known": standard_tax(business.country) is not None}
    if step.number != setup.BASICS:
        return {}
    return {"money": {code: currency_of(code) for code in sorted(country_codes())}, "symbols": SYMBOLS}


def _next(request: OfficeRequest, step: Step) -> HttpResponse:
    """After a step the one behind it, also when one went back; after the last the Backoffice, which says what to do first."""
    if request.business.is_set_up:
        return redirect("office-dashboard")
    response = redirect(STEPS[step.number].url)
    if step.number == setup.BASICS and request.business.language != request.LANGUAGE_CODE:
        keep_language(response, request.business.language)
    return response


def _onward(request: OfficeRequest) -> HttpResponse:
    done = request.business.setup_step
    return redirect("office-dashboard" if request.business.is_set_up else STEPS[done].url)
