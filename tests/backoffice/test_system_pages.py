"""System: the log is found and taken away, deliveries are repeated or let be with a reason, mail is read by whom it may, jobs run."""

from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.formats import date_format

from inventory.services.modifiers import GroupInput, ModifierInput, create_group
from inventory.services.products import create_product
from inventory.types import VariantInput
from smartpos.audit.models import ChainCheck, Entry, OfficeChain
from smartpos.audit.services import record
from smartpos.clock import now
from smartpos.context import acting
from smartpos.db.locks import write_transaction
from smartpos.mail import types
from smartpos.mail.models import Mail
from smartpos.mail.services import send_mail
from smartpos.mail.types import MailType
from smartpos.outbox.models import Delivery, DeliveryState
from smartpos.outbox.runner import claim, deliver_due
from smartpos.people.models import Device, Employee, Role
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import create_store
from smartpos.scheduling.models import JobRun, Schedule
from smartpos.scheduling.services import run_now, tick
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def client_of(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee.user)
    return client


@pytest.fixture
def office(world: World) -> Client:
    return client_of(world.owner)


@pytest.fixture
def manager(world: World) -> Employee:
    """Mira manages the one store; a second one exists."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="Europe/Sarajevo", at=now())
        return create_employee(
            by=world.owner, name="Mira", role=Role.MANAGER, email="mira@a.example", password=PASSWORD, pin="3333",
            stores=[world.store], at=now(),
        )  # fmt: skip


def actions(world: World) -> list[str]:
    return list(Entry.objects.filter(business_id=world.business.pk).order_by("pk").values_list("action", flat=True))


def text(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


# ── audit log ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sold(world: World) -> str:
    """A sale of Boris's; answers its number."""
    till = world.till()
    till.open_shift()
    [sale] = till.post(till.sale([(till.item("ESP"), "1")]))
    return str(sale["result"]["label"])


@pytest.mark.feature("SEC-05")
def test_the_log_is_filtered_by_kind_person_day_and_store_and_taken_away_as_a_file(
    world: World, office: Client, sold: str
) -> None:
    page = text(office.get("/backoffice/audit/"))
    assert f"Sale: {sold}" in page
    assert "Product added: Espresso" in page

    def shows(query: str, *wanted: str, but: tuple[str, ...] = ()) -> None:
        found = text(office.get(f"/backoffice/audit/?{query}"))
        assert all(word in found for word in wanted), query
        assert not any(word in found for word in but), query

    shows("kind=receipt.", f"Sale: {sold}", but=("Product added: Espresso",))
    shows("kind=product.created", "Product added: Espresso", but=(f"Sale: {sold}",))
    shows(f"who={world.cashier.pk}", f"Sale: {sold}", but=("Product added: Espresso",))
    shows("q=espresso", "Product added: Espresso", but=(f"Sale: {sold}",))
    today = now().astimezone(world.store.zone).date().isoformat()
    shows(f"first={today}&last={today}", f"Sale: {sold}")
    shows("first=2020-01-01&last=2020-01-02", "Nothing", but=(f"Sale: {sold}",))
    shows(f"store={world.store.uuid}", f"Sale: {sold}", but=("Product added: Espresso",))
    office.get("/backoffice/audit/?store=all")
    file = office.get("/backoffice/audit/?kind=product.&export=csv")
    assert file["Content-Type"].startswith("text/csv")
    assert "Product added: Espresso" in text(file)
    assert actions(world)[-1] == "list.exported"


def test_an_entry_shows_old_and_new_who_where_and_its_place_in_the_chain(world: World, office: Client) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk, address="10.0.0.7"):
        from smartpos.people.services.devices import rename

        device, _token = world.enrol(name="Front")
        rename(device, "Back", at=now())
    entry = Entry.objects.get(action="device.renamed")
    page = text(office.get(f"/backoffice/audit/{entry.pk}/"))
    for word in (
        "Device renamed: Back",
        "Front",
        "10.0.0.7",
        world.owner.name,
        entry.hash,
        f"/backoffice/devices/{device.uuid}/",
    ):
        assert word in page, word


