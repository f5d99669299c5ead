"""Users: somebody's own e-mail and password, whichever businesses they work for."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.hooks import staff_changed
from smartpos.people.models import Employee, OfficeSession, User
from smartpos.people.services import sessions, throttle
from smartpos.people.services.pins import set_pin
from smartpos.people.services.staff_rules import clean_language


def make_user(email: str, password: str, *, name: str, language: str = "") -> User:
    """A new user. An address that is known is never taken over, whoever asks."""
    user = User(email=email, name=name)
    check_password(password, user)
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, name=name, language=language)
    except IntegrityError as error:
        raise DomainError(_("This e-mail address cannot be used."), field="email") from error


def check_password(password: str, user: User) -> None:
    """Refuse a password that is short, common or the person's own name."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field="password") from error


def prove(user: User, password: str, *, address: str, at: datetime, field: str = "password") -> None:
    """The password once more, for what only the person themselves may do; slower with each failure."""
    with throttle.counted("prove", user.pk, address, at=at):
        if not user.check_password(password):
            raise DomainError(_("The present password is not right."), field=field)


def change_own_pin(user: User, employee: Employee, *, password: str, pin: str, address: str, at: datetime) -> Employee:
    """A new PIN of one's own."""
    prove(user, password, address=address, at=at)
    with write_transaction():
        fresh: Employee = Employee.objects.select_for_update().get(pk=employee.pk)
        set_pin(fresh, pin)
        sessions.end(OfficeSession.objects.filter(employee=fresh), at=at)
        data = {"changes": {}, "pin_changed": True, "card_changed": False}
        record("employee.changed", subject=f"employee:{fresh.uuid}", data=data, at=at)
        staff_changed([fresh])
    return fresh


def change_password(user: User, *, old: str, new: str, keep: str | None, address: str, at: datetime) -> User:
    """The person's own change: the old password proves who asks, every other session ends."""
    prove(user, old, address=address, at=at, field="old")
    return set_password(user, new, keep=keep, address=address, at=at, action="password.changed")


def set_password(user: User, new: str, *, keep: str | None, address: str, at: datetime, action: str) -> User:
    """A new password, proven by the caller to be the person's wish. Ends every session but `keep`."""
    check_password(new, user)
    with write_transaction():
        user = User.objects.select_for_update().get(pk=user.pk)
        user.set_password(new)
        user.save(update_fields=["password"])
        sessions.end_of_user(user, at=at, keep=keep)
        log_for(user, action, address=address, at=at)
    return user


def set_own_language(user: User | None, employee: Employee | None, *, language: str) -> None:
    """The person's own choice, for pages, mails and the till."""
    language = clean_language(language)
    with write_transaction():
        if user is not None:
            User.objects.filter(pk=user.pk).update(language=language)
        if employee is not None:
            Employee.objects.filter(pk=employee.pk).update(language=language)


def log_for(user: User, action: str, *, address: str, at: datetime) -> None:
    """Write an act of a user into the log of every business they work for."""
    for employee in Employee.everywhere.filter(user=user, active=True):
        with acting(business_id=employee.business_id, actor_id=employee.pk, address=address), write_transaction():
            record(action, subject=f"employee:{employee.uuid}", data={}, at=at)
