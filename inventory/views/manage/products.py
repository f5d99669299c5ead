"""Products: the list, the form, and what else is done with one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Value
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inventory.barcodes import check_digit_fault
from inventory.forms.product import ProductForm
from inventory.models import Product
from inventory.selectors import products as selector
from inventory.selectors.codes import free_code
from inventory.services import products as service
from inventory.services.thresholds import default_thresholds
from inventory.services.units import default_unit
from inventory.views.manage.lists import PRODUCTS
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import Conflict
from smartpos.ids import uuid7
from smartpos.taxes.models import TaxProfile
from smartpos.web.lists import show
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import clock_of, open_stores

HISTORY_SHOWN = 30


@require_http_methods(["GET", "POST"])
@office("product.view")
def product_list(request: OfficeRequest) -> HttpResponseBase:
    """The catalogue."""
    return show(request, PRODUCTS, selector.catalogue().annotate(zone=Value(clock_of(request))))


@require_http_methods(["GET", "POST"])
@office("product.manage")
def product_new(request: OfficeRequest) -> HttpResponse:
    """A new product."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("product.manage")
def product_edit(request: OfficeRequest, product: UUID) -> HttpResponse:
    """Change a product."""
    return _form(request, _found(product))


def _found(uuid: UUID) -> Product:
    product = selector.whole_product(uuid)
    if product is None:
        raise Http404
    return product


def _form(request: OfficeRequest, product: Product | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ProductForm(data, product=product, stores=open_stores(request), initial=_initial(product))
    version = product.version if product else 0
    if data is not None:
        saved = form.attempt(lambda: _save(request, form, product))
        if saved is not None:
            _said(request, form, saved)
            return redirect("office-product", saved.uuid)
    context = {
        "form": form, "product": product, "version": version, "currency": _currency(request), "stores": open_stores(request),
        "changed": form.refused == Conflict.status, "colours": form.colours(), "defaults": default_thresholds(),
        "zone": clock_of(request),
        "history": selector.price_history(product, most=HISTORY_SHOWN) if product else [],
    }  # fmt: skip
    return render(request, "inventory/product.html", context, status=form.status)


def _currency(request: OfficeRequest) -> str:
    """The currency that is the same in every store that this person sees, or none."""
    found = {store.currency for store in request.stores}
    return found.pop() if len(found) == 1 else ""


def _initial(product: Product | None) -> dict[str, Any]:
    if product is None:
        tax = TaxProfile.objects.filter(active=True).order_by("-default", "name", "pk").first()
        return {"uuid": uuid7(), "unit": default_unit().uuid, "tax_profile": tax.uuid if tax else None}
    names = ("name", "price", "description", "favourite", "min_stock", "max_stock", "picture")
    return {name: getattr(product, name) for name in names} | {
        "category": product.category.uuid if product.category else None,
        "tax_profile": product.tax_profile.uuid,
        "unit": product.unit.uuid,
        "groups": [str(link.group.uuid) for link in product.modifier_links.all()],
    }


def _save(request: OfficeRequest, form: ProductForm, product: Product | None) -> Product:
    data = form.cleaned_data
    given: dict[str, Any] = {
        "by": request.employee, "name": data["name"], "category": data["category"], "tax_profile": data["tax_profile"],
        "unit": data["unit"], "price": data["price"], "details": form.details(), "groups": list(data["groups"]),
        "variants": form.inputs(), "at": now(),
    }  # fmt: skip
    if product is None:
        return service.create_product(uuid=data["uuid"], **given)
    return service.update_product(product, version=data["version"], **given)


def _said(request: OfficeRequest, form: ProductForm, saved: Product) -> None:
    """A toast; a barcode whose check digit is wrong is saved as it is and mentioned (PRD-15)."""
    say(request, _("%(name)s is saved.") % {"name": saved.name})
    for code in (code for variant in form.inputs() for code in variant.codes):
        fault = check_digit_fault(code)
        if fault:
            text = _("Is %(code)s right? Its last digit should be %(digit)s. It is saved as you typed it.")
            messages.warning(request, text % {"code": code, "digit": fault})


@require_POST
@office("product.manage")
def product_archive(request: OfficeRequest, product: UUID) -> HttpResponse:
    """Take it off the till; the message offers the way back."""
    found = service.archive_product(_found(product), by=request.employee, at=now())
    back = reverse("office-product-restore", args=[product])
    say(request, _("%(name)s is archived. You find it under «Archived».") % {"name": found.name}, undo=back)
    return redirect("office-products")


@require_POST
@office("product.manage")
def product_restore(request: OfficeRequest, product: UUID) -> HttpResponse:
    """Put it back."""
    found = service.restore_product(_found(product), by=request.employee, at=now())
    say(request, _("%(name)s is back on the till.") % {"name": found.name})
    return redirect("office-product", product)


@require_POST
@office("product.manage")
def product_duplicate(request: OfficeRequest, product: UUID) -> HttpResponse:
    """A copy to be changed."""
    made = service.duplicate_product(_found(product), by=request.employee, at=now())
    say(request, _("This is the copy. Codes were not copied: give it its own."))
    return redirect("office-product", made.uuid)


@require_http_methods(["GET", "POST"])
@office("product.manage")
def product_delete(request: OfficeRequest, product: UUID) -> HttpResponse:
    """Ask, then erase what has no history."""
    found = _found(product)
    reason = service.why_not_deleted(found)
    if request.method == "POST" and not reason:
        service.delete_product(found, by=request.employee, at=now())
        say(request, _("%(name)s is deleted.") % {"name": found.name})
        return redirect("office-products")
    status = 409 if request.method == "POST" else 200
    return render(request, "inventory/product_delete.html", {"product": found, "reason": reason}, status=status)


@never_cache
@require_GET
@office("product.manage")
def suggest_code(request: OfficeRequest) -> JsonResponse:
    """A barcode of one's own, for goods that carry none."""
    return JsonResponse({"value": free_code()})
