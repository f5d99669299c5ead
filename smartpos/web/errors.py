"""What a person sees when an address leads nowhere: a sentence, and the way back. Named in the URL configuration and settings."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartpos.access.modules import ModuleOff
from smartpos.context import current


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _problem(request, 400, _("This request cannot be read"), _("Go back, load the page again and repeat the step."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the guard's sentence says what is missing."""
    return _problem(request, 403, _("This is not for you to open"), str(exception or "") or _("Ask a manager or the owner."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is older than its session, or comes from elsewhere."""
    return _problem(
        request, 403, _("This form is out of date"), _("Nothing was saved. Load the page again and repeat the step.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: what is another tenant's looks the same as what never was; a part that is switched off says so."""
    if isinstance(exception, ModuleOff):
        return _problem(request, 404, _("This part is switched off"), str(exception), exception)
    return _problem(request, 404, _("There is nothing here"), _("It may have been moved, or it belongs to another store."))


def too_large(request: HttpRequest) -> HttpResponse:
    """413: a file that is larger than the server takes."""
    return _problem(request, 413, _("This is too large"), _("Nothing was saved. Go back and choose a smaller file."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _problem(request, 500, _("Something went wrong"), _("It is written in the log. What was saved before is safe."))


def _problem(request: HttpRequest, status: int, title: str, sentence: str, exception: Exception | None = None) -> HttpResponse:
    """Rendered without context processors: they may be what failed."""
    context = {
        "status": status, "title": title, "sentence": sentence, "request_id": current().request_id,
        "LANGUAGE_CODE": get_language(),
    }  # fmt: skip
    response = HttpResponse(render_to_string("base/problem.html", context), status=status)
    if status == 403 or isinstance(exception, ModuleOff):
        response.sentence = sentence  # type: ignore[attr-defined]  # htmx shows it in the place of the table's
    return response
