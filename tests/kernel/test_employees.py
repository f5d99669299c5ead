"""Who may hire, change and dismiss whom, and where."""

from itertools import product
from typing import Any

import pytest

from smartpos.context import acting
from smartpos.errors import DomainError, NotAllowed, NotFound
from smartpos.operations.snapshot import snapshot
from smartpos.people.models import Employee, EmployeeStore, Role, Store, User
from smartpos.people.services.employees import create_employee, set_active, update_employee
from smartpos.people.services.places import create_store
from tests.world import AT, PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ROLES = list(Role)


@pytest.fixture(autouse=True)
def _acting(world: World) -> Any:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        yield


def hire(by: Employee, role: str, *stores: Store, name: str = "New", email: str = "", pin: str = "") -> Employee:
    password = PASSWORD if email else ""
    return create_employee(by=by, name=name, role=role, email=email, password=password, pin=pin, stores=stores, at=AT)


def change(employee: Employee, by: Employee, **more: Any) -> Employee:
    links = EmployeeStore.objects.filter(employee=employee).values_list("store_id", flat=True)
    values = {
        "name": employee.name, "role": employee.role, "email": employee.email, "pin": "", "at": AT,
        "commission": employee.commission, "stores": list(Store.objects.filter(pk__in=links)), **more,
    }  # fmt: skip
    return update_employee(employee, by=by, **values)


def dismiss(employee: Employee, by: Employee) -> Employee:
    return set_active(employee, by=by, active=False, at=AT)


@pytest.fixture
def second(world: World) -> Store:
    return create_store(by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=AT)


@pytest.mark.parametrize(("by", "role"), [pair for pair in product(ROLES, ROLES) if pair[0] != Role.OWNER])
def test_nobody_but_the_owner_gives_or_edits_a_role_at_or_above_their_own(world: World, by: Role, role: Role) -> None:
    actor = hire(world.owner, by, world.store)
    target = hire(world.owner, role, world.store)
    if ROLES.index(role) > ROLES.index(by):
        assert hire(actor, role, world.store).role == role
        assert change(target, actor, name="Renamed").name == "Renamed"
    else:
        with pytest.raises(NotAllowed):
            hire(actor, role, world.store)
        with pytest.raises(NotAllowed):
            change(target, actor, name="Renamed")


def test_nobody_raises_somebody_to_their_own_rank_or_themselves_above(world: World) -> None:
    manager = hire(world.owner, Role.MANAGER, world.store)
    with pytest.raises(NotAllowed):
        change(world.cashier, manager, role=Role.MANAGER)
    with pytest.raises(NotAllowed):
        change(manager, manager, role=Role.ADMIN)
    assert change(world.cashier, manager, role=Role.EMPLOYEE).role == Role.EMPLOYEE
    assert change(manager, manager, name="Myself").name == "Myself"


def test_the_last_active_owner_stays(world: World) -> None:
    for loss in (
        lambda: dismiss(world.owner, world.owner),
        lambda: change(world.owner, world.owner, role=Role.ADMIN, stores=[world.store]),
    ):
        with pytest.raises(DomainError) as caught:
            loss()
        assert caught.value.field == "role"
    hire(world.owner, Role.OWNER)
    assert dismiss(world.owner, world.owner).active is False


def test_staff_is_assigned_only_to_the_stores_of_whoever_assigns(world: World, second: Store) -> None:
    manager = hire(world.owner, Role.MANAGER, world.store)
    with pytest.raises(NotAllowed) as caught:
        hire(manager, Role.CASHIER, world.store, second)
    assert caught.value.field == "stores"
    with pytest.raises(NotAllowed):
        change(world.cashier, manager, stores=[world.store, second])
    with pytest.raises(NotAllowed):
        change(manager, manager, stores=[world.store, second])


def test_a_manager_does_not_reach_people_of_other_stores(world: World, second: Store) -> None:
    manager = hire(world.owner, Role.MANAGER, world.store)
    elsewhere = hire(world.owner, Role.CASHIER, second)
    with pytest.raises(NotFound):
        change(elsewhere, manager, pin="4321", stores=[world.store])


def test_a_manager_leaves_the_stores_alone_that_are_not_theirs(world: World, second: Store) -> None:
    manager = hire(world.owner, Role.MANAGER, world.store)
    both = hire(world.owner, Role.CASHIER, world.store, second)
    change(both, manager, stores=[world.store])
    assert set(EmployeeStore.objects.filter(employee=both).values_list("store_id", flat=True)) == {world.store.pk, second.pk}
    change(both, manager, stores=[])
    assert set(EmployeeStore.objects.filter(employee=both).values_list("store_id", flat=True)) == {second.pk}


def test_an_address_that_is_known_anywhere_is_not_taken_over(world: World, other_world: World) -> None:
    """With a password of somebody else's making no sign-in is made over one that exists."""
    for email in ("ana@b.example", "ANA@B.example", "ana@a.example"):
        with pytest.raises(DomainError) as caught:
            hire(world.owner, Role.MANAGER, world.store, email=email)
        assert caught.value.field == "email"
    assert User.objects.get(email="ana@b.example").check_password(PASSWORD)
    assert change(world.cashier, world.owner, email="ana@b.example").user is None


@pytest.mark.parametrize("password", ["short", "1234567890", "password123"])
def test_a_weak_password_is_refused(world: World, password: str) -> None:
    with pytest.raises(DomainError) as caught:
        create_employee(
            by=world.owner, name="New", role=Role.MANAGER, email="new@a.example", password=password, pin="",
            stores=[world.store], at=AT,
        )  # fmt: skip
    assert caught.value.field == "password"
    assert not User.objects.filter(email="new@a.example").exists()


def test_everybody_but_the_owner_works_somewhere(world: World) -> None:
    with pytest.raises(DomainError) as caught:
        hire(world.owner, Role.CASHIER)
    assert caught.value.field == "stores"


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_is_given_and_fits(world: World, name: str) -> None:
    with pytest.raises(DomainError) as caught:
        hire(world.owner, Role.CASHIER, world.store, name=name)
    assert caught.value.field == "name"


def test_tills_learn_of_every_change_and_forget_who_is_gone(world: World) -> None:
    def cached() -> dict[str, Any]:
        return dict(snapshot(world.store, None).rows["employee"])

    key = str(world.cashier.uuid)
    before = bytes(cached()[key])
    change(world.cashier, world.owner, pin="3131")
    assert bytes(cached()[key]) != before
    dismiss(world.cashier, world.owner)
    assert key not in cached()
