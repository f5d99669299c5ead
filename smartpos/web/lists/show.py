"""Answering for a list: the page, its fragment, the file, or an act on chosen rows."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from smartpos.access.permissions import allowed
from smartpos.errors import DomainError
from smartpos.web.lists.declared import OfficeList
from smartpos.web.lists.export import export
from smartpos.web.lists.page import counted, listing, saved_views
from smartpos.web.lists.state import State, cut, read
from smartpos.web.pages import OfficeRequest, render, say, wants_fragment

FRAGMENT = "components/list/_list.html"
MOST = 500
Extra = Callable[[QuerySet[Any]], Mapping[str, Any]]


def show(
    request: OfficeRequest, of: OfficeList, rows: QuerySet[Any], *, page: str = "base/list.html", extra: Extra | None = None
) -> HttpResponseBase:
    """Answer a request for a list. `rows` are what this person may see, with everything that a row shows already joined.

    `extra` gets the filtered rows and answers what the page or the list's `above` needs besides.
    """
    if request.method == "POST":
        return _act(request, of, rows)
    views = saved_views(request, of)
    # somebody who opens a list at its plain address gets their default view
    own = None if request.GET else next((view for view in views if view.is_default and view.query), None)
    if own:
        return redirect(f"{request.path}?{own.query}")
    state = read(of, request, request.GET)
    narrowed = state.narrow(rows)
    if request.GET.get("export") == "csv" and of.export:
        if not allowed(request.employee, of.export):
            raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))
        return export(state, narrowed)
    part = cut(state, state.read(narrowed, state.columns), request.GET)
    shown = listing(state, part, views=views, total=counted(state, narrowed) if of.counted and part.next else None)
    context = {"listing": shown, **(extra(narrowed) if extra else {})}
    response = render(request, page, context, fragment=FRAGMENT)
    if wants_fragment(request):
        response["HX-Push-Url"] = _pushed(request, shown.address)
    return response


def _pushed(request: OfficeRequest, address: str) -> str:
    """The address bar's new text: the clean address, with the place when the page was turned."""
    for name in ("after", "before"):
        if name in request.GET:
            return request.get_full_path()
    return address


def _act(request: OfficeRequest, of: OfficeList, rows: QuerySet[Any]) -> HttpResponse:
    """Do a bulk act, say what became of it and show the list again as it was."""
    bulk = next((one for one in of.bulk if one.code == request.POST.get("act")), None)
    if bulk is None or bulk.act is None or not allowed(request.employee, bulk.permission):
        raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))
    chosen = _chosen(read(of, request, request.GET), rows, request.POST.getlist("row")[:MOST])
    if not chosen:
        messages.error(request, _("Choose at least one row first."))
        return redirect(request.get_full_path())
    try:
        say(request, bulk.act(request, chosen))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect(request.get_full_path())


def _chosen(state: State, rows: QuerySet[Any], keys: list[str]) -> list[Any]:
    """The rows of these keys among those that this person may see; foreign and broken keys choose nothing."""
    if state.of.store:
        rows = rows.filter(**{f"{state.of.store}__in": [store.pk for store in state.request.stores]})
    field = rows.model._meta.get_field(state.of.key)
    whole = []
    for key in keys:
        try:
            whole.append(field.to_python(key))
        except ValidationError:
            continue
    return list(rows.filter(**{f"{state.of.key}__in": whole}).order_by("pk")) if whole else []
