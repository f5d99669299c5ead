"""Stores and terminals: opened, changed, closed. Nothing that speaks of them is ever deleted, so a closed one is archived."""

import re
import unicodedata
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import Data, record
from smartpos.context import acting
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import DomainError
from smartpos.people import hooks
from smartpos.people.countries import currency_of, zone_of
from smartpos.people.models import Business, Device, Employee, EmployeeStore, PosMode, Role, Store, Terminal
from smartpos.people.services.devices import revoke
from smartpos.people.services.employees import add_employee
from smartpos.people.services.rules import (
    check_currency,
    check_phone,
    one_line,
    refuse_for,
    refuse_for_terminal,
    serialise_shifts,
)

Place = TypeVar("Place", Store, Terminal)
DAY_MINUTES = 24 * 60
CODE_LETTERS = 3


def found_business(
    *, name: str, language: str, owner_name: str, owner_email: str, owner_password: str, owner_pin: str, country: str = "",
    at: datetime,
) -> tuple[Business, Employee]:  # fmt: skip
    """A new tenant with its owner, and nothing of the first-run wizard left to do. Money and clock are its country's."""
    with write_transaction():
        business = Business.objects.create(
            name=name, language=language, country=country, currency=currency_of(country), time_zone=zone_of(country),
            created_at=at,
        )  # fmt: skip
        with acting(business_id=business.pk):
            owner = add_employee(
                business_id=business.pk, name=owner_name, role=Role.OWNER, email=owner_email,
                password=owner_password, pin=owner_pin, stores=[], at=at,
            )  # fmt: skip
            hooks.business_founded(business)
        return business, owner


def create_store(
    *, by: Employee, name: str, code: str = "", currency: str = "", time_zone: str = "", address: str = "", city: str = "",
    phone: str = "", mode: str = PosMode.RETAIL, cutoff_minutes: int = 0, receipt_footer: str = "", at: datetime,
) -> Store:  # fmt: skip
    """Open a store. Without a currency or clock of its own it has the business's; who is no owner works in it from now on."""
    business = by.business
    store = Store(
        business_id=by.business_id, name=one_line(name), code=code.upper(), currency=currency.upper() or business.currency,
        own_currency=bool(currency), time_zone=time_zone or business.time_zone, address=one_line(address), city=one_line(city),
        phone=check_phone(phone), mode=mode, cutoff_minutes=cutoff_minutes, receipt_footer=receipt_footer,
    )  # fmt: skip
    with write_transaction():
        serialise(f"stores:{by.business_id}")  # two stores of one name want one code
        store.code = store.code or _free_code(store.name)
        _save(store)
        if not business.currency:  # the first store of a business that said nothing says it
            business.currency, business.time_zone = store.currency, store.time_zone
            business.save(update_fields=["currency", "time_zone"])
        if not by.everywhere_in_business:
            EmployeeStore.objects.create(business_id=by.business_id, employee=by, store=store)
            hooks.staff_changed([by])
        record("store.created", subject=_subject(store), data={"name": store.name, "code": store.code, "mode": mode}, at=at)
        hooks.stores_changed([store])
    return store


def update_store(
    store: Store, *, by: Employee, name: str, address: str, city: str, phone: str, mode: str, receipt_footer: str, at: datetime
) -> Store:
    """Change what a store is called, where it is, and what its till opens with."""
    given: dict[str, object] = {
        "name": one_line(name), "address": one_line(address), "city": one_line(city), "phone": check_phone(phone), "mode": mode,
        "receipt_footer": receipt_footer.strip(),
    }  # fmt: skip
    return _change(store, given, at=at)


def set_store_clock(store: Store, *, by: Employee, time_zone: str, cutoff_minutes: int, at: datetime) -> Store:
    """From now on the store's day begins and ends so. What is stored keeps the business date that it was stamped with."""
    return _change(store, {"time_zone": time_zone, "cutoff_minutes": cutoff_minutes}, at=at)


def set_store_currency(store: Store, *, by: Employee, currency: str, at: datetime) -> Store:
    """Give a store its own currency, or the business's again (empty). New documents only; never while a shift is open."""
    wanted = currency.upper()
    if wanted:
        check_currency(wanted)
    with write_transaction():
        business = Business.objects.select_for_update().get(pk=store.business_id)
        serialise_shifts(store.pk)
        store = Store.objects.select_for_update().get(pk=store.pk)
        after = wanted or business.currency or store.currency
        if after != store.currency:
            refuse_for(hooks.changing_currency, store, field="currency")
        return _apply(store, {"currency": after, "own_currency": bool(wanted)}, at=at)


def set_store_region(store: Store, *, by: Employee, currency: str, time_zone: str, cutoff_minutes: int, at: datetime) -> Store:
    """Money and clock together, or neither."""
    with write_transaction():
        store = set_store_currency(store, by=by, currency=currency, at=at)
        return set_store_clock(store, by=by, time_zone=time_zone, cutoff_minutes=cutoff_minutes, at=at)


