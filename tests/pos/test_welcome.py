"""A new customer is welcomed by mail: once, whoever added them, and nobody who is gone by then (EMP-15)."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest

from pos.models import Customer
from pos.services import customers as service
from pos.services import welcome
from pos.services.customer_bulk import CustomerRow, known_people, put_customers
from pos.services.customers import CustomerInput
from smartpos.access.services.settings import set_values
from smartpos.clock import now
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.mail.models import Mail
from smartpos.outbox.models import Delivery
from smartpos.outbox.runner import deliver_due
from tests.kernel.mail.test_mail import Postbox, postbox
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIXTURES = (postbox,)
AMRA = "amra@guest.example"


def office(world: World) -> Any:
    return acting(business_id=world.business.pk, actor_id=world.owner.pk)


def add(world: World, *, at: Any = None, **more: Any) -> Customer:
    with office(world):
        given = CustomerInput(**({"name": "Amra Đulić", "email": AMRA} | more))
        return service.create_customer(given, by=world.owner, at=at or now())


def put_at_till(till: Till, **body: Any) -> dict[str, Any]:
    [answer] = till.post(till.operation("customer.put", {"customer": str(uuid7()), "name": "Amra", "email": AMRA} | body))
    return answer


@pytest.mark.feature("EMP-15", "SET-16")
def test_who_is_added_with_an_address_gets_one_mail_in_their_language(world: World, postbox: Postbox) -> None:
    add(world, language="bs")
    add(world, name="Faruk", email="")
    assert not Mail.everywhere.exists()
    for _round in range(2):
        deliver_due()
    [mail] = postbox.came
    assert (postbox.to, mail["Subject"]) == ([[AMRA]], "Dobro došli u Business A")
    assert "Amra Đulić" in body(mail, "plain")
    assert "Amra Đulić" in body(mail, "html")


@pytest.mark.feature("EMP-15")
def test_the_till_adds_somebody_with_no_network_and_they_are_welcomed_once(world: World) -> None:
    till = world.till()
    moment = now() - timedelta(hours=20)
    till.clock = lambda: moment
    sent = till.operation("customer.put", {"customer": str(uuid7()), "name": "Amra", "email": AMRA})
    till.clock = now
    assert (till.post(sent)[0]["state"], till.post(sent)[0]["state"]) == ("done", "done")
    till.post(till.operation("customer.put", {**sent["body"], "phone": "061 222 333"}))
    deliver_due()
    assert list(Mail.everywhere.values_list("kind", "to")) == [("welcome_customer", AMRA)]


def test_an_address_that_is_another_customers_is_written_to_once(world: World) -> None:
    add(world)
    assert put_at_till(world.till())["marks"][0]["code"] == "contact_left_out"
    deliver_due()
    assert Mail.everywhere.count() == 1


def test_who_comes_from_a_list_or_an_old_till_or_learns_an_address_later_is_not_written_to(world: World) -> None:
    customer = add(world, email="")
    with office(world):
        put_customers(
            [CustomerRow(2, "Lejla", "lejla@guest.example", "", "")], known_people(), by=world.owner, source="import:1", at=AT
        )
        given = CustomerInput(name="Amra Đulić", email=AMRA)
        service.update_customer(customer, given, version=1, at=now())
    add(world, email="old@guest.example", at=now() - timedelta(days=8))
    assert not Delivery.objects.filter(kind="welcome_customer").exists()


def erase(_world: World, customer: Customer) -> None:
    service.erase_customer(customer, at=now())


def merge(world: World, customer: Customer) -> None:
    stays = service.create_customer(CustomerInput(name="Amra D."), by=world.owner, at=now())
    service.merge_customers(stays, customer, versions=(stays.version, customer.version), at=now())


def switch_off(world: World, _customer: Customer) -> None:
    set_values({"notify.welcome_customer": False}, by=world.owner, at=AT)


@pytest.mark.parametrize("meanwhile", [erase, merge, switch_off])
def test_what_happens_before_it_is_written_stops_it(world: World, meanwhile: Callable[[World, Customer], None]) -> None:
    customer = add(world)
    with office(world):
        meanwhile(world, customer)
    deliver_due()
    assert not Mail.everywhere.exists()
    assert Delivery.objects.get(kind="welcome_customer").state == "done"


def test_a_mail_that_waits_for_the_server_goes_with_whoever_is_erased(world: World, postbox: Postbox) -> None:
    customer = add(world)
    with office(world):
        welcome.deliver(_work(customer))
        assert Mail.everywhere.count() == 1
        service.erase_customer(customer, at=now())
    deliver_due()
    assert not postbox.came
    assert not Mail.everywhere.exists()
    assert AMRA not in "".join(Delivery.objects.values_list("payload", flat=True))


def test_switched_off_nobody_is_written_to(world: World) -> None:
    with office(world):
        set_values({"notify.welcome_customer": False}, by=world.owner, at=AT)
    add(world)
    put_at_till(world.till(), email="other@guest.example")
    assert not Delivery.objects.filter(kind="welcome_customer").exists()


@pytest.mark.feature("SET-16", "NTF-12")
def test_its_words_and_its_switch_stand_with_the_others(world: World, client: Any) -> None:
    client.force_login(world.owner.user)
    assert "welcome_customer-en" in client.get("/backoffice/settings/email-templates/").content.decode()
    page = client.get("/backoffice/settings/notifications/").content.decode()
    assert page.count('name="notify.welcome_customer"') == 1


def _work(customer: Customer) -> Any:
    return SimpleNamespace(payload={"customer": str(customer.uuid)})


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
