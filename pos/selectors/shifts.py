"""Reading shifts."""

from decimal import Decimal
from typing import Any

from pos.models import Shift
from pos.selectors.drawer import expected_cash
from smartpos.access.settings import value
from smartpos.money import Currency
from smartpos.people.models import Device


def open_shift_of(device: Device) -> dict[str, Any] | None:
    """The open shift of the device's terminal as a till knows it."""
    shift = Shift.objects.select_related("opened_by").filter(terminal=device.terminal_id, closed_at__isnull=True).first()
    if shift is None:
        return None
    currency = Currency.of(device.store.currency)

    def text(amount: Decimal) -> str:
        return currency.format(int(amount.scaleb(4)))

    blind = value("shift.blind", store=device.store)
    return {
        "id": str(shift.uuid), "opened_at": shift.opened_at, "opened_by": shift.opened_by.name, "employee": str(shift.opened_by.uuid),
        "opening_float": text(shift.opening_float), "business_date": shift.business_date.isoformat(),
        **({} if blind else {"expected": text(expected_cash(shift))}),
    }  # fmt: skip
