"""A browser goes to another terminal (AUT-09, AUT-10): within its store it stays the same device; in another store it becomes
a new one, so that a series of numbers never belongs to two stores.
"""

from base64 import urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import Conflict, DomainError, NotFound
from smartpos.people import hooks
from smartpos.people.crypto import keyed
from smartpos.people.models import Device, Employee, Terminal, store_links
from smartpos.people.services.devices import place_device, revoke
from smartpos.people.services.pins import works_in
from smartpos.people.services.rules import serialise_shifts

PASS_SECONDS = 10 * 60
SALT = "till-pass"


class PassDead(DomainError):
    """Too long ago, or somebody else's."""

    code = "pass_dead"
    status = 401


def make_pass(device: Device, employee: Employee) -> str:
    """What the PIN's answer carries: that this person entered it on this device just now."""
    return signing.dumps([device.pk, employee.pk], salt=SALT)


def passed(device: Device, text: str) -> Employee:
    """Who entered a PIN on this device within ten minutes."""
    try:
        device_id, employee_id = signing.loads(text, salt=SALT, max_age=PASS_SECONDS)
    except signing.BadSignature as error:
        raise _enter_again() from error
    person: Employee | None = (
        Employee.objects.filter(pk=employee_id, active=True).prefetch_related(store_links()).first()
        if device_id == device.pk
        else None
    )
    if person is None:
        raise _enter_again()
    return person


def _enter_again() -> DomainError:
    return PassDead(_("Enter your PIN again."))


def move(
    device: Device, terminal: UUID, *, by: Employee, elsewhere: bool, token: str, request: UUID, at: datetime
) -> tuple[Device, str]:
    """The device at its new terminal, and its new token where it has one. The same request again is answered alike.

    `elsewhere`: whether this person may take a browser to another store.
    """
    with acting(actor_id=by.pk), write_transaction():
        serialise(f"enrol:{device.business_id}")
        found = Terminal.objects.select_related("store").filter(uuid=terminal, active=True, store__active=True).first()
        if found is None or not works_in(by, found.store_id) or (found.store_id != device.store_id and not elsewhere):
            raise NotFound(_("There is no such terminal."))
        serialise_shifts(found.store_id)
        new_token = derived_token(token, request) if found.store_id != device.store_id else ""
        already = Device.objects.filter(token_hash=keyed("device", new_token)).first() if new_token else None
        if already is not None:
            return already, new_token
        device = (
            Device.objects.select_for_update(of=("self",)).select_related("store", "terminal", "business").get(pk=device.pk)
        )
        if device.revoked_at is not None:
            raise Conflict(_("This device was revoked. Ask for a new code."), code="device_revoked")
        _assert_free(found, device, by)
        if not new_token:
            _within(device, found, at=at)
            return device, ""
        revoke(device, at=at)
        new = place_device(found, name=device.name, token=new_token, by_id=by.pk, user_agent=device.user_agent, at=at)
        return new, new_token


def derived_token(token: str, request: UUID) -> str:
    """A token that only whoever has the old one gets, and gets again when the answer was lost."""
    return urlsafe_b64encode(keyed("moved-device", token, str(request))).rstrip(b"=").decode()


def _assert_free(terminal: Terminal, device: Device, by: Employee) -> None:
    holder = Device.objects.filter(terminal=terminal, revoked_at__isnull=True).exclude(pk=device.pk).first()
    if holder is not None:
        text = _("%(device)s stands at this terminal.") % {"device": holder.name}
        raise Conflict(text, code="terminal_held", name=holder.name)
    names: list[str] = []
    hooks.occupying(terminal, by, names)
    if names:
        raise Conflict(_("Terminal is occupied by %(name)s.") % {"name": names[0]}, code="terminal_occupied", name=names[0])


def _within(device: Device, terminal: Terminal, *, at: datetime) -> None:
    if device.terminal_id == terminal.pk:
        return
    data = {"name": device.name, "terminal": terminal.name}
    device.terminal = terminal
    device.save(update_fields=["terminal"])
    record("device.moved", subject=f"device:{device.uuid}", data=data, at=at)
