"""Sign-in by e-mail and password."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from smartpos.errors import DomainError
from smartpos.people.crypto import keyed
from smartpos.people.models import Employee, User
from smartpos.people.services import second_factor, sessions, throttle
from smartpos.people.services.accounts import log_for


def sign_in(email: str, password: str, *, address: str, at: datetime, browser: str = "") -> User:
    """The user with these credentials. One neutral error for everything wrong; throttled per account and per address.

    A browser that the user has signed in with before has a count of its own, so that strangers cannot lock the owner out.
    Where a second step is on, the caller asks for it; the sign-in is complete, and logged, with `complete`.
    """
    email = email.replace("\x00", "").strip().lower()
    user = User.objects.filter(email=email, is_active=True).first()
    account = f"sign-in:account:{email[:80]}"
    if user is not None and sessions.knows(user, browser):
        account = f"sign-in:browser:{user.pk}:{keyed('browser', browser).hex()[:32]}"
    keys = (account, f"sign-in:address:{throttle.place(address)}")
    throttle.check(keys, at=at)
    if user is None:
        make_password(password)  # the same work as a real check, so that time does not tell who exists
    if user is None or not user.check_password(password):
        throttle.fail(keys, at=at)
        raise DomainError(_("E-mail or password is not right."), code="credentials", field="password")
    throttle.succeed(keys[:1])
    if not second_factor.is_on(user):
        complete(user, address=address, at=at)
    return user


def complete(user: User, *, address: str, at: datetime) -> None:
    """Every step was right: log the beginning of a session."""
    Employee.everywhere.filter(user=user, active=True).update(last_sign_in_at=at)
    log_for(user, "session.started", address=address, at=at)


def sign_out(user: User, *, address: str, at: datetime) -> None:
    """Log the end of a session; the view ends the session itself."""
    log_for(user, "session.ended", address=address, at=at)
