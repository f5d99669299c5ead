"""Products: list and plain form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inventory.forms.product import ProductForm
from inventory.models import Product
from inventory.selectors import products as selector
from inventory.services import products as service
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.ids import uuid7

PAGE = 50


@require_GET
@office("product.view")
def product_list(request: HttpRequest) -> HttpResponse:
    """The catalogue by name, searched and paged."""
    text, archived = request.GET.get("q", "")[:80], request.GET.get("archived") == "1"
    rows = selector.page(text, active=not archived, after=_after(request), size=PAGE)
    query = request.GET.copy()
    if len(rows) > PAGE:
        query["name"], query["id"] = rows[PAGE - 1].folded, str(rows[PAGE - 1].pk)
    currency = request.stores[0].currency if request.stores else "EUR"  # type: ignore[attr-defined]
    context = {"rows": rows[:PAGE], "more": query.urlencode() if len(rows) > PAGE else "", "q": text, "archived": archived}
    return render(request, "inventory/products.html", {**context, "currency": currency})


def _after(request: HttpRequest) -> tuple[str, int] | None:
    key = request.GET.get("id", "")
    return (request.GET.get("name", ""), int(key)) if key.isascii() and key.isdigit() and len(key) < 19 else None


@require_http_methods(["GET", "POST"])
@office("product.manage")
def product_new(request: HttpRequest) -> HttpResponse:
    """A new product."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("product.manage")
def product_edit(request: HttpRequest, product: UUID) -> HttpResponse:
    """Change a product."""
    return _form(request, get_object_or_404(Product.objects.prefetch_related("variants"), uuid=product))


def _form(request: HttpRequest, product: Product | None) -> HttpResponse:
    form = ProductForm(request.POST) if request.method == "POST" else ProductForm(initial=_initial(product))
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, product)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect("office-products")
    status = 422 if form.errors else 200
    return render(request, "inventory/product.html", {"form": form, "product": product}, status=status)


def _initial(product: Product | None) -> dict[str, Any]:
    if product is None:
        return {"uuid": uuid7(), "unit": "piece", "tracked": True}
    first = min((v for v in product.variants.all() if v.active), key=lambda v: v.position, default=None)
    variant = {name: getattr(first, name) for name in ("price", "sku", "barcode", "unit", "tracked")} if first else {}
    category = product.category.uuid if product.category else None
    return {"name": product.name, "category": category, "tax_profile": product.tax_profile.uuid, **variant}


def _save(request: HttpRequest, form: ProductForm, product: Product | None) -> Product:
    data = form.cleaned_data
    given: dict[str, Any] = {
        "by": request.employee, "name": data["name"], "category": data["category"], "tax_profile": data["tax_profile"],  # type: ignore[attr-defined]
        "variants": form.variants(product), "at": now(),
    }  # fmt: skip
    if product is None:
        return service.create_product(uuid=data["uuid"], **given)
    return service.update_product(product, **given)


@require_POST
@office("product.manage")
def product_archive(request: HttpRequest, product: UUID) -> HttpResponse:
    """Take it off the till; the message offers the way back."""
    found = get_object_or_404(Product.objects.all(), uuid=product)
    service.archive_product(found, by=request.employee, at=now())  # type: ignore[attr-defined]
    messages.success(request, _("%(name)s is archived. You find it under «Archived».") % {"name": found.name})
    return redirect("office-products")


@require_POST
@office("product.manage")
def product_restore(request: HttpRequest, product: UUID) -> HttpResponse:
    """Put it back."""
    found = get_object_or_404(Product.objects.all(), uuid=product)
    service.restore_product(found, by=request.employee, at=now())  # type: ignore[attr-defined]
    messages.success(request, _("%(name)s is back on the till.") % {"name": found.name})
    return redirect("office-products")
