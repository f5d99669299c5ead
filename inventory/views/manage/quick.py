"""Quick add: one product after the other."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inventory.forms.quick import QuickForm
from inventory.models import Product
from inventory.services.products import create_product
from inventory.services.units import default_unit
from inventory.types import VariantInput
from inventory.views.manage.modifiers import currency_of
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.ids import uuid7
from smartpos.taxes.models import TaxProfile
from smartpos.web.pages import OfficeRequest, render, say

LATEST = 8


@require_http_methods(["GET", "POST"])
@office("product.manage")
def product_quick(request: OfficeRequest) -> HttpResponse:
    """A short form that comes back empty, with what is usually the same for the next one."""
    form = QuickForm(request.POST) if request.method == "POST" else QuickForm(initial=_initial(request))
    if request.method == "POST":
        saved = form.attempt(lambda: _save(request, form))
        if saved is not None:
            say(request, _("%(name)s is saved.") % {"name": saved.name})
            kept = urlencode({name: request.POST.get(name, "") for name in QuickForm.KEPT})
            return redirect(f"{reverse('office-product-quick')}?{kept}")
    latest = Product.objects.select_related("category").order_by("-pk")[:LATEST]
    context = {"form": form, "latest": list(latest), "currency": currency_of(request)}
    return render(request, "inventory/quick.html", context, status=form.status)


def _initial(request: OfficeRequest) -> dict[str, Any]:
    tax = TaxProfile.objects.filter(active=True).order_by("-default", "name", "pk").first()
    usual = {"unit": str(default_unit().uuid), "tax_profile": str(tax.uuid) if tax else ""}
    kept = {name: request.GET[name][:40] for name in QuickForm.KEPT if request.GET.get(name)}
    return {"uuid": uuid7(), **usual, **kept}


def _save(request: OfficeRequest, form: QuickForm) -> Product:
    data = form.cleaned_data
    return create_product(
        by=request.employee, name=data["name"], category=data["category"], tax_profile=data["tax_profile"], unit=data["unit"],
        price=data["price"], variants=[VariantInput(barcode=data["barcode"])], at=now(), uuid=data["uuid"],
    )  # fmt: skip
