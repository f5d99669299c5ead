"""A list from a file: choose it, say what its columns mean, look at what would happen, then let it happen.

`addresses` makes the pages of one importer, each behind its permission.
"""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.imports import runs
from smartpos.imports.forms import FileForm, MappingForm
from smartpos.imports.kinds import Importer
from smartpos.imports.models import ImportProblem, ImportRun, ImportState
from smartpos.imports.preview import preview, problem_file
from smartpos.imports.store import MOST_BYTES, layout_of_run, path_of
from smartpos.tabular.encodings import ENCODINGS
from smartpos.tabular.reading import DELIMITERS, Layout, TableError, header
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import clock_of

FORMER, FIRST = 10, 20


def import_new(request: OfficeRequest, importer: Importer) -> HttpResponse:
    """Choose a file; former imports stand below."""
    form = FileForm(request.POST or None, request.FILES or None) if request.method == "POST" else FileForm()
    if request.method == "POST":
        run = form.attempt(lambda: runs.receive(importer, form.cleaned_data["file"], by=request.employee, at=now()))
        if run is not None:
            return redirect(importer.name, run.uuid)
    former = ImportRun.objects.filter(kind=importer.code).select_related("created_by").order_by("-pk")[:FORMER]
    zone = clock_of(request)
    context = {"form": form, "former": former, "most": MOST_BYTES, "zone": zone, "importer": importer}
    return render(request, "imports/imports.html", context, status=form.status)


def import_show(request: OfficeRequest, importer: Importer, run: UUID) -> HttpResponse:
    """Where an import stands; asked every second while it is worked on."""
    found = _run(importer, run)
    return _page(request, importer, found, choosing=found.state == ImportState.CHECKED and request.GET.get("columns") == "1")


def _run(importer: Importer, uuid: UUID) -> ImportRun:
    run: ImportRun = get_object_or_404(
        ImportRun.objects.select_related("created_by", "tax_profile").filter(kind=importer.code), uuid=uuid
    )
    return run


def _page(
    request: HttpRequest, importer: Importer, run: ImportRun, *, choosing: bool = False, form: MappingForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"run": run, "importer": importer}
    status = 200
    if run.state == ImportState.MAPPING or choosing or form is not None:
        context |= _mapping(importer, run, form)
        status = context["form"].status if context["form"] else 200
    else:
        context["problems"] = ImportProblem.objects.filter(run=run, hint=False).order_by("line", "pk")[:FIRST]
        context["hints"] = ImportProblem.objects.filter(run=run, hint=True).order_by("line", "pk")[:FIRST]
        context["news"] = json.loads(run.news)
    return render(request, "imports/import.html", context, fragment="imports/_import.html", status=status)


def _mapping(importer: Importer, run: ImportRun, form: MappingForm | None) -> dict[str, Any]:
    """The form with the guesses of its head, and the first rows read with them."""
    try:
        head = header(path_of(run), layout_of_run(run))
    except TableError as error:
        return {"form": None, "choosing": True, "unreadable": error.message}
    form = form or _form(importer, run, head)
    return {"form": form, "choosing": True, "preview": _preview(importer, run, form)}


def _form(importer: Importer, run: ImportRun, head: Sequence[str], data: Any = None) -> MappingForm:
    initial = {**json.loads(run.mapping), "mark": run.mark, "delimiter": run.delimiter, "encoding": run.encoding}
    if run.tax_profile:
        initial["tax_profile"] = str(run.tax_profile.uuid)
    known = [(column.code, column.label) for column in importer.columns]
    return MappingForm(head, data, initial=initial, known=known, workbook=not run.delimiter, taxed=importer.taxed)


def _preview(importer: Importer, run: ImportRun, form: MappingForm) -> Any:
    if form.is_bound and not form.is_valid():
        return None
    mapping = form.mapping if form.is_bound else json.loads(run.mapping)
    return preview(importer, run, _layout(run, form), mapping)


def _layout(run: ImportRun, form: MappingForm) -> Layout:
    data = form.cleaned_data if form.is_bound else form.initial
    return Layout(data.get("encoding", run.encoding), data.get("delimiter", run.delimiter), data.get("mark", run.mark))


