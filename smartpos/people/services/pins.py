"""PINs and cards: what identifies a person on an enrolled device, and nowhere else."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

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
CARD_LENGTH = range(4, 65)
CANDIDATES = 40


class PinUnknown(DomainError):
    """Wrong, of somebody else's store, of somebody inactive: the answer is the same."""

    code = "pin_unknown"
    status = 401


class CardUnknown(PinUnknown):
    """A card that opens nothing here, for whatever reason."""

    code = "card_unknown"


def pin_hash(business_id: int, pin: str) -> bytes:
    """The keyed hash that is unique per business."""
    return keyed("pin", str(business_id), pin)


def card_hash(business_id: int, card: str) -> bytes:
    """The same for a card: whoever reads the database cannot print one."""
    return keyed("card", str(business_id), plain_card(card))


def plain_card(card: str) -> str:
    """A card's number as every reader gives it: no blanks, capital letters."""
    return "".join(card.split()).upper()


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


def set_card(employee: Employee, card: str) -> None:
    """Give a card, or take it away (""). One card opens for one person (AUT-07)."""
    plain = plain_card(card)
    if plain and not (len(plain) in CARD_LENGTH and plain.isascii() and plain.isprintable()):
        raise DomainError(_("A card number has 4 to 64 letters and digits."), code="card_form", field="card")
    employee.card_hash = card_hash(employee.business_id, plain) if plain else None
    try:
        with transaction.atomic():
            employee.save(update_fields=["card_hash"])
    except IntegrityError as error:
        raise DomainError(_("This card already belongs to somebody else."), code="card_taken", field="card") from error


def free_pin(business_id: int) -> str:
    """A PIN that nobody here has and nobody would guess first. Says nothing of who has which."""
    tries = (f"{secrets.randbelow(10_000):04d}" for _n in range(10 * CANDIDATES))
    candidates = [pin for pin in tries if not _too_plain(pin)][:CANDIDATES]
    hashes = {pin_hash(business_id, pin): pin for pin in candidates}
    taken = Employee.objects.filter(pin_hash__in=list(hashes)).values_list("pin_hash", flat=True)
    free = set(hashes) - {bytes(value) for value in taken}
    if not free:
        raise DomainError(_("No free PIN was found. Choose one yourself."), field="pin")
    return hashes[secrets.choice(sorted(free))]


def _too_plain(pin: str) -> bool:
    """1111, 1234, 4321, 1212 and years of birth."""
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return steps in ({0}, {1}, {-1}) or pin[:2] == pin[2:] or pin[:2] in {"19", "20"}


def identify(device: Device, pin: str, *, address: str, at: datetime) -> Employee:
    """Who has this PIN among the active staff of the device's store. Failures lock device and address for a growing time."""
    hashed = pin_hash(device.business_id, pin)
    unknown = PinUnknown(_("PIN not recognised."), field="pin")
    return _identify(device, {"pin_hash": hashed}, unknown, roles=(), address=address, at=at)


def identify_card(device: Device, card: str, *, roles: Sequence[str], address: str, at: datetime) -> Employee:
    """Whose card this is, among the roles that may use one. Counts with the PINs: a card is no way around the lock-out."""
    hashed = card_hash(device.business_id, card)
    unknown = CardUnknown(_("This card is not recognised. Enter your PIN."), field="card")
    return _identify(device, {"card_hash": hashed}, unknown, roles=roles, address=address, at=at)


def _identify(
    device: Device, match: dict[str, bytes], unknown: PinUnknown, *, roles: Sequence[str], address: str, at: datetime
) -> Employee:
    keys = (f"pin:device:{device.pk}", f"pin:address:{throttle.place(address)}")
    today = (f"pin:device:{device.pk}:{at:%Y-%m-%d}",)
    throttle.check((*keys, *today), at=at)
    found = Employee.everywhere.filter(business_id=device.business_id, active=True, **match).prefetch_related(store_links())
    fits = (e for e in found if works_in(e, device.store_id) and (not roles or e.role in roles))
    employee = next(fits, None)
    if employee is None:
        locked = [throttle.fail(keys, at=at), throttle.fail(today, at=at, free=FREE_TRIES_A_DAY)]
        if any(locked):
            with acting(business_id=device.business_id, device_id=device.pk, address=address), write_transaction():
                record("pin.locked_out", subject=f"device:{device.uuid}", data={}, at=at)
        raise unknown
    throttle.succeed(keys)
    return employee


def works_in(employee: Employee, store_id: int) -> bool:
    """Whether the person belongs to the store's staff."""
    return employee.everywhere_in_business or any(link.store_id == store_id for link in employee.store_links.all())
