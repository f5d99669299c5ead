"""Browsers become devices by a code and stop being so by revocation."""

import threading
import time
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import DomainError
from smartpos.outbox.services import publish
from smartpos.people.crypto import keyed, new_code, new_token, plain_code
from smartpos.people.events import DeviceEnrolled, DeviceRevoked
from smartpos.people.models import Device, Employee, EnrolmentCode, Terminal
from smartpos.people.services import throttle

CODE_LIFE = timedelta(minutes=15)
CACHE_SECONDS = 30.0

_known: dict[bytes, tuple[float, Device]] = {}
_known_lock = threading.Lock()


def make_enrolment_code(terminal: Terminal, *, by: Employee, at: datetime) -> str:
    """A code that makes one browser the device of this terminal; shown once, good for 15 minutes."""
    code = new_code()
    with write_transaction():
        EnrolmentCode.objects.create(
            business_id=terminal.business_id, terminal=terminal, created_at=at, created_by=by,
            code_hash=keyed("enrol", plain_code(code)), expires_at=at + CODE_LIFE,
        )  # fmt: skip
        record("device.code_made", subject=f"terminal:{terminal.uuid}", data={"terminal": terminal.name}, at=at)
    return code


def enrol(code: str, *, name: str, address: str, user_agent: str, at: datetime) -> tuple[Device, str]:
    """Turn a browser into a device: it, and its token, which is stored nowhere. The terminal's former device is revoked."""
    keys = (f"enrol:address:{throttle.place(address)}",)
    throttle.check(keys, at=at)
    name = " ".join(name.split())[:80]
    if not name:
        raise DomainError(_("Give the device a name."), code="name_missing", field="name")
    found = (
        EnrolmentCode.everywhere.filter(code_hash=keyed("enrol", plain_code(code))).select_related("terminal__store").first()
    )
    if found is None or not _usable(found, at):
        throttle.fail(keys, at=at)
        raise DomainError(_("This code is not valid. Ask for a new one."), code="code_unknown", field="code")
    token = new_token()
    act = acting(business_id=found.business_id, store_id=found.terminal.store_id, actor_id=found.created_by_id, address=address)
    with act, write_transaction():
        serialise(f"enrol:{found.business_id}")
        if not EnrolmentCode.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=at):
            raise DomainError(_("This code is not valid. Ask for a new one."), code="code_unknown", field="code")
        for former in Device.objects.filter(terminal=found.terminal, revoked_at__isnull=True):
            _revoke(former, at=at)
        device = place_device(found.terminal, name=name, token=token, by_id=found.created_by_id, user_agent=user_agent, at=at)
    throttle.succeed(keys)
    return device, token


def _usable(code: EnrolmentCode, at: datetime) -> bool:
    return code.used_at is None and code.expires_at > at and code.terminal.active and code.terminal.store.active


def place_device(terminal: Terminal, *, name: str, token: str, by_id: int, user_agent: str, at: datetime) -> Device:
    """A new device with a series of its own at a free terminal. Inside a transaction that holds the business's enrolments."""
    device: Device = Device.objects.create(
        business_id=terminal.business_id, store_id=terminal.store_id, terminal=terminal, name=name, series=_next_series(),
        token_hash=keyed("device", token), enrolled_at=at, enrolled_by_id=by_id, user_agent=user_agent[:200],
    )  # fmt: skip
    record("device.enrolled", subject=f"device:{device.uuid}", data={"name": name, "series": device.series}, at=at)
    publish(
        DeviceEnrolled(
            business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:device:{device.pk}",
            device=str(device.uuid), series=device.series,
        )
    )  # fmt: skip
    return device


def _next_series() -> str:
    """A1, A2 … A99, B1 …: short to read aloud, never given twice in a business."""
    count = Device.objects.count()
    letters, prefix = count // 99, ""
    while True:
        prefix = chr(ord("A") + letters % 26) + prefix
        letters = letters // 26 - 1
        if letters < 0:
            return f"{prefix}{count % 99 + 1}"


def rename(device: Device, name: str, *, at: datetime) -> Device:
    """Call a device otherwise."""
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise DomainError(_("Give a name of at most 80 letters."), code="name_missing", field="name")
    with write_transaction():
        fresh: Device = Device.objects.select_for_update().get(pk=device.pk)
        if fresh.name != name:
            changes = {"name": f"{fresh.name} → {name}"}
            fresh.name = name
            fresh.save(update_fields=["name"])
            record("device.renamed", subject=f"device:{fresh.uuid}", data={"name": name, "changes": changes}, at=at)
    forget()
    return fresh


def revoke(device: Device, *, at: datetime) -> None:
    """Let a device send nothing any more. What it did before is still taken for review. Revoking twice changes nothing."""
    with write_transaction():
        fresh = Device.objects.select_for_update().get(pk=device.pk)
        if fresh.revoked_at is None:
            _revoke(fresh, at=at)


def _revoke(device: Device, *, at: datetime) -> None:
    device.revoked_at = at
    device.save(update_fields=["revoked_at"])
    record("device.revoked", subject=f"device:{device.uuid}", data={"name": device.name}, at=at)
    publish(
        DeviceRevoked(
            business_id=device.business_id, store_id=device.store_id, shard=f"{device.business_id}:device:{device.pk}",
            device=str(device.uuid), device_id=device.pk,
        )
    )  # fmt: skip


def living(device: Device) -> Device | None:
    """The device as it stands now, unless it is revoked: asked anew, because what the process remembers may be half a minute old."""
    return (
        Device.everywhere.select_related("store", "terminal", "business").filter(pk=device.pk, revoked_at__isnull=True).first()
    )


def device_of(token: str) -> Device | None:
    """The device of a token, revoked or not. Kept in the process for 30 s; what must know at once looks at the locked row."""
    if not token or len(token) > 100:
        return None
    hashed = keyed("device", token)
    fresh = _known.get(hashed)
    if fresh and fresh[0] > time.monotonic():
        return fresh[1]
    device = Device.everywhere.select_related("store", "terminal", "business").filter(token_hash=hashed).first()
    if device is not None:
        with _known_lock:
            if len(_known) > 5000:
                _known.clear()
            _known[hashed] = (time.monotonic() + CACHE_SECONDS, device)
    return device


def forget() -> None:
    """Drop what the process remembers of devices."""
    with _known_lock:
        _known.clear()
