"""Saved views of lists, and the search of the whole Backoffice."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from smartpos.access.guards import office
from smartpos.errors import DomainError
from smartpos.web import services
from smartpos.web.models import SavedView
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.search import search


@require_GET
@office("office.enter")
def find(request: OfficeRequest) -> HttpResponse:
    """Whatever fits the words, by kind."""
    text = request.GET.get("q", "")
    context = {"q": text.strip(), "found": search(request, text)}
    return render(request, "base/search.html", context, fragment="components/_found.html")


@require_POST
@office("office.enter")
def save_view(request: OfficeRequest) -> HttpResponse:
    """Keep a list as it stands under a name."""
    path, query = _own_path(request, request.POST.get("path", "")), request.POST.get("query", "")[:1000]
    try:
        view = services.save_view(
            by=request.employee, code=request.POST.get("list", "")[:60], name=request.POST.get("name", ""), query=query,
            is_default="default" in request.POST,
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, error.message)
    else:
        say(request, _("The view «%(name)s» is saved.") % {"name": view.name})
    return redirect(f"{path}?{query or 'view=all'}")


@require_POST
@office("office.enter")
def delete_view(request: OfficeRequest, view: UUID) -> HttpResponse:
    """Forget one of one's own views."""
    found = get_object_or_404(SavedView.objects.filter(employee=request.employee), uuid=view)
    services.delete_view(found)
    say(request, _("The view «%(name)s» is deleted.") % {"name": found.name})
    return redirect(f"{_own_path(request, request.POST.get('path', ''))}?view=all")


def _own_path(request: HttpRequest, path: str) -> str:
    """A path of this site, never another's."""
    path = path.partition("?")[0]
    return path if url_has_allowed_host_and_scheme(path, None) and path.startswith("/backoffice/") else "/backoffice/"
