"""Customers: the list, the form, one customer, merging two, and what the law asks for."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Value
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pos.forms.customer import CustomerForm
from pos.models import Customer
from pos.selectors import customers as selector
from pos.selectors import loyalty
from pos.services import customers as service
from pos.views.manage.customer_lists import CUSTOMERS, PURCHASES
from pos.views.manage.editing import Editing, there
from smartpos.access.guards import office
from smartpos.access.modules import section_on
from smartpos.access.permissions import allowed
from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import clock_of

CANDIDATES = 20
ENTRIES = 5
EDITING = Editing(
    template="pos/manage/customer_form.html", new=gettext_lazy("New customer"), home="office-customers",
    listed=gettext_lazy("Customers"), one="office-customer", edit="office-customer-edit",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@office("customer.view")
def customer_list(request: OfficeRequest) -> HttpResponseBase:
    """Everybody whom the shop knows."""
    rows = selector.customers().annotate(zone=Value(clock_of(request)), points=F("points_account__balance"))
    return show(request, CUSTOMERS, rows)


@require_http_methods(["GET", "POST"])
@office("customer.manage")
def customer_new(request: OfficeRequest) -> HttpResponse:
    """Somebody new."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("customer.manage")
def customer_edit(request: OfficeRequest, customer: UUID) -> HttpResponse:
    """Change somebody."""
    return _form(request, _found(customer))


def _found(uuid: UUID) -> Customer:
    """The living customer; whoever was merged away is found under the one that stayed."""
    return there(selector.customer_of(uuid))


def _form(request: OfficeRequest, customer: Customer | None) -> HttpResponse:
    form = CustomerForm(request.POST if request.method == "POST" else None, customer=customer)
    gone = EDITING.saved(request, form, lambda: _save(request, form, customer)) if form.is_bound else None
    return gone or EDITING.page(request, form, customer)


def _save(request: OfficeRequest, form: CustomerForm, customer: Customer | None) -> Customer:
    if customer is None:
        return service.create_customer(form.given(), by=request.employee, at=now(), uuid=form.cleaned_data["uuid"])
    return service.update_customer(customer, form.given(), version=form.cleaned_data["version"], at=now())


@require_GET
@office("customer.view")
def customer_detail(request: OfficeRequest, customer: UUID) -> HttpResponseBase:
    """One customer with everything they bought."""
    found = _found(customer)
    if found.uuid != customer:
        return redirect("office-customer", found.uuid)
    sees_points = allowed(request.employee, "loyalty.view") and section_on("loyalty.view")
    more = {
        "points": loyalty.account_of(found) if sees_points else None,
        "entries": loyalty.points_of(found, request.stores).order_by("-at", "-pk")[:ENTRIES] if sees_points else [],
        "customer": found, "zone": clock_of(request), "language": dict(settings.LANGUAGES).get(found.language, ""),
        "may": {act: allowed(request.employee, f"customer.{act}") for act in ("manage", "export", "erase")},
    }  # fmt: skip
    return show(
        request, PURCHASES, selector.receipts_of(found), page="pos/manage/customer.html",
        extra=lambda rows: {**more, "spent": selector.spent(rows)},
    )  # fmt: skip


@require_POST
@office("customer.manage")
def customer_archive(request: OfficeRequest, customer: UUID) -> HttpResponse:
    """Take somebody off lists and tills; the message offers the way back."""
    found = service.set_archived(_found(customer), archived=True, at=now())
    back = reverse("office-customer-restore", args=[found.uuid])
    say(request, _("%(name)s is archived. You find them under «Archived».") % {"name": found.name}, undo=back)
    return redirect("office-customers")


@require_POST
@office("customer.manage")
def customer_restore(request: OfficeRequest, customer: UUID) -> HttpResponse:
    """Put somebody back."""
    found = service.set_archived(_found(customer), archived=False, at=now())
    say(request, _("%(name)s is back.") % {"name": found.name})
    return redirect("office-customer", found.uuid)


@require_GET
@office("customer.export")
def customer_data(request: OfficeRequest, customer: UUID) -> HttpResponse:
    """Everything that is known of one person, as a file to hand out."""
    found = _found(customer)
    with write_transaction():
        record("customer.handed_out", subject=f"customer:{found.uuid}", data={}, at=now())
    text = selector.file_of(selector.everything_about(found, request.stores))
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="customer-{found.uuid.hex[-8:]}.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@office("customer.erase")
def customer_erase(request: OfficeRequest, customer: UUID) -> HttpResponse:
    """Say what is lost, ask, then forget a person."""
    found = _found(customer)
    if request.method == "POST":
        service.erase_customer(found, at=now())
        say(request, _("The customer is erased. Their receipts say no name any more."))
        return redirect("office-customers")
    count = selector.receipts_of(found).count()
    return render(request, "pos/manage/customer_erase.html", {"customer": found, "count": count})


@require_http_methods(["GET", "POST"])
@office("customer.erase")
def customer_merge(request: OfficeRequest, customer: UUID) -> HttpResponse:
    """Find the other record of the same person, see what becomes of both, say yes."""
    stays = _found(customer)
    given = request.POST if request.method == "POST" else request.GET
    goes = _other(given.get("with", ""), stays)
    error = ""
    if request.method == "POST" and goes is not None:
        try:
            merged = service.merge_customers(stays, goes, versions=_versions(given), at=now())
        except DomainError as refusal:
            error = refusal.message
        else:
            say(request, _("The two are one now: %(name)s.") % {"name": merged.name})
            return redirect("office-customer", merged.uuid)
    words = given.get("q", "")[:80].strip()
    context = {
        "customer": stays, "other": goes, "rows": _rows(stays, goes) if goes else [], "error": error, "q": words,
        "found": _candidates(stays, words) if not goes else [],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "pos/manage/customer_merge.html", context, status=status)


def _other(text: str, stays: Customer) -> Customer | None:
    """The record that goes. An id that is nobody's here is no choice at all."""
    if not text:
        return None
    try:
        goes = _found(UUID(text))
    except ValueError as error:
        raise Http404 from error
    if goes.pk == stays.pk:
        raise Http404
    return goes


def _versions(given: Any) -> tuple[int, int]:
    """What whoever decides has seen; nonsense fits no version."""
    first, second = (text if text.isascii() and text.isdigit() and len(text) < 10 else "0" for text in (
        given.get("version", ""), given.get("other_version", ""),
    ))  # fmt: skip
    return int(first), int(second)


def _candidates(stays: Customer, words: str) -> list[Customer]:
    """Others with these words; before anybody wrote some, those of the same name or telephone number."""
    others = selector.customers().exclude(pk=stays.pk).order_by("folded", "pk")
    return list(selector.with_words(others, words or stays.name)[:CANDIDATES])


def _rows(stays: Customer, goes: Customer) -> list[tuple[str, str, str]]:
    """What each of them says, and what will be there: label, value that stays, value that is lost."""
    taken = service.merged_facts(stays, goes)
    labels = CustomerForm.base_fields
    rows = []
    for name in ("name", "email", "phone", "card", "address", "city", "company", "tax_number"):
        before, other = getattr(stays, name) or "", getattr(goes, name) or ""
        kept = str(taken.get(name, before))
        if kept or other:
            rows.append((str(labels[name].label), kept, other if other != kept else ""))
    return rows
