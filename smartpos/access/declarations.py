"""Permissions about what lies in the kernel."""

from django.utils.translation import gettext_lazy as _

from smartpos.access.permissions import OFFICE_ROLES, Permission, declare

declare(
    Permission("device.manage", _("Enrol and revoke devices"), OFFICE_ROLES),
)
