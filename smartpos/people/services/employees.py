"""Staff: hired, changed, dismissed. What each person may do is in `staff_rules`, the way in by e-mail in `invitations`."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError, NotAllowed
from smartpos.people.hooks import dismissing, staff_changed
from smartpos.people.models import Employee, EmployeeStore, Role, Store
from smartpos.people.services import sessions
from smartpos.people.services import staff_rules as rules
from smartpos.people.services.accounts import make_user
from smartpos.people.services.commission import note_rate
from smartpos.people.services.pins import set_card, set_pin


def hired_before(uuid: UUID, name: str) -> Employee | None:
    """Whom the first of two clicks hired. An id with another name is somebody else's, of whom nothing is told."""
    known: Employee | None = Employee.objects.filter(uuid=uuid).first()
    if known is not None and known.name != " ".join(name.split()):
        raise Conflict(_("This form is out of date"))
    return known


def create_employee(
    *, by: Employee, name: str, role: str, email: str, password: str, pin: str, stores: Sequence[Store], at: datetime,
    uuid: UUID | None = None, **more: Any,
) -> Employee:  # fmt: skip
    """Hire somebody; `more` is what `add_employee` takes besides. The same uuid again answers with who was hired first."""
    rules.assert_below(by, role)
    with write_transaction():
        rules.assert_own_stores(by, {store.pk for store in stores})
        known = hired_before(uuid, name) if uuid else None
        if known is not None:
            return known
        return add_employee(
            business_id=by.business_id, name=name, role=role, email=email, password=password, pin=pin, stores=stores, at=at,
            uuid=uuid, **more,
        )  # fmt: skip


def add_employee(
    *, business_id: int, name: str, role: str, email: str, password: str, pin: str, stores: Sequence[Store], at: datetime,
    uuid: UUID | None = None, phone: str = "", card: str = "", commission: Decimal | None = None, language: str = "",
    primary: Store | None = None,
) -> Employee:  # fmt: skip
    """The part of hiring that asks nobody's permission: also the first owner's. Inside a transaction.

    With a password the person has a sign-in at once (the first owner, the demo); everybody else is invited.
    """
    rules.check_stores(role, stores, primary)
    employee = Employee(business_id=business_id, role=role, **({"uuid": uuid} if uuid else {}))
    _fill(employee, name=name, email=email, phone=phone, commission=commission, language=language)
    if employee.email and password:
        employee.user = make_user(employee.email, password, name=employee.name)
    _save_once(employee)
    if pin:
        set_pin(employee, pin)
    if card:
        set_card(employee, card)
    _assign(employee, stores, primary)
    if employee.commission is not None:
        note_rate(employee, stores, first=True, at=at)
    record("employee.created", subject=f"employee:{employee.uuid}", data={"name": employee.name, "role": role}, at=at)
    staff_changed([employee])
    return employee


def update_employee(
    employee: Employee, *, by: Employee, name: str, role: str, stores: Sequence[Store], at: datetime, email: str = "",
    pin: str = "", phone: str = "", card: str | None = None, commission: Decimal | None = None, language: str = "",
    primary: Store | None = None, version: int | None = None,
) -> Employee:  # fmt: skip
    """Change somebody. An empty PIN and a card of None keep the old ones; the card "" takes it away.

    `version` is the one the form was made from: another one now means that somebody else was quicker.
    """
    _assert_may_change(employee, by=by, role=role, commission=commission)
    with write_transaction():
        employee = Employee.objects.select_for_update().get(pk=employee.pk)
        if version is not None and version != employee.version:
            raise Conflict(_("Somebody else has changed this person meanwhile. Look at what is there now, then save again."))
        stores = rules.stores_after(employee, stores, by=by)
        rules.check_stores(role, stores, primary)
        rules.keep_an_owner(employee, role=role, active=employee.active)
        before, rate = _picture(employee), employee.commission
        employee.role = role
        if employee.user_id is not None:
            email = employee.email  # the address of a sign-in is its owner's to change
        _fill(employee, name=name, email=email, phone=phone, commission=commission, language=language)
        employee.version += 1
        _save_once(employee)
        if pin:
            set_pin(employee, pin)
        if card is not None:
            set_card(employee, card)
        _assign(employee, stores, primary)
        if employee.commission != rate:
            note_rate(employee, stores, first=False, at=at)
        _log_change(employee, before, pin=bool(pin), card=card is not None, at=at)
        staff_changed([employee])
        return employee


