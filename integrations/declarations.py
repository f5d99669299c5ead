"""What integrations tell the kernel, and the gateways that they give to selling."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from integrations.directory import Connected
from integrations.services import inbound, simulated
from integrations.simulator import webhook
from pos.gateways import fill_directory
from smartpos.access.permissions import Permission, declare, declare_groups
from smartpos.audit.actions import Action, declare_actions, declare_words
from smartpos.outbox.deliveries import declare_handler
from smartpos.people.models import Role
from smartpos.scheduling.jobs import Job, declare_job
from smartpos.web.navigation import Entry, declare_entries

declare(Permission("integrations.manage", _("Connect and disconnect payment gateways"), (Role.OWNER, Role.ADMIN)))
declare_groups({"integrations": _("Integrations")})
declare_entries(Entry("office-connections", _("Payment gateways"), "link", "integrations.manage", 880))
declare_words(groups={"integration": _("Integrations")}, fields={"provider": _("Provider")})
declare_actions(
    Action("integration.connected", _("Payment gateway connected")),
    Action("integration.disconnected", _("Payment gateway disconnected")),
)
declare_handler(simulated.WEBHOOK, webhook.deliver, label=_("Simulator: message"))
declare_job(
    Job("inbound.forget", _("Clear messages of providers older than a month"), inbound.forget_old, every=timedelta(hours=24))
)

fill_directory(Connected())
