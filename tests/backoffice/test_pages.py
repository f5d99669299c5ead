"""The manager's pages: who may enter, whose data, and that the figures are the ledger's."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.test import Client

from inventory.services.units import default_unit
from pos.models import Receipt
from smartpos.context import acting
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db
PAGES = ["/backoffice/sales/", "/backoffice/products/", "/backoffice/products/new/", "/backoffice/devices/"]


@pytest.fixture
def office(client: Client, world: World) -> Client:
    """Ana, signed in."""
    answer = client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def sell(world: World) -> str:
    """One sale of two espressos and one ćevapi; the receipt's id."""
    till = world.till()
    if till.shift is None:
        till.open_shift()
    [answer] = till.post(till.sale([(till.item("ESP"), "2"), (till.item("CEV"), "1")]))
    return str(answer["result"]["receipt"])


@pytest.mark.parametrize(
    "path", ["/backoffice/sales/", "/backoffice/products/", "/backoffice/products/new/", "/backoffice/devices/"]
)
@pytest.mark.parametrize("language", ["en", "bs"])
def test_every_page_opens_in_both_languages(office: Client, path: str, language: str) -> None:
    office.cookies["smartpos_language"] = language
    answer = office.get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_list_shows_what_the_ledger_holds(office: Client, world: World) -> None:
    receipt = sell(world)
    page = office.get("/backoffice/sales/").content.decode()
    with acting(business_id=world.business.pk):
        total = Receipt.objects.aggregate(sum=Sum("total"))["sum"]
    assert total == Decimal(13)
    assert "13.00\u00a0KM" in page
    assert f"/backoffice/sales/{receipt}/" in page
    assert "Ćevapi veliki" in office.get(f"/backoffice/sales/{receipt}/").content.decode()
    assert office.get("/backoffice/sales/?first=2030-01-01").content.decode().count("/backoffice/sales/0") == 0


def test_a_receipt_is_a_page_and_a_pdf(office: Client, world: World) -> None:
    receipt = sell(world)
    assert "13.00" in office.get(f"/backoffice/sales/{receipt}/receipt/").content.decode()
    pdf = office.get(f"/backoffice/sales/{receipt}/receipt.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_another_tenants_receipt_is_not_there(office: Client, other_world: World) -> None:
    receipt = sell(other_world)
    for tail in ("", "receipt/", "receipt.pdf"):
        assert office.get(f"/backoffice/sales/{receipt}/{tail}").status_code == 404


def test_signed_out_is_sent_to_sign_in_and_wrong_words_are_refused_neutrally(client: Client, world: World) -> None:
    assert client.get("/backoffice/sales/").headers["Location"].startswith("/sign-in/?next=")
    known = client.post("/sign-in/", {"email": "ana@a.example", "password": "wrong"})
    unknown = client.post("/sign-in/", {"email": "nobody@a.example", "password": "wrong"})
    assert known.status_code == unknown.status_code == 422
    assert "E-mail or password is not right." in known.content.decode()
    assert "E-mail or password is not right." in unknown.content.decode()


def test_a_foreign_next_is_not_followed(client: Client, world: World) -> None:
    answer = client.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/backoffice/"


def test_a_product_is_made_once_however_often_the_form_is_sent(office: Client, world: World) -> None:
    with acting(business_id=world.business.pk):
        unit = str(default_unit().uuid)
    form = {
        "uuid": "01934b7e-0000-7000-8000-000000000001", "name": "Burek", "tax_profile": str(world.standard.uuid), "price": "6.50",
        "variants-count": "1", "variants-0-sku": "BUR", "variants-0-barcode": "", "variants-0-tracked": "on", "unit": unit, "category": "",
    }  # fmt: skip
    assert office.post("/backoffice/products/new/", form).status_code == 302
    assert office.post("/backoffice/products/new/", form).status_code == 302
    page = office.get("/backoffice/products/?q=burek").content.decode()
    assert page.count(">Burek<") == 1
    again = {**form, "uuid": "01934b7e-0000-7000-8000-000000000002", "name": "Other"}
    taken = office.post("/backoffice/products/new/", again)
    assert taken.status_code == 422
    assert "The code BUR belongs to Burek." in taken.content.decode()


def test_a_code_enrols_a_browser(office: Client, world: World) -> None:
    page = office.post(f"/backoffice/devices/code/{world.terminal.uuid}/").content.decode()
    code = page.split('id="enrolment-code">')[1].split("<")[0]
    till = Client()
    answer = till.post(
        "/pos/enrol", {"code": code, "name": "Counter"}, content_type="application/json", headers={"X-SmartPOS-Till": "1"}
    )
    assert answer.status_code == 200
    assert answer.json()["device"]["series"] == "A1"
