"""What selling has against a place that is to be closed, or to be paid with another currency."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pos.models import Shift
from pos.selectors.orders import open_orders_in
from smartpos.people import hooks
from smartpos.people.models import Employee, Store, Terminal


@hooks.closing_store.implement
def _closing_store(store: Store, reasons: list[str]) -> None:
    names = _open_in(store)
    if names:
        reasons.append(_("A shift is still open: %(terminals)s. Close it first.") % {"terminals": names})
    held = open_orders_in(store)
    if held:
        reasons.append(
            ngettext(
                "%(count)s cart is still held. Sell or discard it first.",
                "%(count)s carts are still held. Sell or discard them first.",
                held,
            )
            % {"count": held}
        )


@hooks.changing_currency.implement
def _changing_currency(store: Store, reasons: list[str]) -> None:
    names = _open_in(store)
    if names:
        reasons.append(
            _("The currency cannot change while a shift is open: %(terminals)s in %(store)s.")
            % {"terminals": names, "store": store.name}
        )


@hooks.closing_terminal.implement
def _closing_terminal(terminal: Terminal, reasons: list[str]) -> None:
    if Shift.objects.filter(terminal=terminal, closed_at__isnull=True).exists():
        reasons.append(_("The shift of this terminal is still open. Close it first."))


@hooks.occupying.implement
def _occupying(terminal: Terminal, employee: Employee, names: list[str]) -> None:
    shift = Shift.objects.filter(terminal=terminal, closed_at__isnull=True).select_related("opened_by").first()
    if shift is not None and shift.opened_by_id != employee.pk:
        names.append(shift.opened_by.name)


def _open_in(store: Store) -> str:
    names = Shift.objects.filter(store=store, closed_at__isnull=True).values_list("terminal__name", flat=True)
    return ", ".join(names.order_by("terminal__name"))
