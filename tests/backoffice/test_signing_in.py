"""The office's doors over HTTP: sessions that end, the second step, the PIN's lesser session, several businesses, staff pages."""

from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
from django.test import Client

from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.mail.models import Mail
from smartpos.people.models import Employee, OfficeSession, Role, User
from smartpos.people.services import second_factor
from smartpos.people.services.employees import create_employee, set_active, update_employee
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEW = "seven purple elephants"
HOME = "/backoffice/employees/"


def come_in(email: str = "ana@a.example", password: str = PASSWORD, **more: Any) -> Client:
    client = Client(**more)
    client.post("/sign-in/", {"email": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def hire(world: World, name: str, role: str, pin: str, email: str = "") -> Employee:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_employee(
            by=world.owner, name=name, role=role, email=email, password=PASSWORD if email else "", pin=pin,
            stores=[world.store], at=datetime.now(UTC),
        )  # fmt: skip


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_planted_session_is_worth_nothing_after_the_sign_in(world: World) -> None:
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    assert client.session.session_key != planted
    assert "planted" not in client.session


def test_one_ends_another_of_ones_sessions_and_nobody_elses(world: World, other_world: World) -> None:
    here, there, stranger = come_in(), come_in(), come_in("ana@b.example")
    theirs = OfficeSession.objects.get(user__email="ana@b.example")
    assert here.post(f"/account/sessions/{theirs.uuid}/end/").status_code == 404
    row = OfficeSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/account/sessions/{row.uuid}/end/").status_code == 302
    assert (is_in(here), is_in(there), is_in(stranger)) == (True, False, True)
    third = come_in()
    here.post("/account/sessions/end-others/")
    assert (is_in(here), is_in(third)) == (True, False)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(world: World) -> None:
    here, there = come_in(), come_in()
    answer = here.post("/account/password/", {"old": PASSWORD, "password": NEW})
    assert answer.status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert is_in(come_in(password=NEW))
    here.get("/account/")
    assert OfficeSession.objects.filter(session_key=here.session.session_key, ended_at=None).exists()


def test_a_wrong_present_password_changes_nothing_and_is_counted(world: World) -> None:
    client = come_in()
    codes = [client.post("/account/password/", {"old": "wrong", "password": NEW}).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]
    assert User.objects.get(email="ana@a.example").check_password(PASSWORD)


def test_a_new_browser_is_told_by_mail_and_a_known_one_is_not(world: World) -> None:
    client = come_in()
    client.post("/sign-out/")
    client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    assert not Mail.everywhere.filter(kind="new_sign_in").exists()
    come_in(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    [mail] = Mail.everywhere.filter(kind="new_sign_in")
    assert mail.to == "ana@a.example"
    assert "Firefox · Windows" in mail.text


def test_strangers_cannot_lock_the_owner_out_of_a_browser_that_she_uses(world: World) -> None:
    hers = come_in()
    hers.post("/sign-out/")
    for n in range(6):
        Client(REMOTE_ADDR=f"10.9.0.{n}").post("/sign-in/", {"email": "ana@a.example", "password": "wrong"})
    assert come_in(REMOTE_ADDR="10.9.1.1").get(HOME).status_code == 302
    hers.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    assert is_in(hers)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_next_leads_to_this_site_only(world: World, target: str) -> None:
    answer = Client().post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/backoffice/"


def test_a_link_is_made_from_the_configured_address_whatever_host_is_claimed(world: World, settings: Any) -> None:
    settings.PUBLIC_ORIGINS, settings.ALLOWED_HOSTS = ["https://pos.example"], ["*"]
    Client(headers={"Host": "evil.example"}).post("/forgotten-password/", {"email": "ana@a.example"})
    assert "https://pos.example/reset/" in Mail.everywhere.get(kind="password_reset").text
    settings.PUBLIC_ORIGINS = []
    Client(headers={"Host": "evil.example"}).post("/forgotten-password/", {"email": "ana@a.example"})
    assert not Mail.everywhere.filter(text__contains="evil.example").exists()


def test_the_forgotten_password_page_says_the_same_of_everybody(world: World) -> None:
    known = Client().post("/forgotten-password/", {"email": "ana@a.example"})
    unknown = Client().post("/forgotten-password/", {"email": "eva@a.example"})
    same = known.content.decode().replace("ana@", "eva@")
    assert known.status_code == unknown.status_code == 200
    assert same.split("lone__card")[1] == unknown.content.decode().split("lone__card")[1]


# ── the second step ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_with_a_second_step_the_password_alone_opens_nothing(world: World) -> None:
    user, at = world.owner.user, datetime.now(UTC)
    secret = second_factor.begin(user)
    second_factor.confirm(user, pyotp.TOTP(secret).at(at, -1), address="x", at=at)
    client = Client()
    answer = client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD, "next": HOME})
    assert answer.headers["Location"] == "/sign-in/code/"
    assert client.get(HOME).status_code == client.get("/account/").status_code == 302
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    answer = client.post("/sign-in/code/", {"code": pyotp.TOTP(secret).now()})
    assert answer.headers["Location"] == HOME
    assert is_in(client)
    assert Client().get("/sign-in/code/").headers["Location"] == "/sign-in/"


def test_a_password_changed_half_way_ends_the_half_sign_in(world: World) -> None:
    user, at = world.owner.user, datetime.now(UTC)
    secret = second_factor.begin(user)
    second_factor.confirm(user, pyotp.TOTP(secret).at(at, -1), address="x", at=at)
    client = come_in()
    user.refresh_from_db()
    user.set_password(NEW)
    user.save()
    assert client.post("/sign-in/code/", {"code": pyotp.TOTP(secret).now()}).headers["Location"] == "/sign-in/"


# ── the PIN at the office ────────────────────────────────────────────────────────────────────────────────────────────


def ticket_of(world: World, pin: str) -> tuple[Client, dict[str, Any], int]:
    client = Client()
    client.cookies["smartpos_device"] = world.enrol()[1]
    answer = client.post("/pos/office-session", {"pin": pin}, content_type="application/json", headers={"X-SmartPOS-Till": "1"})
    return client, answer.json(), answer.status_code


def test_a_ticket_opens_once_and_the_session_hangs_on_device_and_pin(world: World) -> None:
    client, answer, _status = ticket_of(world, "9999")
    assert client.post("/sign-in/", {"ticket": answer["ticket"]}).status_code == 302
    assert is_in(client)
    assert Client().post("/sign-in/", {"ticket": answer["ticket"]}).status_code == 422
    assert client.get("/account/").status_code == 302, "no own account by four digits"
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        update_employee(
            world.owner, by=world.owner, name="Ana A", role="owner", stores=[], email="", pin="9191", at=datetime.now(UTC)
        )
    assert not is_in(client)


def test_a_revoked_device_takes_its_pin_sessions_with_it(world: World) -> None:
    client, answer, _status = ticket_of(world, "9999")
    client.post("/sign-in/", {"ticket": answer["ticket"]})
    assert is_in(client)
    world.enrol()  # another browser takes the terminal, which revokes the first
    assert not is_in(client)


def test_only_the_three_office_roles_get_a_ticket_and_the_refusal_is_logged(world: World) -> None:
    _client, answer, status = ticket_of(world, "1111")
    assert (status, answer["error"]["code"]) == (403, "not_allowed")
    assert Entry.objects.filter(action="office.refused").count() == 1
    assert ticket_of(world, "0000")[2] == 401


def test_a_pin_session_changes_nobody_who_opens_the_office(world: World) -> None:
    manager = hire(world, "Mira", Role.MANAGER, "3333")
    client, answer, _status = ticket_of(world, "9999")
    client.post("/sign-in/", {"ticket": answer["ticket"]})
    page = f"/backoffice/employees/{manager.uuid}/"
    form = {"uuid": str(manager.uuid), "version": "1", "name": "X", "role": "manager", "stores": str(world.store.uuid)}
    assert client.post(page, form).status_code == 403
    assert client.post(f"{page}deactivate/").status_code == 403
    new = {"uuid": str(uuid7()), "version": "0", "name": "Y", "role": "admin", "pin": "4141", "stores": str(world.store.uuid)}
    assert client.post("/backoffice/employees/new/", new).status_code == 403
    assert client.post("/backoffice/employees/new/", {**new, "role": "cashier"}).status_code == 302


# ── several businesses ───────────────────────────────────────────────────────────────────────────────────────────────


def test_who_works_for_two_businesses_chooses_and_sees_one_at_a_time(world: World, other_world: World) -> None:
    Employee.everywhere.filter(pk=other_world.owner.pk).update(user=world.owner.user)
    client = come_in()
    assert client.get(HOME).headers["Location"].startswith("/choose-business/")
    page = client.get("/choose-business/").content.decode()
    assert "Business A" in page
    assert "Business B" in page
    client.post("/choose-business/", {"employee": str(other_world.owner.uuid)})
    assert "Boris B" in client.get(HOME).content.decode()
    assert "Boris A" not in client.get(HOME).content.decode()
    assert client.post("/choose-business/", {"employee": str(world.cashier.uuid)}).status_code == 422


# ── roles and the staff's pages ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.feature("AUT-02")
@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.CASHIER, Role.WAITER])
@pytest.mark.parametrize(
    "path", ["/backoffice/", HOME, f"{HOME}?export=csv", "/backoffice/sales/", "/backoffice/sales/?export=csv"]
)
def test_other_roles_get_a_refusal_and_no_data(world: World, role: str, path: str) -> None:
    hire(world, "Klara", role, "4444", "klara@a.example")
    client = come_in("klara@a.example")
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 403
        assert b"Boris" not in answer.content
    assert "Your role does not allow this" in client.get(path).content.decode()