def test_the_log_writes_amounts_as_the_reader_does_and_two_answers_are_a_list(world: World, office: Client) -> None:
    at = now()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        answers = [ModifierInput(name="Onion"), ModifierInput(name="Kajmak", price=Decimal("1.5"))]
        create_group(GroupInput(name="Sides", answers=answers), by=world.owner, at=at)
        create_product(
            by=world.owner, name="Safe", category=None, tax_profile=world.standard, price=Decimal("1250.50"), at=at,
            variants=[VariantInput(sku="SAFE", barcode="")],
        )  # fmt: skip
    office.post("/language/", {"language": "bs"})
    page = text(office.get("/backoffice/audit/"))
    assert "Odgovori: Onion 0, Kajmak 1.5" in page
    assert "Cijena: 1.250,50" in page


def test_the_log_says_yes_and_no_two_decimals_and_kinds_of_deliveries_in_the_readers_words(
    world: World, office: Client
) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk), write_transaction():
        record(
            "terminal.archived", subject="terminal:x", data={"name": "Left", "changes": {"active": "True → False"}}, at=now()
        )
        record("product.created", subject="product:x", data={"name": "Copy", "price": "2.5"}, at=now())
        record("delivery.retried", subject="delivery:x", data={"kind": "welcome_customer", "error": ""}, at=now())
    office.post("/language/", {"language": "bs"})
    page = text(office.get("/backoffice/audit/"))
    assert "<s>✓</s> → ✗" in page
    assert "Cijena: 2,50" in page
    assert "Dobrodošlica kupcu" in page
    assert "welcome_customer" not in page
    assert "True" not in page


def test_times_of_mail_and_deliveries_are_those_of_the_shops_clock(world: World, office: Client) -> None:
    office.post("/backoffice/mail/test/", {"email": "ana@a.example"})
    mail = Mail.everywhere.get(business=world.business)
    here = date_format(mail.created_at.astimezone(ZoneInfo("Europe/Sarajevo")), "DATETIME_FORMAT")
    assert here in text(office.get("/backoffice/mail/"))
    assert here in text(office.get("/backoffice/outbox/"))


def test_a_manager_of_one_store_reads_its_acts_and_their_own_and_nothing_else(
    world: World, manager: Employee, sold: str
) -> None:
    page = text(client_of(manager).get("/backoffice/audit/"))
    assert f"Sale: {sold}" in page
    assert "Store opened: Second" not in page
    foreign = Entry.objects.filter(action="store.created").first()
    assert client_of(manager).get(f"/backoffice/audit/{foreign.pk}/").status_code == 404


def test_nobody_reads_another_businesss_entries(world: World, other_world: World, office: Client) -> None:
    foreign = Entry.objects.filter(business_id=other_world.business.pk).first()
    assert office.get(f"/backoffice/audit/{foreign.pk}/").status_code == 404
    assert "Business B" not in text(office.get("/backoffice/audit/"))


def test_a_break_of_the_chain_is_shown_when_somebody_asks(world: World, office: Client) -> None:
    assert office.post("/backoffice/audit/verify/").status_code == 302
    office.post("/backoffice/audit/verify/")  # pressed twice
    deliver_due()
    assert "none altered or missing" in text(office.get("/backoffice/audit/"))
    assert actions(world).count("audit.verification_asked") == 1
    OfficeChain.objects.filter(business_id=world.business.pk).update(chain_length=999)
    JobRun.objects.all().delete()
    office.post("/backoffice/audit/verify/")
    deliver_due()
    assert ChainCheck.objects.get().breaks
    assert "The log was tampered with" in text(office.get("/backoffice/audit/"))


# ── deliveries ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def dead(world: World) -> Delivery:
    """A mail that was given up."""
    with acting(business_id=world.business.pk):
        send_mail(type="test", to="somebody@a.example", context={"name": "x"})
    Delivery.objects.update(state=DeliveryState.DEAD, attempts=12, last_error="550 no such user")
    return Delivery.objects.get()


def test_what_was_given_up_is_shown_with_its_reason_and_tried_again(world: World, office: Client, dead: Delivery) -> None:
    page = text(office.get("/backoffice/outbox/?state=dead"))
    assert "550 no such user" in page
    assert "somebody@a.example" in page
    assert office.post(f"/backoffice/outbox/{dead.uuid}/retry/").status_code == 302
    deliver_due()
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == (DeliveryState.DONE, 1)
    assert actions(world)[-1] == "delivery.retried"
    again = office.post(f"/backoffice/outbox/{dead.uuid}/retry/")
    assert again.status_code == 409
    assert "This is over already." in text(again)


def test_several_are_tried_again_at_once(office: Client, dead: Delivery) -> None:
    office.post("/backoffice/outbox/", {"act": "retry", "row": [str(dead.uuid)]})
    deliver_due()
    dead.refresh_from_db()
    assert dead.state == DeliveryState.DONE


