"""One's own account: password, PIN, second step, sessions. Whoever came in by PIN alone does not get here."""

from typing import Any
from uuid import UUID

import segno
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.forms.account import ChangePasswordForm, CodeForm, OwnPinForm, TurnOffForm
from backoffice.views.entering import address_of, browser_words
from smartpos.access.guards import person
from smartpos.clock import now
from smartpos.people.models import Employee, OfficeSession
from smartpos.people.services import accounts, second_factor, sessions
from smartpos.web.pages import PersonRequest, say


@require_GET
@person
def account_view(request: PersonRequest) -> HttpResponse:
    """What holds now, and the ways to change it."""
    found = sessions.living(request.user, at=now()).select_related()
    rows = [
        {"row": one, "browser": browser_words(one.user_agent), "current": one.session_key == request.session.session_key}
        for one in found[:50]
    ]
    context = {
        "sessions": rows, "others": sum(not row["current"] for row in rows), "second_step": second_factor.is_on(request.user),
        "codes_left": second_factor.codes_left(request.user), "zone": _zone(request),
    }  # fmt: skip
    return render(request, "backoffice/account/account.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@person
def password_view(request: PersonRequest) -> HttpResponse:
    """A new password; every other session ends."""
    form = ChangePasswordForm(request.POST or None)
    key, at = request.session.session_key, now()
    if request.method == "POST":
        user = form.attempt(
            lambda: accounts.change_password(
                request.user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["password"],
                keep=key,
                address=address_of(request),
                at=at,
            )
        )
        if user is not None:
            _stay(request, user, key)
            say(request, _("Your new password holds. All other sessions have ended."))
            return redirect("account")
    return render(request, "backoffice/account/password.html", {"form": form}, status=form.status)


def _stay(request: PersonRequest, user: Any, key: str | None) -> None:
    """This session goes on under a new key; its line in the list follows."""
    update_session_auth_hash(request, user)
    OfficeSession.objects.filter(session_key=key).update(session_key=request.session.session_key)


@never_cache
@require_http_methods(["GET", "POST"])
@person
def pin_view(request: PersonRequest) -> HttpResponse:
    """A new PIN for the till."""
    employee: Employee | None = getattr(request, "employee", None)
    if employee is None:
        return redirect("account")
    form = OwnPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = form.attempt(
            lambda: accounts.change_own_pin(
                request.user, employee, password=data["password"], pin=data["pin"], address=address_of(request), at=now()
            )
        )
        if done:
            say(request, _("Your new PIN holds."))
            return redirect("account")
    return render(request, "backoffice/account/pin.html", {"form": form}, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@person
def second_step_view(request: PersonRequest) -> HttpResponse:
    """Set the second step up: begin, scan, confirm; the recovery codes are shown this once."""
    user = request.user
    if request.method == "POST" and "begin" in request.POST and not second_factor.is_on(user):
        second_factor.begin(user)
        return redirect("account-second-step")
    if second_factor.is_on(user):
        return redirect("account")
    form, secret = CodeForm(request.POST or None), second_factor.pending_secret(user)
    if request.method == "POST" and secret:
        codes = form.attempt(
            lambda: second_factor.confirm(user, form.cleaned_data["code"], address=address_of(request), at=now())
        )
        if codes:
            return render(request, "backoffice/account/recovery_codes.html", {"codes": codes, "first": True})
    context: dict[str, Any] = {"form": form, "secret": secret}
    if secret:
        code = segno.make(second_factor.address_of(user, secret), error="m")
        context |= {"qr": code.svg_inline(scale=4, border=2, omitsize=True), "spelled": _spelled(secret)}
    return render(request, "backoffice/account/second_step.html", context, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@person
def second_step_off_view(request: PersonRequest) -> HttpResponse:
    """Turn the second step off, with the password."""
    if not second_factor.is_on(request.user):
        return redirect("account")
    form = TurnOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        done = form.attempt(
            lambda: second_factor.turn_off(request.user, password=password, address=address_of(request), at=now())
        )
        if done:
            say(request, _("The second step is off."))
            return redirect("account")
    return render(request, "backoffice/account/second_step_off.html", {"form": form}, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@person
def recovery_codes_view(request: PersonRequest) -> HttpResponse:
    """New recovery codes for who shows a code of the app."""
    if not second_factor.is_on(request.user):
        return redirect("account")
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        codes = form.attempt(
            lambda: second_factor.renew_recovery_codes(
                request.user, code=form.cleaned_data["code"], address=address_of(request), at=now()
            )
        )
        if codes:
            return render(request, "backoffice/account/recovery_codes.html", {"codes": codes})
    return render(request, "backoffice/account/renew_codes.html", {"form": form}, status=form.status)


@require_POST
@person
def end_session_view(request: PersonRequest, session: UUID) -> HttpResponse:
    """End one of one's own sessions."""
    found = get_object_or_404(OfficeSession.objects.filter(user=request.user), uuid=session)
    if found.session_key != request.session.session_key:
        sessions.end(OfficeSession.objects.filter(pk=found.pk), at=now())
        say(request, _("That session has ended."))
    return redirect("account")


@require_POST
@person
def end_others_view(request: PersonRequest) -> HttpResponse:
    """End every session but this one."""
    sessions.end_of_user(request.user, at=now(), keep=request.session.session_key)
    say(request, _("All other sessions have ended."))
    return redirect("account")


def _zone(request: PersonRequest) -> str:
    stores = getattr(request, "stores", [])
    return stores[0].time_zone if stores else "UTC"


def _spelled(secret: str) -> str:
    return " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
