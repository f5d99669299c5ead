"""A fresh installation: whoever comes first makes the business and its owner, once.

On a server that others reach, coming first proves nothing: the set-up code, which only the server's console and log tell, does.
It is made from the server's own key, so that every process of an installation knows the same one.
"""

from datetime import datetime

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, DomainError
from smartpos.people.crypto import CODE_LETTERS, keyed, plain_code
from smartpos.people.models import Business, Employee, Role
from smartpos.people.services import throttle
from smartpos.people.services.employees import add_employee
from smartpos.people.services.rules import one_line

HALF = 4


def is_due() -> bool:
    """Whether there is no owner yet."""
    return not Employee.everywhere.filter(role=Role.OWNER).exists()


def setup_code() -> str:
    """Eight letters, the same in every process of this installation; worth nothing once there is an owner."""
    letters = [CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in keyed("first-visit")[: 2 * HALF]]
    return f"{''.join(letters[:HALF])}-{''.join(letters[HALF:])}"


def check_setup_code(typed: str, *, address: str, at: datetime) -> None:
    """Refuse a wrong code; tries are counted for the address and for everybody together."""
    keys = (f"first-visit:address:{address}", "first-visit:all")
    throttle.check(keys, at=at)
    if not constant_time_compare(plain_code(typed), plain_code(setup_code())):
        throttle.fail(keys[:1], at=at)
        throttle.fail(keys[1:], at=at, free=50)
        raise DomainError(_("This is not the set-up code. It stands in the server's log."), code="code_unknown", field="code")


def found_first(
    *, business_name: str, owner_name: str, email: str, password: str, language: str, at: datetime
) -> tuple[Business, Employee]:
    """The first business and its owner, with the wizard still to come. Of two at once, one is made."""
    name = one_line(business_name)
    if not name or len(name) > 120:
        raise DomainError(_("Give the business a name."), field="business")
    if not email.strip():
        raise DomainError(_("This is not an e-mail address."), field="email")
    with write_transaction():
        serialise("first-owner")
        if not is_due():
            raise Conflict(_("There is an owner already. Sign in."), code="owner_exists")
        business = Business.objects.create(
            name=name, language=language, email=email.strip().lower(), setup_step=0, created_at=at
        )
        with acting(business_id=business.pk):
            owner = add_employee(
                business_id=business.pk, name=owner_name, role=Role.OWNER, email=email, password=password, pin="", stores=[],
                at=at,
            )  # fmt: skip
            record("business.founded", subject=f"business:{business.uuid}", data={"name": name}, at=at)
    return business, owner
