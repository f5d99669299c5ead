"""Customers: added, changed, archived, merged, erased. The log says which facts changed, never what they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from inventory.folding import searchable
from pos.events import CustomerChanged
from pos.models import Customer
from pos.services import welcome
from pos.services.loyalty import end_points, lock_points, move_points
from smartpos.audit.services import record
from smartpos.context import current
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError, NotFound
from smartpos.ids import uuid7
from smartpos.operations.services.changes import NewState, put
from smartpos.outbox.services import publish
from smartpos.people.models import Employee

LONGEST = {"name": 120, "email": 254, "phone": 40, "address": 120, "city": 60, "company": 120, "tax_number": 40, "card": 64}
LONGEST_NOTE = 4000
# What belongs together: half of one person's and half of another's would be nobody's.
TOGETHER = (
    ("name",),
    ("email", "consent_at"),
    ("phone",),
    ("address", "city"),
    ("company", "tax_number"),
    ("card",),
    ("language",),
)


class EmailTaken(DomainError):
    """Somebody has the address already; `params["known"]` is who (CUS-01)."""

    code = "customer_email_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerInput:
    """What somebody says of a customer. `consent`: may be written to for marketing."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    city: str = ""
    company: str = ""
    tax_number: str = ""
    card: str = ""
    language: str = ""
    note: str = ""
    enrolled: bool = False
    consent: bool = False


def create_customer(given: CustomerInput, *, by: Employee, at: datetime, uuid: UUID | None = None) -> Customer:
    """Add somebody. The same uuid again answers with who was added first."""
    with write_transaction():
        known = Customer.objects.filter(uuid=uuid).first() if uuid else None
        if known is not None:
            return _same(known, given)
        customer = Customer(business_id=by.business_id, created_at=at, changed_at=at, **({"uuid": uuid} if uuid else {}))
        _fill(customer, given, at=at)
        _save(customer)
        record("customer.created", subject=_subject(customer), data={"changes": _hidden(_said(customer))}, at=at)
        _tell(customer)
        welcome.greet(customer)
        return customer


def update_customer(customer: Customer, given: CustomerInput, *, version: int, at: datetime) -> Customer:
    """Change somebody. `version` is the one the form was made from: another one now means that somebody else was quicker."""
    with write_transaction():
        customer = _held(customer)
        if version != customer.version:
            raise Conflict(_("Somebody else has changed this customer meanwhile. Look at what is there now, then save again."))
        before = _picture(customer)
        _fill(customer, given, at=at)
        different = [name for name, value in _picture(customer).items() if value != before[name]]
        if not different:
            return customer
        customer.version += 1
        customer.changed_at = at
        _save(customer)
        record("customer.changed", subject=_subject(customer), data={"changes": _hidden(different)}, at=at)
        _tell(customer)
        return customer


def set_archived(customer: Customer, *, archived: bool, at: datetime) -> Customer:
    """Take somebody off lists and tills, or put them back. Doing it twice changes nothing."""
    with write_transaction():
        customer = _held(customer)
        if customer.active is not archived:
            return customer
        customer.active = not archived
        customer.version += 1
        customer.save(update_fields=["active", "version"])
        record("customer.archived" if archived else "customer.restored", subject=_subject(customer), data={}, at=at)
        _tell(customer)
        return customer


