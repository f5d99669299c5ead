"""Stores: the list, a new one, and the tabs of each."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.forms.settings import SettingsForm
from backoffice.forms.stores import AssignForm, RegionalForm, StoreDetailsForm, StoreForm
from backoffice.selectors import stores as selector
from backoffice.views.store_lists import STORES, products_of
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.access.services.settings import may_change
from smartpos.access.settings import tab_of
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.models import Employee, PosMode, Role, Store
from smartpos.people.services import places
from smartpos.people.services.assignments import assign, unassign
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say


@require_GET
@office("store.view")
def store_list(request: OfficeRequest) -> HttpResponseBase:
    """The stores that this person may see."""
    return show(request, STORES, selector.stores(request.stores))


@require_http_methods(["GET", "POST"])
@office("store.manage")
def new_store(request: OfficeRequest) -> HttpResponse:
    """Open a store; its terminals come next."""
    form = StoreForm(given(request), initial={"mode": PosMode.RETAIL})
    if request.method == "POST":
        store = form.attempt(lambda: places.create_store(by=request.employee, at=now(), **form.cleaned_data))
        if store is not None:
            say(request, _("%(name)s is open. Give it its terminals.") % {"name": store.name})
            return redirect("office-store-terminals", store.uuid)
    return render(request, "backoffice/stores/new.html", {"form": form}, status=form.status)


def store_of(request: OfficeRequest, uuid: UUID) -> Store:
    """One of the stores that this person may see; anything else is not there."""
    found: Store = get_object_or_404(Store.objects.filter(pk__in=[store.pk for store in request.stores]), uuid=uuid)
    return found


def given(request: OfficeRequest) -> Any:
    """What a form is filled with: what was sent, or nothing."""
    return request.POST if request.method == "POST" else None


def tab(request: OfficeRequest, store: Store, code: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A tab of a store's page."""
    more = {"store": store, "tab": code, "may": allowed(request.employee, "store.manage", store.pk)}
    return render(request, f"backoffice/stores/{code}.html", {**context, **more}, status=status)


