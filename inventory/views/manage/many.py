"""Many products at once: what shall happen, what it would come to, do it, take it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from inventory.forms.many import ManyForm
from inventory.models import BulkChange, Product
from inventory.services import many as service
from inventory.views.manage.modifiers import currency_of
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import open_stores

SHOWN = 100


@require_POST
@office("product.manage")
def many(request: OfficeRequest) -> HttpResponse:
    """Ask what shall happen to the chosen products; with everything said show what it comes to; confirmed, do it."""
    products = _chosen(request)
    if not products:
        messages.error(request, _("Choose at least one row first."))
        return redirect("office-products")
    asked = "said" in request.POST
    form = ManyForm(request.POST if asked else None, stores=open_stores(request), initial={"act": request.POST.get("act")})
    steps = form.attempt(lambda: _steps(form, products)) if asked else None
    if asked and "confirmed" in request.POST and steps is not None:
        change = form.attempt(lambda: _do(request, form, products))
        if change is not None:
            return _said(request, change, len(products))
    context = {
        "form": form, "products": products, "steps": (steps or [])[:SHOWN], "more": max(0, len(steps or []) - SHOWN),
        "ready": steps is not None, "currency": currency_of(request),
        "act": form["act"].value(),
    }  # fmt: skip
    return render(request, "inventory/many.html", context, status=form.status)


def _chosen(request: OfficeRequest) -> list[Product]:
    keys = []
    for text in (request.POST.getlist("product") or request.POST.getlist("row"))[: service.MOST]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    related = Product.objects.filter(uuid__in=keys).select_related("category", "tax_profile")
    return list(related.order_by("folded", "pk"))


def _steps(form: ManyForm, products: list[Product]) -> list[service.Step]:
    return service.price_steps(products, form.rule()) if form.cleaned_data["act"] == "price" else []


def _do(request: OfficeRequest, form: ManyForm, products: list[Product]) -> BulkChange:
    data = form.cleaned_data
    given: dict[str, Any] = {"by": request.employee, "at": now()}
    acts: dict[str, Callable[[], BulkChange]] = {
        "price": lambda: service.change_prices(products, form.rule(), **given),
        "category": lambda: service.change_category(products, data["category"], **given),
        "tax": lambda: service.change_tax(products, data["tax"], **given),
        "availability": lambda: service.change_availability(products, data["store"], sold=data["sold"] == "yes", **given),
    }
    return acts[data["act"]]()


def _said(request: OfficeRequest, change: BulkChange, count: int) -> HttpResponse:
    text = ngettext("%(count)s product changed.", "%(count)s products changed.", count) % {"count": count}
    say(request, text, undo=reverse("office-products-undo", args=[change.uuid]))
    return redirect("office-products")


@require_POST
@office("product.manage")
def many_undo(request: OfficeRequest, change: UUID) -> HttpResponse:
    """Take an act on many products back."""
    found = get_object_or_404(BulkChange.objects.all(), uuid=change)
    try:
        stayed = service.undo(found, by=request.employee, at=now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        text = _("Taken back.")
        if stayed:
            left = ngettext(
                "%(count)s value stayed, because somebody changed it since.",
                "%(count)s values stayed, because somebody changed them since.", stayed,
            )  # fmt: skip
            text = f"{text} {left % {'count': stayed}}"
        say(request, text)
    return redirect("office-products")
