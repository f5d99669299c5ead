"""The steps of the first-run wizard. Each may be sent again until the last is done, and then changes nothing any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.countries import zone_of
from smartpos.people.hooks import business_founded
from smartpos.people.models import SETUP_STEPS, Business, Employee, Store
from smartpos.people.services import places
from smartpos.people.services.businesses import update_business
from smartpos.people.services.employees import create_employee, update_employee
from smartpos.people.services.rules import one_line
from smartpos.taxes.models import TaxKind
from smartpos.taxes.services import create_rate

BASICS, STORE, EMPLOYEE, TAX = range(1, SETUP_STEPS + 1)
RATE_CODE_LETTERS = 12


@contextmanager
def _step(number: int, business: Business) -> Iterator[Business | None]:
    """One step under the business's lock, so that a double click is one click; None once the wizard is over."""
    with write_transaction():
        held = Business.objects.select_for_update().get(pk=business.pk)
        if held.is_set_up or held.setup_step < number - 1:
            yield None
            return
        yield held
        if held.setup_step < number:
            Business.objects.filter(pk=held.pk).update(setup_step=number)


def set_basics(
    business: Business, *, by: Employee, name: str, email: str, phone: str, address: str, country: str, currency: str,
    language: str, seen_zone: str, at: datetime,
) -> None:  # fmt: skip
    """Step 1. The clock follows from the country, and where it has several from the browser."""
    with _step(BASICS, business) as held:
        if held is not None:
            first = held.setup_step < BASICS
            named = update_business(
                held, by=by, name=name, email=email, phone=phone, address=address, country=country, currency=currency,
                language=language, time_zone=zone_of(country, seen=seen_zone), at=at,
            )  # fmt: skip
            if first:  # what a business begins with is named in its language, and that is known now
                business_founded(named)


def set_store(business: Business, *, by: Employee, name: str, address: str, mode: str, at: datetime) -> None:
    """Step 2. The store with its first terminal; where it has no address of its own it is at the business's."""
    with _step(STORE, business) as held:
        if held is None:
            return
        by.business, store = held, first_store()
        given: dict[str, Any] = {"name": name, "address": address or held.address, "mode": mode}
        if store is not None:
            places.update_store(store, by=by, city="", phone="", receipt_footer="", at=at, **given)
            return
        made = places.create_store(by=by, at=at, **given)
        with translation.override(held.language):
            places.create_terminal(made, by=by, name=_("Till %(number)s") % {"number": 1}, at=at)


def set_employee(business: Business, *, by: Employee, name: str, role: str, pin: str, at: datetime) -> None:
    """Step 3. Somebody with one's own name and role is oneself: the PIN is then one's own."""
    with _step(EMPLOYEE, business) as held:
        if held is None:
            return
        store = first_store()
        given: dict[str, Any] = {"name": name, "role": role, "pin": pin, "stores": [store] if store else []}
        person = _meant(by, name, role)
        if person is not None and not pin and (person.name, person.role) == (one_line(name), role):
            return
        if person is not None:
            kept = {field: getattr(person, field) for field in ("email", "phone", "commission", "language")}
            update_employee(person, by=by, at=at, **kept, **given)
        elif pin:
            create_employee(by=by, email="", password="", at=at, **given)
        else:
            raise DomainError(_("A PIN has four digits."), field="pin")


def _meant(by: Employee, name: str, role: str) -> Employee | None:
    """Oneself, or who was entered before one came back to this step; None for somebody new."""
    if one_line(name).casefold() == by.name.casefold() and role == by.role:
        return by
    there = first_employee()
    return there if there is not None and there.pk != by.pk else None


def set_tax(business: Business, *, by: Employee, rate: Decimal, name: str, inclusive: bool, at: datetime) -> None:
    """Step 4, the last: the default rate of new products."""
    with _step(TAX, business) as held:
        if held is None:
            return
        create_rate(
            by=by, code=name[:RATE_CODE_LETTERS], name=f"{name} {format(rate.normalize(), 'f')} %", rate=rate,
            kind=TaxKind.STANDARD if rate else TaxKind.ZERO, inclusive=inclusive, default=True, at=at,
        )  # fmt: skip
        record("business.set_up", subject=f"business:{held.uuid}", data={"name": held.name}, at=at)


def first_store() -> Store | None:
    """What step 2 made."""
    found: Store | None = Store.objects.order_by("pk").first()
    return found


def first_employee() -> Employee | None:
    """Who got a PIN in step 3: before it nobody has one."""
    found: Employee | None = Employee.objects.filter(pin_hash__isnull=False).order_by("-pk").first()
    return found
