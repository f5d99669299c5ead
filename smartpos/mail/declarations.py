"""Mail is a kind of delivery; one type of mail is the kernel's own."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from smartpos.audit.actions import Action, declare_actions
from smartpos.mail.services import KIND, deliver, describe, forget_old
from smartpos.mail.types import MailType, Variable, declare_mail
from smartpos.outbox.deliveries import declare_handler
from smartpos.scheduling.jobs import Job, declare_job

declare_handler(KIND, deliver, label=_("Mail"), describe=describe)

declare_job(Job("mail.forget", _("Clear mail older than a month"), forget_old, every=timedelta(hours=24)))

declare_actions(
    Action("mail.text_changed", _("Text of a mail changed")),
    Action("mail.server_changed", _("Mail server changed")),
    Action("mail.server_removed", _("Mail server removed")),
    Action("mail.server_tried", _("Mail server tried")),
    Action("mail.text_reset", _("Text of a mail put back")),
)

declare_mail(
    MailType("test", _("Test mail"), (Variable("name", _("Who asked for it"), "Ana"),)),
)
