"""Invitations, forgotten passwords and the second step: links good once, codes good once, nobody's account taken over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.errors import DomainError, NotAllowed, TooManyTries
from smartpos.mail.models import Mail
from smartpos.people.models import Employee, Invitation, PasswordReset, RecoveryCode, Role, SecondFactor, User
from smartpos.people.services import invitations, resets, second_factor, staffing
from smartpos.people.services.employees import create_employee, set_active
from smartpos.people.services.invitations import LinkDead
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ORIGIN = "https://pos.example"
NEW = "seven purple elephants"


@pytest.fixture(autouse=True)
def _acting(world: World) -> Any:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        yield


def hire(world: World, email: str = "mira@a.example", role: str = Role.MANAGER) -> Employee:
    return create_employee(
        by=world.owner, name="Mira", role=role, email=email, password="", pin="", stores=[world.store], at=AT
    )


def link_to(address: str) -> str:
    """The token in the last mail to somebody."""
    mail = Mail.everywhere.filter(to=address).order_by("-pk").first()
    assert ORIGIN in mail.text
    return mail.text.split(ORIGIN)[1].split("/")[2]


def invited(world: World, **more: Any) -> tuple[Employee, str]:
    employee = hire(world, **more)
    invitations.invite(employee, by=world.owner, origin=ORIGIN, at=AT)
    return employee, link_to(employee.email)


# ── invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_invited_person_makes_a_password_that_nobody_else_knows(world: World) -> None:
    employee, token = invited(world)
    user = invitations.accept_new(token, password=NEW, language="bs", address="10.0.0.1", at=AT)
    employee.refresh_from_db()
    assert employee.user == user
    assert user.check_password(NEW)
    assert (user.email, user.language) == ("mira@a.example", "bs")
    assert token.encode() not in bytes(Invitation.objects.get().token_hash)


def test_an_invitation_is_good_once_and_for_a_week(world: World) -> None:
    _employee, token = invited(world)
    with pytest.raises(LinkDead):
        invitations.open_invitation(token, at=AT + timedelta(days=7, seconds=1))
    invitations.accept_new(token, password=NEW, language="", address="x", at=AT)
    with pytest.raises(LinkDead):
        invitations.accept_new(token, password="another long one", language="", address="x", at=AT)
    assert User.objects.get(email="mira@a.example").check_password(NEW)


@pytest.mark.parametrize("token", ["", "x", "x" * 500, "../../"])
def test_what_nobody_sent_opens_nothing(world: World, token: str) -> None:
    with pytest.raises(LinkDead):
        invitations.open_invitation(token, at=AT)


def test_sending_again_and_taking_back_end_the_link_before(world: World) -> None:
    employee, first = invited(world)
    invitations.invite(employee, by=world.owner, origin=ORIGIN, at=AT)
    second = link_to(employee.email)
    with pytest.raises(LinkDead):
        invitations.open_invitation(first, at=AT)
    invitations.revoke_invitation(employee, by=world.owner, at=AT)
    with pytest.raises(LinkDead):
        invitations.open_invitation(second, at=AT)


def test_who_was_dismissed_or_got_another_address_cannot_accept(world: World) -> None:
    employee, token = invited(world)
    Employee.objects.filter(pk=employee.pk).update(email="other@a.example")
    with pytest.raises(LinkDead):
        invitations.open_invitation(token, at=AT)
    Employee.objects.filter(pk=employee.pk).update(email="mira@a.example")
    set_active(employee, by=world.owner, active=False, at=AT)
    with pytest.raises(LinkDead):
        invitations.open_invitation(token, at=AT)


def test_a_weak_password_is_refused_and_the_link_stays_good(world: World) -> None:
    _employee, token = invited(world)
    with pytest.raises(DomainError) as caught:
        invitations.accept_new(token, password="password", language="", address="x", at=AT)
    assert caught.value.field == "password"
    assert invitations.open_invitation(token, at=AT)


def test_an_existing_account_is_joined_by_its_owner_and_taken_over_by_nobody(world: World, other_world: World) -> None:
    """Ana of B is invited to A: the link alone sets no password, and only she, signed in, can accept."""
    stranger = User.objects.get(email="ana@a.example")
    employee, token = invited(world, email="ana@b.example")
    with pytest.raises(DomainError):
        invitations.accept_new(token, password=NEW, language="", address="x", at=AT)
    hers = User.objects.get(email="ana@b.example")
    assert hers.check_password(PASSWORD)
    with pytest.raises(DomainError) as caught:
        invitations.accept_with(token, stranger, address="x", at=AT)
    assert caught.value.status == 403
    invitations.accept_with(token, hers, address="x", at=AT)
    employee.refresh_from_db()
    assert employee.user == hers
    assert Employee.everywhere.filter(user=hers).count() == 2


def test_only_somebody_above_invites_and_only_people_with_an_address(world: World) -> None:
    manager = hire(world)
    admin = hire(world, email="adem@a.example", role=Role.ADMIN)
    with pytest.raises(NotAllowed):
        invitations.invite(admin, by=manager, origin=ORIGIN, at=AT)
    with pytest.raises(DomainError) as caught:
        invitations.invite(world.cashier, by=world.owner, origin=ORIGIN, at=AT)
    assert caught.value.field == "email"


def test_a_removed_sign_in_leaves_the_user_alone(world: World, other_world: World) -> None:
    employee, token = invited(world)
    user = invitations.accept_new(token, password=NEW, language="", address="x", at=AT)
    invitations.remove_sign_in(employee, by=world.owner, at=AT)
    employee.refresh_from_db()
    assert employee.user is None
    assert User.objects.get(pk=user.pk).check_password(NEW)
    with pytest.raises(DomainError):
        invitations.remove_sign_in(world.owner, by=world.owner, at=AT)


def test_who_is_hired_with_an_address_is_welcomed_in_their_language(world: World) -> None:
    from smartpos.ids import uuid7

    values = {
        "name": "Vesna", "role": Role.CASHIER, "email": "vesna@a.example", "phone": "", "pin": "4545", "card": None,
        "commission": None, "language": "bs", "stores": [world.store], "primary": None,
    }  # fmt: skip
    staffing.hire(by=world.owner, uuid=uuid7(), invite=False, origin=ORIGIN, at=AT, **values)
    [mail] = Mail.everywhere.filter(to="vesna@a.example")
    assert (mail.kind, mail.language) == ("welcome_employee", "bs")
    assert "Vesna" in mail.text
    assert "4545" not in mail.text
    values = {**values, "name": "Nobody", "email": "", "pin": "4546"}
    staffing.hire(by=world.owner, uuid=uuid7(), invite=True, origin=ORIGIN, at=AT, **values)
    assert Mail.everywhere.count() == 1


# ── forgotten passwords ──────────────────────────────────────────────────────────────────────────────────────────────


def ask(email: str, at: datetime = AT, address: str = "10.0.0.1") -> None:
    resets.request_reset(email, origin=ORIGIN, address=address, at=at)


def test_a_forgotten_password_is_chosen_anew_once(world: World) -> None:
    ask(" ANA@a.example ")
    token = link_to("ana@a.example")
    resets.use_reset(token, NEW, address="x", at=AT)
    assert User.objects.get(email="ana@a.example").check_password(NEW)
    with pytest.raises(LinkDead):
        resets.use_reset(token, "another long one", address="x", at=AT)
    assert Entry.objects.filter(action="password.reset").count() == 1


def test_nobody_hears_whether_an_address_is_known(world: World) -> None:
    ask("nobody@a.example")
    assert Mail.everywhere.count() == 0
    User.objects.create_user("gone@a.example", PASSWORD, is_active=False)
    ask("gone@a.example")
    assert Mail.everywhere.count() == 0


def test_a_reset_is_good_for_an_hour_and_a_new_one_ends_the_old(world: World) -> None:
    ask("ana@a.example")
    first = link_to("ana@a.example")
    with pytest.raises(LinkDead):
        resets.open_reset(first, at=AT + timedelta(hours=1, seconds=1))
    ask("ana@a.example")
    with pytest.raises(LinkDead):
        resets.open_reset(first, at=AT)
    assert resets.open_reset(link_to("ana@a.example"), at=AT)


def test_one_account_is_not_flooded_with_letters_and_one_address_asks_only_so_often(world: World) -> None:
    for n in range(9):
        ask("ana@a.example", address=f"10.0.1.{n}")
    assert Mail.everywhere.filter(to="ana@a.example").count() <= resets.FREE_LETTERS
    for n in range(resets.FREE_REQUESTS + 1):
        ask(f"guess{n}@a.example", address="10.0.9.1")
    with pytest.raises(TooManyTries):
        ask("ana@a.example", address="10.0.9.1")


def test_a_reset_does_not_turn_the_second_step_off(world: World) -> None:
    turn_on(world.owner.user)
    ask("ana@a.example")
    resets.use_reset(link_to("ana@a.example"), NEW, address="x", at=AT)
    assert second_factor.is_on(world.owner.user)


# ── the second step ──────────────────────────────────────────────────────────────────────────────────────────────────


def code_at(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def turn_on(user: User, at: datetime = AT) -> tuple[str, list[str]]:
    secret = second_factor.begin(user)
    return secret, second_factor.confirm(user, code_at(secret, at), address="x", at=at)


def tried(user: User, code: str, at: datetime) -> str:
    try:
        second_factor.verify(user, code, address="10.0.0.1", at=at)
    except TooManyTries:
        return "locked"
    except DomainError:
        return "wrong"
    return "in"


def test_a_code_counts_within_half_a_minute_to_either_side_and_once(world: World) -> None:
    user = world.owner.user
    secret, _codes = turn_on(user)
    assert tried(user, code_at(secret, AT), AT) == "wrong", "the code that turned it on is used"
    later = AT + timedelta(minutes=2)
    assert tried(user, code_at(secret, later - timedelta(seconds=60)), later) == "wrong"
    assert tried(user, code_at(secret, later + timedelta(seconds=30)), later) == "in"
    assert tried(user, code_at(secret, later), later) == "wrong", "older than the last one taken"
    assert tried(user, code_at(secret, later + timedelta(seconds=30)), later) == "wrong"


def test_guessing_codes_locks_the_account_from_every_address(world: World) -> None:
    user = world.owner.user
    secret, _codes = turn_on(user)
    later = AT + timedelta(minutes=5)
    assert [tried(user, f"{n:06d}", later) for n in range(6)] == ["wrong"] * 5 + ["locked"]
    assert tried(user, code_at(secret, later), later) == "locked"
    assert tried(user, code_at(secret, later + timedelta(seconds=31)), later + timedelta(seconds=31)) == "in"


def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(world: World) -> None:
    user = world.owner.user
    _secret, codes = turn_on(user)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    stored = [bytes(row.code_hash) for row in RecoveryCode.objects.filter(user=user)]
    assert not any(code.encode() in value for code in codes for value in stored)
    assert tried(user, codes[0].lower().replace("-", " "), AT) == "in"
    assert tried(user, codes[0], AT) == "wrong"
    assert second_factor.codes_left(user) == second_factor.RECOVERY_CODES - 1


def test_the_secret_is_sealed_in_the_database(world: World) -> None:
    secret, _codes = turn_on(world.owner.user)
    assert secret.encode() not in bytes(SecondFactor.objects.get().secret)


def test_it_is_turned_off_with_the_password_only(world: World) -> None:
    user = world.owner.user
    turn_on(user)
    with pytest.raises(DomainError):
        second_factor.turn_off(user, password="wrong", address="x", at=AT)
    assert second_factor.is_on(user)
    second_factor.turn_off(user, password=PASSWORD, address="x", at=AT)
    assert not second_factor.is_on(user)
    assert RecoveryCode.objects.count() == 0


def test_the_owner_resets_it_for_staff_that_works_nowhere_else(world: World, other_world: World) -> None:
    employee, token = invited(world)
    user = invitations.accept_new(token, password=NEW, language="", address="x", at=AT)
    turn_on(user)
    employee.refresh_from_db()
    manager = hire(world, email="m2@a.example")
    with pytest.raises(NotAllowed):
        staffing.reset_second_step(employee, by=manager, at=AT)
    with acting(business_id=other_world.business.pk, actor_id=other_world.owner.pk):
        elsewhere = create_employee(
            by=other_world.owner,
            name="Mira",
            role=Role.MANAGER,
            email="",
            password="",
            pin="",
            stores=[other_world.store],
            at=AT,
        )
        Employee.objects.filter(pk=elsewhere.pk).update(user=user)
    with pytest.raises(DomainError):
        staffing.reset_second_step(employee, by=world.owner, at=AT)
    assert second_factor.is_on(user)
    Employee.everywhere.filter(pk=elsewhere.pk).update(active=False)
    staffing.reset_second_step(employee, by=world.owner, at=AT)
    assert not second_factor.is_on(user)


def test_resets_are_kept_as_hashes(world: World) -> None:
    ask("ana@a.example")
    assert link_to("ana@a.example").encode() not in bytes(PasswordReset.objects.get().token_hash)
