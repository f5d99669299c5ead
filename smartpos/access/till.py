"""What every request of a till must carry instead of a CSRF token, and how it is told no."""

from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from smartpos.errors import DomainError

HEADER = "X-SmartPOS-Till"


def till_answer(body: Any, *, status: int = 200) -> HttpResponse:
    """JSON that is never cached."""
    response = HttpResponse(msgspec.json.encode(body), status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def till_error(status: int, code: str, message: str, **params: Any) -> HttpResponse:
    """A refusal with a sentence for the cashier."""
    response = till_answer({"error": {"code": code, "message": message, **params}}, status=status)
    if "seconds" in params:
        response["Retry-After"] = str(params["seconds"])
    return response


def domain_error(error: DomainError) -> HttpResponse:
    """A DomainError as the till's answer."""
    field = {"field": error.field} if error.field else {}
    return till_error(error.status, error.code, error.message, **field, **error.params)


def refuse_till(request: HttpRequest) -> HttpResponse | None:
    """A foreign page cannot set our header without a preflight that nobody answers; its origin is checked besides."""
    if request.method not in ("GET", "HEAD") and request.headers.get(HEADER) != "1":
        return till_error(403, "header_missing", _("This request did not come from a till."))
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        return till_error(403, "origin", _("This request did not come from a till."))
    return None
