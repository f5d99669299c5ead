"""A fresh installation: who may claim it, once."""

import io
from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from smartpos.people.models import Business, Employee, Role, User
from smartpos.people.services.first_visit import setup_code
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FORM = {
    "business": "Pekara Đurđa", "name": "Đurđa Čolić", "email": "Durda@Pekara.example", "password": "vrlo dobra lozinka 7",
    "repeated": "vrlo dobra lozinka 7",
}  # fmt: skip


@pytest.fixture
def here(settings: Any) -> dict[str, str]:
    """A server that serves this machine alone, and a browser on it."""
    settings.LOCAL_ONLY = True
    return {"HTTP_HOST": "localhost:8000"}


def nobody() -> bool:
    return not (Business.objects.exists() or User.objects.exists() or Employee.everywhere.exists())


def test_an_empty_installation_leads_to_the_first_visit(client: Client) -> None:
    for path in ("/", "/sign-in/"):
        assert client.get(path).headers["Location"] == "/first-visit/"
    assert client.post("/sign-in/", {"email": "a@b.example", "password": "x"}).headers["Location"] == "/first-visit/"
    assert client.get("/backoffice/").headers["Location"].startswith("/sign-in/")


def test_the_first_visitor_of_this_machine_becomes_owner_and_comes_to_the_wizard(client: Client, here: dict[str, str]) -> None:
    assert b'name="code"' not in client.get("/first-visit/", **here).content
    client.post("/first-visit/", FORM, **here)
    owner = Employee.everywhere.get()
    assert (owner.role, owner.name, owner.user.email) == (Role.OWNER, "Đurđa Čolić", "durda@pekara.example")
    assert owner.pin_hash is None
    assert owner.business.name == "Pekara Đurđa"
    answer = client.get("/backoffice/", **here, follow=True)
    assert answer.redirect_chain[-1][0] == "/backoffice/setup/business/"


def test_once_there_is_an_owner_the_page_is_gone_for_good(client: Client, here: dict[str, str], world: World) -> None:
    for answer in (client.get("/first-visit/", **here), client.post("/first-visit/", FORM, **here)):
        assert answer.headers["Location"] == "/sign-in/"
    assert Business.objects.count() == 1
    assert client.get("/", **here).headers["Location"] == "/backoffice/"
    with pytest.raises(CommandError):
        call_command("create_owner", business="X", name="X", email="x@x.example", password_stdin=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("business", "   "),
        ("name", ""),
        ("email", "durda"),
        ("email", ""),
        ("password", "short"),
        ("password", "password1234"),
        ("password", "durda@pekara.example"),
        ("repeated", "vrlo dobra lozinka 8"),
        ("business", "x" * 121),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_made(
    client: Client, here: dict[str, str], field: str, value: str
) -> None:
    form = {**FORM, field: value, **({"repeated": value} if field == "password" else {})}
    answer = client.post("/first-visit/", form, **here)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert nobody()


@pytest.mark.parametrize(
    ("local_only", "address", "host"),
    [
        (False, "127.0.0.1", "localhost"),
        (True, "192.168.1.7", "localhost"),
        (True, "127.0.0.1", "testserver"),
    ],
)
def test_a_server_that_others_reach_asks_for_the_code_of_its_console(
    client: Client, settings: Any, local_only: bool, address: str, host: str
) -> None:
    settings.LOCAL_ONLY = local_only
    where = {"REMOTE_ADDR": address, "HTTP_HOST": host}
    assert b'name="code"' in client.get("/first-visit/", **where).content
    for code in ("", "AAAA-AAAA"):
        answer = client.post("/first-visit/", {**FORM, "code": code}, **where)
        assert answer.status_code == 422
        assert "code" in answer.context["form"].errors
    assert nobody()
    client.post("/first-visit/", {**FORM, "code": setup_code().lower().replace("-", " ")}, **where)
    assert Employee.everywhere.get().role == Role.OWNER


def test_guessing_the_code_locks_the_address(client: Client) -> None:
    answers = [client.post("/first-visit/", {**FORM, "code": "AAAA-AAAA"}).status_code for _ in range(5)]
    assert answers == [422] * 5
    right = client.post("/first-visit/", {**FORM, "code": setup_code()})
    assert right.status_code == 429
    assert nobody()


def test_the_command_tells_the_code_until_there_is_an_owner(db: None) -> None:
    out = io.StringIO()
    call_command("setup_code", stdout=out)
    assert setup_code() in out.getvalue()


def test_the_command_says_nothing_where_there_is_an_owner(world: World) -> None:
    out = io.StringIO()
    call_command("setup_code", stdout=out)
    assert out.getvalue() == ""


def test_an_owner_is_made_without_a_browser(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = {"business": "Shop", "name": "Ana", "email": "ana@shop.example", "password_stdin": True}
    monkeypatch.setattr("sys.stdin", io.StringIO("weak\n"))
    with pytest.raises(CommandError):
        call_command("create_owner", **arguments)
    assert nobody()
    monkeypatch.setattr("sys.stdin", io.StringIO("vrlo dobra lozinka 7\n"))
    call_command("create_owner", stdout=io.StringIO(), **arguments)
    owner = Employee.everywhere.get()
    assert owner.user.check_password("vrlo dobra lozinka 7")
    assert (owner.pin_hash, owner.business.is_set_up) == (None, False)


def test_a_weak_password_and_another_one_below_it_are_told_at_once(client: Client, here: dict[str, str]) -> None:
    form = client.post("/first-visit/", {**FORM, "password": "short", "repeated": "other"}, **here).context["form"]
    assert set(form.errors) == {"password", "repeated"}


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.feature("ONB-08")
def test_two_first_visitors_at_once_make_one_owner() -> None:
    from tests.concurrency.together import together

    def visit(n: int) -> int:
        form = {**FORM, "email": f"owner{n}@shop.example", "code": setup_code()}
        return Client().post("/first-visit/", form).status_code

    answers = Counter(together([lambda n=n: visit(n) for n in range(4)]))
    assert answers[302] >= 1
    assert set(answers) <= {302, 409}
    assert Business.objects.count() == Employee.everywhere.count() == User.objects.count() == 1
