"""Approvals: one act, by somebody with the right, throttled, with both names in the log."""

from datetime import UTC, datetime, timedelta

import pytest

from smartpos.access.models import Approval
from smartpos.access.services.approvals import Ask, NotApproved, approve, use
from smartpos.access.services.rights import set_rights
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError, NotAllowed, TooManyTries
from smartpos.people.models import Role
from smartpos.people.services.places import create_store
from tests.architecture.shop import staff
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CODE = "sale.discount_above_limit"


def ask(world: World, pin: str = "9999", *, code: str = CODE, subject: str = "cart:1", at: datetime = AT) -> Approval:
    device = getattr(world, "device", None)
    with acting(business_id=world.business.pk, actor_id=world.cashier.pk, address="10.0.0.1"):
        wanted = Ask(code, subject, reason="regular guest", amounts={"discount": "12.00"}, asked_by=world.cashier)
        return approve(wanted, pin, store=world.store, device=device, at=at)


def spend(world: World, approval: Approval, *, code: str = CODE, subject: str = "cart:1", at: datetime = AT) -> None:
    with acting(business_id=world.business.pk, actor_id=world.cashier.pk):
        use(approval, code=code, subject=subject, at=at)


def test_an_approval_names_both_persons_the_reason_and_the_amounts(world: World) -> None:
    approval = ask(world)
    assert (approval.given_by, approval.asked_by) == (world.owner, world.cashier)
    entry = Entry.objects.get(business_id=world.business.pk, action="approval.given")
    for part in ("Ana A", "Boris A", "regular guest", '"discount":"12.00"', CODE):
        assert part in entry.data
    assert "9999" not in entry.data


def test_it_is_good_for_its_act_once_and_for_minutes(world: World) -> None:
    approval = ask(world)
    for other in ({"subject": "cart:2"}, {"code": "sale.price"}, {"at": AT + timedelta(minutes=11)}):
        with pytest.raises(NotAllowed):
            spend(world, approval, **other)
    spend(world, approval, at=AT + timedelta(minutes=9))
    with pytest.raises(NotAllowed):
        spend(world, approval)
    assert Entry.objects.filter(action="approval.used").count() == 1


@pytest.mark.parametrize("pin", ["1111", "2222", "0000"])
def test_a_cashiers_a_waiters_and_nobodys_pin_get_the_same_answer(world: World, pin: str) -> None:
    with pytest.raises(NotApproved) as refusal:
        ask(world, pin)
    assert str(refusal.value) == "This PIN cannot approve this."
    assert Entry.objects.filter(action="approval.refused").count() == 1


def test_what_is_no_pin_is_said_so(world: World) -> None:
    for wrong in ("12", "abcd", "12345", ""):
        with pytest.raises(DomainError):
            ask(world, wrong)


def test_a_manager_of_another_store_cannot_approve_here(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="UTC", at=AT)
    staff(world, "Senad", Role.MANAGER, pin="5555", store=second)
    with pytest.raises(NotApproved):
        ask(world, "5555")


def test_a_manager_of_another_business_cannot_approve_here(world: World, other_world: World) -> None:
    staff(other_world, "Bea", Role.MANAGER, pin="5555", store=other_world.store)
    with pytest.raises(NotApproved):
        ask(world, "5555")


def test_a_manager_who_lost_the_right_cannot_give_it(world: World) -> None:
    staff(world, "Mira", Role.MANAGER, pin="5555", store=world.store)
    assert ask(world, "5555").given_by.name == "Mira"
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_rights({("manager", CODE): False}, by=world.owner, at=AT)
    with pytest.raises(NotApproved):
        ask(world, "5555")


def test_guessing_is_locked_and_the_own_pin_forgives_nothing(world: World) -> None:
    for n in range(5):
        with pytest.raises(NotApproved):
            ask(world, "1111" if n % 2 else "0000")
    with pytest.raises(TooManyTries):
        ask(world, "9999")
    later = AT + timedelta(minutes=1)
    assert ask(world, "9999", at=later).given_by == world.owner
