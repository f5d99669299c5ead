"""Answering with a page or with the fragment of it that htmx asked for, and saying what was done."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers

from smartpos.people.models import Business, Employee, Store, User


class OfficeRequest(HttpRequest):
    """A request that the `office` guard let in. `strong`: signed in by password, and not by PIN."""

    employee: Employee
    business: Business
    stores: list[Store]
    strong: bool


class PersonRequest(HttpRequest):
    """A request that the `person` guard let in: somebody signed in by password."""

    user: User
    session: SessionBase
    strong: bool


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx replaces a part of the page; coming back in the history it needs the whole."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def render(
    request: HttpRequest, page: str, context: Mapping[str, Any] | None = None, *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """The page, or its fragment for htmx. The same address answers both, so caches are told to keep them apart."""
    template = fragment if fragment and wants_fragment(request) else page
    response = render_template(request, template, dict(context or {}), status=status)
    if fragment:
        patch_vary_headers(response, ["HX-Request"])
    return response


def say(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """A toast on the next page; `undo` is an address that takes the act back when it is posted to."""
    messages.success(request, text, extra_tags=undo)
