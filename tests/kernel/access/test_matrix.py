"""The matrix: what a business lets its roles do, at once, at the server and at the tills."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from smartpos.access.permissions import allowed, codes_of, known
from smartpos.access.services.rights import set_rights
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import NotAllowed
from smartpos.people.models import Employee, Role
from tests.architecture.shop import staff
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def change(world: World, by: Employee, role: str, code: str, *, granted: bool) -> list[tuple[str, str]]:
    with acting(business_id=world.business.pk, actor_id=by.pk):
        return set_rights({(role, code): granted}, by=by, at=AT)


def test_unchanged_the_matrix_is_what_is_shipped(world: World) -> None:
    for role in Role:
        shipped = sorted(p.code for p in known() if role in p.roles)
        assert codes_of(role, world.business.pk) == shipped


SELLING = {"sale.make", "shift.open", "shift.close", "customer.add", "checklist.tick", "bonus.own"}
CASHIERS = SELLING | {
    "sale.discount", "sale.gratis", "sale.hold", "sale.invoice", "sale.online", "refund.make", "receipt.history",
    "cash.in", "cash.out", "cash.handover", "consignment.sell", "parcels.receive",
}  # fmt: skip
NEVER_BELOW_MANAGER = {
    "sale.price", "sale.discount_above_limit", "refund.without_receipt", "refund.other_tender", "refund.alone", "receipt.void",
}  # fmt: skip
# The executive dashboard is meant for owners (DSH-12); they may open it to others.
OWNERS = {"executive.view", "executive.target"}
# Preview (SHF-23), gateways, throwing away a queue (C-34), and what people earn are for owners and admins.
ABOVE_MANAGERS = {"shift.preview", "integrations.manage", "queue.discard", "bonus.manage", "bonus.pay"}
# Role, whether the Backoffice opens, and what the till lets do as shipped; None is everything.
SHIPPED: list[tuple[Role, bool, set[str] | None]] = [
    (Role.OWNER, True, None), (Role.ADMIN, True, None), (Role.MANAGER, True, None),
    (Role.EMPLOYEE, False, CASHIERS), (Role.CASHIER, False, CASHIERS), (Role.WAITER, False, SELLING),
]  # fmt: skip


@pytest.mark.parametrize(("role", "office", "at_the_till"), SHIPPED)
def test_every_role_meets_the_surfaces_that_are_shipped_for_it(
    world: World, role: Role, office: bool, at_the_till: set[str] | None
) -> None:
    """AUT-01 and SEC-14, as far as their rooms are built."""
    person = staff(world, "Somebody", role, pin="7777", store=world.store, email="somebody@a.example")
    client = Client()
    client.force_login(person.user)
    opened = {
        path: client.get(path).status_code == 200 for path in ("/backoffice/", "/backoffice/sales/", "/backoffice/settings/")
    }
    assert set(opened.values()) == {office}
    _status, answer = world.till().send("POST", "/pos/pin", {"pin": "7777"})
    kept = {Role.OWNER: set(), Role.MANAGER: OWNERS | ABOVE_MANAGERS}.get(role, OWNERS)
    everything = {permission.code for permission in known()} - kept
    assert set(answer["codes"]) == (everything if at_the_till is None else at_the_till)
    if at_the_till is not None:
        assert not set(answer["codes"]) & NEVER_BELOW_MANAGER


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.CASHIER, Role.WAITER])
def test_what_a_role_may_at_the_till_is_the_owners_to_set_and_its_office_is_not(world: World, role: Role) -> None:
    """AUT-01: customisable through the matrix; the Backoffice stays locked off for these three (C-09)."""
    for permission in known():
        if permission.till:
            change(world, world.owner, role, permission.code, granted=role not in permission.roles)
            assert (permission.code in codes_of(role, world.business.pk)) == (role not in permission.roles)
        else:
            with pytest.raises(NotAllowed):
                change(world, world.owner, role, permission.code, granted=True)


def test_a_right_that_is_switched_off_is_gone_at_the_next_question_and_comes_back(world: World, other_world: World) -> None:
    assert allowed(world.cashier, "sale.gratis")
    change(world, world.owner, Role.CASHIER, "sale.gratis", granted=False)
    assert not allowed(world.cashier, "sale.gratis")
    assert allowed(other_world.cashier, "sale.gratis")
    assert "sale.gratis" not in codes_of(Role.CASHIER, world.business.pk)
    change(world, world.owner, Role.CASHIER, "sale.gratis", granted=True)
    assert allowed(world.cashier, "sale.gratis")


def test_nobody_narrows_the_owner(world: World) -> None:
    admin = staff(world, "Adi", Role.ADMIN, pin="7777", store=world.store)
    for by in (world.owner, admin):
        with pytest.raises(NotAllowed):
            change(world, by, Role.OWNER, "sale.price", granted=False)
    assert set(codes_of(Role.OWNER, world.business.pk)) == {p.code for p in known()}


def test_no_role_below_manager_gets_a_right_in_the_backoffice(world: World) -> None:
    for role in (Role.EMPLOYEE, Role.CASHIER, Role.WAITER):
        with pytest.raises(NotAllowed):
            change(world, world.owner, role, "sales.view", granted=True)
    assert not allowed(world.cashier, "sales.view")


@pytest.mark.parametrize(
    ("by_role", "role"), [(Role.ADMIN, Role.ADMIN), (Role.MANAGER, Role.ADMIN), (Role.MANAGER, Role.MANAGER)]
)
def test_nobody_edits_a_role_at_or_above_their_own(world: World, by_role: str, role: str) -> None:
    by = staff(world, "Mira", by_role, pin="7777", store=world.store)
    with pytest.raises(NotAllowed):
        change(world, by, role, "sale.price", granted=False)
    assert change(world, by, Role.CASHIER, "sale.gratis", granted=False) == [(Role.CASHIER, "sale.gratis")]


def test_nobody_gives_a_right_that_they_do_not_have(world: World) -> None:
    manager = staff(world, "Mira", Role.MANAGER, pin="7777", store=world.store)
    change(world, world.owner, Role.MANAGER, "sale.price", granted=False)
    with pytest.raises(NotAllowed):
        change(world, manager, Role.CASHIER, "sale.price", granted=True)
    assert not allowed(world.cashier, "sale.price")


def test_a_change_is_audited_with_who_what_before_and_after(world: World) -> None:
    change(world, world.owner, Role.CASHIER, "sale.gratis", granted=False)
    entry = Entry.objects.get(business_id=world.business.pk, action="permissions.changed")
    assert entry.actor_id == world.owner.pk
    assert '"cashier sale.gratis":[true,false]' in entry.data


def test_tills_learn_the_new_rights_of_the_role_and_of_no_other(world: World) -> None:
    till = world.till()
    cursor = till.snapshot["cursor"]
    change(world, world.owner, Role.CASHIER, "sale.gratis", granted=False)
    _status, news = till.send("GET", f"/pos/snapshot?after={cursor}", None)
    [[key, body]] = news["changes"]["employee"]
    assert key == str(world.cashier.uuid)
    assert "sale.gratis" not in body[2]


def test_an_act_is_judged_by_the_matrix_of_its_time(world: World) -> None:
    """Decision 12: made before the change it stands unmarked, made after it is booked and marked."""
    till = world.till()
    till.open_shift()
    before = till.sale([(till.item("ESP"), "1")])
    change(world, world.owner, Role.CASHIER, "sale.make", granted=False)
    [answer] = till.post(before)
    assert (answer["state"], answer["marks"]) == ("done", [])
    till.load()
    [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert answer["state"] == "done"
    assert [mark["permission"] for mark in answer["marks"]] == ["sale.make"]
