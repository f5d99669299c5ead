"""Permission codes. Apps declare theirs; an unknown code is a programmer's error and raises."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from smartpos.people.models import Employee, Role

OFFICE_ROLES = (Role.OWNER, Role.ADMIN, Role.MANAGER)
SALES_ROLES = (*OFFICE_ROLES, Role.EMPLOYEE, Role.CASHIER)
EVERYBODY = tuple(Role)


@dataclass(frozen=True, slots=True)
class Permission:
    """A right, what it lets a person do, and who has it as shipped (SEC-14)."""

    code: str
    label: str | Promise
    roles: tuple[Role, ...]


_known: dict[str, Permission] = {}


class UnknownPermission(LookupError):
    """Nobody declared this code."""


def declare(*permissions: Permission) -> None:
    """Make codes known; twice the same code is an error."""
    for permission in permissions:
        if permission.code in _known:
            raise UnknownPermission(f"{permission.code} is declared twice")
        _known[permission.code] = permission


def known() -> Iterable[Permission]:
    """All declared permissions, by code."""
    return (_known[code] for code in sorted(_known))


def codes_of(role: str) -> list[str]:
    """The codes of a role, sorted: what a till caches for judging offline."""
    return [p.code for p in known() if role in p.roles]


def allowed(actor: Employee | None, code: str, store_id: int | None = None) -> bool:
    """The only question. `store_id` adds: does the actor work there?"""
    if code not in _known:
        raise UnknownPermission(code)
    if actor is None or not actor.active or actor.role not in _known[code].roles:
        return False
    if store_id is None or actor.everywhere_in_business:
        return True
    return any(link.store_id == store_id for link in actor.store_links.all())
