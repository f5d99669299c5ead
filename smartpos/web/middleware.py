"""Request id, language, and failed htmx requests."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from smartpos.context import Act, begin
from smartpos.ids import uuid7

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
    """The language that was chosen on this browser, else what the browser asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HtmxErrorMiddleware:
    """A failed htmx request gets a short alert to show, not a whole page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500 and request.headers.get("HX-Request"):
            text = format_html('<p class="banner banner--danger" role="alert">{}</p>', _("That did not work. Try again."))
            return HttpResponse(text, status=response.status_code)
        return response
