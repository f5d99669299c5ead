"""Tax rates and groups: list, pages, planned changes, the calculator (FIN-09 to FIN-16)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.forms.taxes import CalculatorForm, ChangeForm, GroupForm, RateForm, initial_of
from backoffice.views.tax_list import address_of, percent_text, taxes
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import business_day, now
from smartpos.errors import DomainError
from smartpos.money import PRICE_PLACES, Currency, from_decimal, to_decimal
from smartpos.taxes import services
from smartpos.taxes.engine import profile_of, taxes_of
from smartpos.taxes.models import TaxKind, TaxProfile, TaxRate
from smartpos.taxes.selectors import rates_in, with_rates
from smartpos.taxes.services import RateTerms
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import shown_stores

# Two forms stand on a rate's page.
CHANGE = "change"


def today_of(request: OfficeRequest) -> date:
    """The business day of the shown store, or of the first one."""
    stores = shown_stores(request)
    return business_day(now(), stores[0].zone, stores[0].cutoff_minutes) if stores else now().date()


@require_GET
@office("tax.view")
def tax_list(request: OfficeRequest) -> HttpResponseBase:
    """What products can be given."""
    return show(request, taxes(today_of(request)), with_rates())


@require_http_methods(["GET", "POST"])
@office("tax.manage")
def rate_new(request: OfficeRequest) -> HttpResponse:
    """A new rate."""
    form = RateForm(request.POST) if request.method == "POST" else RateForm()
    made = form.attempt(
        lambda: services.create_rate(
            by=request.employee,
            rate=form.cleaned_data["percent"],
            default=form.cleaned_data["default"],
            at=now(),
            **form.terms(),
        )
    )
    if made:
        say(request, _("%(name)s is saved.") % {"name": made.name})
        return redirect("office-taxes")
    return render(request, "backoffice/taxes/rate.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@office("tax.view")
def rate_page(request: OfficeRequest, rate: UUID) -> HttpResponse:
    """A rate: how it is reckoned, what it was and will be, who carries it."""
    found = _rate(rate)
    if request.method == "GET":
        return _rate_page(request, found)
    _managed(request)
    form = _rate_form(found, request.POST)
    saved = form.attempt(
        lambda: services.update_rate(found, terms=RateTerms(**form.terms()), percent=form.cleaned_data["percent"], at=now())
    )
    if saved is None:
        return _rate_page(request, found, form=form)
    if form.cleaned_data.get("default"):
        services.set_default(saved.own_profile, at=now())
    say(request, _("%(name)s is saved.") % {"name": saved.name})
    return redirect("office-taxes")


@require_http_methods(["GET", "POST"])
@office("tax.manage")
def rate_changes(request: OfficeRequest, rate: UUID) -> HttpResponse:
    """Plan another percentage from a day on, or take a plan back; who loads the address again sees the rate's page."""
    found, today = _rate(rate), today_of(request)
    if request.method == "GET":
        return redirect("office-tax-rate", found.uuid)
    if "drop" in request.POST:
        return _drop_change(request, found, today)
    form = ChangeForm(request.POST, prefix=CHANGE)
    made = form.attempt(
        lambda: services.plan_change(
            found, percent=form.cleaned_data["percent"], valid_from=form.cleaned_data["valid_from"], today=today, at=now()
        )
    )
    if made is None:
        return _rate_page(request, found, change=form)
    say(request, _("The change of %(name)s is planned. Tills learn it now and use it from that day on.") % {"name": found.name})
    return redirect("office-tax-rate", found.uuid)


def _drop_change(request: OfficeRequest, rate: TaxRate, today: date) -> HttpResponse:
    change = next((c for c in rate.changes.all() if c.valid_from.isoformat() == request.POST["drop"]), None)
    if change is None:
        raise Http404
    try:
        services.drop_change(change, today=today, at=now())
    except DomainError as error:
        form = ChangeForm(prefix=CHANGE)
        form.refused = error.status
        return _rate_page(request, rate, change=form, refusal=error.message)
    say(request, _("The change is taken back."))
    return redirect("office-tax-rate", rate.uuid)


@require_http_methods(["GET", "POST"])
@office("tax.manage")
def group_new(request: OfficeRequest) -> HttpResponse:
    """A new tax group."""
    form = GroupForm(request.POST) if request.method == "POST" else GroupForm()
    made = form.attempt(
        lambda: services.create_profile(by=request.employee, name=form.cleaned_data["name"], rates=form.ordered(), at=now())
    )
    return _group_saved(request, form, made) if made else _group_page(request, None, form)


@require_http_methods(["GET", "POST"])
@office("tax.view")
def group_page(request: OfficeRequest, group: UUID) -> HttpResponse:
    """A tax group and its rates; a rate alone has a page of its own."""
    found = get_object_or_404(with_rates(), uuid=group)
    if found.only is not None:
        return redirect(address_of(found))
    chosen = [rate.uuid for rate in rates_in(found)]
    if request.method == "GET":
        return _group_page(request, found, GroupForm(initial={"name": found.name, "rates": chosen}, group=found))
    _managed(request)
    form = GroupForm(request.POST, group=found)
    saved = form.attempt(lambda: services.update_profile(found, name=form.cleaned_data["name"], rates=form.ordered(), at=now()))
    return _group_saved(request, form, saved) if saved else _group_page(request, found, form)


