"""What is owed to owners of goods and couriers: the list, an account, the log (INV-20, INV-21, INV-24, INV-25)."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pos.forms.entrusted import EntryForm, PartyForm
from pos.models import Party
from pos.selectors import entrusted as selector
from pos.services import entrusted as service
from pos.views.manage.editing import Editing
from pos.views.manage.entrusted_lists import ENTRIES, PARTIES
from smartpos.access.guards import office
from smartpos.access.permissions import allowed
from smartpos.clock import now
from smartpos.ids import uuid7
from smartpos.people.models import Store
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import shown_stores

LISTED = 100
EDITING = Editing(
    template="pos/manage/party_form.html", new=gettext_lazy("New owner or courier"), home="office-entrusted",
    listed=gettext_lazy("Owed to others"), one="office-entrusted-party", edit="office-entrusted-edit",
)  # fmt: skip


@require_GET
@office("entrusted.view")
def party_list(request: OfficeRequest) -> HttpResponseBase:
    """Owners and couriers with what is owed."""
    return show(request, PARTIES, selector.parties(shown_stores(request)))


@require_GET
@office("entrusted.view")
def entry_list(request: OfficeRequest) -> HttpResponseBase:
    """Everything in their accounts."""
    return show(request, ENTRIES, selector.entries())


@require_http_methods(["GET", "POST"])
@office("entrusted.manage")
def party_new(request: OfficeRequest) -> HttpResponse:
    """Add somebody."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("entrusted.manage")
def party_edit(request: OfficeRequest, party: UUID) -> HttpResponse:
    """Change the name and the note."""
    return _form(request, get_object_or_404(Party, uuid=party))


def _form(request: OfficeRequest, party: Party | None) -> HttpResponse:
    if request.method == "POST":
        form = PartyForm(request.POST)
        if gone := EDITING.saved(request, form, lambda: _save(request, form, party)):
            return gone
    else:
        known = {"uuid": party.uuid, "name": party.name, "note": party.note} if party else {"uuid": uuid7()}
        form = PartyForm(initial=known)
    return EDITING.page(request, form, party)


def _save(request: OfficeRequest, form: PartyForm, party: Party | None) -> Party:
    data = form.cleaned_data
    return service.save_party(
        party, kind=data["kind"], name=data["name"], note=data["note"], uuid=data["uuid"], by=request.employee, at=now()
    )


@require_GET
@office("entrusted.view")
def party_detail(request: OfficeRequest, party: UUID) -> HttpResponse:
    """An account: what is owed, by which store, and how it came to that."""
    return _page(request, get_object_or_404(Party, uuid=party))


@require_POST
@office("entrusted.manage")
def party_book(request: OfficeRequest, party: UUID) -> HttpResponse:
    """Write a payment by bank, or a correction."""
    found: Party = get_object_or_404(Party, uuid=party)
    form = EntryForm(request.POST, stores=_stores(request), kind=found.kind)
    if form.attempt(lambda: service.book_in_office(found, by=request.employee, at=now(), **form.given())) is None:
        return _page(request, found, form)
    say(request, _("The entry stands in the account."))
    return redirect("office-entrusted-party", found.uuid)


def _stores(request: OfficeRequest) -> list[Store]:
    return [store for store in request.stores if store.active and allowed(request.employee, service.MANAGE, store.pk)]


def _page(request: OfficeRequest, party: Party, form: EntryForm | None = None) -> HttpResponse:
    stores = _stores(request)
    entries = selector.entries().filter(party=party, store__in=request.stores).order_by("-occurred_at", "-pk")
    fresh = EntryForm(initial={"uuid": uuid7(), "what": "paid"}, stores=stores, kind=party.kind) if stores else None
    context = {
        "party": party, "owed": selector.owed_by_store(party, request.stores), "entries": list(entries[:LISTED]),
        "form": form or fresh, "may": allowed(request.employee, service.MANAGE),
    }  # fmt: skip
    return render(request, "pos/manage/party.html", context, status=form.status if form else 200)


@require_POST
@office("entrusted.manage")
def party_archive(request: OfficeRequest, party: UUID) -> HttpResponse:
    """Take somebody off the tills; the message offers the way back."""
    found = service.set_archived(get_object_or_404(Party, uuid=party), archived=True, at=now())
    sentence = _("%(name)s is archived and no till offers it any more.") % {"name": found.name}
    return EDITING.archived(request, found, sentence, restore="office-entrusted-restore")


@require_POST
@office("entrusted.manage")
def party_restore(request: OfficeRequest, party: UUID) -> HttpResponse:
    """Put somebody back."""
    found = service.set_archived(get_object_or_404(Party, uuid=party), archived=False, at=now())
    return EDITING.restored(request, found)
