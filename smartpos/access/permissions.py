"""Permission codes. Apps declare theirs; an unknown code is a programmer's error and raises.

What is shipped stands here; what a business changed of it is in its configuration (`smartpos.access.config`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartpos.access.config import config_of
from smartpos.people.models import Employee, Role

OFFICE_ROLES = (Role.OWNER, Role.ADMIN, Role.MANAGER)
SALES_ROLES = (*OFFICE_ROLES, Role.EMPLOYEE, Role.CASHIER)
EVERYBODY = tuple(Role)


@dataclass(frozen=True, slots=True)
class Permission:
    """A right, what it lets a person do, and who has it as shipped (SEC-14). `till`: it is used at the till.

    All others are rights in the Backoffice, which no other role than the first three can ever have.
    """

    code: str
    label: str | Promise
    roles: tuple[Role, ...]
    till: bool = False

    @property
    def group(self) -> str:
        """The row of the matrix under which it stands: the code's first word."""
        return self.code.partition(".")[0]


_known: dict[str, Permission] = {}
_groups: dict[str, str | Promise] = {}


class UnknownPermission(LookupError):
    """Nobody declared this code."""


def declare(*permissions: Permission) -> None:
    """Make codes known; twice the same code is an error."""
    for permission in permissions:
        if permission.code in _known:
            raise UnknownPermission(f"{permission.code} is declared twice")
        _known[permission.code] = permission


def declare_groups(groups: dict[str, str | Promise]) -> None:
    """What the first words of codes are called in the matrix."""
    _groups.update(groups)


def known() -> Iterable[Permission]:
    """All declared permissions, by code."""
    return (_known[code] for code in sorted(_known))


def permission_of(code: str) -> Permission:
    """The declaration."""
    try:
        return _known[code]
    except KeyError as error:
        raise UnknownPermission(code) from error


def group_label(group: str) -> str | Promise:
    """What a group is called."""
    return _groups.get(group, _("Other"))


def locked(permission: Permission, role: str) -> bool | None:
    """What nobody can change: the owner has every right, and no role below Manager any in the Backoffice. None: it is free."""
    if role == Role.OWNER:
        return True
    return False if not permission.till and role not in OFFICE_ROLES else None


def has_right(role: str, code: str, business_id: int) -> bool:
    """Whether a role of a business has a right now."""
    permission = permission_of(code)
    fixed = locked(permission, role)
    if fixed is not None:
        return fixed
    return config_of(business_id).rights.get((role, code), role in permission.roles)


def codes_of(role: str, business_id: int) -> list[str]:
    """The codes of a role, sorted: what a till caches for judging offline."""
    return [permission.code for permission in known() if has_right(role, permission.code, business_id)]


def allowed(actor: Employee | None, code: str, store_id: int | None = None) -> bool:
    """The only question. `store_id` adds: does the actor work there?"""
    permission_of(code)
    if actor is None or not actor.active or not has_right(actor.role, code, actor.business_id):
        return False
    if store_id is None or actor.everywhere_in_business:
        return True
    return any(link.store_id == store_id for link in actor.store_links.all())
