"""What customers get by mail that nobody asks for by hand."""

from django.utils.translation import gettext_lazy as _

from pos.services import welcome
from smartpos.access.kinds import Flag
from smartpos.access.settings import Setting, declare_settings
from smartpos.mail.mailing import SECTION, TAB
from smartpos.mail.types import MailType, Variable, declare_mail
from smartpos.outbox.deliveries import declare_handler

declare_settings(
    Setting(
        welcome.SWITCH,
        Flag(),
        default=True,
        label=_("Welcome new customers"),
        help=_("To whoever is added with an e-mail address, once. Not to people from an imported list."),
        tab=TAB,
        section=SECTION,
    )
)
declare_mail(MailType(welcome.KIND, _("Welcome of a customer"), (Variable("customer_name", _("Name"), "Amra Hadžić"),)))
declare_handler(welcome.KIND, welcome.deliver, label=_("Welcome of a customer"))
