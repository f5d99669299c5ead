"""The mails about people: their types, and who posts what the kernel's people write."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from smartpos.context import acting
from smartpos.mail.services import send_mail
from smartpos.mail.types import MailType, Variable, declare_mail
from smartpos.people.hooks import letter
from smartpos.people.letters import Letter
from smartpos.people.models import Role

NAME = Variable("employee_name", _("Name of the employee"), "Amra Hodžić")
ROLE = Variable("role", _("Role"), "Menadžer")

declare_mail(
    MailType("welcome_employee", _("Welcome of an employee"), (NAME, ROLE)),
    MailType(
        "employee_invitation", _("Invitation to sign in"),
        (
            NAME, ROLE, Variable("invited_by", _("Who invites"), "Ana Kovač"),
            Variable("link", _("The link"), "https://pos.example/invitation/x/"), Variable("days", _("Days that it is good"), "7"),
        ),
        secret=True,
    ),
    MailType(
        "password_reset", _("Forgotten password"),
        (
            NAME, Variable("link", _("The link"), "https://pos.example/reset/x/"),
            Variable("minutes", _("Minutes that it is good"), "60"),
        ),
        secret=True,
    ),
    MailType(
        "new_sign_in", _("Sign-in from a new browser"),
        (
            NAME, Variable("at", _("When"), "26.11.2026. 12:30"), Variable("address", _("Network address"), "203.0.113.7"),
            Variable("browser", _("Browser"), "Chrome · Windows"),
        ),
    ),
)  # fmt: skip


@letter.implement
def post(written: Letter) -> None:
    """Hand a letter to the mail, in its language, inside the transaction that wrote it."""
    context = dict(written.context)
    if "role" in context:
        with translation.override(written.language):
            context["role"] = str(Role(context["role"]).label)
    with acting(business_id=written.business_id):
        send_mail(type=written.type, to=written.to, context=context, language=written.language)
