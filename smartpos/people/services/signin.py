"""Sign-in by e-mail and password."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee, User
from smartpos.people.services import throttle


def sign_in(email: str, password: str, *, address: str, at: datetime) -> User:
    """The user with these credentials. One neutral error for everything wrong; throttled per account and per address."""
    email = email.replace("\x00", "").strip().lower()
    keys = (f"sign-in:account:{email[:80]}", f"sign-in:address:{address}")
    throttle.check(keys, at=at)
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        make_password(password)  # the same work as a real check, so that time does not tell who exists
    if user is None or not user.check_password(password):
        throttle.fail(keys, at=at)
        raise DomainError(_("E-mail or password is not right."), code="credentials", field="password")
    throttle.succeed(keys[:1])
    _log(user, "session.started", address=address, at=at)
    return user


def sign_out(user: User, *, address: str, at: datetime) -> None:
    """Log the end of a session; the view ends the session itself."""
    _log(user, "session.ended", address=address, at=at)


def _log(user: User, action: str, *, address: str, at: datetime) -> None:
    for employee in Employee.everywhere.filter(user=user, active=True):
        with acting(business_id=employee.business_id, actor_id=employee.pk, address=address), write_transaction():
            record(action, subject=f"employee:{employee.uuid}", data={}, at=at)
