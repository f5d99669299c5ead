"""The rows that tills cache, and when they change (docs/terminal-protocol.md, 4)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pos.settings import BUSINESS_KEY
from smartpos.access import hooks as access_hooks
from smartpos.access.config import config_of
from smartpos.access.permissions import codes_of
from smartpos.access.settings import setting_of
from smartpos.context import current
from smartpos.money import format_rate
from smartpos.operations.services.changes import NewState, put
from smartpos.people import hooks as people_hooks
from smartpos.people.models import Employee, Store, Terminal
from smartpos.taxes import hooks as tax_hooks
from smartpos.taxes.models import TaxProfile, TaxRate


def profile_state(profile: TaxProfile) -> NewState:
    """A tax profile with its rates in order, each with what it changes to and when. An archived one stays: goods carry it."""
    entries = profile.entries.select_related("rate").prefetch_related("rate__changes").order_by("position")
    return NewState("profile", str(profile.uuid), profile.pk, [profile.name, [_rate_row(entry.rate) for entry in entries]])


def _rate_row(rate: TaxRate) -> list[Any]:
    changes = [[start.isoformat(), _percent(percent)] for start, percent in rate.dated]
    return [rate.code, rate.kind, _percent(rate.rate), rate.inclusive, rate.compound, rate.priority, changes]


def _percent(rate: Decimal) -> str:
    return format_rate(int(rate.scaleb(4)))


def employee_state(employee: Employee) -> NewState:
    """A person with the codes of the role and the stores; gone when inactive. The version changes with the PIN."""
    body: list[Any] | None = None
    if employee.active and employee.pin_hash:
        stores = None
        if not employee.everywhere_in_business:
            stores = sorted(str(link.store.uuid) for link in employee.store_links.select_related("store"))
        version = bytes(employee.pin_hash).hex()[:8]
        body = [employee.name, employee.role, codes_of(employee.role, employee.business_id), stores, version]
    return NewState("employee", str(employee.uuid), employee.pk, body)


def store_state(store: Store) -> NewState:
    """A store as its own tills see it, and as their acts are judged; gone when it is archived."""
    body: list[Any] | None = None
    if store.active:
        body = [store.name, store.currency, store.time_zone, store.cutoff_minutes, store.mode]
    return NewState("store", str(store.uuid), store.pk, body, store_id=store.pk)


def terminal_state(terminal: Terminal) -> NewState:
    """A terminal as its store's tills see it: its name, and whether it is for practice; gone when it is out of use."""
    body: list[Any] | None = [terminal.name, terminal.training] if terminal.active else None
    return NewState("terminal", str(terminal.uuid), terminal.pk, body, store_id=terminal.store_id)


def settings_state(business_id: int, store: Store | None) -> NewState:
    """What the business (or one of its stores) has set itself of what tills need: code and stored text, in order."""
    values = config_of(business_id).values
    store_id = store.pk if store else None
    own = sorted((code, text) for (code, where, device), text in values.items() if (where, device) == (store_id, None))
    body = [[code, text] for code, text in own if setting_of(code).till]
    return NewState("settings", str(store.uuid) if store else BUSINESS_KEY, store_id or business_id, body, store_id)


@tax_hooks.profiles_changed.implement
def _profiles_changed(profiles: Sequence[TaxProfile]) -> None:
    put([profile_state(profile) for profile in profiles])


@tax_hooks.profiles_gone.implement
def _profiles_gone(profiles: Sequence[TaxProfile]) -> None:
    put([NewState("profile", str(profile.uuid), profile.pk, None) for profile in profiles])


@people_hooks.staff_changed.implement
def _staff_changed(employees: Sequence[Employee]) -> None:
    put([employee_state(employee) for employee in employees])


@people_hooks.stores_changed.implement
def _stores_changed(stores: Sequence[Store]) -> None:
    put([store_state(store) for store in stores])


@people_hooks.terminals_changed.implement
def _terminals_changed(terminals: Sequence[Terminal]) -> None:
    put([terminal_state(terminal) for terminal in terminals])


@access_hooks.settings_changed.implement
def _settings_changed(codes: Sequence[str], store_id: int | None) -> None:
    business = current().business_id
    if business is not None and any(setting_of(code).till for code in codes):
        put([settings_state(business, Store.objects.get(pk=store_id) if store_id else None)])


@access_hooks.rights_changed.implement
def _rights_changed(roles: Sequence[str]) -> None:
    put([employee_state(employee) for employee in Employee.objects.filter(role__in=roles, active=True).order_by("pk")])
