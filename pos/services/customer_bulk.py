"""Many customers at once: matched by e-mail, a handful of statements a portion, one entry in the log, tills told in one go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from pos.models import Customer
from pos.services.customers import fold_customer, tell_all
from smartpos.access.settings import value
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.folding import fold
from smartpos.imports.rows import Outcome
from smartpos.people.models import Employee

FACTS = ("name", "phone", "city")


class CustomerRow(NamedTuple):
    """A row of a list: its line, and what it says; `""` says nothing."""

    line: int
    name: str
    email: str
    phone: str
    city: str

    @property
    def digits(self) -> str:
        """The telephone number as its bare digits."""
        return digits_of(self.phone)


@dataclass(slots=True)
class Known:
    """Names of customers by the digits of their telephone; those without one stand under `""`."""

    by_phone: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, name: str, phone: str) -> None:
        """Somebody more."""
        self.by_phone[digits_of(phone)].add(name)

    def has(self, row: CustomerRow) -> bool:
        """Whether somebody of that name with that telephone (or both without one) is there: a row without e-mail is theirs."""
        return fold(row.name) in {fold(name) for name in self.by_phone.get(row.digits, ())}

    def others(self, row: CustomerRow) -> list[str]:
        """Who has that telephone."""
        return sorted(self.by_phone.get(row.digits, ())) if row.digits else []


def digits_of(phone: str) -> str:
    """A telephone number without anything that is no digit."""
    return "".join(letter for letter in phone if letter.isdigit())


def known_people() -> Known:
    """Everybody who is there, by telephone; one query, row by row."""
    known = Known()
    people = Customer.objects.filter(merged_into=None, erased_at=None).values_list("name", "phone")
    for name, phone in people.iterator(chunk_size=5000):
        known.add(name, phone)
    return known


def put_customers(rows: Sequence[CustomerRow], known: Known, *, by: Employee, source: str, at: datetime) -> Outcome:
    """Add or change customers in one transaction. What a row leaves empty stays as it is; points are never touched."""
    outcome = Outcome()
    with write_transaction():
        serialise(f"customers:{by.business_id}")
        people = _people_of(rows)
        added: list[Customer] = []
        changed: list[Customer] = []
        enrolled = bool(value("loyalty.enabled") and value("loyalty.auto_enrol"))
        for row in rows:
            there = people.get(row.email) if row.email else None
            if _counted(outcome, row, there, known) == "created":
                customer = Customer(business_id=by.business_id, created_at=at, changed_at=at, enrolled=enrolled)
                added.append(_filled(customer, row))
                known.add(row.name, row.phone)
            elif there is not None and _different(there, row):
                there.version += 1
                there.changed_at = at
                changed.append(_filled(there, row))
        Customer.objects.bulk_create(added)
        Customer.objects.bulk_update(changed, [*FACTS, "folded", "version", "changed_at"])
        if added or changed:
            data = {"created": outcome.created, "updated": outcome.updated, "lines": [rows[0].line, rows[-1].line]}
            record("customers.imported", subject=source, data=data, at=at)
            tell_all([*added, *changed])
    return outcome


def try_customers(rows: Sequence[CustomerRow], known: Known) -> Outcome:
    """What `put_customers` would do, without doing it."""
    outcome = Outcome()
    people = _people_of(rows)
    for row in rows:
        there = people.get(row.email) if row.email else None
        if _counted(outcome, row, there, known) == "created":
            known.add(row.name, row.phone)
    return outcome


def _people_of(rows: Iterable[CustomerRow]) -> dict[str, Customer]:
    """Who has the addresses of these rows, locked where somebody is about to write; one query."""
    emails = [row.email for row in rows if row.email]
    return {customer.email: customer for customer in Customer.objects.filter(email__in=emails)} if emails else {}


def _counted(outcome: Outcome, row: CustomerRow, there: Customer | None, known: Known) -> str:
    """Decide what a row does, and count it; whoever is new but has somebody's telephone is told."""
    if there is not None:
        act = "updated" if _different(there, row) else "unchanged"
    elif not row.email and known.has(row):
        act = "unchanged"
    else:
        act = "created"
        if others := known.others(row):
            said = {"phone": row.phone, "names": ", ".join(others[:3]), "name": row.name}
            outcome.hints.append((row.line, _("%(name)s is added, but %(phone)s is the telephone of %(names)s too.") % said))
    setattr(outcome, act, getattr(outcome, act) + 1)
    return act


def _different(customer: Customer, row: CustomerRow) -> bool:
    return any(getattr(row, name) and getattr(row, name) != getattr(customer, name) for name in FACTS)


def _filled(customer: Customer, row: CustomerRow) -> Customer:
    for name in FACTS:
        setattr(customer, name, getattr(row, name) or getattr(customer, name))
    customer.email = customer.email or row.email
    fold_customer(customer)
    return customer
