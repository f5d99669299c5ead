"""An installation that nobody owns yet."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from backoffice.forms.setup import FirstVisitForm
from backoffice.views.entering import enter
from smartpos.access.guards import public
from smartpos.clock import now
from smartpos.people.models import Employee
from smartpos.people.services import first_visit
from smartpos.web.pages import render

LOOPBACK = {"127.0.0.1", "::1"}
HERE = {"localhost", "127.0.0.1", "[::1]"}


@require_http_methods(["GET", "POST"])
@public("there is nobody yet who could sign in; a set-up code stands before it where others reach the server")
def first_visit_view(request: HttpRequest) -> HttpResponse:
    """Make the business and its owner, sign the owner in, and go on to the wizard. Gone for good once there is an owner."""
    if not first_visit.is_due():
        return redirect("sign-in")
    needs_code = not sits_here(request)
    data = request.POST if request.method == "POST" else None
    initial = {"code": request.GET.get("code", "")[:40]}
    form = FirstVisitForm(data, needs_code=needs_code, initial=initial)
    owner = form.attempt(lambda: _found(request, form)) if data is not None else None
    if owner is not None and owner.user is not None:
        return enter(request, redirect("office-dashboard"), owner.user, at=now())
    return render(request, "backoffice/setup/first_visit.html", {"form": form}, status=form.status)


def _found(request: HttpRequest, form: FirstVisitForm) -> Employee | None:
    data, at = form.cleaned_data, now()
    if "code" in form.fields:
        first_visit.check_setup_code(data["code"], address=request.META.get("REMOTE_ADDR", ""), at=at)
    _business, owner = first_visit.found_first(
        business_name=data["business"], owner_name=data["name"], email=data["email"], password=data["password"],
        language=get_language() or settings.LANGUAGE_CODE, at=at,
    )  # fmt: skip
    return owner


def sits_here(request: HttpRequest) -> bool:
    """Whether the visitor sits at the very machine: it serves nobody else, and the page was asked for by its own name."""
    host = request.get_host().rpartition(":")[0] if ":" in request.get_host().rpartition("]")[2] else request.get_host()
    return settings.LOCAL_ONLY and request.META.get("REMOTE_ADDR") in LOOPBACK and host in HERE
