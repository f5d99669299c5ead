"""Signing in and out, the second step, the choice of a business, and the language of a browser."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.views.entering import address_of, browser_of, enter, enter_by_ticket, keep_language, leave, own_target
from smartpos.access.guards import asker_of, person, public
from smartpos.clock import now
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.people.models import Employee, Role, User
from smartpos.people.services import accounts, first_visit, second_factor, sessions, signin, tickets

LOOPBACK = {"127.0.0.1", "::1"}
HALF_WAY = "half_way"
HALF_WAY_LIFE = timedelta(minutes=5)


@require_http_methods(["GET", "POST"])
@public("nobody is signed in yet")
def sign_in_view(request: HttpRequest) -> HttpResponse:
    """E-mail and password; on an enrolled device a PIN. Where there is nobody yet, the first visit comes before."""
    if first_visit.is_due():
        return redirect("office-first-visit")
    target = own_target(request, request.POST.get("next") or request.GET.get("next", ""))
    context: dict[str, Any] = {"next": target, "demo": demo_people(request)}
    if request.method == "GET":
        return render(request, "backoffice/signin/sign_in.html", context)
    at, email = now(), request.POST.get("email", "")[:254]
    ticket = request.POST.get("ticket", "")
    try:
        if ticket:
            found = tickets.redeem(ticket, address=address_of(request), at=at)
            return enter_by_ticket(request, redirect(target), found, at=at)
        password = request.POST.get("password", "")[:200]
        user = signin.sign_in(email, password, address=address_of(request), browser=browser_of(request), at=at)
    except DomainError as error:
        told = {**context, "error": error.message, "email": email}
        return render(request, "backoffice/signin/sign_in.html", told, status=error.status)
    if second_factor.is_on(user):
        return _half_way(request, user, target, at=at)
    return enter(request, redirect(target), user, at=at)


def _half_way(request: HttpRequest, user: User, target: str, *, at: datetime) -> HttpResponse:
    """The password was right: for five minutes this browser may enter the code."""
    request.session.flush()
    mark = {"user": user.pk, "hash": user.get_session_auth_hash(), "until": (at + HALF_WAY_LIFE).timestamp(), "next": target}
    request.session[HALF_WAY] = mark
    return redirect("sign-in-code")


@require_http_methods(["GET", "POST"])
@public("half signed in: the password was right, the code is still to come")
def code_view(request: HttpRequest) -> HttpResponse:
    """The second step."""
    at, mark = now(), request.session.get(HALF_WAY) or {}
    user = User.objects.filter(pk=mark.get("user") or 0, is_active=True).first()
    if user is None or mark["until"] < at.timestamp() or mark["hash"] != user.get_session_auth_hash():
        request.session.pop(HALF_WAY, None)
        return redirect("sign-in")
    if request.method == "GET":
        return render(request, "backoffice/signin/code.html")
    try:
        second_factor.verify(user, request.POST.get("code", "")[:40], address=address_of(request), at=at)
    except DomainError as error:
        return render(request, "backoffice/signin/code.html", {"error": error.message}, status=error.status)
    signin.complete(user, address=address_of(request), at=at)
    return enter(request, redirect(own_target(request, mark["next"])), user, at=at)


def demo_people(request: HttpRequest) -> list[dict[str, str]]:
    """The demo's sign-ins, for somebody who sits at this machine and nobody else."""
    path = settings.DATA_DIR / "demo-sign-ins.json"
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in LOOPBACK or not path.exists():
        return []
    people: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["people"]
    return [{**one, "role": str(Role(one["role"]).label)} for one in people]


@require_POST
@public("ending a session needs none")
def sign_out_view(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        signin.sign_out(request.user, address=address_of(request), at=now())
    leave(request, at=now())
    return redirect("sign-in")


@require_http_methods(["GET", "POST"])
@person
def choose_view(request: HttpRequest) -> HttpResponse:
    """Somebody who works for several businesses says which one they are at."""
    target = own_target(request, request.POST.get("next") or request.GET.get("next", ""))
    found = Employee.everywhere.filter(user_id=request.user.pk or 0, active=True).select_related("business")
    choices = list(found.order_by("business__name", "pk"))
    chosen = next((one for one in choices if str(one.uuid) == request.POST.get("employee")), None)
    if chosen is not None:
        request.session[sessions.CHOSEN] = chosen.pk
        return redirect(target)
    status = 422 if request.method == "POST" else 200
    return render(request, "backoffice/signin/choose.html", {"choices": choices, "next": target}, status=status)


@require_POST
@public("the language of a page is nobody's secret")
def language_view(request: HttpRequest) -> HttpResponse:
    """Choose the language of this browser; somebody signed in chooses it for themselves wherever they sign in."""
    response = redirect(own_target(request, request.POST.get("next", "")))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        keep_language(response, wanted)
        user = request.user if request.user.is_authenticated else None
        employee = asker_of(request).employee
        with acting(business_id=employee.business_id if employee else None):
            accounts.set_own_language(user, employee, language=wanted)
    return response


@require_GET
@public("it only points the way")
def home(request: HttpRequest) -> HttpResponse:
    """To the Backoffice, which asks who it is; where there is nobody yet, to the first visit."""
    return redirect("office-first-visit" if first_visit.is_due() else "office-dashboard")
