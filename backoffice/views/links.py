"""Mailed links: a forgotten password, and an invitation to sign in. What a link shows is never kept or passed on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.forms.account import EmailForm, NewPasswordForm
from backoffice.views.entering import address_of, enter
from smartpos.access.guards import public
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.models import Invitation, User
from smartpos.people.services import invitations, resets, signin
from smartpos.web.origin import public_origin
from smartpos.web.pages import say


@require_http_methods(["GET", "POST"])
@public("somebody who forgot their password cannot sign in")
def forgot_view(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same for every address."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            resets.request_reset(email, origin=public_origin(request), address=address_of(request), at=now())
        except DomainError as error:
            form.refuse(error)
        else:
            return render(request, "backoffice/signin/forgot_sent.html", {"email": email})
    return render(request, "backoffice/signin/forgot.html", {"form": form}, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@public("the mailed link proves who asks")
def reset_view(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password. A second step that is on is asked for at the sign-in that follows."""
    try:
        reset = resets.open_reset(token, at=now())
    except DomainError as error:
        return dead_link(request, error)
    form = NewPasswordForm(request.POST or None)

    def use() -> User:
        return resets.use_reset(token, form.cleaned_data["password"], address=address_of(request), at=now())

    if request.method == "POST" and form.attempt(use) is not None:
        say(request, _("Your new password holds. Sign in with it."))
        return redirect("sign-in")
    context = {"form": form, "email": reset.user.email}
    return render(request, "backoffice/signin/reset.html", context, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@public("the mailed link proves who asks")
def invitation_view(request: HttpRequest, token: str) -> HttpResponse:
    """Make one's own sign-in, or join with the one there is."""
    try:
        invitation = invitations.open_invitation(token, at=now())
    except DomainError as error:
        return dead_link(request, error)
    if invitations.has_account(invitation):
        context = {**_shown(invitation), "token": token, "as_invited": _is_invited(request, invitation)}
        return render(request, "backoffice/signin/join.html", context)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST":
        at, address = now(), address_of(request)
        user = form.attempt(
            lambda: invitations.accept_new(
                token, password=form.cleaned_data["password"], language=get_language() or "", address=address, at=at
            )
        )
        if user is not None:
            signin.complete(user, address=address, at=at)
            return enter(request, redirect("office-dashboard"), user, at=at)
    return render(request, "backoffice/signin/invitation.html", {**_shown(invitation), "form": form}, status=form.status)


@require_POST
@public("the mailed link and the session of the invited address together prove who asks")
def join_view(request: HttpRequest, token: str) -> HttpResponse:
    """Join a business with the sign-in one has."""
    if not request.user.is_authenticated:
        return redirect(f"/sign-in/?next=/invitation/{token[:100]}/")
    try:
        invitations.accept_with(token, request.user, address=address_of(request), at=now())
    except DomainError as error:
        return dead_link(request, error)
    return redirect("choose-business")


def dead_link(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a link that leads nowhere (any more)."""
    return render(request, "backoffice/signin/dead_link.html", {"sentence": error.message}, status=error.status)


def _shown(invitation: Invitation) -> dict[str, Any]:
    employee = invitation.employee
    return {
        "business": invitation.business,
        "role": employee.get_role_display(),
        "email": invitation.email,
        "name": employee.name,
    }


def _is_invited(request: HttpRequest, invitation: Invitation) -> bool:
    return request.user.is_authenticated and request.user.email == invitation.email