def test_letting_it_be_wants_a_reason_and_is_written_down(world: World, office: Client, dead: Delivery) -> None:
    for empty in ("", "   "):
        assert office.post(f"/backoffice/outbox/{dead.uuid}/discard/", {"reason": empty}).status_code == 422
    assert office.post(f"/backoffice/outbox/{dead.uuid}/discard/", {"reason": "moved away"}).status_code == 302
    dead.refresh_from_db()
    assert (dead.state, dead.note) == (DeliveryState.DISCARDED, "moved away")
    assert actions(world)[-1] == "delivery.discarded"
    assert office.post(f"/backoffice/outbox/{dead.uuid}/discard/", {"reason": "twice"}).status_code == 409
    assert deliver_due() == 0


def test_what_is_being_delivered_is_left_alone(office: Client, dead: Delivery) -> None:
    Delivery.objects.update(state=DeliveryState.WAITING)
    assert claim("worker", limit=1, at=now())
    assert office.post(f"/backoffice/outbox/{dead.uuid}/retry/").status_code == 409
    assert office.post(f"/backoffice/outbox/{dead.uuid}/discard/", {"reason": "x"}).status_code == 409


def test_deliveries_of_another_business_do_not_exist(dead: Delivery, other_world: World) -> None:
    stranger = client_of(other_world.owner)
    assert stranger.get(f"/backoffice/outbox/{dead.uuid}/").status_code == 404
    for act in ("retry", "discard"):
        assert stranger.post(f"/backoffice/outbox/{dead.uuid}/{act}/", {"reason": "x"}).status_code == 404
    assert "somebody@a.example" not in text(stranger.get("/backoffice/outbox/"))


# ── mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_test_mail_is_written_in_the_readers_language_and_read_here(world: World, office: Client) -> None:
    office.cookies["smartpos_language"] = "bs"
    assert office.post("/backoffice/mail/test/", {"email": "no address"}).status_code == 422
    assert office.post("/backoffice/mail/test/", {"email": "ana@a.example"}).status_code == 302
    deliver_due()
    mail = Mail.everywhere.get()
    page = text(office.get(f"/backoffice/mail/{mail.uuid}/"))
    assert "Zdravo Ana A" in page
    html = office.get(f"/backoffice/mail/{mail.uuid}/html/")
    assert "Pošta stiže" in text(html)
    assert "sandbox" in html["Content-Security-Policy"]
    assert "allow-scripts" not in html["Content-Security-Policy"]
    assert actions(world)[-1] == "mail.test_sent"


