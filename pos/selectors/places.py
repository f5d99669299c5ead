"""Where somebody at a till may work: stores, their terminals, and who is there already."""

from collections import defaultdict
from typing import Any

from pos.models import Shift
from smartpos.people.models import Device, Employee, Store, Terminal
from smartpos.people.services.pins import works_in


def stores_of(employee: Employee, device: Device, *, elsewhere: bool) -> list[Store]:
    """Open stores of this person, the device's own first; only that one for whoever may not take a browser elsewhere."""
    found = Store.objects.filter(active=True).order_by("name", "pk")
    if not elsewhere:
        found = found.filter(pk=device.store_id)
    mine = [store for store in found if works_in(employee, store.pk)]
    return sorted(mine, key=lambda store: store.pk != device.store_id)


def places_for(employee: Employee, device: Device, *, elsewhere: bool) -> list[dict[str, Any]]:
    """The stores with their active terminals, each with its state: here, free, mine, occupied or held. Four queries."""
    stores = stores_of(employee, device, elsewhere=elsewhere)
    shifts = Shift.objects.filter(store__in=stores, closed_at__isnull=True).select_related("opened_by")
    open_at = {shift.terminal_id: shift.opened_by for shift in shifts}
    held = dict(Device.objects.filter(store__in=stores, revoked_at__isnull=True).values_list("terminal_id", "name"))
    terminals: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for terminal in Terminal.objects.filter(store__in=stores, active=True).order_by("name", "pk"):
        terminals[terminal.store_id].append(_place(terminal, device, employee, open_at.get(terminal.pk), held.get(terminal.pk)))
    return [{"id": str(store.uuid), "name": store.name, "terminals": terminals[store.pk]} for store in stores]


def _place(
    terminal: Terminal, device: Device, employee: Employee, occupant: Employee | None, holder: str | None
) -> dict[str, Any]:
    here = terminal.pk == device.terminal_id
    state = "free"
    if holder is not None and not here:
        state = "held"
    elif occupant is not None:
        state = "mine" if occupant.pk == employee.pk else "occupied"
    elif here:
        state = "here"
    name = holder if state == "held" else occupant.name if occupant and state == "occupied" else ""
    return {"id": str(terminal.uuid), "name": terminal.name, "here": here, "state": state, "by": name}


def may_choose(employee: Employee, device: Device, *, elsewhere: bool) -> bool:
    """Whether there is a terminal besides the present one to choose from. Three queries."""
    stores = stores_of(employee, device, elsewhere=elsewhere)
    free = Terminal.objects.filter(store__in=stores, active=True).exclude(pk=device.terminal_id)
    return free.exclude(devices__revoked_at__isnull=True, devices__isnull=False).exists()
