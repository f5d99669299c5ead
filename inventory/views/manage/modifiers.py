"""Modifier groups."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inventory.forms.modifier import ModifierGroupForm
from inventory.models import Modifier, ModifierGroup
from inventory.services import modifiers as service
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import Conflict
from smartpos.ids import uuid7
from smartpos.web.pages import OfficeRequest, render, say


def _groups() -> QuerySet[Any]:
    answers = Modifier.objects.filter(active=True).select_related("nested").order_by("position", "pk")
    return ModifierGroup.objects.prefetch_related(Prefetch("modifiers", answers))


@require_GET
@office("product.view")
def group_list(request: OfficeRequest) -> HttpResponse:
    """All groups with their answers."""
    groups = _groups().annotate(product_count=Count("product_links")).order_by("-active", "name", "pk")
    return render(request, "inventory/modifiers.html", {"groups": list(groups), "currency": currency_of(request)})


@require_http_methods(["GET", "POST"])
@office("product.manage")
def group_new(request: OfficeRequest) -> HttpResponse:
    """A new group."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("product.manage")
def group_edit(request: OfficeRequest, group: UUID) -> HttpResponse:
    """Change a group."""
    return _form(request, get_object_or_404(_groups(), uuid=group))


def _form(request: OfficeRequest, group: ModifierGroup | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    initial = {"uuid": uuid7(), "minimum": 0, "maximum": 1}
    if group is not None:
        initial = {"name": group.name, "minimum": group.minimum, "maximum": group.maximum}
    form = ModifierGroupForm(data, group=group, initial=initial)
    if data is not None:
        saved = form.attempt(lambda: _save(request, form, group))
        if saved is not None:
            say(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect("office-modifiers")
    context = {
        "form": form, "group": group, "version": group.version if group else 0, "currency": currency_of(request),
        "changed": form.refused == Conflict.status,
    }  # fmt: skip
    return render(request, "inventory/modifier.html", context, status=form.status)


def _save(request: OfficeRequest, form: ModifierGroupForm, group: ModifierGroup | None) -> ModifierGroup:
    by, at = request.employee, now()
    if group is None:
        return service.create_group(form.given(), by=by, at=at, uuid=form.cleaned_data["uuid"])
    return service.update_group(group, form.given(), by=by, at=at, version=form.cleaned_data["version"])


def currency_of(request: OfficeRequest) -> str:
    """The currency that is the same in every store that this person sees, or none."""
    found = {store.currency for store in request.stores}
    return found.pop() if len(found) == 1 else ""


@require_POST
@office("product.manage")
def group_archive(request: OfficeRequest, group: UUID) -> HttpResponse:
    """Stop asking it."""
    return _set_active(request, group, active=False)


@require_POST
@office("product.manage")
def group_restore(request: OfficeRequest, group: UUID) -> HttpResponse:
    """Ask it again."""
    return _set_active(request, group, active=True)


def _set_active(request: OfficeRequest, uuid: UUID, *, active: bool) -> HttpResponse:
    group = get_object_or_404(ModifierGroup.objects.all(), uuid=uuid)
    service.set_group_active(group, active=active, by=request.employee, at=now())
    if active:
        say(request, _("%(name)s is asked again.") % {"name": group.name})
    else:
        back = reverse("office-modifiers-restore", args=[uuid])
        say(request, _("%(name)s is not asked any more.") % {"name": group.name}, undo=back)
    return redirect("office-modifiers")
