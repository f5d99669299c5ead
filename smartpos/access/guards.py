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
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from smartpos.access.permissions import OFFICE_ROLES, allowed
from smartpos.access.till import refuse_till, till_error
from smartpos.context import Act, begin, current
from smartpos.people.models import Employee, Store, store_links
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


def office(code: str) -> Callable[[View], View]:
    """Signed-in staff with an office role and this permission. Sets `request.employee`, `.business`, `.stores` and the act."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            employee = office_employee(request)
            if employee is None:
                return _to_sign_in(request)
            begin_office_act(request, employee)
            if employee.role not in OFFICE_ROLES or not allowed(employee, code):
                raise PermissionDenied(_("Your role does not allow this. Ask a manager or the owner."))
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


def office_employee(request: HttpRequest) -> Employee | None:
    """The active employee behind the session, asked anew at each request so that a deactivation works at once."""
    if not request.user.is_authenticated:
        return None
    employees = Employee.everywhere.filter(user_id=request.user.pk, active=True)
    return employees.select_related("business", "user").prefetch_related(store_links()).order_by("pk").first()


def begin_office_act(request: HttpRequest, employee: Employee) -> None:
    """Open the tenant's scope for the rest of the request."""
    address = request.META.get("REMOTE_ADDR", "")
    begin(Act(business_id=employee.business_id, actor_id=employee.pk, address=address, request_id=current().request_id))
    request.employee = employee  # type: ignore[attr-defined]
    request.business = employee.business  # type: ignore[attr-defined]
    request.stores = visible_stores(employee)  # type: ignore[attr-defined]


def visible_stores(employee: Employee) -> list[Store]:
    """The stores an actor may see: all for the owner, the assigned ones for everybody else."""
    stores = Store.objects.order_by("name", "pk")
    if not employee.everywhere_in_business:
        stores = stores.filter(pk__in=[link.store_id for link in employee.store_links.all()])
    return list(stores)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    target = f"{settings.LOGIN_URL}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": settings.LOGIN_URL})
    return redirect(target)