def test_sessions_of_somebody_dismissed_end_at_the_next_request(world: World) -> None:
    manager = hire(world, "Mira", Role.MANAGER, "3333", "mira@a.example")
    client = come_in("mira@a.example")
    assert is_in(client)
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_active(manager, by=world.owner, active=False, at=datetime.now(UTC))
    assert client.get(HOME).status_code == 302


def test_somebody_with_an_open_shift_is_dismissed_only_after_it_is_closed(world: World) -> None:
    till = world.till()
    till.open_shift()
    client = come_in()
    page = f"/backoffice/employees/{world.cashier.uuid}/deactivate/"
    answer = client.post(page)
    assert answer.status_code == 422
    assert "Till 1" in answer.content.decode()
    till.close_shift("100.00")
    assert client.post(page).status_code == 302
    assert not Employee.everywhere.get(pk=world.cashier.pk).active


def form_of(world: World, **more: str) -> dict[str, str]:
    return {
        "uuid": str(uuid7()), "version": "0", "name": "Dado", "role": "cashier", "email": "", "phone": "", "pin": "5656",
        "card": "", "commission": "", "language": "", "stores": str(world.store.uuid), "primary": str(world.store.uuid), **more,
    }  # fmt: skip


def test_the_form_sent_twice_hires_once(world: World) -> None:
    client, form = come_in(), form_of(world)
    assert [client.post("/backoffice/employees/new/", form).status_code for _ in range(2)] == [302, 302]
    assert Employee.everywhere.filter(name="Dado").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "x" * 81), ("pin", "12"), ("pin", "12a4"), ("pin", ""), ("pin", "1111"), ("role", "king"),
        ("commission", "101"), ("commission", "-1"), ("commission", "1,23456"), ("email", "no"), ("phone", "call me"),
        ("stores", ""), ("stores", "01934b7e-0000-7000-8000-000000000001"), ("language", "xx"), ("card", "ab"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_said_beside_it_and_nobody_is_hired(world: World, field: str, value: str) -> None:
    answer = come_in().post("/backoffice/employees/new/", form_of(world, **{field: value}))
    assert answer.status_code == 422
    assert not Employee.everywhere.filter(name="Dado").exists()


def test_two_open_forms_do_not_overwrite_each_other(world: World) -> None:
    client = come_in()
    client.post("/backoffice/employees/new/", form_of(world))
    made = Employee.everywhere.get(name="Dado")
    page, form = f"/backoffice/employees/{made.uuid}/", form_of(world, uuid=str(made.uuid), version="1", pin="")
    assert client.post(page, {**form, "phone": "033 123 456"}).status_code == 302
    late = client.post(page, {**form, "phone": "061 999 999"})
    assert late.status_code == 409
    assert Employee.everywhere.get(pk=made.pk).phone == "033 123 456"


@pytest.mark.feature("EMP-02")
def test_a_card_belongs_to_one_person_and_is_never_shown(world: World, other_world: World) -> None:
    client = come_in()
    assert client.post("/backoffice/employees/new/", form_of(world, card=" 04a1 b2c3 ")).status_code == 302
    client.get(HOME)  # the toast is read
    again = form_of(world, name="Edo", pin="5757", card="04A1B2C3")
    answer = client.post("/backoffice/employees/new/", again)
    assert answer.status_code == 422
    assert "This card already belongs to somebody else." in answer.content.decode()
    assert "Dado" not in answer.content.decode().split("<main")[1]
    made = Employee.everywhere.get(name="Dado")
    assert b"04A1B2C3" not in client.get(f"/backoffice/employees/{made.uuid}/").content
    other = come_in("ana@b.example")
    form = {**form_of(other_world, name="Fadil", card="04A1B2C3"), "primary": ""}
    assert other.post("/backoffice/employees/new/", form).status_code == 302


@pytest.mark.feature("EMP-03")
def test_people_work_in_several_stores_with_one_primary(world: World) -> None:
    from smartpos.people.services.places import create_store

    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(
            by=world.owner, name="Store 2", code="A2", currency="BAM", time_zone="Europe/Sarajevo", at=datetime.now(UTC)
        )
    client = come_in()
    form = {**form_of(world), "stores": [str(world.store.uuid), str(second.uuid)], "primary": str(second.uuid)}
    assert client.post("/backoffice/employees/new/", form).status_code == 302
    with acting(business_id=world.business.pk):
        links = Employee.objects.get(name="Dado").store_links
        assert list(links.order_by("-primary").values_list("store__name", "primary")) == [("Store 2", True), ("Store A", False)]
    wrong = {**form_of(world, name="Edo", pin="5757"), "primary": str(second.uuid)}
    assert client.post("/backoffice/employees/new/", wrong).status_code == 422


@pytest.mark.feature("EMP-06")
def test_the_file_holds_roles_and_stores_and_never_a_secret_or_a_formula(world: World) -> None:
    client = come_in()
    client.post("/backoffice/employees/new/", form_of(world, name="=HYPERLINK(1)", card="CARD0042"))
    answer = client.get(f"{HOME}?export=csv&column=name&column=role&column=stores&column=email&column=phone&column=state")
    text = b"".join(answer.streaming_content).decode()
    assert "Boris A,Cashier,Store A" in text
    assert "'=HYPERLINK(1)" in text
    assert not any(secret in text for secret in ("5656", "CARD0042", "9999", "argon2"))
    assert Entry.objects.filter(action="list.exported", subject="people.employees").count() == 1


def test_a_suggested_pin_is_free_and_hard_to_guess(world: World) -> None:
    client = come_in()
    for _ in range(20):
        pin = client.get("/backoffice/employees/free-pin/").json()["value"]
        assert len(pin) == 4
        assert pin not in {"1111", "2222", "9999"}
        assert len(set(pin)) > 1


def test_another_tenants_person_is_not_there(world: World, other_world: World) -> None:
    client = come_in()
    for tail in ("", "deactivate/", "invite/", "remove-sign-in/", "reset-second-step/", "revoke-invitation/", "reactivate/"):
        assert client.post(f"/backoffice/employees/{other_world.cashier.uuid}/{tail}").status_code == 404
