"""Who may enter a URL. Every view carries one guard; a test walks all URLs and looks for its mark.

A guard finds out who asks, begins the act (which opens the tenant's scope) and checks the permission.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from smartpos.access.modules import assert_section_on
from smartpos.access.permissions import OFFICE_ROLES, allowed
from smartpos.access.till import refuse_till, till_error
from smartpos.clock import now
from smartpos.context import Act, begin, current
from smartpos.people.models import Employee, Store
from smartpos.people.services import sessions
from smartpos.people.services.devices import device_of

View = Callable[..., HttpResponseBase]


def _mark(view: View, guard: str) -> View:
    view.guard = guard  # type: ignore[attr-defined]
    return view


def public(reason: str) -> Callable[[View], View]:
    """Anybody may come in; the reason says why that is right."""
    if not reason:
        raise ValueError("a public view needs a reason")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        return _mark(guarded, f"public: {reason}")

    return guard


def office(code: str, *, setting_up: bool = False) -> Callable[[View], View]:
    """Signed-in staff with an office role and this permission. Sets `request.employee`, `.business`, `.stores` and the act.

    The section of the Backoffice that holds the permission's pages must be in use.
    Until the first-run wizard is finished, every page but its own (`setting_up`) leads to it.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asker = asker_of(request)
            if asker.employee is None:
                return _to_sign_in(request, choose=asker.choices > 1)
            employee = asker.employee
            begin_office_act(request, employee)
            request.strong = asker.strong  # type: ignore[attr-defined]
            request.several = asker.choices > 1  # type: ignore[attr-defined]
            _touch(request)
            if employee.role not in OFFICE_ROLES or not allowed(employee, code):
                raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))
            if not (setting_up or employee.business.is_set_up):
                return go_to(request, settings.SETUP_URL)
            assert_section_on(code)
            return view(request, *args, **kwargs)

        return _mark(guarded, f"office: {code}")

    return guard


def till(view: View) -> View:
    """A living or revoked device by its token, own header and origin (the view decides what a revoked one may still do)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = refuse_till(request)
        if refusal is not None:
            return refusal
        device = device_of(request.COOKIES.get("smartpos_device", ""))
        if device is None:
            return till_error(401, "device_unknown", _("This device is not enrolled."))
        request.device = device  # type: ignore[attr-defined]
        address = request.META.get("REMOTE_ADDR", "")
        begin(
            Act(
                business_id=device.business_id, store_id=device.store_id, device_id=device.pk,
                address=address, request_id=current().request_id,
            )
        )  # fmt: skip
        return view(request, *args, **kwargs)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return _mark(guarded, "till")


def person(view: View) -> View:
    """Somebody signed in by password, whatever their role: for what is theirs alone. Sets `request.strong`, and the act."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        asker = asker_of(request)
        request.strong = True  # type: ignore[attr-defined]
        request.several = asker.choices > 1  # type: ignore[attr-defined]
        if asker.employee is not None:
            begin_office_act(request, asker.employee)
        _touch(request)
        return view(request, *args, **kwargs)

    return _mark(guarded, "person")


def asker_of(request: HttpRequest) -> sessions.Asker:
    """Who is behind the request's session, asked anew so that a deactivation works at once."""
    return sessions.asker(request.session, request.user.pk if request.user.is_authenticated else None)


def office_employee(request: HttpRequest) -> Employee | None:
    """The active employee behind the session."""
    return asker_of(request).employee


def _touch(request: HttpRequest) -> None:
    """Note every few minutes that the session is in use, which also puts its end off."""
    at = now()
    if request.session.get("seen", 0) < (at - sessions.SEEN_EVERY).timestamp() and request.session.session_key:
        request.session["seen"] = int(at.timestamp())
        sessions.seen(request.session.session_key, at=at)


def begin_office_act(request: HttpRequest, employee: Employee) -> None:
    """Open the tenant's scope for the rest of the request."""
    address = request.META.get("REMOTE_ADDR", "")
    begin(Act(business_id=employee.business_id, actor_id=employee.pk, address=address, request_id=current().request_id))
    request.employee = employee  # type: ignore[attr-defined]
    request.business = employee.business  # type: ignore[attr-defined]
    request.stores = visible_stores(employee)  # type: ignore[attr-defined]
    _speak(request, employee)


def _speak(request: HttpRequest, employee: Employee) -> None:
    """The person's own language, else what was chosen on this browser, else the business's (SET-02)."""
    own = employee.user.language if employee.user else employee.language
    wanted = own or ("" if getattr(request, "language_chosen", False) else employee.business.language)
    if wanted in dict(settings.LANGUAGES):
        translation.activate(wanted)
        request.LANGUAGE_CODE = wanted


def visible_stores(employee: Employee) -> list[Store]:
    """The stores an actor may see: all for the owner, the assigned ones for everybody else."""
    if employee.everywhere_in_business:
        return list(Store.objects.order_by("name", "pk"))
    return [link.store for link in employee.store_links.all()]


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead the whole page elsewhere, also when only a fragment was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return redirect(address)


def _to_sign_in(request: HttpRequest, *, choose: bool = False) -> HttpResponse:
    """To the sign-in, or to the choice of a business; a fragment makes the whole page go there."""
    place = settings.CHOOSE_URL if choose else settings.LOGIN_URL
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": place})
    return redirect(f"{place}?{urlencode({'next': request.get_full_path()})}")
