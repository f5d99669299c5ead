"""Sign-in by e-mail: one answer for everything wrong, the same work for it, slower with each failure."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from smartpos.audit.models import Entry
from smartpos.errors import DomainError, TooManyTries
from smartpos.people.models import User
from smartpos.people.services.signin import sign_in, sign_out
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def attempt(email: str, password: str, at: datetime = AT, address: str = "10.0.0.1") -> tuple[str, str]:
    try:
        sign_in(email, password, address=address, at=at)
    except DomainError as error:
        return error.code, error.message
    return "in", ""


def test_the_right_words_let_in_whatever_the_case_of_the_address(world: World) -> None:
    user = sign_in("  ANA@a.Example ", PASSWORD, address="10.0.0.1", at=AT)
    assert user == world.owner.user
    entry = Entry.objects.get(action="session.started")
    assert (entry.actor_id, entry.address, entry.data) == (world.owner.pk, "10.0.0.1", "{}")
    sign_out(user, address="10.0.0.1", at=AT)
    assert Entry.objects.filter(action="session.ended").count() == 1


def test_unknown_wrong_and_inactive_are_answered_alike(world: World) -> None:
    User.objects.create_user("gone@a.example", PASSWORD, is_active=False)
    answers = {
        attempt("ana@a.example", "wrong"),
        attempt("nobody@a.example", PASSWORD),
        attempt("gone@a.example", PASSWORD),
        attempt("", ""),
    }
    assert answers == {("credentials", "E-mail or password is not right.")}


@pytest.mark.parametrize("email", ["ana@a.example", "nobody@a.example", "gone@a.example"])
def test_time_does_not_tell_who_exists(world: World, email: str) -> None:
    User.objects.create_user("gone@a.example", PASSWORD, is_active=False)
    worked = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    with (
        patch.object(Argon2PasswordHasher, "encode", lambda *a: worked.append(1) or encode(*a)),
        patch.object(Argon2PasswordHasher, "verify", lambda *a: worked.append(1) or verify(*a)),
    ):
        attempt(email, "wrong")
    assert worked == [1]


def test_an_account_is_locked_from_every_address_and_an_address_for_every_account(world: World, other_world: World) -> None:
    for n in range(5):
        attempt("ana@a.example", "wrong", address=f"10.0.1.{n}")
    assert attempt("ana@a.example", PASSWORD, address="10.0.2.1")[0] == "too_many_tries"
    for n in range(5):
        attempt(f"guess{n}@a.example", "wrong", address="10.0.3.1")
    assert attempt("ana@b.example", PASSWORD, address="10.0.3.1")[0] == "too_many_tries"
    assert attempt("ana@b.example", PASSWORD, address="10.0.3.2")[0] == "in"


def test_ones_own_account_does_not_open_a_locked_address(world: World) -> None:
    """Who has an account could otherwise guess others' passwords for ever."""
    outcomes = []
    for n in range(6):
        outcomes.append(attempt(f"guess{n}@a.example", "wrong")[0])
        outcomes.append(attempt("ana@a.example", PASSWORD)[0])
    assert outcomes[-1] == "too_many_tries"


def test_a_locked_account_opens_after_its_time(world: World) -> None:
    for _ in range(5):
        attempt("ana@a.example", "wrong")
    with pytest.raises(TooManyTries) as caught:
        sign_in("ana@a.example", PASSWORD, address="10.0.0.1", at=AT)
    assert caught.value.params == {"seconds": 30}
    assert attempt("ana@a.example", PASSWORD, at=AT + timedelta(seconds=31))[0] == "in"


def test_a_very_long_address_is_no_crash(db: None) -> None:
    assert attempt("x" * 5000 + "@a.example", "y" * 5000)[0] == "credentials"
