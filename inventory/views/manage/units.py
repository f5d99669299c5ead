"""Units of measurement."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inventory.forms.unit import UnitForm
from inventory.models import Unit
from inventory.services import units as service
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.web.pages import OfficeRequest, render, say


@require_GET
@office("product.view")
def unit_list(request: OfficeRequest) -> HttpResponse:
    """All units, and how many products are counted in each."""
    found = Unit.objects.select_related("base").annotate(product_count=Count("products")).order_by("pk")
    units = list(found)
    for unit in units:
        number = number_format(Decimal("1.25") if unit.decimals else Decimal(2), decimal_pos=unit.decimals)
        unit.sample = f"{number}\u00a0{unit.abbreviation}" if unit.abbreviated else number
    return render(request, "inventory/units.html", {"units": units})


@require_http_methods(["GET", "POST"])
@office("product.manage")
def unit_new(request: OfficeRequest) -> HttpResponse:
    """A new unit."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("product.manage")
def unit_edit(request: OfficeRequest, unit: UUID) -> HttpResponse:
    """Change a unit."""
    return _form(request, get_object_or_404(Unit.objects.select_related("base"), uuid=unit))


def _form(request: OfficeRequest, unit: Unit | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = UnitForm(data, unit=unit, initial=_initial(unit))
    if data is not None:
        by, at = request.employee, now()
        saved = form.attempt(
            lambda: (
                service.update_unit(unit, form.given(), by=by, at=at)
                if unit
                else service.create_unit(form.given(), by=by, at=at)
            )
        )
        if saved is not None:
            say(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect("office-units")
    return render(request, "inventory/unit.html", {"form": form, "unit": unit}, status=form.status)


def _initial(unit: Unit | None) -> dict[str, Any]:
    if unit is None:
        return {"decimals": 0, "abbreviated": True}
    names = ("name", "abbreviation", "decimals", "abbreviated", "factor")
    return {name: getattr(unit, name) for name in names} | {"base": unit.base.uuid if unit.base else None}


@require_POST
@office("product.manage")
def unit_delete(request: OfficeRequest, unit: UUID) -> HttpResponse:
    """Remove a unit that nothing uses."""
    found = get_object_or_404(Unit.objects.all(), uuid=unit)
    try:
        service.delete_unit(found, by=request.employee, at=now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        say(request, _("%(name)s is deleted.") % {"name": found.name})
    return redirect("office-units")