def archive_store(store: Store, *, by: Employee, at: datetime) -> Store:
    """Close a store for good, or until it is restored: refused while something in it is open; its devices stop."""
    with write_transaction():
        serialise(f"stores:{store.business_id}")
        serialise_shifts(store.pk)
        store = Store.objects.select_for_update().get(pk=store.pk)
        if not store.active:
            return store
        if not Store.objects.filter(active=True).exclude(pk=store.pk).exists():
            raise DomainError(_("The business needs at least one store."))
        refuse_for(hooks.closing_store, store)
        for device in Device.objects.filter(store=store, revoked_at__isnull=True):
            revoke(device, at=at)
        return _apply(store, {"active": False}, action="store.archived", at=at)


def restore_store(store: Store, *, by: Employee, at: datetime) -> Store:
    """Open an archived store again."""
    with write_transaction():
        store = Store.objects.select_for_update().get(pk=store.pk)
        return _apply(store, {"active": True}, action="store.restored", at=at)


def create_terminal(store: Store, *, by: Employee, name: str, at: datetime) -> Terminal:
    """A new place with a drawer."""
    terminal = Terminal(business_id=store.business_id, store=store, name=one_line(name))
    with write_transaction():
        if not Store.objects.select_for_update().get(pk=store.pk).active:
            raise DomainError(_("%(name)s is archived. Restore it first.") % {"name": store.name})
        _save(terminal)
        record("terminal.created", subject=_subject(terminal), data={"name": terminal.name, "store": store.name}, at=at)
    return terminal


def update_terminal(terminal: Terminal, *, by: Employee, name: str, training: bool, at: datetime) -> Terminal:
    """Call a terminal otherwise, or let people practise there: from then on its till sells for practice, and back."""
    with write_transaction():
        terminal = Terminal.objects.select_for_update().get(pk=terminal.pk)
        return _apply(terminal, {"name": one_line(name), "training": training}, at=at)


def archive_terminal(terminal: Terminal, *, by: Employee, at: datetime) -> Terminal:
    """Take a terminal out of use: refused while its shift is open; the device that holds it stops."""
    with write_transaction():
        serialise_shifts(terminal.store_id)
        terminal = Terminal.objects.select_for_update().get(pk=terminal.pk)
        if not terminal.active:
            return terminal
        refuse_for_terminal(hooks.closing_terminal, terminal)
        for device in Device.objects.filter(terminal=terminal, revoked_at__isnull=True):
            revoke(device, at=at)
        return _apply(terminal, {"active": False}, action="terminal.archived", at=at)


def restore_terminal(terminal: Terminal, *, by: Employee, at: datetime) -> Terminal:
    """Put a terminal back into use; a device is enrolled for it anew."""
    with write_transaction():
        terminal = Terminal.objects.select_for_update().get(pk=terminal.pk)
        return _apply(terminal, {"active": True}, action="terminal.restored", at=at)


def _subject(place: Store | Terminal) -> str:
    return f"{place._meta.model_name}:{place.uuid}"


def _free_code(name: str) -> str:
    """Three letters of the name, and a number where they are taken: what tells stores apart in short."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Z0-9]", "", plain.upper())[:CODE_LETTERS] or "S"
    taken = set(Store.objects.values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := stem if n == 1 else f"{stem}{n}") not in taken)


def _change(store: Store, given: dict[str, object], *, at: datetime) -> Store:
    with write_transaction():
        found: Store = Store.objects.select_for_update().get(pk=store.pk)
        return _apply(found, given, at=at)


def _apply(place: Place, given: dict[str, object], *, action: str = "", at: datetime) -> Place:
    """Set what differs, save, log and tell; nothing at all where nothing differs."""
    before = {name: getattr(place, name) for name in given}
    changes: Data = {name: f"{before[name]} → {value}" for name, value in given.items() if value != before[name]}
    if not changes:
        return place
    for name, value in given.items():
        setattr(place, name, value)
    _save(place)
    record(
        action or f"{place._meta.model_name}.changed",
        subject=_subject(place),
        data={"name": place.name, "changes": changes},
        at=at,
    )
    if isinstance(place, Store):
        hooks.stores_changed([place])
    else:
        hooks.terminals_changed([place])
    return place


def _save(place: Store | Terminal) -> None:
    """Validate and save; a wrong field or a name twice becomes a sentence beside its field."""
    if isinstance(place, Store):
        check_currency(place.currency)
        if not 0 <= place.cutoff_minutes < DAY_MINUTES:
            raise DomainError(_("The cut-off lies within the day."), field="cutoff_minutes")
    try:
        place.full_clean(exclude=["business", "uuid", "store"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(" ".join(messages), field=field) from error
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        field = "code" if isinstance(place, Store) else "name"
        raise DomainError(_("There is one with this name already."), field=field) from error
