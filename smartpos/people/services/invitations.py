"""Invitations: nobody types a password for somebody else. A mailed link, good once, lets the person make their own.

A person who signs in to another business already accepts with that sign-in, being signed in: an address is never taken over.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, NotAllowed
from smartpos.people.crypto import keyed, new_token
from smartpos.people.hooks import letter
from smartpos.people.letters import Letter
from smartpos.people.models import Employee, Invitation, User
from smartpos.people.services import sessions
from smartpos.people.services import staff_rules as rules
from smartpos.people.services.accounts import make_user

LIFE = timedelta(days=7)


class LinkDead(DomainError):
    """Used, taken back, too old, or never sent: the answer is the same."""

    code = "link_dead"
    status = 404


def invite(employee: Employee, *, by: Employee, origin: str, at: datetime) -> Invitation:
    """Mail a new link; the one before stops working. `origin` is the product's own configured address."""
    rules.assert_reach(employee, by=by)
    with write_transaction():
        employee = Employee.objects.select_for_update().select_related("business").get(pk=employee.pk)
        _assert_can_be_invited(employee)
        _revoke(employee, at=at)
        token = new_token()
        invitation: Invitation = Invitation.objects.create(
            business_id=employee.business_id, employee=employee, email=employee.email, token_hash=_hash(token),
            created_at=at, created_by=by, expires_at=at + LIFE,
        )  # fmt: skip
        record("invitation.sent", subject=f"employee:{employee.uuid}", data={}, at=at)
        letter(_letter(employee, by=by, link=f"{origin}/invitation/{token}/"))
    return invitation


def revoke_invitation(employee: Employee, *, by: Employee, at: datetime) -> None:
    """Take back what was sent. Twice changes nothing."""
    rules.assert_reach(employee, by=by)
    with write_transaction():
        if _revoke(employee, at=at):
            record("invitation.revoked", subject=f"employee:{employee.uuid}", data={}, at=at)


def open_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation behind a link that can still be accepted."""
    found = Invitation.everywhere.filter(
        token_hash=_hash(token), used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at,
        employee__active=True, employee__user__isnull=True,
    ).select_related("employee", "business")  # fmt: skip
    invitation = found.first()
    if invitation is None or invitation.employee.email != invitation.email:
        raise LinkDead(_("It was used or taken back, or it is too old. Ask for a new invitation."))
    return invitation


def has_account(invitation: Invitation) -> bool:
    """Whether the invited address belongs to somebody who signs in already."""
    return User.objects.filter(email=invitation.email).exists()


def accept_new(token: str, *, password: str, language: str, address: str, at: datetime) -> User:
    """Make the person's sign-in with a password of their own."""
    invitation = open_invitation(token, at=at)
    with acting(business_id=invitation.business_id, actor_id=invitation.employee_id, address=address), write_transaction():
        _use(invitation, at=at)
        user = make_user(invitation.email, password, name=invitation.employee.name, language=language)
        _link(invitation, user, at=at)
    return user


def accept_with(token: str, user: User, *, address: str, at: datetime) -> None:
    """Join with the sign-in one has: only who is signed in as the invited address, and has the mailed link."""
    invitation = open_invitation(token, at=at)
    if user.email != invitation.email:
        raise NotAllowed(_("This invitation is for another e-mail address. Sign out first."))
    with acting(business_id=invitation.business_id, actor_id=invitation.employee_id, address=address), write_transaction():
        _use(invitation, at=at)
        _link(invitation, user, at=at)


def remove_sign_in(employee: Employee, *, by: Employee, at: datetime) -> None:
    """Part an employee from their user, so that another address can be invited. The user itself stays its owner's."""
    rules.assert_reach(employee, by=by)
    if employee.pk == by.pk:
        raise DomainError(_("You cannot remove your own sign-in."))
    with write_transaction():
        employee = Employee.objects.select_for_update().get(pk=employee.pk)
        if employee.user_id is None:
            return
        sessions.end_of_employee(employee, at=at)
        employee.user = None
        employee.version += 1
        employee.save(update_fields=["user", "version"])
        record("employee.sign_in_removed", subject=f"employee:{employee.uuid}", data={}, at=at)


def _assert_can_be_invited(employee: Employee) -> None:
    if not employee.email:
        raise DomainError(_("Give the person an e-mail address first."), field="email")
    if not employee.active:
        raise DomainError(_("Somebody who was deactivated cannot be invited."))
    if employee.user_id is not None:
        raise DomainError(_("This person signs in already."))


def _revoke(employee: Employee, *, at: datetime) -> int:
    open_ones = Invitation.objects.filter(employee=employee, used_at__isnull=True, revoked_at__isnull=True)
    return int(open_ones.update(revoked_at=at))


def _use(invitation: Invitation, *, at: datetime) -> None:
    """Two who press at the same moment: one gets it."""
    fresh = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, revoked_at__isnull=True)
    if not fresh.update(used_at=at):
        raise LinkDead(_("It was used or taken back, or it is too old. Ask for a new invitation."))


def _link(invitation: Invitation, user: User, *, at: datetime) -> None:
    employee = Employee.objects.select_for_update().get(pk=invitation.employee_id)
    employee.user = user
    employee.version += 1
    try:
        with transaction.atomic():
            employee.save(update_fields=["user", "version"])
    except IntegrityError as error:
        raise DomainError(_("You work in this business already.")) from error
    record("invitation.accepted", subject=f"employee:{employee.uuid}", data={}, at=at)


def _letter(employee: Employee, *, by: Employee, link: str) -> Letter:
    context = {
        "business_name": employee.business.name, "employee_name": employee.name, "invited_by": by.name,
        "role": employee.role, "link": link, "days": str(LIFE.days),
    }  # fmt: skip
    language = employee.language or employee.business.language
    return Letter("employee_invitation", employee.email, language, employee.business_id, context)


def _hash(token: str) -> bytes:
    return keyed("invitation", token[:100])
