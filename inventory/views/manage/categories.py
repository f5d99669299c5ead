"""The tree of categories."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inventory.forms.category import CategoryDeleteForm, CategoryForm
from inventory.models import COLOURS, Category
from inventory.selectors.categories import HINT_ABOVE, tree
from inventory.services import categories as service
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.web.pages import OfficeRequest, render, say

FRAGMENT = "inventory/_categories.html"


@require_GET
@office("product.view")
def category_list(request: OfficeRequest) -> HttpResponse:
    """The tree, with hints (CAT-05)."""
    return _tree(request)


def _tree(request: OfficeRequest, status: int = 200) -> HttpResponse:
    nodes = tree(counted=True)
    colours = [node.category.colour for node in nodes]
    context = {
        "nodes": nodes, "many": len(nodes) > HINT_ABOVE, "limit": HINT_ABOVE,
        "alike": len(set(colours)) < min(len(colours), len(COLOURS)),
    }  # fmt: skip
    return render(request, "inventory/categories.html", context, fragment=FRAGMENT, status=status)


@require_http_methods(["GET", "POST"])
@office("product.manage")
def category_new(request: OfficeRequest) -> HttpResponse:
    """A new category."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@office("product.manage")
def category_edit(request: OfficeRequest, category: UUID) -> HttpResponse:
    """Change a category."""
    return _form(request, _found(category))


def _found(uuid: UUID) -> Category:
    return get_object_or_404(Category.objects.select_related("parent"), uuid=uuid)  # type: ignore[no-any-return]


def _form(request: OfficeRequest, category: Category | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = CategoryForm(data, category=category, initial=_initial(request, category))
    if data is not None:
        saved = form.attempt(lambda: _save(request, form, category))
        if saved is not None:
            say(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect("office-categories")
    return render(request, "inventory/category.html", {"form": form, "category": category}, status=form.status)


def _initial(request: OfficeRequest, category: Category | None) -> dict[str, Any]:
    """A new category takes a colour that no top-level one has yet."""
    if category is not None:
        parent = category.parent.uuid if category.parent else None
        return {"name": category.name, "colour": category.colour, "parent": parent, "position": category.position}
    taken = [node.category.colour for node in tree()]
    return {
        "colour": min(COLOURS, key=lambda colour: (taken.count(colour), COLOURS.index(colour))),
        "parent": request.GET.get("under"),
    }


def _save(request: OfficeRequest, form: CategoryForm, category: Category | None) -> Category:
    given = {name: form.cleaned_data[name] for name in ("name", "colour", "parent", "position")}
    if category is None:
        return service.create_category(by=request.employee, at=now(), **given)
    return service.update_category(category, by=request.employee, at=now(), **given)


@require_POST
@office("product.manage")
def category_arrange(request: OfficeRequest) -> HttpResponse:
    """Put categories under a parent in an order: dragged, or moved by the buttons of a row."""
    parent = Category.objects.filter(uuid__in=_uuids([request.POST.get("parent", "")])).first()
    wanted = _uuids(request.POST.get("categories", "").split())
    found = {category.uuid: category for category in Category.objects.filter(uuid__in=wanted)}
    try:
        service.arrange(parent, [found[key] for key in wanted if key in found], by=request.employee, at=now())
    except DomainError as error:
        messages.error(request, error.message)
        return _tree(request, error.status)
    return _tree(request)


def _uuids(texts: list[str]) -> list[UUID]:
    keys = []
    for text in texts[:500]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return keys


@require_http_methods(["GET", "POST"])
@office("product.manage")
def category_delete(request: OfficeRequest, category: UUID) -> HttpResponse:
    """Ask where its products go, then remove it (CAT-06)."""
    found = _found(category)
    form = CategoryDeleteForm(request.POST if request.method == "POST" else None, category=found)
    if request.method == "POST":
        count = form.attempt(lambda: service.delete_category(found, by=request.employee, to=form.cleaned_data["to"], at=now()))
        if count is not None:
            moved = ngettext("%(count)s product moved.", "%(count)s products moved.", count) % {"count": count}
            say(request, f"{_('%(name)s is deleted.') % {'name': found.name}} {moved if count else ''}".strip())
            return redirect("office-categories")
    context = {"form": form, "category": found, "count": found.products.count(), "children": found.children.count()}
    return render(request, "inventory/category_delete.html", context, status=form.status)
