"""Signing in and out, and the language of a browser."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from smartpos.access.guards import office, public
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.models import Role
from smartpos.people.services import signin
from smartpos.web.middleware import LANGUAGE_COOKIE

LOOPBACK = {"127.0.0.1", "::1"}
YEAR = 365 * 86_400


def own_target(request: HttpRequest, wanted: str) -> str:
    """A path of this site, or the Backoffice."""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and safe else "/backoffice/"


@require_http_methods(["GET", "POST"])
@public("nobody is signed in yet")
def sign_in_view(request: HttpRequest) -> HttpResponse:
    """E-mail and password."""
    target = own_target(request, request.POST.get("next") or request.GET.get("next", ""))
    context: dict[str, Any] = {"next": target, "demo": demo_people(request)}
    if request.method == "GET":
        return render(request, "backoffice/sign_in.html", context)
    email = request.POST.get("email", "")[:254]
    try:
        password = request.POST.get("password", "")[:200]
        user = signin.sign_in(email, password, address=request.META.get("REMOTE_ADDR", ""), at=now())
    except DomainError as error:
        return render(
            request, "backoffice/sign_in.html", {**context, "error": error.message, "email": email}, status=error.status
        )
    login(request, user)
    return redirect(target)


def demo_people(request: HttpRequest) -> list[dict[str, str]]:
    """The demo's sign-ins, for somebody who sits at this machine and nobody else."""
    path = settings.DATA_DIR / "demo-sign-ins.json"
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in LOOPBACK or not path.exists():
        return []
    people: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["people"]
    return [{**person, "role": str(Role(person["role"]).label)} for person in people]


@require_POST
@public("ending a session needs none")
def sign_out_view(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        signin.sign_out(request.user, address=request.META.get("REMOTE_ADDR", ""), at=now())
    logout(request)
    return redirect("sign-in")


@require_POST
@public("the language of a page is nobody's secret")
def language_view(request: HttpRequest) -> HttpResponse:
    """Choose the language of this browser."""
    response = redirect(own_target(request, request.POST.get("next", "")))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(LANGUAGE_COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    return response


@require_GET
@public("it only points the way")
def home(request: HttpRequest) -> HttpResponse:
    """To the Backoffice, which asks who it is."""
    return redirect("office")


@require_GET
@office("sales.view")
def landing(request: HttpRequest) -> HttpResponse:
    """The first page: sales."""
    return redirect("office-sales")
