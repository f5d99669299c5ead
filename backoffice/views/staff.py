"""The list of the staff (EMP-01, EMP-06): never a PIN, a card or a password, on the page or in the file."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from backoffice.selectors.staff import listed_staff, working_in
from smartpos.access.guards import office
from smartpos.people.models import Employee, Role
from smartpos.web.lists import Choice, Column, Empty, Link, OfficeList, Search, own_page, show
from smartpos.web.pages import OfficeRequest
from smartpos.web.stores import shown_store
from smartpos.web.templatetags.smartpos import quantity

Staff = QuerySet[Any]


def by_words(rows: Staff, text: str) -> Staff:
    """Each word is in the name, the address or the number."""
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(phone__icontains=word))
    return rows


def in_state(rows: Staff, state: str) -> Staff:
    """Who works here, or who once did."""
    return rows.filter(active=state == "active")


def store_names(employee: Employee) -> str:
    """The primary store first."""
    return ", ".join(link.store.name for link in employee.store_links.all()) or (_everywhere(employee))


def _everywhere(employee: Employee) -> str:
    return str(_("All stores")) if employee.everywhere_in_business else ""


def share(employee: Employee) -> str:
    """The commission as people write it."""
    return f"{quantity(employee.commission)}\u00a0%" if employee.commission is not None else ""


STAFF = OfficeList(
    code="people.employees",
    title=_("Employees"),
    order="name",
    address=own_page("office-employee"),
    export="employee.export",
    links=(Link(url="office-employee-new", label=_("New employee"), icon="user-plus", permission="employee.manage", primary=True),),
    columns=(
        Column(code="name", label=_("Full name"), value=lambda e: e.name, sort="name"),
        Column(code="role", label=_("Role"), value=lambda e: e.get_role_display(), sort="role"),
        Column(code="stores", label=_("Stores"), value=store_names),
        Column(code="email", label=_("E-mail"), value=lambda e: e.email, sort="email"),
        Column(code="phone", label=_("Phone"), value=lambda e: e.phone, shown=False),
        Column(
            code="commission", label=_("Commission"), value=lambda e: e.commission, show=share, sort="commission", number=True,
            shown=False,
        ),
        Column(
            code="seen", label=_("Last sign-in"), value=lambda e: e.last_sign_in_at, sort="last_sign_in_at",
            show=lambda e: date_format(e.last_sign_in_at, "DATE_FORMAT") if e.last_sign_in_at else "",
        ),
        Column(
            code="state", label=_("State"), value=lambda e: _("Active") if e.active else _("Deactivated"), sort="active",
            template="backoffice/employees/_state.html",
        ),
    ),
    filters=(
        Search(label=_("Name, e-mail or phone"), where=by_words),
        Choice(code="role", label=_("Role"), options=Role.choices, where="role"),
        Choice(
            code="state", label=_("Show"), options=(("active", _("Active")), ("gone", _("Deactivated"))), where=in_state,
            default="active",
        ),
    ),
    empty=Empty(
        picture="users", title=_("Nobody here yet"), sentence=_("Hire the people who sell: each gets a PIN of their own."),
        url="office-employee-new", button=_("New employee"), permission="employee.manage",
    ),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@office("employee.manage")
def employee_list(request: OfficeRequest) -> HttpResponseBase:
    """Everybody whom this person sees; the store of the top bar narrows it."""
    rows, store = listed_staff(request.employee), shown_store(request)
    return show(request, STAFF, working_in(rows, store) if store else rows)
