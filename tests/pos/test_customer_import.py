"""A list of customers from upload to customers (CUS-04): matched by e-mail, nothing before somebody agrees, every wrong row told."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pos.models import Customer, PointsAccount
from pos.services.customers import CustomerInput, create_customer
from pos.services.loyalty import adjust_points
from smartpos.access.services.settings import set_values
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.imports.models import ImportRun
from smartpos.outbox.runner import deliver_due
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/backoffice/customers/import/"
LIST = (
    "Ime i prezime;E-adresa;Telefon;Grad;Bodovi\n"
    "Amra Đulić;AMRA@example.com;061 999;Mostar;5000\n"
    "Novi Kupac;novi@example.com;062 111;;7\n"
    ";bez@example.com;;;\n"
    "Loša Adresa;nije-adresa;;;\n"
    "Bez Adrese;;+387 61/123;Tuzla;\n"
    "Isti Opet;NOVI@example.com;;;\n"
)


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def amra(world: World) -> Customer:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        given = CustomerInput(name="Amra", email="amra@example.com", phone="+387 61 123", note="Window", city="Sarajevo")
        customer = create_customer(given, by=world.owner, at=AT)
        adjust_points(customer, 120, reason="Welcome", uuid=uuid7(), by=world.owner, at=AT)
    return customer


def upload(client: Client, text: str, encoding: str = "cp1250") -> str:
    return client.post(PAGE, {"file": SimpleUploadedFile("customers.csv", text.encode(encoding))}).url  # type: ignore[attr-defined,no-any-return]


def last_run(world: World) -> ImportRun:
    with acting(business_id=world.business.pk):
        run = ImportRun.objects.filter(kind="customers").order_by("-pk").first()
    assert run is not None
    return run


def check(client: Client, world: World) -> ImportRun:
    run = last_run(world)
    chosen = {code: str(place) for code, place in json.loads(run.mapping).items()}
    answer = client.post(f"{PAGE}{run.uuid}/check/", {**chosen, "delimiter": run.delimiter, "encoding": run.encoding})
    assert answer.status_code == 302, answer.content.decode()
    deliver_due()
    return last_run(world)


def confirm(client: Client, world: World) -> ImportRun:
    client.post(f"{PAGE}{last_run(world).uuid}/start/")
    deliver_due()
    return last_run(world)


def people(world: World) -> set[tuple[str, str, str, str]]:
    with acting(business_id=world.business.pk):
        return set(Customer.objects.values_list("name", "email", "phone", "city"))


@pytest.mark.feature("CUS-04")
def test_a_list_goes_from_upload_to_customers(world: World, office: Client, amra: Customer) -> None:
    before = people(world)
    page = office.get(upload(office, LIST)).content.decode()
    assert "The name is missing." in page
    assert "is no e-mail address" in page
    assert "Tax of new products" not in page
    run = check(office, world)
    assert (run.state, run.created, run.updated, run.wrong) == ("checked", 2, 1, 3)
    assert people(world) == before
    page = office.get(f"{PAGE}{run.uuid}/").content.decode()
    assert "Bez Adrese is added, but +387 61/123 is the telephone of Amra too." in page
    run = confirm(office, world)
    assert (run.state, run.created, run.updated, run.wrong) == ("done", 2, 1, 3)
    assert people(world) == {
        ("Amra Đulić", "amra@example.com", "061 999", "Mostar"),
        ("Novi Kupac", "novi@example.com", "062 111", ""),
        ("Bez Adrese", "", "+387 61/123", "Tuzla"),
    }
    with acting(business_id=world.business.pk):
        amra.refresh_from_db()
        assert (amra.note, amra.version, PointsAccount.objects.get(customer=amra).balance) == ("Window", 2, 120)
        assert PointsAccount.objects.count() == 1
    lines = b"".join(office.get(f"{PAGE}{run.uuid}/problems.csv").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert [line.split(",")[0] for line in lines[1:]] == ["4", "5", "7"]
    actions = set(Entry.objects.filter(action__startswith="customers.").values_list("action", flat=True))
    assert actions == {"customers.import_started", "customers.imported", "customers.import_finished"}
    assert "novi@example.com" not in repr(list(Entry.objects.values()))
    assert world.till().rows("customer")[str(amra.uuid)][0] == "Amra Đulić"


def test_the_same_list_twice_changes_nothing(world: World, office: Client, amra: Customer) -> None:
    for expected in ((2, 1, 0), (0, 0, 3)):
        upload(office, LIST)
        check(office, world)
        run = confirm(office, world)
        assert (run.created, run.updated, run.unchanged) == expected


def test_our_own_file_comes_back_unchanged(world: World, office: Client, amra: Customer) -> None:
    text = b"".join(office.get("/backoffice/customers/?export=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    upload(office, text, "utf-8-sig")
    run = check(office, world)
    assert (run.created, run.updated, run.unchanged, run.wrong) == (0, 0, 1, 0)


def test_new_customers_join_where_the_shop_says_so(world: World, office: Client) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"loyalty.enabled": True, "loyalty.auto_enrol": True}, by=world.owner, at=AT)
    upload(office, "Name,E-mail\nZoran,zoran@example.com\n", "utf-8")
    check(office, world)
    confirm(office, world)
    with acting(business_id=world.business.pk):
        assert Customer.objects.get(name="Zoran").enrolled


def test_a_list_without_names_is_refused_and_each_kind_has_its_own_pages(world: World, office: Client) -> None:
    upload(office, "E-mail;Grad\na@example.com;Mostar\n")
    run = last_run(world)
    answer = office.post(f"{PAGE}{run.uuid}/check/", {"email": "0", "delimiter": ";", "encoding": run.encoding})
    assert answer.status_code == 422
    assert "Say which column is the name." in answer.content.decode()
    assert office.get(f"/backoffice/products/import/{run.uuid}/").status_code == 404
    assert "customers.csv" not in office.get("/backoffice/products/import/").content.decode()


def test_killed_in_the_middle_it_goes_on_behind_the_last_portion(
    world: World, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    from pos.importers import customers
    from smartpos.imports.rows import PORTION

    rows = "".join(f"Kupac {n},k{n}@example.com\n" for n in range(PORTION + 20))
    upload(office, "Name,E-mail\n" + rows, "utf-8")
    check(office, world)
    real, calls = customers.put_customers, []

    def dies(*arguments: Any, **more: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError("power")
        return real(*arguments, **more)

    monkeypatch.setattr(customers, "put_customers", dies)
    office.post(f"{PAGE}{last_run(world).uuid}/start/")
    deliver_due()
    assert (last_run(world).state, last_run(world).created) == ("running", PORTION)
    monkeypatch.undo()
    from smartpos.imports import runs

    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        fresh = ImportRun.objects.select_related("created_by", "tax_profile").get(pk=last_run(world).pk)
        assert runs.stint(fresh, seconds=60) is False
        assert (last_run(world).state, Customer.objects.count()) == ("done", PORTION + 20)
