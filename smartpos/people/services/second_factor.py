"""The second step of signing in: a code of an authenticator app, or a recovery code."""

import hmac
import secrets
from datetime import datetime

import pyotp
from django.utils.translation import gettext as _

from smartpos.crypto import seal, unseal
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.crypto import CODE_LETTERS, keyed, plain_code
from smartpos.people.models import RecoveryCode, SecondFactor, User
from smartpos.people.services import throttle
from smartpos.people.services.accounts import log_for, prove

PURPOSE = "second-factor"
STEP = 30
WINDOW = (0, -1, 1)
RECOVERY_CODES = 10


def is_on(user: User) -> bool:
    """Whether the user has confirmed an authenticator app."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def begin(user: User) -> str:
    """A new secret, good for nothing until a code confirms it. What was begun before is forgotten."""
    if is_on(user):
        raise DomainError(_("The second step is on already."))
    secret = pyotp.random_base32()
    with write_transaction():
        SecondFactor.objects.update_or_create(user=user, defaults={"secret": seal(PURPOSE, secret), "confirmed_at": None})
    return secret


def pending_secret(user: User) -> str:
    """The secret that waits for its first code; "" when nothing was begun."""
    found = SecondFactor.objects.filter(user=user, confirmed_at__isnull=True).first()
    return unseal(PURPOSE, bytes(found.secret)) if found else ""


def address_of(user: User, secret: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="SmartPOS")


def confirm(user: User, code: str, *, address: str, at: datetime) -> list[str]:
    """Turn it on by a first code; answers the recovery codes, which are shown this once."""
    with throttle.counted("second", user.pk, address, at=at), write_transaction():
        factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
        if factor is None or not _take_step(factor, code, at=at):
            raise _wrong()
        SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=at)
        codes = _new_recovery_codes(user)
        log_for(user, "second_factor.on", address=address, at=at)
    return codes


def verify(user: User, code: str, *, address: str, at: datetime) -> None:
    """The second step: refuses what is wrong or was used before, slower with each failure."""
    with throttle.counted("second", user.pk, address, at=at):
        factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
        if factor is None or not (_take_step(factor, code, at=at) or _take_recovery_code(user, code, at=at)):
            raise _wrong()


def turn_off(user: User, *, password: str, address: str, at: datetime) -> User:
    """The person's own wish, proven by the password."""
    prove(user, password, address=address, at=at)
    with write_transaction():
        remove(user)
        log_for(user, "second_factor.off", address=address, at=at)
    return user


def renew_recovery_codes(user: User, *, code: str, address: str, at: datetime) -> list[str]:
    """Ten new codes in the place of what is left, for who shows a code of the app."""
    verify(user, code, address=address, at=at)
    with write_transaction():
        codes = _new_recovery_codes(user)
        log_for(user, "second_factor.codes_renewed", address=address, at=at)
    return codes


def remove(user: User) -> None:
    """Forget app and codes. Inside a transaction."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def codes_left(user: User) -> int:
    """Recovery codes that are not used up."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def _take_step(factor: SecondFactor, code: str, *, at: datetime) -> bool:
    """Whether the code is of now (half a minute to either side), and of a moment later than the last one taken."""
    code = "".join(code.split())
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return False
    totp, now = pyotp.TOTP(unseal(PURPOSE, bytes(factor.secret))), int(at.timestamp()) // STEP
    step = next((now + n for n in WINDOW if hmac.compare_digest(totp.generate_otp(now + n), code)), None)
    if step is None:
        return False
    return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step))


def _take_recovery_code(user: User, code: str, *, at: datetime) -> bool:
    hashed = keyed("recovery", str(user.pk), plain_code(code))
    return bool(RecoveryCode.objects.filter(user=user, code_hash=hashed, used_at__isnull=True).update(used_at=at))


def _new_recovery_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [_recovery_code() for _n in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=keyed("recovery", str(user.pk), plain_code(code))) for code in codes
    )
    return codes


def _recovery_code() -> str:
    """Ten letters that are read aloud and typed: 49 bits, tries counted."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _n in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _wrong() -> DomainError:
    return DomainError(_("This code is not right, or it was used already."), code="code_wrong", field="code")
