"""What money that is somebody else's tells the kernel: commission sales, parcels, and what is owed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pos.offline.entrusted import PAY, RECEIVE, SELL, judge_parcels, judge_pay, judge_sell
from pos.offline.entrusted_bodies import ConsignmentPay, ConsignmentSell, ParcelsReceive
from pos.selectors import entrusted
from pos.services.entrusted import MANAGE
from smartpos.access.modules import Module, declare_module
from smartpos.access.permissions import OFFICE_ROLES, SALES_ROLES, Permission, declare, declare_groups
from smartpos.audit.actions import Action, declare_actions, declare_link, declare_words
from smartpos.audit.checks import declare_check
from smartpos.operations.kinds import declare_kind
from smartpos.web.navigation import Entry, declare_entries

declare(
    Permission(SELL, _("Sell goods of other owners (commission sale)"), SALES_ROLES, till=True),
    Permission(PAY, _("Pay owners of goods out of the drawer"), OFFICE_ROLES, till=True),
    Permission(RECEIVE, _("Take parcels and what is paid for them"), SALES_ROLES, till=True),
    Permission("entrusted.view", _("See what is owed to owners of goods and to couriers"), OFFICE_ROLES),
    Permission(MANAGE, _("Change owners and couriers, pay by bank, correct"), OFFICE_ROLES),
    Permission("entrusted.export", _("Take these lists away as a file"), OFFICE_ROLES),
)

declare_groups({"consignment": _("Commission sales"), "parcels": _("Postal / Courier"), "entrusted": _("Owed to others")})
declare_module(
    Module("commission_sales", _("Commission Sales"), pos=True),
    Module("postal_packages", _("Postal Packages"), pos=True),
    Module("entrusted", _("Owed to others"), groups=("entrusted",)),
)
declare_entries(Entry("office-entrusted", _("Owed to others"), "package", "entrusted.view", 36))

declare_kind("consignment.sell", ConsignmentSell, judge_sell)
declare_kind("consignment.pay", ConsignmentPay, judge_pay)
declare_kind("parcels.receive", ParcelsReceive, judge_parcels)

declare_check("cash of others moved as their accounts say", entrusted.coins)

declare_words(
    groups={"entrusted": _("Owed to others")},
    fields={"party": _("Owner or courier"), "packages": _("Parcels"), "method": _("Payment")},
)
declare_actions(
    Action("entrusted.sale", _("Goods of an owner sold")),
    Action("entrusted.payout", _("Owner of goods paid")),
    Action("entrusted.cod", _("Parcels paid for (COD)")),
    Action("entrusted.collected", _("COD handed to the courier")),
    Action("entrusted.correction", _("What is owed corrected")),
    Action("entrusted.party_added", _("Owner or courier added")),
    Action("entrusted.party_changed", _("Owner or courier changed")),
    Action("entrusted.party_archived", _("Owner or courier archived")),
    Action("entrusted.party_restored", _("Owner or courier put back")),
)
declare_link("entrusted", lambda key: reverse("office-entrusted-party", args=[key]))
