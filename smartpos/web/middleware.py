"""Request id, language, and failed htmx requests."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from smartpos.context import Act, begin
from smartpos.ids import uuid7

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


class LanguageMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class HtmxErrorMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
