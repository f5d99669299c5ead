"""The matrix: which role has which right, as a business wants it."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from smartpos.access.config import forget_request
from smartpos.access.hooks import rights_changed
from smartpos.access.models import RoleRight
from smartpos.access.permissions import has_right, locked, permission_of
from smartpos.access.services.state import changing
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, NotAllowed
from smartpos.people.models import Employee, Role
from smartpos.people.services.staff_rules import assert_below

Rights = Mapping[tuple[str, str], bool]


def set_rights(rights: Rights, *, by: Employee, at: datetime) -> list[tuple[str, str]]:
    """Set rights by role and code, all or nothing; answers those that changed. In force from the next request on.

    The owner's rights are fixed, and so is that no role below Manager has one in the Backoffice. Nobody edits a role at or above
    their own, and nobody gives a right that they do not have.
    """
    with write_transaction():
        with changing(by.business_id):
            now = {key: has_right(*key, by.business_id) for key in rights}
            changed = {key: wanted for key, wanted in rights.items() if now[key] != wanted}
            for (role, code), granted in sorted(changed.items()):
                _assert_may_set(by, role, code, granted=granted)
                _store(by.business_id, role, code, granted=granted)
        if changed:
            data = {f"{role} {code}": [now[role, code], granted] for (role, code), granted in sorted(changed.items())}
            record("permissions.changed", subject=f"business:{by.business_id}", data={"changes": data}, at=at)
            rights_changed(sorted({role for role, _code in changed}))
    forget_request()
    return sorted(changed)


def _assert_may_set(by: Employee, role: str, code: str, *, granted: bool) -> None:
    if role not in Role.values:
        raise DomainError(_("There is no such role."))
    if role == Role.OWNER:
        raise NotAllowed(_("The owner's rights cannot be taken away."))
    assert_below(by, role)
    if locked(permission_of(code), role) is not None:
        raise NotAllowed(_("This role never has rights in the Backoffice."))
    if granted and not has_right(by.role, code, by.business_id):
        raise NotAllowed(_("You cannot give a right that you do not have yourself."))


def _store(business_id: int, role: str, code: str, *, granted: bool) -> None:
    """What is as shipped needs no row."""
    rows = RoleRight.objects.filter(business_id=business_id, role=role, code=code)
    if granted == (role in permission_of(code).roles):
        rows.delete()
    elif not rows.update(granted=granted):
        RoleRight.objects.create(business_id=business_id, role=role, code=code, granted=granted)