def test_what_opens_somebodys_account_is_read_by_the_owner_alone(
    world: World, office: Client, manager: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(types._types, "test", MailType("test", "Test", types.mail_type("test").variables, secret=True))
    with acting(business_id=world.business.pk, store_id=world.store.pk):
        mail = send_mail(type="test", to="new@a.example", context={"name": "SECRETWORD"})
    address = f"/backoffice/mail/{mail.uuid}/"
    assert "SECRETWORD" in text(office.get(address))
    assert "SECRETWORD" in text(office.get(f"{address}html/"))
    mira = client_of(manager)
    shown = text(mira.get(address))
    assert "Only the owner can read this" in shown
    assert "SECRETWORD" not in shown
    assert mira.get(f"{address}html/").status_code == 403


# ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_jobs_are_shown_with_their_runs_and_started_by_hand(world: World, office: Client) -> None:
    tick(now())
    assert "Verify the audit log" in text(office.get("/backoffice/jobs/"))
    job = Schedule.objects.get(key=f"audit.verify:{world.business.pk}")
    assert office.post(f"/backoffice/jobs/{job.uuid}/start/").status_code == 302
    deliver_due()
    assert "0 breaks" in text(office.get(f"/backoffice/jobs/{job.uuid}/"))
    assert actions(world)[-1] == "job.started"


def test_a_job_says_how_often_it_runs_and_a_run_is_named_like_its_job(world: World, office: Client) -> None:
    tick(now())
    page = text(office.get("/backoffice/jobs/"))
    assert "every minute" in page
    assert "every 6 hours" in page
    assert "every 0" not in page
    with acting(business_id=world.business.pk):
        run_now(Schedule.objects.filter(code="shift.autoclose").order_by("pk")[0], at=now())
    assert "Close forgotten shifts" in text(office.get("/backoffice/outbox/"))


def test_what_has_left_is_shown_when_somebody_asks(world: World, office: Client) -> None:
    office.post("/backoffice/mail/test/", {"email": "ana@a.example"})
    assert "ana@a.example" in text(office.get("/backoffice/outbox/"))
    Delivery.objects.update(state=DeliveryState.DONE)
    assert "ana@a.example" not in text(office.get("/backoffice/outbox/"))
    assert "ana@a.example" in text(office.get("/backoffice/outbox/?state=all"))


def test_a_manager_of_one_store_sees_no_jobs_of_the_whole(world: World, manager: Employee) -> None:
    tick(now())
    assert "Verify the audit log" not in text(client_of(manager).get("/backoffice/jobs/"))


# ── devices ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def enrolled(world: World) -> Any:
    """A device that gave a sign of life."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    till = world.till(Client(headers={"User-Agent": agent}))
    till.send("POST", "/pos/heartbeat", {
        "build": "abc", "waiting": 2, "last_seq": 5, "persisted": False,
        "errors": [{"id": "01934000-0000-7000-8000-000000000001", "at": "2026-11-26T10:00:00Z", "message": "TypeError: <b>x</b>"}],
    })  # fmt: skip
    return till


@pytest.mark.feature("SEC-08")
def test_a_devices_page_says_how_it_stands(world: World, office: Client, enrolled: Any) -> None:
    device = Device.everywhere.get()
    listed = text(office.get("/backoffice/devices/"))
    assert "Online" in listed
    assert device.name in listed
    page = text(office.get(f"/backoffice/devices/{device.uuid}/"))
    for word in (
        "Online",
        "Last sign of life",
        "Firefox · Linux",
        "Missing between",
        "127.0.0.1",
        "not promised",
        "abc",
        "TypeError: &lt;b&gt;x&lt;/b&gt;",
        device.series,
    ):
        assert word in page, word
    fragment = text(office.get(f"/backoffice/devices/{device.uuid}/", headers={"HX-Request": "true"}))
    assert fragment.strip().startswith('<div class="stack" id="device-state"')
    assert "1 online" in text(office.get("/backoffice/devices/counts/"))


def test_a_device_is_renamed_and_an_empty_name_is_refused(world: World, office: Client, enrolled: Any) -> None:
    device = Device.everywhere.get()
    assert office.post(f"/backoffice/devices/{device.uuid}/name/", {"name": " "}).status_code == 422
    assert office.post(f"/backoffice/devices/{device.uuid}/name/", {"name": "x" * 81}).status_code == 422
    assert office.post(f"/backoffice/devices/{device.uuid}/name/", {"name": "Bar"}).status_code == 302
    assert Device.everywhere.get().name == "Bar"
    assert actions(world)[-1] == "device.renamed"


def test_a_device_is_enrolled_by_code_and_revoked_with_a_question(world: World, office: Client) -> None:
    page = text(office.post(f"/backoffice/devices/code/{world.terminal.uuid}/"))
    assert "data:image/svg+xml" in page
    code = page.partition('id="enrolment-code">')[2].partition("<")[0]
    till = Client(headers={"X-SmartPOS-Till": "1"})
    assert till.post("/pos/enrol", {"code": code, "name": "Front"}, content_type="application/json").status_code == 200
    assert till.get("/pos/device").status_code == 200
    device = Device.everywhere.get()
    asked = text(office.get(f"/backoffice/devices/{device.uuid}/revoke/"))
    assert "Revoke Front?" in asked
    assert till.get("/pos/device").status_code == 200
    assert office.post(f"/backoffice/devices/{device.uuid}/revoke/").status_code == 302
    for path in ("/pos/device", "/pos/snapshot", "/pos/ping"):
        assert till.get(path).status_code == 401
    assert "Revoked" in text(office.get("/backoffice/devices/?state=revoked"))
    assert "device.revoked" in actions(world)


def test_devices_of_another_business_do_not_exist(world: World, other_world: World, office: Client) -> None:
    foreign, _token = other_world.enrol()
    for path in ("", "revoke/"):
        assert office.get(f"/backoffice/devices/{foreign.uuid}/{path}").status_code == 404
    assert office.post(f"/backoffice/devices/{foreign.uuid}/name/", {"name": "mine"}).status_code == 404
    assert office.post(f"/backoffice/devices/code/{other_world.terminal.uuid}/").status_code == 404
