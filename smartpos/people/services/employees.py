"""Staff: who may be hired by whom, and with which PIN."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import DomainError, NotAllowed, NotFound
from smartpos.people.hooks import staff_changed
from smartpos.people.models import Employee, EmployeeStore, Role, Store, User
from smartpos.people.services.pins import set_pin

RANK = {role: rank for rank, role in enumerate(Role)}


def assert_below(by: Employee, role: str) -> None:
    """Nobody gives or edits a role at or above their own; the owner may everything (SEC-13)."""
    if by.role != Role.OWNER and RANK[Role(role)] <= RANK[Role(by.role)]:
        raise NotAllowed(_("You can only manage people whose role is below yours."), field="role")


def create_employee(
    *, by: Employee, name: str, role: str, email: str, password: str, pin: str, stores: Sequence[Store], at: datetime
) -> Employee:
    """Hire somebody. E-mail and password may be empty (a person who only uses the till), and so may the PIN."""
    assert_below(by, role)
    with write_transaction():
        _assert_own_stores(by, {store.pk for store in stores})
        return add_employee(
            business_id=by.business_id, name=name, role=role, email=email, password=password, pin=pin, stores=stores, at=at
        )


def add_employee(
    *, business_id: int, name: str, role: str, email: str, password: str, pin: str, stores: Sequence[Store], at: datetime
) -> Employee:
    """The part of hiring that asks nobody's permission: also the first owner's. Inside a transaction."""
    _check_stores(role, stores)
    employee = Employee(business_id=business_id, name=_name(name), role=role)
    employee.user = _user_for(email, password, name=employee.name)
    _save_once(employee)
    if pin:
        set_pin(employee, pin)
    _assign(employee, stores)
    record("employee.created", subject=f"employee:{employee.uuid}", data={"name": employee.name, "role": role}, at=at)
    staff_changed([employee])
    return employee


def update_employee(
    employee: Employee, *, by: Employee, name: str, role: str, email: str, password: str, pin: str,
    stores: Sequence[Store], active: bool, at: datetime,
) -> Employee:  # fmt: skip
    """Change somebody. An empty password or PIN keeps the old one. The last active owner cannot be taken away."""
    if employee.pk != by.pk:
        assert_below(by, employee.role)
    if role != employee.role:
        assert_below(by, role)
    with write_transaction():
        employee = Employee.objects.select_for_update().get(pk=employee.pk)
        stores = _stores_after(employee, stores, by=by)
        _check_stores(role, stores)
        _keep_an_owner(employee, role=role, active=active)
        before = {"name": employee.name, "role": employee.role, "active": employee.active}
        employee.name, employee.role, employee.active = _name(name), role, active
        _change_sign_in(employee, email=email, password=password)
        _save_once(employee)
        if pin:
            set_pin(employee, pin)
        _assign(employee, stores)
        after = {"name": employee.name, "role": employee.role, "active": employee.active}
        data = {key: f"{before[key]} → {after[key]}" for key in after if after[key] != before[key]}
        record(
            "employee.changed", subject=f"employee:{employee.uuid}", at=at,
            data={"changes": data, "pin_changed": bool(pin), "password_changed": bool(password)},
        )  # fmt: skip
        staff_changed([employee])
        return employee


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise DomainError(_("Give a name of at most 80 letters."), field="name")
    return name


def _check_stores(role: str, stores: Sequence[Store]) -> None:
    if role != Role.OWNER and not stores:
        raise DomainError(_("Choose at least one store."), field="stores")


def _own_stores(by: Employee) -> set[int]:
    return set(EmployeeStore.objects.filter(employee=by).values_list("store_id", flat=True))


def _assert_own_stores(by: Employee, added: set[int]) -> None:
    if not by.everywhere_in_business and added - _own_stores(by):
        raise NotAllowed(_("You can only assign people to the stores where you work."), field="stores")


def _stores_after(employee: Employee, stores: Sequence[Store], *, by: Employee) -> list[Store]:
    """The stores as `by` may set them: only their own are added or taken away, the others stay as they are."""
    if by.everywhere_in_business:
        return list(stores)
    before = set(EmployeeStore.objects.filter(employee=employee).values_list("store_id", flat=True))
    own = _own_stores(by)
    if employee.pk != by.pk and not before & own:
        raise NotFound(_("There is no such person in your stores."))
    _assert_own_stores(by, {store.pk for store in stores} - before)
    kept = Store.objects.filter(pk__in=before - own - {store.pk for store in stores})
    return [*stores, *kept]


def _keep_an_owner(employee: Employee, *, role: str, active: bool) -> None:
    if employee.role != Role.OWNER or (active and role == Role.OWNER):
        return
    serialise(f"owners:{employee.business_id}")  # two owners who dismiss each other at the same moment
    if not Employee.objects.filter(role=Role.OWNER, active=True).exclude(pk=employee.pk).exists():
        raise DomainError(_("The business needs at least one active owner."), field="role")


def _user_for(email: str, password: str, *, name: str) -> User | None:
    email = email.strip().lower()
    if not email:
        return None
    _check_email(email)
    # An address that is known elsewhere is not taken over: whoever edits an employee sets the password of their user.
    if User.objects.filter(email=email).exists():
        raise DomainError(_("This e-mail address cannot be used."), field="email")
    user = User(email=email, name=name)
    _check_password(password, user)
    return User.objects.create_user(email, password, name=name)


def _change_sign_in(employee: Employee, *, email: str, password: str) -> None:
    email = email.strip().lower()
    if employee.user is None or not email:
        employee.user = _user_for(email, password, name=employee.name)
        return
    if email != employee.user.email:
        _check_email(email)
        if User.objects.filter(email=email).exists():
            raise DomainError(_("This e-mail address cannot be used."), field="email")
        employee.user.email = email
    if password:
        _check_password(password, employee.user)
        employee.user.set_password(password)
    employee.user.save()


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(_("This is not an e-mail address."), field="email") from error


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), field="password") from error


def _save_once(employee: Employee) -> None:
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError as error:
        raise DomainError(_("This e-mail address is already somebody's here."), field="email") from error


def _assign(employee: Employee, stores: Sequence[Store]) -> None:
    wanted = {store.pk for store in stores}
    links = EmployeeStore.objects.filter(employee=employee)
    links.exclude(store_id__in=wanted).delete()
    kept = set(links.values_list("store_id", flat=True))
    EmployeeStore.objects.bulk_create(
        EmployeeStore(business_id=employee.business_id, employee=employee, store_id=pk) for pk in sorted(wanted - kept)
    )
