"""What the shell tells the kernel."""

from django.utils.translation import gettext_lazy as _

from smartpos.access.permissions import OFFICE_ROLES, Permission, declare

declare(
    Permission("office.enter", _("Enter the Backoffice"), OFFICE_ROLES),
)
