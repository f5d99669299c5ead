"""Request id, language, and failed htmx requests."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from smartpos.access.till import HEADER
from smartpos.context import Act, begin
from smartpos.errors import TOO_LARGE
from smartpos.ids import uuid7
from smartpos.web.errors import too_large

LANGUAGE_COOKIE = "smartpos_language"
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Begins an empty act with an id for every request, and tells the id in the answer.

    Nobody's rows are in reach again when the answer is made; the id stays for the log. What streams out later acts by itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        act = Act(address=request.META.get("REMOTE_ADDR", ""), request_id=uuid7().hex)
        begin(act)
        try:
            response = self.get_response(request)
        finally:
            begin(act)
        response["X-Request-ID"] = act.request_id
        return response


class PlainQueryMiddleware:
    """No text column can be asked for a zero character: an address that has one is nobody's search."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse(status=400)
        return self.get_response(request)


class LanguageMiddleware:
    """The language that was chosen on this browser, else what the browser asks for. A guard that finds out who asks knows better.

    A till asks in the language that it speaks, whatever the Backoffice in the same browser does.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = "" if request.headers.get(HEADER) == "1" else request.COOKIES.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            request.language_chosen = language == chosen  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class TooLargeMiddleware:
    """What the server did not take for its size is answered like everything else that went wrong: with a sentence."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return too_large(request) if request.META.get(TOO_LARGE) else self.get_response(request)


class HtmxErrorMiddleware:
    """A failed htmx request gets a sentence in the page's place for problems; what was there stays as it is.

    A form's own answer (422, 409) is the form again and passes.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") != "true" or response.status_code not in self.SENTENCES:
            return response
        sentence = getattr(response, "sentence", self.SENTENCES[response.status_code])  # a refusal may know better why
        text = format_html('<p class="banner banner--danger banner--card" role="alert">{}</p>', sentence)
        return HttpResponse(
            text, status=response.status_code, headers={"HX-Retarget": "#problems", "HX-Reswap": "innerHTML show:top"}
        )

    SENTENCES = {
        400: _("This request cannot be read. Load the page again."),
        403: _("Your role does not allow this. Ask a manager or the owner."),
        404: _("This is not there any more. Load the page again."),
        413: _("This is more than the server takes. Choose a smaller file."),
        500: _("Something went wrong. Nothing was changed; try again."),
        503: _("The server is busy. Try again in a moment."),
    }
