"""Acts on staff that join several rooms: hiring with a letter, and helping somebody back in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, NotAllowed
from smartpos.people.hooks import letter
from smartpos.people.letters import Letter
from smartpos.people.models import Employee, Role
from smartpos.people.services import second_factor, sessions
from smartpos.people.services import staff_rules as rules
from smartpos.people.services.employees import create_employee, hired_before
from smartpos.people.services.invitations import invite as send_invitation


def hire(*, by: Employee, uuid: UUID, invite: bool, origin: str, at: datetime, card: str | None, **values: Any) -> Employee:
    """Hire somebody and write to them: with an invitation where they shall sign in, else a welcome (EMP-15)."""
    with write_transaction():
        known = hired_before(uuid, values["name"])
        if known is not None:
            return known
        employee = create_employee(by=by, uuid=uuid, password="", card=card or "", at=at, **values)
        if not employee.email:
            return employee
        _welcome(employee)
        if invite:
            send_invitation(employee, by=by, origin=origin, at=at)
    return employee


def _welcome(employee: Employee) -> None:
    business = employee.business
    context = {"business_name": business.name, "employee_name": employee.name, "role": employee.role}
    language = employee.language or business.language
    letter(Letter("welcome_employee", employee.email, language, employee.business_id, context))


def reset_second_step(employee: Employee, *, by: Employee, at: datetime) -> None:
    """Only the owner, and only for somebody who works for no other business: the step guards all of them."""
    if by.role != Role.OWNER or employee.pk == by.pk:
        raise NotAllowed(_("Only the owner resets somebody's second step."))
    rules.assert_reach(employee, by=by)
    user = employee.user
    if user is None:
        return
    if Employee.everywhere.filter(user=user, active=True).exclude(business_id=employee.business_id).exists():
        raise DomainError(_("This person also works for another business; only they can reset their second step."))
    with write_transaction():
        second_factor.remove(user)
        sessions.end_of_user(user, at=at)
        record("second_factor.reset", subject=f"employee:{employee.uuid}", data={}, at=at)
