"""Who works in which store, said from the store's side."""

from datetime import datetime

from django.utils.translation import gettext as _

from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.hooks import staff_changed
from smartpos.people.models import Employee, EmployeeStore, Store
from smartpos.people.services.staff_rules import assert_below


def assign(employee: Employee, *, store: Store, by: Employee, at: datetime) -> None:
    """Let somebody work in a store too. The first store is the primary one; a second time changes nothing."""
    assert_below(by, employee.role)
    with write_transaction():
        employee = Employee.objects.select_for_update().get(pk=employee.pk)
        links = EmployeeStore.objects.filter(employee=employee)
        if links.filter(store=store).exists():
            return
        primary = not links.filter(primary=True).exists()
        EmployeeStore.objects.create(business_id=store.business_id, employee=employee, store=store, primary=primary)
        _tell(employee, store, "employee.assigned", at=at)


def unassign(employee: Employee, *, store: Store, by: Employee, at: datetime) -> None:
    """Take somebody out of a store. Everybody but an owner works somewhere; another store becomes the primary one."""
    assert_below(by, employee.role)
    with write_transaction():
        employee = Employee.objects.select_for_update().get(pk=employee.pk)
        link = EmployeeStore.objects.filter(employee=employee, store=store).first()
        if link is None:
            return
        others = EmployeeStore.objects.filter(employee=employee).exclude(pk=link.pk).order_by("pk")
        if not others and not employee.everywhere_in_business:
            raise DomainError(
                _("%(name)s works in no other store. Assign one first, or deactivate the person.") % {"name": employee.name}
            )
        link.delete()
        if link.primary and others:
            EmployeeStore.objects.filter(pk=others[0].pk).update(primary=True)
        _tell(employee, store, "employee.unassigned", at=at)


def _tell(employee: Employee, store: Store, action: str, *, at: datetime) -> None:
    record(action, subject=f"employee:{employee.uuid}", data={"name": employee.name, "store": store.name}, at=at)
    staff_changed([employee])
