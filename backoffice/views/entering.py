"""Opening and closing a session: the one place that does, for every way of signing in."""

import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from smartpos.people.hooks import letter
from smartpos.people.letters import Letter
from smartpos.people.models import Employee, OfficeSession, OfficeTicket, User
from smartpos.people.services import sessions
from smartpos.web.middleware import LANGUAGE_COOKIE

BROWSER_COOKIE = "smartpos_browser"
YEAR = 365 * 86_400


def own_target(request: HttpRequest, wanted: str) -> str:
    """A path of this site, or the Backoffice."""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and safe else "/backoffice/"


def address_of(request: HttpRequest) -> str:
    """Where a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def browser_of(request: HttpRequest) -> str:
    """The random name that this browser got at its first sign-in; "" before."""
    return request.COOKIES.get(BROWSER_COOKIE, "")[:64]


def enter(request: HttpRequest, response: HttpResponse, user: User, *, at: datetime) -> HttpResponse:
    """Begin a session by password. What the browser had before is dropped, so nobody can have planted it."""
    request.session.flush()
    login(request, user)
    news = _note(request, response, at=at, user=user)
    if news:
        _tell(request, user, at=at)
    if user.language:
        keep_language(response, user.language)
    return response


def enter_by_ticket(request: HttpRequest, response: HttpResponse, ticket: OfficeTicket, *, at: datetime) -> HttpResponse:
    """Begin a session by PIN: it hangs on the device and ends after half an hour of quiet."""
    logout(request)
    request.session[sessions.BY_PIN] = sessions.pin_mark(ticket.employee, ticket.device)
    request.session.set_expiry(int(sessions.PIN_QUIET.total_seconds()))
    request.session.create()
    _note(request, response, at=at, employee=ticket.employee, ticket=ticket)
    if ticket.employee.language:
        keep_language(response, ticket.employee.language)
    return response


def leave(request: HttpRequest, *, at: datetime) -> None:
    """End the session."""
    if request.session.session_key:
        sessions.end(OfficeSession.objects.filter(session_key=request.session.session_key), at=at)
    logout(request)


def keep_language(response: HttpResponse, language: str) -> None:
    """The language of this browser from now on."""
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)


def _note(
    request: HttpRequest, response: HttpResponse, *, at: datetime, user: User | None = None,
    employee: Employee | None = None, ticket: OfficeTicket | None = None,
) -> bool:  # fmt: skip
    request.session["seen"] = int(at.timestamp())
    browser = browser_of(request) or secrets.token_urlsafe(24)
    response.set_cookie(BROWSER_COOKIE, browser, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True)
    key: Any = request.session.session_key
    return sessions.start(
        user=user, employee=employee, device=ticket.device if ticket else None, key=key, browser=browser,
        user_agent=request.headers.get("User-Agent", ""), address=address_of(request), at=at,
    )  # fmt: skip


def _tell(request: HttpRequest, user: User, *, at: datetime) -> None:
    """A browser that this user never used: they should know."""
    employee = Employee.everywhere.filter(user=user, active=True).select_related("business").order_by("pk").first()
    if employee is None:
        return
    context = {
        "employee_name": user.name or employee.name, "address": address_of(request),
        "at": at.astimezone(ZoneInfo(employee.business.time_zone)).strftime("%d.%m.%Y. %H:%M"),
        "browser": browser_words(request.headers.get("User-Agent", "")),
    }  # fmt: skip
    language = user.language or employee.language or employee.business.language
    letter(Letter("new_sign_in", user.email, language, employee.business_id, context))


# The first that fits, so those that borrow others' names stand first.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(user_agent: str) -> str:
    """«Chrome · Windows»: enough for people to know their own."""
    found = [next((name for mark, name in known if mark in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or user_agent[:40] or "?"
