"""The staff: one person's page, hiring, dismissing and the way in. The list is in `staff`."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from backoffice.forms.employee import EmployeeForm
from backoffice.selectors.staff import history, open_invitation_of, visible_staff
from smartpos.access.guards import office
from smartpos.clock import now
from smartpos.errors import DomainError
from smartpos.people.models import Employee
from smartpos.people.services import invitations, second_factor, staffing
from smartpos.people.services.employees import set_active, update_employee
from smartpos.people.services.pins import free_pin
from smartpos.people.services.staff_rules import OFFICE, is_below
from smartpos.web.origin import public_origin
from smartpos.web.pages import OfficeRequest, render, say
from smartpos.web.stores import clock_of, open_stores

CODE = "employee.manage"


@require_http_methods(["GET", "POST"])
@office(CODE)
def new_employee(request: OfficeRequest) -> HttpResponse:
    """Hire somebody."""
    form = EmployeeForm(request.POST or None, by=request.employee, stores=open_stores(request), initial=_only_store(request))
    if request.method == "POST" and form.is_valid():
        _assert_strong(request, form.cleaned_data["role"])
        made = form.attempt(
            lambda: staffing.hire(
                by=request.employee, uuid=form.new_uuid, invite=form.cleaned_data["invite"], origin=public_origin(request),
                at=now(), **form.values(),
            )
        )  # fmt: skip
        if made is not None:
            say(request, _("%(name)s is on the staff.") % {"name": made.name})
            return redirect("office-employee", made.uuid)
    return render(request, "backoffice/employees/new.html", {"form": form}, status=form.status)


def _only_store(request: OfficeRequest) -> dict[str, Any]:
    """With one store there is nothing to choose."""
    places = open_stores(request)
    only = places[0].uuid if len(places) == 1 else None
    return {"stores": [only], "primary": only, "role": "cashier"} if only else {"role": "cashier"}


@require_http_methods(["GET", "POST"])
@office(CODE)
def employee_page(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """One person: what may be changed, and what is known."""
    person = _person(request, employee)
    mine = _may_change(request, person)
    form = EmployeeForm(request.POST or None, by=request.employee, stores=request.stores, person=person) if mine else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("You can only manage people whose role is below yours."))
        if form.is_valid() and _save(request, form, person) is not None:
            say(request, _("Saved."))
            return redirect("office-employee", person.uuid)
    context = {**_known(request, person), "form": form, "mine": mine}
    return render(request, "backoffice/employees/employee.html", context, status=form.status if form else 200)


def _save(request: OfficeRequest, form: EmployeeForm, person: Employee) -> Employee | None:
    _assert_strong(request, person.role, form.cleaned_data["role"])
    version = form.cleaned_data["version"]
    return form.attempt(lambda: update_employee(person, by=request.employee, version=version, at=now(), **form.values()))


def _known(request: OfficeRequest, person: Employee) -> dict[str, Any]:
    """What stands beside the form."""
    user = person.user
    links = person.store_links.select_related("store").order_by("-primary", "store__name")
    return {
        "person": person, "links": links, "history": history(person), "invitation": open_invitation_of(person), "now": now(),
        "second_step": user is not None and second_factor.is_on(user), "zone": clock_of(request),
        "is_me": person.pk == request.employee.pk, "office_role": person.role in OFFICE,
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@office(CODE)
def deactivate(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """Ask, then dismiss: nothing is deleted, every session ends."""
    person = _changeable(request, employee)
    error = ""
    if request.method == "POST":
        try:
            set_active(person, by=request.employee, active=False, at=now())
        except DomainError as refusal:
            error = refusal.message
        else:
            say(
                request,
                _("%(name)s is deactivated.") % {"name": person.name},
                undo=f"/backoffice/employees/{person.uuid}/reactivate/",
            )
            return redirect("office-employee", person.uuid)
    context = {"person": person, "error": error}
    return render(request, "backoffice/employees/deactivate.html", context, status=422 if error else 200)


@require_POST
@office(CODE)
def reactivate(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """Take somebody back."""
    person = _changeable(request, employee)
    set_active(person, by=request.employee, active=True, at=now())
    say(request, _("%(name)s is on the staff again.") % {"name": person.name})
    return redirect("office-employee", person.uuid)


@require_POST
@office(CODE)
def invite(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """Send the link, or a new one in the place of the last."""
    person = _changeable(request, employee)
    return _done(
        request, person, lambda: invitations.invite(person, by=request.employee, origin=public_origin(request), at=now()),
        _("An invitation is on its way to %(email)s.") % {"email": person.email},
    )  # fmt: skip


@require_POST
@office(CODE)
def revoke_invitation(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """Take the sent link back."""
    person = _changeable(request, employee)
    invitations.revoke_invitation(person, by=request.employee, at=now())
    say(request, _("The invitation is taken back; its link opens nothing any more."))
    return redirect("office-employee", person.uuid)


@require_http_methods(["GET", "POST"])
@office(CODE)
def remove_sign_in(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """Ask, then part the person from their sign-in."""
    person = _changeable(request, employee)
    if request.method == "GET":
        return render(request, "backoffice/employees/remove_sign_in.html", {"person": person})
    act = lambda: invitations.remove_sign_in(person, by=request.employee, at=now())  # noqa: E731
    return _done(request, person, act, _("The sign-in is removed. Another address can be invited."))


@require_POST
@office(CODE)
def reset_second_step(request: OfficeRequest, employee: UUID) -> HttpResponse:
    """The telephone is lost: the owner lets the person sign in with the password alone, once more."""
    person = _changeable(request, employee)
    act = lambda: staffing.reset_second_step(person, by=request.employee, at=now())  # noqa: E731
    return _done(request, person, act, _("The second step is reset. Tell the person to set it up again."))


@never_cache
@require_GET
@office(CODE)
def suggest_pin(request: HttpRequest) -> JsonResponse:
    """A PIN that is free and not easy to guess; says nothing of the others."""
    return JsonResponse({"value": free_pin(request.employee.business_id)})  # type: ignore[attr-defined]


def _person(request: OfficeRequest, employee: UUID) -> Employee:
    """Somebody whom this actor sees."""
    found: Employee = get_object_or_404(visible_staff(request.employee).select_related("user"), uuid=employee)
    return found


def _may_change(request: OfficeRequest, person: Employee) -> bool:
    own = person.pk == request.employee.pk
    return is_below(request.employee, person.role) and (not own or request.employee.everywhere_in_business)


def _changeable(request: OfficeRequest, employee: UUID) -> Employee:
    """Somebody whom this actor may change."""
    person = _person(request, employee)
    if not is_below(request.employee, person.role):
        raise PermissionDenied(_("You can only manage people whose role is below yours."))
    _assert_strong(request, person.role)
    return person


def _assert_strong(request: OfficeRequest, *roles: str) -> None:
    """Four digits at a till are not enough to give or change a way into the Backoffice."""
    if not request.strong and set(roles) & set(OFFICE):
        raise PermissionDenied(_("You came in by PIN. Sign in with your password to change people who open the Backoffice."))


def _done(request: OfficeRequest, person: Employee, act: Any, words: str) -> HttpResponse:
    """Do it, say so, or show why not; back to the person."""
    try:
        act()
    except DomainError as error:
        say(request, error.message)
    else:
        say(request, words)
    return redirect("office-employee", person.uuid)
