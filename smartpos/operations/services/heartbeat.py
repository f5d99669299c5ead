"""Signs of life: every half minute a device says how it stands; who is silent for two minutes is offline (SEC-09)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from smartpos.db.locks import write_transaction
from smartpos.operations.models import DeviceError, DeviceStatus
from smartpos.people.models import Device

EVERY = timedelta(seconds=30)
OFFLINE_AFTER = timedelta(minutes=2)
ERRORS_KEPT = 50
OLDEST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that went wrong on a device; the id is the device's, so that telling it twice keeps it once."""

    uuid: UUID
    at: datetime
    message: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a device says of itself. `persisted`: whether its browser promised to keep its storage; None where it cannot say."""

    build: str
    waiting: int
    last_seq: int
    persisted: bool | None
    errors: Sequence[Mishap] = ()


def beat(device: Device, said: Said, *, address: str, browser: str, at: datetime) -> None:
    """Keep what a device says."""
    values = {
        "at": at, "address": address[:45], "browser": browser[:200], "build": said.build, "waiting": said.waiting,
        "last_seq": said.last_seq, "persisted": said.persisted, "business_id": device.business_id,
    }  # fmt: skip
    with write_transaction():
        DeviceStatus.objects.update_or_create(device=device, defaults=values)
        if said.errors:
            _keep(device, said, at=at)


def _keep(device: Device, said: Said, *, at: datetime) -> None:
    DeviceError.objects.bulk_create(
        (
            DeviceError(
                business_id=device.business_id, device=device, uuid=mishap.uuid, received_at=at, message=mishap.message,
                build=said.build, occurred_at=min(max(mishap.at, at - OLDEST), at),
            )
            for mishap in said.errors
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    kept = DeviceError.objects.filter(device=device).order_by("-pk").values_list("pk", flat=True)[:ERRORS_KEPT]
    DeviceError.objects.filter(device=device).exclude(pk__in=list(kept)).delete()