def set_active(employee: Employee, *, by: Employee, active: bool, at: datetime) -> Employee:
    """Dismiss somebody, or take them back. Nothing is deleted: what they did stays theirs. Doing it twice changes nothing."""
    rules.assert_reach(employee, by=by)
    with write_transaction():
        employee = Employee.objects.select_for_update().get(pk=employee.pk)
        if employee.active == active:
            return employee
        if not active:
            rules.keep_an_owner(employee, role=employee.role, active=False)
            _assert_free(employee)
        employee.active = active
        employee.version += 1
        employee.save(update_fields=["active", "version"])
        action = "employee.reactivated" if active else "employee.deactivated"
        record(action, subject=f"employee:{employee.uuid}", data={"name": employee.name}, at=at)
        if not active:
            sessions.end_of_employee(employee, at=at)
        staff_changed([employee])
        return employee


def _assert_free(employee: Employee) -> None:
    """Nothing of the shop is still in their hands: a drawer, say."""
    reasons: list[str] = []
    dismissing(employee, reasons)
    if reasons:
        raise DomainError(" ".join(reasons))


def _assert_may_change(employee: Employee, *, by: Employee, role: str, commission: Decimal | None) -> None:
    """Somebody below, or oneself; but nobody gives themselves a higher role or a share of the sales."""
    if employee.pk != by.pk:
        rules.assert_below(by, employee.role)
    elif commission != employee.commission and by.role != Role.OWNER:
        raise NotAllowed(_("Nobody sets their own commission."), field="commission")
    if role != employee.role:
        rules.assert_below(by, role)


def _fill(employee: Employee, *, name: str, email: str, phone: str, commission: Decimal | None, language: str) -> None:
    employee.name, employee.email = rules.clean_name(name), rules.clean_email(email)
    employee.phone, employee.language = rules.clean_phone(phone), rules.clean_language(language)
    employee.commission = rules.clean_commission(commission)


def _picture(employee: Employee) -> dict[str, str]:
    """What the log compares; of e-mail and phone it keeps only that they changed."""
    links = EmployeeStore.objects.filter(employee=employee).select_related("store").order_by("-primary", "store__name")
    return {
        "name": employee.name, "role": employee.role, "commission": "" if employee.commission is None else f"{employee.commission:f}",
        "stores": ", ".join(link.store.name for link in links), "email": employee.email, "phone": employee.phone,
        "language": employee.language,
    }  # fmt: skip


def _log_change(employee: Employee, before: dict[str, str], *, pin: bool, card: bool, at: datetime) -> None:
    after = _picture(employee)
    changed = [key for key in after if after[key] != before[key]]
    personal = {"email", "phone"}
    changes = {key: "…" if key in personal else f"{before[key]} → {after[key]}" for key in changed}
    data = {"changes": changes, "pin_changed": pin, "card_changed": card}
    record("employee.changed", subject=f"employee:{employee.uuid}", data=data, at=at)


def _save_once(employee: Employee) -> None:
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError as error:
        raise DomainError(_("This e-mail address is already somebody's here."), field="email") from error


def _assign(employee: Employee, stores: Sequence[Store], primary: Store | None) -> None:
    """Exactly these stores; the primary one as said, else as it was, else the first."""
    links = EmployeeStore.objects.filter(employee=employee)
    wanted = [store.pk for store in stores]
    links.exclude(store_id__in=wanted).delete()
    kept = set(links.values_list("store_id", flat=True))
    EmployeeStore.objects.bulk_create(
        EmployeeStore(business_id=employee.business_id, employee=employee, store_id=pk)
        for pk in dict.fromkeys(wanted)
        if pk not in kept
    )
    was = links.filter(primary=True).values_list("store_id", flat=True).first()
    first = primary.pk if primary else was or next(iter(wanted), None)
    if first != was:
        links.filter(primary=True).update(primary=False)
        links.filter(store_id=first).update(primary=True)
