"""What belongs to signing in by e-mail: mailed links, sessions, the second factor."""

from django.conf import settings
from django.db import models

from smartpos.ids import uuid7
from smartpos.people.scope import Tenant


class Invitation(Tenant):
    """A mailed link by which a person makes their own sign-in for an employee: good once, until its day, unless taken back."""

    employee = models.ForeignKey("people.Employee", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Employee", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation of {self.employee_id}"


class PasswordReset(models.Model):
    """A mailed link to choose a new password: good once and for an hour."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"reset of {self.user_id}"


class OfficeSession(models.Model):
    """One sign-in of one browser, as its owner sees it in the list of sessions.

    `user` for a sign-in by password; `employee` for one by PIN, which hangs on the enrolled device where it was made.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="office_sessions")
    employee = models.ForeignKey("people.Employee", null=True, on_delete=models.CASCADE, related_name="pin_sessions")
    device = models.ForeignKey("people.Device", null=True, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True, null=True)
    browser = models.BinaryField(max_length=32)
    user_agent = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-seen_at"], name="sessions_of_user")]

    def __str__(self) -> str:
        return f"session {self.uuid}"


class OfficeTicket(Tenant):
    """What an enrolled device hands its own browser after a right PIN: one door to the Backoffice, once, within a minute."""

    employee = models.ForeignKey("people.Employee", on_delete=models.CASCADE, related_name="+")
    device = models.ForeignKey("people.Device", on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"ticket of {self.employee_id}"


class SecondFactor(models.Model):
    """A user's authenticator app. The secret is sealed under the server's key; a code counts once (`last_step`)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(models.Model):
    """A code for the day the telephone is lost: shown once, kept as a keyed hash, good once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"