def _posted(importer: Importer, request: HttpRequest, run: ImportRun) -> MappingForm:
    """The form as sent. Another separator or encoding makes other heads; columns keep their places."""
    layout = layout_of_run(run)
    delimiter, encoding = request.POST.get("delimiter", ""), request.POST.get("encoding", "")
    if not layout.is_workbook and delimiter in DELIMITERS and encoding in ENCODINGS:
        layout = Layout(encoding, delimiter, run.mark)
    return _form(importer, run, header(path_of(run), layout), request.POST)


def import_preview(request: OfficeRequest, importer: Importer, run: UUID) -> HttpResponse:
    """The first rows, with the columns chosen so far."""
    found = _run(importer, run)
    try:
        form = _posted(importer, request, found)
        context = {"run": found, "importer": importer, "form": form, "preview": _preview(importer, found, form)}
    except TableError as error:
        context = {"run": found, "importer": importer, "preview": None, "unreadable": error.message}
    return render(request, "imports/_import_preview.html", context)


def import_check(request: OfficeRequest, importer: Importer, run: UUID) -> HttpResponse:
    """Try the file without changing anything."""
    found = _run(importer, run)
    try:
        form = _posted(importer, request, found)
    except TableError as error:
        say(request, error.message)
        return redirect(importer.name, found.uuid)

    def act() -> ImportRun:
        layout = _layout(found, form)
        return runs.check(
            found, mapping=form.mapping, encoding=layout.encoding, delimiter=layout.delimiter, mark=layout.mark,
            tax_profile=form.chosen_profile, by=request.employee, at=now(),
        )  # fmt: skip

    if form.attempt(act) is None:
        return _page(request, importer, found, form=form)
    return redirect(importer.name, found.uuid)


def import_start(request: OfficeRequest, importer: Importer, run: UUID) -> HttpResponse:
    """The user has seen what would happen and says yes."""
    found = _run(importer, run)
    try:
        runs.start(found, by=request.employee, at=now())
    except DomainError as error:
        say(request, error.message)
    return redirect(importer.name, found.uuid)


def import_cancel(request: OfficeRequest, importer: Importer, run: UUID) -> HttpResponse:
    """End it; what it has written stays."""
    found = _run(importer, run)
    try:
        runs.cancel(found, by=request.employee, at=now())
    except DomainError as error:
        say(request, error.message)
    else:
        say(request, _("The import is cancelled."))
    return redirect(importer.name, found.uuid)


def import_problems(request: OfficeRequest, importer: Importer, run: UUID) -> HttpResponseBase:
    """The rows that were left out, with their lines."""
    found = _run(importer, run)
    response = StreamingHttpResponse(list(problem_file(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{found.uuid.hex[-8:]}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def addresses(importer: Importer, prefix: str) -> list[URLPattern]:
    """The pages of an importer under `prefix`; their names begin with the importer's own."""
    one = f"{prefix}<uuid:run>/"
    pages: tuple[tuple[str, str, Callable[..., HttpResponseBase], tuple[str, ...]], ...] = (
        (prefix, "s", import_new, ("GET", "POST")),
        (one, "", import_show, ("GET",)),
        (f"{one}preview/", "-preview", import_preview, ("POST",)),
        (f"{one}check/", "-check", import_check, ("POST",)),
        (f"{one}start/", "-start", import_start, ("POST",)),
        (f"{one}cancel/", "-cancel", import_cancel, ("POST",)),
        (f"{one}problems.csv", "-problems", import_problems, ("GET",)),
    )
    return [path(route, _guarded(importer, page, methods), name=importer.name + end) for route, end, page, methods in pages]


def _guarded(
    importer: Importer, page: Callable[..., HttpResponseBase], methods: tuple[str, ...]
) -> Callable[..., HttpResponseBase]:  # fmt: skip
    @wraps(page)
    def view(request: OfficeRequest, **kwargs: Any) -> HttpResponseBase:
        return page(request, importer, **kwargs)

    answered: Callable[..., HttpResponseBase] = require_http_methods(list(methods))(office(importer.permission)(view))
    return answered