def merge_customers(stays: Customer, goes: Customer, *, versions: tuple[int, int], at: datetime) -> Customer:
    """Make two records of one person one. What the one that stays lacks it takes from the other, whose record is empty afterwards
    and leads to it; receipts of both are its own. `versions` are those that whoever decided had seen, in the same order.
    """
    if stays.pk == goes.pk:
        raise DomainError(_("Choose two different customers."))
    with write_transaction():
        lock_points(stays, goes)
        held = {one.pk: one for one in Customer.objects.select_for_update().filter(pk__in=[stays.pk, goes.pk]).order_by("pk")}
        stays, goes = held[stays.pk], held[goes.pk]
        if goes.merged_into_id == stays.pk:
            return stays
        if not (stays.is_living and goes.is_living):
            raise NotFound(_("There is no such customer any more."))
        if (stays.version, goes.version) != versions:
            raise Conflict(_("One of the two was changed meanwhile. Look at both again before you merge them."))
        taken = merged_facts(stays, goes)
        note = "\n".join(part for part in (stays.note, goes.note) if part)
        if len(note) > LONGEST_NOTE:
            raise DomainError(_("The two notes together are too long. Shorten one of them first."))
        enrolled = stays.enrolled or goes.enrolled
        Customer.objects.filter(merged_into=goes).update(merged_into=stays)
        move_points(goes, stays, source=uuid7(), by_id=current().actor_id, at=at)
        goes.merged_into = stays
        _empty(goes)
        stays.note, stays.enrolled, stays.active = note, enrolled, True
        for name, value in taken.items():
            setattr(stays, name, value)
        stays.version += 1
        _save(stays)
        data = {"merged": str(goes.uuid), "changes": _hidden(name for name in taken if name != "consent_at")}
        record("customer.merged", subject=_subject(stays), data=data, at=at)
        _tell(stays, goes)
        return stays


def merged_facts(stays: Customer, goes: Customer) -> dict[str, object]:
    """What the record that stays takes from the other: whatever it has nothing of itself. Consent goes with the e-mail address."""
    taken: dict[str, object] = {}
    for names in TOGETHER:
        if not getattr(stays, names[0]) and not any(getattr(stays, name) for name in names):
            taken |= {name: getattr(goes, name) for name in names if getattr(goes, name)}
    return taken


def erase_customer(customer: Customer, *, at: datetime) -> Customer:
    """Forget a person for good. Receipts stay as they are and say no name. Doing it twice changes nothing."""
    with write_transaction():
        lock_points(customer)
        customer = Customer.objects.select_for_update().get(pk=customer.pk)
        if customer.erased_at is not None:
            return customer
        if customer.merged_into_id is not None:
            raise NotFound(_("There is no such customer any more."))
        end_points(customer, source=uuid7(), by_id=current().actor_id, at=at)
        customer.erased_at = at
        _empty(customer)
        record("customer.erased", subject=_subject(customer), data={}, at=at)
        _tell(customer)
        return customer


def usable_contact(contact: Mapping[str, str], *, of: Customer | None) -> tuple[dict[str, str], list[str]]:
    """Contact data as a till sent it, tidied, and what of it cannot stand: an address or a card that is none, or another's."""
    facts = {name: _line(text)[: LONGEST[name]] for name, text in contact.items()}
    facts["card"] = facts["card"].replace(" ", "")
    refused = []
    try:
        facts["email"] = _email(facts["email"])
    except DomainError:
        refused.append("email")
    others = Customer.objects.exclude(pk=of.pk) if of else Customer.objects.all()
    refused += [
        name
        for name in ("email", "card")
        if facts[name] and name not in refused and others.filter(**{name: facts[name]}).exists()
    ]
    return {name: text for name, text in facts.items() if name not in refused}, refused


def put_contact(customer: Customer, facts: Mapping[str, str], *, enrolled: bool, at: datetime) -> None:
    """Write contact data that a till sent, inside the transaction of the act, which logs it and tells of it."""
    for name, text in facts.items():
        setattr(customer, name, text)
    customer.card = customer.card or None
    customer.enrolled = enrolled
    customer.changed_at = at
    customer.version += 1 if customer.pk else 0
    fold_customer(customer)
    new = customer.pk is None
    customer.save()
    put([_state(customer)])
    if new:
        welcome.greet(customer)


def _held(customer: Customer) -> Customer:
    """The row, locked; one that is no longer there for anybody cannot be changed."""
    found: Customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if not found.is_living:
        raise NotFound(_("There is no such customer any more."))
    return found


def _same(known: Customer, given: CustomerInput) -> Customer:
    """Whom the first of two clicks added. An id with another name is somebody else's, of whom nothing is told."""
    if known.name != _line(given.name):
        raise Conflict(_("This form is out of date"))
    return known


