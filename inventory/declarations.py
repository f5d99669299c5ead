"""What the catalogue tells the kernel."""

from django.utils.translation import gettext_lazy as _

from smartpos.access.permissions import OFFICE_ROLES, Permission, declare
from smartpos.web.navigation import Entry, declare_entries

declare(
    Permission("product.view", _("See products"), OFFICE_ROLES),
    Permission("product.manage", _("Manage products and categories"), OFFICE_ROLES),
)

declare_entries(
    Entry("office-products", _("Products"), "package", "product.view", 110),
)
