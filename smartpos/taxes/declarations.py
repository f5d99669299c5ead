"""What taxes tell the kernel."""

from django.utils.translation import gettext_lazy as _

from smartpos.access.permissions import OFFICE_ROLES, Permission, declare, declare_groups
from smartpos.audit.actions import Action, declare_actions, declare_words

declare_groups({"tax": _("Taxes")})
declare(
    Permission("tax.view", _("See taxes and use the calculator"), OFFICE_ROLES),
    Permission("tax.manage", _("Manage tax rates and groups"), OFFICE_ROLES),
)

declare_words(
    groups={"tax": _("Taxes")},
    fields={
        "rate": _("Rate"), "rates": _("Rates"), "from": _("From"), "inclusive": _("Included in the price"),
        "compound": _("Compound"), "priority": _("Order"),
    },
)  # fmt: skip
declare_actions(
    Action("tax.rate_created", _("Tax rate added")),
    Action("tax.rate_changed", _("Tax rate changed")),
    Action("tax.change_planned", _("Change of a tax rate planned")),
    Action("tax.change_dropped", _("Planned change of a tax rate taken back")),
    Action("tax.group_created", _("Tax group added")),
    Action("tax.group_changed", _("Tax group changed")),
    Action("tax.default_set", _("Default tax set")),
    Action("tax.archived", _("Tax archived")),
    Action("tax.deleted", _("Unused tax deleted")),
    Action("tax.restored", _("Tax offered again")),
)
