"""Pages of settings that are made of declarations, and the list of all pages beside each of them."""

from functools import partial
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.forms.business import GeneralForm, LegalForm
from backoffice.forms.loyalty import LoyaltyForm
from backoffice.forms.paper import PaperForm
from backoffice.forms.settings import SettingsForm
from pos.documents import sample_context
from smartpos.access.guards import office
from smartpos.access.modules import section_on
from smartpos.access.permissions import allowed
from smartpos.access.services.settings import may_change
from smartpos.access.settings import Level, Tab, known_settings, known_tabs, tab_of
from smartpos.clock import now
from smartpos.people.models import Employee, Store
from smartpos.people.services import accounts
from smartpos.web.middleware import LANGUAGE_COOKIE
from smartpos.web.pages import OfficeRequest, render, wants_fragment
from smartpos.web.stores import ALL, shown_store

# Groups of pages in their order, by the hundreds of the positions.
GROUPS = {0: _("Business"), 1: _("Selling"), 2: _("Catalogue"), 3: _("Stock"), 4: _("Access")}

# Pages that hold more than declared settings.
FORMS: dict[str, type[SettingsForm]] = {
    "general": GeneralForm,
    "legal": LegalForm,
    "receipt": PaperForm,
    "loyalty": LoyaltyForm,
}


@require_GET
@office("settings.manage")
def settings_home(request: OfficeRequest) -> HttpResponse:
    """On a wide screen the first page, on a narrow one the list."""
    return render(request, "backoffice/settings/home.html", {"groups": pages_for(request.employee, "")})


@require_http_methods(["GET", "POST"])
@office("settings.manage")
def settings_page(request: OfficeRequest, tab: str) -> HttpResponse:
    """One page of settings for all stores or for one; saved whole or not at all."""
    found = tab_of(tab)
    if found is None:
        raise Http404
    if found.url:
        return redirect(found.url)
    store = chosen_store(request, found)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    make = partial(FORMS.get(tab, SettingsForm), found, business_id=request.business.pk, store=store)
    form = make(data=given[0], files=given[1])
    saved = form.attempt(lambda: form.save(by=request.employee, at=now())) if request.method == "POST" else None
    if saved is not None and "language" in saved:
        return _in_new_language(request)
    if saved is not None:
        form = make()
    context = {**page_context(request, found, store), "form": form, "saved": saved is not None}
    return render(
        request, "backoffice/settings/page.html", context, fragment="backoffice/settings/_form.html", status=form.status
    )


@require_POST
@office("settings.manage")
def receipt_preview(request: OfficeRequest) -> HttpResponse:
    """A sample receipt with what stands in the form, saved or not (SET-09)."""
    tab, store = tab_of("receipt"), shown_store(request) or next(iter(request.stores), None)
    if tab is None or store is None:
        raise Http404
    form = PaperForm(tab, business_id=request.business.pk, store=None, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return render(request, "components/_problems.html", {"form": form}, status=422)
    return render(
        request, "backoffice/settings/_preview.html", sample_context(request.business, store, form.look(store), at=now())
    )


def _in_new_language(request: OfficeRequest) -> HttpResponse:
    """Load everything anew: whoever chose the language for all wants to see it, whatever they had chosen for themselves."""
    accounts.set_own_language(request.employee.user, request.employee, language="")
    response = HttpResponse(headers={"HX-Refresh": "true"}) if wants_fragment(request) else redirect(request.path)
    response.delete_cookie(LANGUAGE_COOKIE)
    return response


def chosen_store(request: OfficeRequest, tab: Tab) -> Store | None:
    """The store of the bar's filter, where the page has settings that a store may have of its own; None is the organisation."""
    by_store = any(Level.STORE in s.levels for s in known_settings(tab.code))
    return shown_store(request) if by_store else None


def page_context(request: OfficeRequest, tab: Tab, store: Store | None) -> dict[str, Any]:
    """What stands around the form of a page; its address names the level, so that the bar's filter may move on meanwhile."""
    return {
        "tab": tab, "store": store, "groups": pages_for(request.employee, tab.code),
        "by_store": any(Level.STORE in s.levels for s in known_settings(tab.code)),
        "action": f"{request.path}?store={store.uuid if store else ALL}", "may": may_change(request.employee, store),
    }  # fmt: skip


def pages_for(employee: Employee, current: str) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The pages that a person may open, by group, each with the words it is found by."""
    tabs = [tab for tab in known_tabs() if allowed(employee, tab.permission) and section_on(tab.permission)]
    grouped = groupby(tabs, key=lambda tab: tab.position // 100)
    return [(GROUPS[number], [_line(tab, current) for tab in found]) for number, found in grouped]


def _line(tab: Tab, current: str) -> dict[str, Any]:
    address = reverse(tab.url) if tab.url else reverse("office-settings-page", args=[tab.code])
    words = [tab.label, tab.words, *(part for s in known_settings(tab.code) for part in (s.label, s.help))]
    words += [part for section in tab.sections for part in (section.label, section.help)]
    return {"tab": tab, "address": address, "current": tab.code == current, "words": " ".join(map(str, words)).lower()}
