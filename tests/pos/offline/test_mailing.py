"""Receipts by mail: the wish travels with the sale, the PDF is made when it leaves, a failing mail undoes nothing (POS-39, POS-40)."""

import socket

import pytest
from django.test import Client

from pos.models import Customer, Receipt
from smartpos.context import acting
from smartpos.mail.models import Mail
from smartpos.mail.services import message_of
from smartpos.operations.models import Operation
from smartpos.outbox.models import Delivery
from smartpos.outbox.runner import deliver_due
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TO = "kupac@example.com"


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def sell_and_mail(till: Till, to: str = TO) -> tuple[dict, dict]:
    """A sale and the wish for its receipt, as one till sends them."""
    sale = till.sale([(till.item("CEV"), "1")])
    wish = till.operation("receipt.mail", {"receipt": sale["id"], "to": to}, needs=[sale["id"]])
    booked, mailed = till.post(sale, wish)
    assert booked["state"] == "done"
    return mailed, wish


def test_the_receipt_is_written_once_and_carries_its_pdf(world: World, till: Till) -> None:
    mailed, wish = sell_and_mail(till)
    assert till.post(wish)[0] == mailed
    with acting(business_id=world.business.pk):
        mail = Mail.objects.get()
        assert (mail.to, mail.language, mail.subject) == (TO, "en", "Your receipt A1-1 from Store A")
        assert "9.00" in mail.text
        [file] = message_of(mail).attachments
    assert (file[0], file[2], bytes(file[1][:4])) == ("A1-1.pdf", "application/pdf", b"%PDF")


def test_nobody_s_address_stands_in_the_journal(till: Till) -> None:
    sell_and_mail(till)
    kept = Operation.everywhere.get(kind="receipt.mail")
    assert TO not in kept.body + kept.answer


def test_an_invoice_goes_with_it(world: World, till: Till) -> None:
    sale = till.sale([(till.item("CEV"), "1")])
    buyer = {"company": "Gradnja d.o.o.", "tax_number": "42"}
    body = {"receipt": sale["id"], "series": "A1", "year": till.clock().year, "number": 1, "buyer": buyer}
    wish = till.operation("receipt.mail", {"receipt": sale["id"], "to": TO})
    till.post(sale, till.operation("invoice.issue", body), wish)
    with acting(business_id=world.business.pk):
        files = message_of(Mail.objects.get()).attachments
    assert [file[0] for file in files] == ["A1-1.pdf", f"INV-A1-{till.clock().year}-1.pdf"]


@pytest.mark.parametrize(("to", "code"), [("nobody", "address_bad"), ("a b@c.d", "address_bad")])
def test_a_bad_address_waits_for_a_manager_and_the_sale_stands(till: Till, to: str, code: str) -> None:
    mailed, _wish = sell_and_mail(till, to)
    assert (mailed["state"], mailed["marks"][0]["code"]) == ("review", code)
    assert Receipt.everywhere.count() == 1
    assert not Mail.everywhere.exists()


def test_a_mail_server_that_is_down_undoes_nothing_and_the_office_sees_it(
    world: World, till: Till, client: Client, settings
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.MAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    sell_and_mail(till)
    deliver_due()
    delivery = Delivery.objects.get(kind="mail")
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert Receipt.everywhere.count() == 1
    client.post("/sign-in/", {"email": "ana@a.example", "password": "correct horse battery"})
    page = client.get(f"/backoffice/sales/{Receipt.everywhere.get().uuid}/").content.decode()
    assert TO in page
    assert "not sent yet" in page


def test_the_words_are_the_customer_s_where_the_address_is_theirs(world: World, till: Till) -> None:

    till.post(till.operation("customer.put", {"customer": "01934b7e-0000-7000-8000-0000000000aa", "name": "Amra", "email": TO}))
    Customer.everywhere.update(language="bs")
    till.load()
    sale = till.sale([(till.item("CEV"), "1")], buyer="01934b7e-0000-7000-8000-0000000000aa")
    till.post(sale, till.operation("receipt.mail", {"receipt": sale["id"], "to": TO}))
    mail = Mail.everywhere.get()
    assert (mail.language, mail.subject) == ("bs", "Vaš račun A1-1 – Store A")
    assert "9,00" in mail.text
