"""Businesses, stores and terminals."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.money import Currency, MoneyError
from smartpos.people.models import Business, Employee, Role, Store, Terminal
from smartpos.people.services.employees import add_employee


def found_business(
    *, name: str, language: str, owner_name: str, owner_email: str, owner_password: str, owner_pin: str, at: datetime
) -> tuple[Business, Employee]:
    """A new tenant with its owner."""
    with write_transaction():
        business = Business.objects.create(name=name, language=language, created_at=at)
        with acting(business_id=business.pk):
            owner = add_employee(
                business_id=business.pk, name=owner_name, role=Role.OWNER, email=owner_email,
                password=owner_password, pin=owner_pin, stores=[], at=at,
            )  # fmt: skip
        return business, owner


def create_store(
    *, by: Employee, name: str, code: str, currency: str, time_zone: str, address: str = "", cutoff_minutes: int = 0,
    receipt_footer: str = "", at: datetime,
) -> Store:  # fmt: skip
    """Open a store."""
    store = Store(
        business_id=by.business_id, name=name, code=code.upper(), currency=currency.upper(), time_zone=time_zone,
        address=address, cutoff_minutes=cutoff_minutes, receipt_footer=receipt_footer,
    )  # fmt: skip
    with write_transaction():
        _save(store)
        record("store.created", subject=f"store:{store.uuid}", data={"name": name, "code": store.code}, at=at)
    return store


def update_store(
    store: Store, *, by: Employee, name: str, code: str, time_zone: str, address: str, cutoff_minutes: int,
    receipt_footer: str, active: bool, at: datetime,
) -> Store:  # fmt: skip
    """Change a store. Its currency stays: its books are kept in it."""
    with write_transaction():
        store = Store.objects.select_for_update().get(pk=store.pk)
        store.name, store.code, store.time_zone, store.address = name, code.upper(), time_zone, address
        store.cutoff_minutes, store.receipt_footer, store.active = cutoff_minutes, receipt_footer, active
        _save(store)
        data = {"name": name, "code": store.code, "time_zone": time_zone, "cutoff_minutes": cutoff_minutes, "active": active}
        record("store.changed", subject=f"store:{store.uuid}", data=data, at=at)
    return store


def create_terminal(store: Store, *, by: Employee, name: str, at: datetime) -> Terminal:
    """A new place with a drawer."""
    terminal = Terminal(business_id=store.business_id, store=store, name=name)
    with write_transaction():
        _save(terminal)
        record("terminal.created", subject=f"terminal:{terminal.uuid}", data={"name": name, "store": store.name}, at=at)
    return terminal


def update_terminal(terminal: Terminal, *, by: Employee, name: str, active: bool, at: datetime) -> Terminal:
    """Rename a terminal, or take it out of use."""
    with write_transaction():
        terminal = Terminal.objects.select_for_update().get(pk=terminal.pk)
        terminal.name, terminal.active = name, active
        _save(terminal)
        record("terminal.changed", subject=f"terminal:{terminal.uuid}", data={"name": name, "active": active}, at=at)
    return terminal


def _save(place: Store | Terminal) -> None:
    """Validate and save; a wrong field or a name twice becomes a sentence beside its field."""
    if isinstance(place, Store):
        _check_currency(place.currency)
        if place.cutoff_minutes >= 24 * 60:
            raise DomainError(_("The cut-off lies within the day."), field="cutoff_minutes")
    try:
        place.full_clean(exclude=["business", "uuid"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(" ".join(messages), field=field) from error
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        field = "code" if isinstance(place, Store) else "name"
        raise DomainError(_("There is one with this name already."), field=field) from error


def _check_currency(code: str) -> None:
    try:
        Currency.of(code)
    except MoneyError as error:
        raise DomainError(_("Unknown currency."), field="currency") from error
