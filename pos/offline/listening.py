"""Tills hear events of their store."""

from collections.abc import Mapping

from smartpos.people.services.devices import device_of
from smartpos.realtime.auth import Listener, authenticator

EVENTS_COOKIE = "smartpos_events"


@authenticator
def till_listener(cookies: Mapping[str, str]) -> Listener | None:
    """The living device of an events cookie."""
    device = device_of(cookies.get(EVENTS_COOKIE, ""))
    if device is None or device.revoked_at is not None:
        return None
    return Listener(device.business_id, frozenset({device.store_id}), device_id=device.pk)
