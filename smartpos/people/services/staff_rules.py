"""Who may do what to whom on the staff, and what a person's data must look like."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from smartpos.db.locks import serialise
from smartpos.errors import DomainError, NotAllowed, NotFound
from smartpos.people.models import Employee, EmployeeStore, Role, Store

RANK = {role: rank for rank, role in enumerate(Role)}
# Whose sign-in opens the Backoffice (AUT-02).
OFFICE = (Role.OWNER, Role.ADMIN, Role.MANAGER)


def is_below(by: Employee, role: str) -> bool:
    """Whether `by` may give or edit this role: the owner every one, everybody else those below their own (SEC-13)."""
    return by.role == Role.OWNER or RANK[Role(role)] > RANK[Role(by.role)]


def assert_below(by: Employee, role: str) -> None:
    """Nobody gives or edits a role at or above their own; the owner may everything (SEC-13)."""
    if not is_below(by, role):
        raise NotAllowed(_("You can only manage people whose role is below yours."), field="role")


def own_stores(by: Employee) -> set[int]:
    """Where `by` works."""
    return set(EmployeeStore.objects.filter(employee=by).values_list("store_id", flat=True))


def assert_reach(employee: Employee, *, by: Employee) -> None:
    """`by` may change this person: below them in rank, and at work in one of their stores."""
    assert_below(by, employee.role)
    if by.everywhere_in_business:
        return
    theirs = set(EmployeeStore.objects.filter(employee=employee).values_list("store_id", flat=True))
    if not theirs & own_stores(by):
        raise NotFound(_("There is no such person in your stores."))


def assert_own_stores(by: Employee, added: set[int]) -> None:
    """People are assigned only to stores of whoever assigns them."""
    if not by.everywhere_in_business and added - own_stores(by):
        raise NotAllowed(_("You can only assign people to the stores where you work."), field="stores")


def stores_after(employee: Employee, stores: Sequence[Store], *, by: Employee) -> list[Store]:
    """The stores as `by` may set them: only their own are added or taken away, the others stay as they are."""
    if by.everywhere_in_business:
        return list(stores)
    before = set(EmployeeStore.objects.filter(employee=employee).values_list("store_id", flat=True))
    own = own_stores(by)
    if employee.pk != by.pk and not before & own:
        raise NotFound(_("There is no such person in your stores."))
    assert_own_stores(by, {store.pk for store in stores} - before)
    kept = Store.objects.filter(pk__in=before - own - {store.pk for store in stores})
    return [*stores, *kept]


def check_stores(role: str, stores: Sequence[Store], primary: Store | None) -> None:
    """Everybody but the owner works somewhere, and the primary store is one of the chosen."""
    if role != Role.OWNER and not stores:
        raise DomainError(_("Choose at least one store."), field="stores")
    if primary is not None and primary.pk not in {store.pk for store in stores}:
        raise DomainError(_("The primary store must be one of the chosen stores."), field="primary")


def keep_an_owner(employee: Employee, *, role: str, active: bool) -> None:
    """The last active owner can neither go nor become less."""
    if employee.role != Role.OWNER or (active and role == Role.OWNER):
        return
    serialise(f"owners:{employee.business_id}")  # two owners who dismiss each other at the same moment
    if not Employee.objects.filter(role=Role.OWNER, active=True).exclude(pk=employee.pk).exists():
        raise DomainError(_("The business needs at least one active owner."), field="role")


def clean_name(name: str) -> str:
    """A name without idle blanks, of at most 80 letters."""
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > 80:
        raise DomainError(_("Give a name of at most 80 letters."), field="name")
    return name


def clean_email(email: str) -> str:
    """An address in lower case; "" where there is none."""
    email = email.strip().lower()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(_("This is not an e-mail address."), field="email") from error
    return email


def clean_phone(phone: str) -> str:
    """A number as people write it: digits, blanks, + - / ( )."""
    phone = " ".join(phone.split())
    digits = sum(letter.isdigit() for letter in phone)
    if phone and (len(phone) > 40 or not 5 <= digits <= 20 or not set(phone) <= set("0123456789 +-/()")):
        raise DomainError(_("This is not a phone number."), field="phone")
    return phone


def clean_commission(rate: Decimal | None) -> Decimal | None:
    """A percentage from 0 to 100; None for a person without."""
    if rate is not None and not 0 <= rate <= 100:
        raise DomainError(_("A commission lies between 0 and 100 per cent."), field="commission")
    return rate


def clean_language(language: str) -> str:
    """One of the product's languages, or "" for the business's."""
    if language and language not in dict(settings.LANGUAGES):
        raise DomainError(_("Unknown language."), field="language")
    return language
