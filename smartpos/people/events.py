"""What others may want to know of people and devices."""

from dataclasses import dataclass

from smartpos.outbox.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceEnrolled(Event):
    """A browser became a device of a terminal."""

    name = "device.enrolled"
    version = 1

    device: str
    series: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceRevoked(Event):
    """A device may send nothing any more; its streams close."""

    name = "device.revoked"
    version = 1

    device: str
    device_id: int
