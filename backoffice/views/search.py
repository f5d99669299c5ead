"""People, stores, devices and settings in the search of the Backoffice."""

from django.urls import reverse

from backoffice.selectors.staff import visible_staff
from smartpos.access.permissions import allowed
from smartpos.access.settings import known_settings, known_tabs
from smartpos.people.models import Device
from smartpos.web.pages import OfficeRequest
from smartpos.web.search import MOST, Hit, plain


def employees(request: OfficeRequest, text: str) -> list[Hit]:
    """People by name, those that this person may see."""
    found = visible_staff(request.employee).filter(name__icontains=text).order_by("-active", "name", "pk")[:MOST]
    return [Hit(p.name, reverse("office-employee", args=[p.uuid]), str(p.get_role_display())) for p in found]


def stores(request: OfficeRequest, text: str) -> list[Hit]:
    """Stores by name; the request knows them already."""
    wanted = plain(text)
    return [Hit(s.name, reverse("office-store", args=[s.uuid]), s.code) for s in request.stores if wanted in plain(s.name)]


def devices(request: OfficeRequest, text: str) -> list[Hit]:
    """Enrolled browsers by their name or their terminal's."""
    found = Device.objects.filter(store__in=request.stores).select_related("terminal", "store").order_by("name", "pk")
    named = found.filter(name__icontains=text) | found.filter(terminal__name__icontains=text)
    return [Hit(d.name, reverse("office-devices"), f"{d.terminal.name} · {d.store.name}") for d in named[:MOST]]


def settings(request: OfficeRequest, text: str) -> list[Hit]:
    """Pages of settings by their name, their words and what can be set on them."""
    wanted = plain(text)
    labels: dict[str, str] = {}
    for setting in known_settings():
        labels[setting.tab] = f"{labels.get(setting.tab, '')} {setting.label}"
    hits = []
    for tab in known_tabs():
        words = plain(f"{tab.label} {tab.words} {labels.get(tab.code, '')}")
        if wanted in words and allowed(request.employee, tab.permission):
            address = reverse(tab.url) if tab.url else reverse("office-settings-page", args=[tab.code])
            hits.append(Hit(str(tab.label), address))
    return hits
