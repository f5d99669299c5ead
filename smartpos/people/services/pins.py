"""PINs: four digits that identify a person on an enrolled device, and nowhere else."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.crypto import keyed
from smartpos.people.models import Device, Employee, store_links
from smartpos.people.services import throttle

# Whoever knows one PIN could reset the counters with it between guesses; this many failures a day no success forgets.
FREE_TRIES_A_DAY = 50


class PinUnknown(DomainError):
    """Wrong, of somebody else's store, of somebody inactive: the answer is the same."""

    code = "pin_unknown"
    status = 401


def pin_hash(business_id: int, pin: str) -> bytes:
    """The keyed hash that is unique per business."""
    return keyed("pin", str(business_id), pin)


def assert_pin(pin: str) -> None:
    """Four ASCII digits."""
    if not (len(pin) == 4 and pin.isascii() and pin.isdigit()):
        raise DomainError(_("A PIN has four digits."), code="pin_form", field="pin")


def set_pin(employee: Employee, pin: str) -> None:
    """Give a new PIN. A PIN that somebody else has is refused without saying whose it is (AUT-06)."""
    assert_pin(pin)
    employee.pin_hash = pin_hash(employee.business_id, pin)
    try:
        with transaction.atomic():
            employee.save(update_fields=["pin_hash"])
    except IntegrityError as error:
        raise DomainError(_("This PIN cannot be used. Choose another one."), code="pin_taken", field="pin") from error


def identify(device: Device, pin: str, *, address: str, at: datetime) -> Employee:
    """Who has this PIN among the active staff of the device's store. Failures lock device and address for a growing time."""
    keys = (f"pin:device:{device.pk}", f"pin:address:{address}")
    today = (f"pin:device:{device.pk}:{at:%Y-%m-%d}",)
    throttle.check((*keys, *today), at=at)
    found = Employee.everywhere.filter(
        business_id=device.business_id, pin_hash=pin_hash(device.business_id, pin), active=True
    ).prefetch_related(store_links())
    employee = next((e for e in found if works_in(e, device.store_id)), None)
    if employee is None:
        locked = [throttle.fail(keys, at=at), throttle.fail(today, at=at, free=FREE_TRIES_A_DAY)]
        if any(locked):
            with acting(business_id=device.business_id, device_id=device.pk, address=address), write_transaction():
                record("pin.locked_out", subject=f"device:{device.uuid}", data={}, at=at)
        raise PinUnknown(_("PIN not recognised."), field="pin")
    throttle.succeed(keys)
    return employee


def works_in(employee: Employee, store_id: int) -> bool:
    """Whether the person belongs to the store's staff."""
    return employee.everywhere_in_business or any(link.store_id == store_id for link in employee.store_links.all())