@require_POST
@office("tax.manage")
def make_default(request: OfficeRequest, tax: UUID) -> HttpResponse:
    """New products take this one from now on."""
    return _act(
        request, tax, lambda found: services.set_default(found, at=now()), _("%(name)s is the default for new products.")
    )


@require_POST
@office("tax.manage")
def tax_remove(request: OfficeRequest, tax: UUID) -> HttpResponse:
    """Archive what is used, delete what never was."""
    found = _profile(tax)
    try:
        archived = services.remove(found, at=now())
    except DomainError as error:
        say(request, str(error.message))
        return redirect(address_of(found))
    if archived:
        undo = reverse("office-tax-restore", args=[found.uuid])
        say(request, _("%(name)s is archived. What carries it keeps it.") % {"name": found.name}, undo=undo)
    else:
        say(request, _("%(name)s is deleted: nothing ever used it.") % {"name": found.name})
    return redirect("office-taxes")


@require_POST
@office("tax.manage")
def tax_restore(request: OfficeRequest, tax: UUID) -> HttpResponse:
    """Offer it again."""
    return _act(request, tax, lambda found: services.restore(found, at=now()), _("%(name)s is offered again."))


@require_GET
@office("tax.view")
def calculator(request: OfficeRequest) -> HttpResponse:
    """Each rate's amount of a price, by the engine of the till (FIN-14)."""
    stores = shown_stores(request)
    currency = Currency.of(stores[0].currency) if stores else Currency.of("EUR")
    given = request.GET if "amount" in request.GET else None
    form = CalculatorForm(given, places=currency.digits)
    context: dict[str, Any] = {"form": form, "currency": currency.code}
    if form.is_bound and form.is_valid():
        context["result"] = _reckoned(form, currency, today_of(request))
    fragment = "backoffice/taxes/_calculator.html"
    return render(request, "backoffice/taxes/calculator.html", context, fragment=fragment, status=form.status)


def _reckoned(form: CalculatorForm, currency: Currency, day: date) -> Mapping[str, Any]:
    profile = with_rates().get(pk=form.cleaned_data["tax"].pk)
    rates = {rate.code: rate for rate in rates_in(profile)}
    used = profile_of(rate.on(day) for rate in rates.values())
    taxed = taxes_of(used, from_decimal(form.cleaned_data["amount"], PRICE_PLACES), currency)
    lines = [
        {"rate": rates[rate.code], "percent": percent_text(rates[rate.code], day), "amount": to_decimal(tax, PRICE_PLACES)}
        for rate, tax in zip(used, taxed.taxes, strict=True)
    ]
    return {
        "amount": form.cleaned_data["amount"], "net": to_decimal(taxed.net, PRICE_PLACES), "lines": lines,
        "total": to_decimal(taxed.total, PRICE_PLACES),
    }  # fmt: skip


def _rate(uuid: UUID) -> TaxRate:
    found: TaxRate = get_object_or_404(TaxRate.objects.select_related("own_profile").prefetch_related("changes"), uuid=uuid)
    return found


def _profile(uuid: UUID) -> TaxProfile:
    found: TaxProfile = get_object_or_404(TaxProfile.objects.select_related("only"), uuid=uuid)
    return found


def _managed(request: OfficeRequest) -> None:
    """Seeing is one right, changing another."""
    if not allowed(request.employee, "tax.manage"):
        raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))


def _act(request: OfficeRequest, tax: UUID, act: Any, sentence: str) -> HttpResponse:
    found = _profile(tax)
    try:
        act(found)
    except DomainError as error:
        say(request, str(error.message))
    else:
        say(request, sentence % {"name": found.name})
    return redirect(address_of(found))


def _rate_form(rate: TaxRate, data: Any = None) -> RateForm:
    return RateForm(data, initial=initial_of(rate), rate=rate, sold=services.use_of(rate).sold)


def _rate_page(
    request: OfficeRequest, rate: TaxRate, *, form: RateForm | None = None, change: ChangeForm | None = None, refusal: str = ""
) -> HttpResponse:
    today = today_of(request)
    shown = form or _rate_form(rate)
    planned = change or ChangeForm(initial={"valid_from": today}, prefix=CHANGE)
    context = {
        "form": shown, "rate": rate, "tax": rate.own_profile, "change": planned, "refusal": refusal, "today": today,
        "percent": percent_text(rate, today), "dated": rate.dated, "may": allowed(request.employee, "tax.manage"),
        "use": services.use_of(rate), "groups": [p for p in services.profiles_of(rate) if p.only_id is None],
        "nil": rate.kind in {TaxKind.ZERO, TaxKind.EXEMPT},
    }  # fmt: skip
    return render(request, "backoffice/taxes/rate.html", context, status=max(shown.status, planned.status))


def _group_page(request: OfficeRequest, group: TaxProfile | None, form: GroupForm) -> HttpResponse:
    use = services.find_use([group]) if group else None
    context = {
        "form": form,
        "tax": group,
        "use": use,
        "may": allowed(request.employee, "tax.manage"),
        "today": today_of(request),
    }
    return render(request, "backoffice/taxes/group.html", context, status=form.status)


def _group_saved(request: OfficeRequest, form: GroupForm, group: TaxProfile) -> HttpResponse:
    if form.cleaned_data.get("default"):
        services.set_default(group, at=now())
    say(request, _("%(name)s is saved.") % {"name": group.name})
    return redirect("office-taxes")