def _fill(customer: Customer, given: CustomerInput, *, at: datetime) -> None:
    """Check what is given and put it into the row."""
    said = {name: _line(getattr(given, name)) for name in LONGEST}
    if not said["name"]:
        raise DomainError(_("Give a name."), field="name")
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            raise DomainError(_("At most %(most)s characters.") % {"most": most}, field=name)
    if len(given.note) > LONGEST_NOTE:
        raise DomainError(_("At most %(most)s characters.") % {"most": LONGEST_NOTE}, field="note")
    said["email"] = _email(said["email"])
    for name, value in said.items():
        setattr(customer, name, value)
    customer.card = said["card"].replace(" ", "") or None
    customer.language = given.language if given.language in dict(settings.LANGUAGES) else ""
    customer.note, customer.enrolled = given.note.strip(), given.enrolled
    customer.consent_at = (customer.consent_at or at) if given.consent else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _email(text: str) -> str:
    """Addresses are compared whatever their case."""
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError as error:
        raise DomainError(_("Enter a valid e-mail address."), field="email") from error
    return text.lower()


def fold_customer(customer: Customer) -> None:
    """The name first, because lists are in its order; a telephone number also as its bare digits."""
    digits = "".join(letter for letter in customer.phone if letter.isdigit())
    parts = (customer.name, customer.company, customer.email, customer.phone, digits, customer.card or "", customer.city)
    customer.folded = " ".join(filter(None, map(searchable, parts)))[:400]


def _save(customer: Customer) -> None:
    """Save once more or for the first time; what only one may have is refused beside its field."""
    fold_customer(customer)
    others = Customer.objects.exclude(pk=customer.pk)
    holder = others.filter(email=customer.email).first() if customer.email else None
    if holder is not None:
        raise EmailTaken(_("%(name)s has this address already.") % {"name": holder.name}, field="email", known=holder.uuid)
    if customer.card and others.filter(card=customer.card).exists():
        raise DomainError(_("This card is another customer's."), field="card")
    try:
        with transaction.atomic():
            customer.save()
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just saved the same. Look at the list, then try again.")) from error


def _empty(customer: Customer) -> None:
    """Take everything personal out of a row and out of the mail, and save it."""
    welcome.withdraw(customer)
    for field in fields(CustomerInput):
        if field.name not in {"card", "enrolled", "consent"}:
            setattr(customer, field.name, "")
    customer.card, customer.enrolled, customer.consent_at, customer.folded = None, False, None, ""
    customer.active = False
    customer.version += 1
    customer.save()


def _picture(customer: Customer) -> dict[str, object]:
    names = [field.name for field in fields(CustomerInput) if field.name != "consent"]
    return {**{name: getattr(customer, name) for name in names}, "consent": customer.consent_at is not None}


def _said(customer: Customer) -> list[str]:
    return [name for name, value in _picture(customer).items() if value]


def _hidden(names: Iterable[str]) -> dict[str, str]:
    """The log cannot forget: it keeps which facts changed, and no fact."""
    return dict.fromkeys(sorted(names), "…")


def _subject(customer: Customer) -> str:
    return f"customer:{customer.uuid}"


def tell_all(customers: Sequence[Customer]) -> None:
    """Tell tills and whoever listens that many were added or changed."""
    _tell(*customers)


def _tell(*customers: Customer) -> None:
    """Tell tills that they changed. The change log is for ever, so it says no more than that; who they are is read when a till asks."""
    put([_state(customer) for customer in customers])
    for customer in customers:
        publish(changed(customer.business_id, customer.uuid))


def changed(business_id: int, uuid: UUID, store_id: int | None = None) -> CustomerChanged:
    """The event that says so."""
    return CustomerChanged(
        business_id=business_id, store_id=store_id, shard=f"{business_id}:customer:{uuid}", customer=str(uuid)
    )


def _state(customer: Customer) -> NewState:
    body: Sequence[Any] | None = [customer.version, customer.enrolled] if customer.active and customer.is_living else None
    return NewState("customer", str(customer.uuid), customer.pk, body)


def tell_points(customers: Sequence[Customer]) -> None:
    """Tell tills that balances of customers changed: they ask for the rows, which carry them."""
    put([_state(customer) for customer in customers])
