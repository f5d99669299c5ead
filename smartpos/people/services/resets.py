"""A forgotten password: a mailed link, good once and for an hour. The page says the same whoever asks for whom."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from smartpos.db.locks import write_transaction
from smartpos.errors import TooManyTries
from smartpos.people.crypto import keyed, new_token
from smartpos.people.hooks import letter
from smartpos.people.letters import Letter
from smartpos.people.models import Employee, PasswordReset, User
from smartpos.people.services import throttle
from smartpos.people.services.accounts import set_password
from smartpos.people.services.invitations import LinkDead

LIFE = timedelta(hours=1)
FREE_LETTERS = 3
FREE_REQUESTS = 10


def request_reset(email: str, *, origin: str, address: str, at: datetime) -> None:
    """Mail a link where somebody has this address. Silent otherwise, and when one account is asked for too often."""
    email = email.replace("\x00", "").strip().lower()
    account, place = (f"reset:account:{email[:80]}",), (f"reset:address:{throttle.place(address)}",)
    throttle.check(place, at=at)
    throttle.fail(place, at=at, free=FREE_REQUESTS)
    try:
        throttle.check(account, at=at)
    except TooManyTries:
        return
    throttle.fail(account, at=at, free=FREE_LETTERS - 1)
    user = User.objects.filter(email=email, is_active=True).first()
    employee = Employee.everywhere.filter(user=user, active=True).select_related("business").order_by("pk").first()
    if user is not None and employee is not None:
        _send(user, employee, origin=origin, at=at)


def _send(user: User, employee: Employee, *, origin: str, at: datetime) -> None:
    token = new_token()
    language = user.language or employee.language or employee.business.language
    context = {"employee_name": user.name or employee.name, "link": f"{origin}/reset/{token}/", "minutes": "60"}
    with write_transaction():
        PasswordReset.objects.filter(user=user, used_at__isnull=True).update(used_at=at)
        PasswordReset.objects.create(user=user, token_hash=_hash(token), created_at=at, expires_at=at + LIFE)
        letter(Letter("password_reset", user.email, language, employee.business_id, context))


def open_reset(token: str, *, at: datetime) -> PasswordReset:
    """The reset behind a link that still works."""
    found = PasswordReset.objects.filter(token_hash=_hash(token), used_at__isnull=True, expires_at__gt=at, user__is_active=True)
    reset = found.select_related("user").first()
    if reset is None:
        raise LinkDead(_("It was used, or it is too old. Ask for a new one."))
    return reset


def use_reset(token: str, password: str, *, address: str, at: datetime) -> User:
    """Choose the new password; every session of the user ends, and the address they forgot it at opens again."""
    reset = open_reset(token, at=at)
    with write_transaction():
        if not PasswordReset.objects.filter(pk=reset.pk, used_at__isnull=True).update(used_at=at):
            raise LinkDead(_("It was used, or it is too old. Ask for a new one."))
        user = set_password(reset.user, password, keep=None, address=address, at=at, action="password.reset")
        throttle.succeed([f"sign-in:account:{user.email[:80]}"])
    return user


def _hash(token: str) -> bytes:
    return keyed("reset", token[:100])
