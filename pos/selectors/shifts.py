"""Reading shifts."""

from typing import Any

from pos.models import Shift
from smartpos.money import Currency
from smartpos.people.models import Device


def open_shift_of(device: Device) -> dict[str, Any] | None:
    """The open shift of the device's terminal as a till knows it."""
    shift = Shift.objects.select_related("opened_by").filter(terminal=device.terminal_id, closed_at__isnull=True).first()
    if shift is None:
        return None
    currency = Currency.of(device.store.currency)
    return {
        "id": str(shift.uuid), "opened_at": shift.opened_at, "opened_by": shift.opened_by.name, "employee": str(shift.opened_by.uuid),
        "opening_float": currency.format(int(shift.opening_float.scaleb(4))),
    }  # fmt: skip