@require_http_methods(["GET", "POST"])
@office("store.view")
def overview(request: OfficeRequest, store: UUID) -> HttpResponse:
    """What the store is called, where it is, what it came to."""
    found = store_of(request, store)
    names = ("name", "address", "city", "phone", "mode", "receipt_footer")
    form = StoreDetailsForm(given(request), initial={name: getattr(found, name) for name in names})
    if request.method == "POST":
        _assert_may(request, found)
        if form.attempt(lambda: places.update_store(found, by=request.employee, at=now(), **form.cleaned_data)):
            say(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect("office-store", found.uuid)
    return tab(request, found, "overview", {"form": form, "figures": selector.figures(found)}, status=form.status)


@require_http_methods(["GET", "POST"])
@office("store.view")
def regional(request: OfficeRequest, store: UUID) -> HttpResponse:
    """Money, clock, and how amounts are written here."""
    found = store_of(request, store)
    initial = {
        "currency": found.currency if found.own_currency else "", "time_zone": found.time_zone, "cutoff": found.cutoff_minutes,
    }  # fmt: skip
    form = RegionalForm(
        given(request), initial=initial, business=request.business, shown=found.currency, cutoff=found.cutoff_minutes
    )
    if request.method == "POST":
        _assert_may(request, found)
        if form.attempt(lambda: _save_region(request, found, form.cleaned_data)):
            say(request, _("%(name)s is saved.") % {"name": found.name})
            return redirect("office-store-regional", found.uuid)
    return tab(request, found, "regional", {"region": form, **_written(request, found)}, status=form.status)


def _save_region(request: OfficeRequest, store: Store, data: dict[str, str]) -> Store:
    return places.set_store_region(
        store, by=request.employee, currency=data["currency"], time_zone=data["time_zone"],
        cutoff_minutes=int(data["cutoff"]), at=now(),
    )  # fmt: skip


def _written(request: OfficeRequest, store: Store) -> dict[str, Any]:
    """The settings of the page «Currency» as this store has them; they are saved where they always are."""
    page = tab_of("currency")
    if page is None:
        return {}
    form = SettingsForm(page, business_id=request.business.pk, store=store)
    action = f"{reverse('office-settings-page', args=[page.code])}?store={store.uuid}"
    return {"form": form, "action": action, "may_write": may_change(request.employee, store)}


@require_http_methods(["GET", "POST"])
@office("product.view")
def products(request: OfficeRequest, store: UUID) -> HttpResponseBase:
    """What is sold here, at which price, and how much of it there is."""
    found = store_of(request, store)
    if request.method == "POST":
        _assert_may(request, found)
    context = {"store": found, "tab": "products"}
    return show(
        request,
        products_of(found),
        selector.sold_in(found),
        page="backoffice/stores/products.html",
        extra=lambda _rows: context,
    )


@require_http_methods(["GET", "POST"])
@office("store.view")
def people(request: OfficeRequest, store: UUID) -> HttpResponse:
    """Who works here; somebody from another store works here too from now on."""
    found = store_of(request, store)
    here = selector.people_in(found).order_by("name", "pk")
    form = AssignForm(given(request), people=_others(request, found))
    if request.method == "POST":
        _assert_may(request, found)
        chosen = form.attempt(lambda: _assigned(request, found, form.cleaned_data["employee"]))
        if chosen is not None:
            say(request, _("%(name)s works here now.") % {"name": chosen.name})
            return redirect("office-store-people", found.uuid)
    return tab(request, found, "people", {"form": form, "people": here}, status=form.status)


def _others(request: OfficeRequest, store: Store) -> Any:
    """Active people of the visible stores who do not work here; the owner works everywhere."""
    seen = Employee.objects.filter(active=True, store_links__store__in=request.stores).exclude(role=Role.OWNER)
    return seen.exclude(store_links__store=store).distinct().order_by("name", "pk")


def _assigned(request: OfficeRequest, store: Store, employee: Employee) -> Employee:
    assign(employee, store=store, by=request.employee, at=now())
    return employee


@require_POST
@office("store.manage")
def take_out(request: OfficeRequest, store: UUID, employee: UUID) -> HttpResponse:
    """Somebody does not work here any more."""
    found = store_of(request, store)
    person = get_object_or_404(Employee.objects.filter(store_links__store=found), uuid=employee)
    try:
        unassign(person, store=found, by=request.employee, at=now())
    except DomainError as error:
        say(request, error.message)
    else:
        say(request, _("%(name)s does not work here any more.") % {"name": person.name})
    return redirect("office-store-people", found.uuid)


@require_http_methods(["GET", "POST"])
@office("store.manage")
def archive(request: OfficeRequest, store: UUID) -> HttpResponse:
    """Ask, then close the store."""
    found = store_of(request, store)
    problem = ""
    if request.method == "POST":
        try:
            places.archive_store(found, by=request.employee, at=now())
        except DomainError as error:
            problem = error.message
        else:
            say(
                request,
                _("%(name)s is archived.") % {"name": found.name},
                undo=reverse("office-store-restore", args=[found.uuid]),
            )
            return redirect("office-stores")
    return render(
        request, "backoffice/stores/archive.html", {"store": found, "problem": problem}, status=422 if problem else 200
    )


@require_POST
@office("store.manage")
def restore(request: OfficeRequest, store: UUID) -> HttpResponse:
    """Open an archived store again."""
    found = store_of(request, store)
    places.restore_store(found, by=request.employee, at=now())
    say(request, _("%(name)s is open again.") % {"name": found.name})
    return redirect("office-store", found.uuid)


def _assert_may(request: OfficeRequest, store: Store) -> None:
    if not allowed(request.employee, "store.manage", store.pk):
        raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))
