"""Permissions about what lies in the kernel."""

from django.utils.translation import gettext_lazy as _

from smartpos.access.permissions import OFFICE_ROLES, Permission, declare
from smartpos.people.models import Role

declare(
    Permission("device.manage", _("Enrol and revoke devices"), OFFICE_ROLES),
    Permission("employee.manage", _("Manage people"), OFFICE_ROLES),
    Permission("store.manage", _("Manage stores and terminals"), (Role.OWNER, Role.ADMIN)),
    Permission("audit.view", _("See the audit log"), OFFICE_ROLES),
)
