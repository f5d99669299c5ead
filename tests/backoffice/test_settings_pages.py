"""Pages of settings: what they show, that they save whole or not at all, and who may."""

import re
from typing import Any

import pytest
from django.test import Client

from pos.documents import receipt_html
from pos.models import Receipt
from smartpos.access.permissions import known
from smartpos.access.settings import known_tabs, value
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.people.models import Employee, Role
from smartpos.people.services.places import create_store
from tests.architecture.shop import staff
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CURRENCY = "/backoffice/settings/currency/"
PERMISSIONS = "/backoffice/settings/permissions/"
EUROPE = {
    "currency.symbol": "KM", "currency.position": "after", "currency.decimal": ",", "currency.thousands": ".",
    "currency.cash_step": "0",
}  # fmt: skip


def signed_in(person: Employee) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.owner)


def seen(client: Client, path: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', client.get(path).content.decode())
    assert found
    return found[1]


def save(client: Client, path: str, data: dict[str, Any]) -> Any:
    return client.post(path, {"seen": seen(client, path), **data})


def read(world: World, code: str, **where: Any) -> Any:
    with acting(business_id=world.business.pk):
        return value(code, **where)


def rights(client: Client) -> list[str]:
    html = client.get(PERMISSIONS).content.decode()
    boxes = re.findall(r'name="right" value="([\w:.]+)"([^>]*)>', html)
    return [name for name, attributes in boxes if "checked" in attributes and "disabled" not in attributes]


def test_every_page_opens_and_the_list_beside_it_leads_to_it(office: Client) -> None:
    listed = office.get("/backoffice/settings/").content.decode()
    for tab in known_tabs():
        if not tab.url:
            path = f"/backoffice/settings/{tab.code}/"
            assert f'href="{path}"' in listed
            assert office.get(path).status_code == 200
    assert office.get("/backoffice/settings/nothing/").status_code == 404


def test_a_word_of_the_page_finds_it(office: Client) -> None:
    html = office.get("/backoffice/settings/").content.decode()
    words = {m[1]: m[2] for m in re.finditer(r'href="([^"]+)" data-words="([^"]+)"', html)}
    assert "printer" in words["/backoffice/devices/"]
    assert "separator" in words[CURRENCY]


@pytest.mark.feature("SET-21")
def test_a_page_is_saved_whole_and_says_so(world: World, office: Client) -> None:
    answer = save(office, CURRENCY, EUROPE)
    assert answer.status_code == 200
    assert "Saved" in answer.content.decode()
    assert read(world, "currency.decimal") == ","
    assert Entry.objects.filter(business_id=world.business.pk, action="settings.changed").count() == 1


@pytest.mark.feature("SET-21")
def test_one_wrong_field_saves_nothing_and_every_wrong_field_says_so(world: World, office: Client) -> None:
    answer = save(office, CURRENCY, {**EUROPE, "currency.symbol": "KMKMKMKM", "currency.decimal": ";"})
    assert answer.status_code == 422
    assert answer.content.decode().count('class="field__error" id="id_currency.') == 6
    assert "Select a valid choice" in answer.content.decode()
    assert read(world, "currency.thousands") == ""


@pytest.mark.parametrize(("decimal", "thousands"), [(",", ","), (".", "."), (",", ""), ("", ".")])
def test_separators_that_cannot_be_told_apart_are_refused(world: World, office: Client, decimal: str, thousands: str) -> None:
    answer = save(office, CURRENCY, {**EUROPE, "currency.decimal": decimal, "currency.thousands": thousands})
    assert answer.status_code == 422
    assert "separator" in answer.content.decode()
    assert read(world, "currency.decimal") == ""


def test_amounts_are_written_as_set_at_once(world: World, office: Client) -> None:
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("CEV"), "120")]))
    assert "1,080.00\u00a0KM" in office.get("/backoffice/sales/").content.decode()
    save(office, CURRENCY, {**EUROPE, "currency.symbol": "KM.", "currency.position": "before"})
    assert "KM.1.080,00" in office.get("/backoffice/sales/").content.decode()


def test_a_store_has_its_own_and_gives_it_back(world: World, office: Client) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="UTC", at=AT)
    save(office, CURRENCY, EUROPE)
    path = f"{CURRENCY}?store={world.store.uuid}"
    assert "as organisation: KM" in office.get(path).content.decode()
    save(office, path, {"own:currency.symbol": "on", "currency.symbol": "BAM"})
    assert read(world, "currency.symbol", store=world.store) == "BAM"
    assert read(world, "currency.symbol") == "KM"
    save(office, path, {})
    assert read(world, "currency.symbol", store=world.store) == "KM"


def test_a_store_of_somebody_else_is_no_place_to_set(world: World, other_world: World, office: Client) -> None:
    save(office, f"{CURRENCY}?store={other_world.store.uuid}", EUROPE)
    assert read(other_world, "currency.decimal", store=other_world.store) == ""


def test_two_people_at_one_page_do_not_undo_each_other_unseen(world: World, office: Client) -> None:
    stale = seen(office, CURRENCY)
    save(office, CURRENCY, EUROPE)
    late = office.post(CURRENCY, {"seen": stale, **EUROPE, "currency.symbol": "X"})
    assert late.status_code == 409
    assert read(world, "currency.symbol") == "KM"
    again = re.search(r'name="seen" value="(\w+)"', late.content.decode())
    assert office.post(CURRENCY, {"seen": again[1], **EUROPE, "currency.symbol": "X"}).status_code == 200
    assert read(world, "currency.symbol") == "X"


def test_a_manager_of_some_stores_sets_those_and_not_the_organisation(world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        second = create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="UTC", at=AT)
    mira = signed_in(staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store, email="mira@a.example"))
    assert save(mira, f"{CURRENCY}?store=all", EUROPE).status_code == 403
    own = {"own:currency.symbol": "on", "currency.symbol": "KM!"}
    assert save(mira, f"{CURRENCY}?store={world.store.uuid}", own).status_code == 200
    save(mira, f"{CURRENCY}?store={second.uuid}", own)
    assert read(world, "currency.symbol", store=second) == ""
    assert read(world, "currency.symbol", store=world.store) == "KM!"


def test_till_settings_reach_the_till_with_the_next_delta(world: World, office: Client) -> None:
    till = world.till()
    assert till.snapshot["settings"]["currency.decimal"] == ""
    save(office, CURRENCY, EUROPE)
    _status, news = till.send("GET", f"/pos/snapshot?after={till.snapshot['cursor']}", None)
    assert news["settings"]["currency.decimal"] == ","
    assert news["cursor"] > till.snapshot["cursor"]
    assert [key for key, _body in news["changes"]["settings"]] == ["business"]


@pytest.mark.feature("SEC-11")
def test_a_right_switched_off_on_the_page_refuses_at_the_next_request(world: World, office: Client) -> None:
    mira = signed_in(staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store, email="mira@a.example"))
    assert mira.get("/backoffice/sales/").status_code == 200
    kept = [name for name in rights(office) if name != "manager:sales.view"]
    assert save(office, PERMISSIONS, {"right": kept}).status_code == 200
    assert mira.get("/backoffice/sales/").status_code == 403
    assert mira.get("/backoffice/sales/", headers={"HX-Request": "true"}).status_code == 403
    assert mira.get("/backoffice/products/").status_code == 200


def test_what_is_not_on_the_page_cannot_be_ticked(world: World) -> None:
    mira = signed_in(staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store, email="mira@a.example"))
    forged = [f"{role}:{p.code}" for role in Role for p in known()]
    assert save(mira, PERMISSIONS, {"right": forged}).status_code == 200
    entry = Entry.objects.get(business_id=world.business.pk, action="permissions.changed")
    assert "admin" not in entry.data
    assert "manager" not in entry.data
    assert "sales.view" not in entry.data


def test_the_matrix_shown_before_somebody_elses_save_is_not_saved_over_it(world: World, office: Client) -> None:
    stale = seen(office, PERMISSIONS)
    save(office, PERMISSIONS, {"right": [name for name in rights(office) if name != "cashier:sale.gratis"]})
    assert office.post(PERMISSIONS, {"seen": stale, "right": []}).status_code == 409
    assert "cashier:sale.discount" in rights(office)


GENERAL = "/backoffice/settings/general/"
LEGAL = "/backoffice/settings/legal/"
BASICS = {"name": "Kafana", "email": "", "phone": "", "address": "", "country": "BA", "currency": "BAM", "language": "en",
          "time_zone": "Europe/Sarajevo", "receipt.header": "", "receipt.footer": "Hvala!"}  # fmt: skip


def language_of(client: Client, path: str = "/backoffice/sales/") -> str:
    found = re.search(r'<html lang="(\w+)"', client.get(path).content.decode())
    return found[1] if found else ""


@pytest.mark.feature("SET-21")
def test_general_keeps_the_business_and_its_texts_in_one_save(world: World, office: Client) -> None:
    assert save(office, GENERAL, BASICS).status_code == 200
    world.business.refresh_from_db()
    assert (world.business.name, world.business.country) == ("Kafana", "BA")
    assert read(world, "receipt.footer") == "Hvala!"
    wrong = save(office, GENERAL, {**BASICS, "name": "", "receipt.footer": "Other"})
    assert wrong.status_code == 422
    refused = save(office, GENERAL, {**BASICS, "phone": "abc", "receipt.footer": "Other"})
    assert refused.status_code == 422
    assert read(world, "receipt.footer") == "Hvala!"


@pytest.mark.feature("SET-02")
def test_a_new_language_is_everybodys_at_once_but_of_those_who_chose_their_own(world: World, office: Client) -> None:
    mira = signed_in(staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store, email="mira@a.example"))
    choosy = signed_in(staff(world, "Zora", Role.MANAGER, pin="3334", store=world.store, email="zora@a.example"))
    choosy.post("/language/", {"language": "en"})
    assert language_of(mira) == "en"
    save(office, GENERAL, {**BASICS, "language": "bs"})
    assert [language_of(client) for client in (office, mira, choosy)] == ["bs", "bs", "en"]
    save(office, GENERAL, {**BASICS, "language": "en"})
    assert language_of(mira) == "en"


def test_the_numbers_of_a_company_are_checked_as_its_country_writes_them(world: World, office: Client) -> None:
    save(office, GENERAL, BASICS)
    legal = {
        "legal_name": "Kafana d.o.o.",
        "registration_number": "1-2345",
        "tax_number": "4200000000001",
        "vat_number": "200000000001",
    }
    for wrong in ({"tax_number": "420000000000"}, {"tax_number": "42000000000x1"}, {"vat_number": "2000000000011"}):
        answer = save(office, LEGAL, {**legal, **wrong})
        assert answer.status_code == 422
        assert "digits" in answer.content.decode()
    assert save(office, LEGAL, {**legal, "tax_number": "4200 0000 0000 1"}).status_code == 200
    world.business.refresh_from_db()
    assert (world.business.legal_name, world.business.tax_number) == ("Kafana d.o.o.", "4200000000001")
    save(office, GENERAL, {**BASICS, "country": "AT"})
    assert save(office, LEGAL, {**legal, "tax_number": "ATU12345678"}).status_code == 200


def test_legal_names_and_numbers_stand_on_every_receipt_from_one_place(world: World, office: Client) -> None:
    """SET-03 and C-23, as far as their papers are built."""
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    cursor = till.snapshot["cursor"]
    save(office, GENERAL, BASICS)
    legal = {
        "legal_name": "Kafana d.o.o.",
        "registration_number": "1-2345",
        "tax_number": "4200000000001",
        "vat_number": "200000000001",
    }
    assert save(office, LEGAL, legal).status_code == 200
    with acting(business_id=world.business.pk):
        receipt = Receipt.everywhere.select_related("store", "business").get()
        for paper in (receipt_html(receipt), receipt_html(receipt, pdf=True)):
            for words in ("Kafana d.o.o.", "JIB 4200000000001", "PDV 200000000001"):
                assert words in paper
    assert till.send("GET", "/pos/ping", None)[1]["cursor"] > cursor
    told = till.load().snapshot["business"]
    assert (told["legal_name"], told["tax_number"], told["vat_number"]) == ("Kafana d.o.o.", "4200000000001", "200000000001")
    general = office.get(GENERAL).content.decode()
    shown = general.split('id="legal-numbers"')[1].split("</dl>")[0]
    assert all(legal[name] in shown for name in ("registration_number", "tax_number", "vat_number"))
    assert f'href="{LEGAL}"' in general.split('id="legal-numbers"')[1]
    assert not re.search(r'name="(tax_number|vat_number|registration_number)"', general)


def test_general_is_what_receipts_and_tills_speak_and_reckon_in(world: World, office: Client) -> None:
    """SET-01, but for reports."""
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    till.close_shift("102.00")
    words = {"receipt.header": "Dobro došli\nOtvoreno do 22", "receipt.footer": "Hvala!", "language": "bs", "currency": "EUR"}
    assert save(office, GENERAL, {**BASICS, **words, "time_zone": "Europe/Vienna"}).status_code in {200, 302}
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        receipt = Receipt.everywhere.select_related("store", "business").get()
        paper = receipt_html(receipt)
        assert all(text in paper for text in ("Kafana", "Dobro došli", "Otvoreno do 22", "Hvala!"))
        assert receipt.currency == "BAM", "what was sold stays what it was"
        owner = Employee.objects.get(pk=world.owner.pk)
        new = create_store(by=owner, name="New", code="N1", mode="retail", at=AT)
    assert (new.currency, new.time_zone) == ("EUR", "Europe/Vienna")
    told = till.load().snapshot
    assert told["store"]["language"] == "bs"
    assert (told["settings"]["receipt.header"], told["settings"]["receipt.footer"]) == (words["receipt.header"], "Hvala!")


DISCOUNTS = "/backoffice/settings/discounts/"


def tiers(*rows: tuple[str, str, str, str]) -> dict[str, Any]:
    names = ("start", "end", "most", "kind")
    return {f"discount.tiers:{name}": [row[n] for row in rows] for n, name in enumerate(names)} | {
        "discount.with_customer": "25", "discount.presets:percent": ["5", "10"], "discount.presets:label": ["", "Staff"],
    }  # fmt: skip


@pytest.mark.feature("SET-05")
def test_tiers_are_saved_as_written(world: World, office: Client) -> None:
    saved = save(office, DISCOUNTS, tiers(("100", "", "15", "percent"), ("0", "100", "7.50", "amount")))
    assert saved.status_code == 200
    found = read(world, "discount.tiers")
    assert [(str(t.start), t.kind, str(t.most)) for t in found] == [("0", "amount", "7.5"), ("100", "percent", "15")]
    assert [label for _percent, label in read(world, "discount.presets")] == ["", "Staff"]


@pytest.mark.feature("SET-05")
@pytest.mark.parametrize(
    "rows",
    [
        [("10", "", "5", "percent")], [("0", "50", "5", "percent"), ("60", "", "10", "percent")],
        [("0", "50", "5", "percent"), ("40", "", "10", "percent")], [("0", "50", "5", "percent")],
        [("0", "", "5", "percent"), ("50", "", "10", "percent")], [("0", "", "101", "percent")], [("0", "", "", "percent")],
        [("0", "", "-1", "amount")], [("0", "", "x", "amount")], [], [("50", "20", "5", "percent"), ("0", "", "5", "percent")],
    ],
)  # fmt: skip
def test_tiers_with_gaps_overlaps_or_nonsense_are_refused(world: World, office: Client, rows: list[Any]) -> None:
    answer = save(office, DISCOUNTS, tiers(*rows))
    assert answer.status_code == 422
    assert len(read(world, "discount.tiers")) == 4


def test_a_seventh_button_is_refused(world: World, office: Client) -> None:
    many = tiers(("0", "", "5", "percent")) | {"discount.presets:percent": ["5"] * 7, "discount.presets:label": [""] * 7}
    assert save(office, DISCOUNTS, many).status_code == 422
    assert len(read(world, "discount.presets")) == 4


@pytest.mark.feature("SET-05")
def test_the_four_tiers_and_25_per_cent_are_shipped(world: World) -> None:
    settings = world.till().snapshot["settings"]
    assert settings["discount.tiers"] == [
        {"start": start, "kind": "percent", "value": value}
        for start, value in (("0", "5"), ("50", "10"), ("100", "15"), ("200", "20"))
    ]
    assert settings["discount.with_customer"] == "25"


@pytest.mark.feature("SET-04")
def test_amounts_are_written_alike_on_pages_receipts_and_pdfs_and_plainly_in_files(world: World, office: Client) -> None:
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("CEV"), "120")]))
    save(office, CURRENCY, {**EUROPE, "currency.symbol": "€", "currency.position": "before", "currency.thousands": "space"})
    written = "€1\u00a0080,00"
    receipt = Receipt.everywhere.select_related("store", "business").order_by("-pk")[0]
    with acting(business_id=world.business.pk):
        papers = [receipt_html(receipt), receipt_html(receipt, pdf=True)]
    assert all(written in text for text in (*papers, office.get("/backoffice/sales/").content.decode()))
    file = b"".join(office.get("/backoffice/sales/?export=csv")).decode()
    assert file.endswith(",1080\r\n")
    assert "€" not in file
    assert till.load().snapshot["settings"]["currency.thousands"] == "space"


@pytest.mark.feature("SET-04")
def test_a_receipt_is_written_as_its_own_store_writes(world: World, office: Client) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        create_store(by=world.owner, name="Second", code="S2", currency="BAM", time_zone="UTC", at=AT)
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("CEV"), "120")]))
    save(office, CURRENCY, EUROPE)
    save(office, f"{CURRENCY}?store={world.store.uuid}", {"own:currency.symbol": "on", "currency.symbol": "Marka"})
    receipt = Receipt.everywhere.select_related("store", "business").order_by("-pk")[0]
    with acting(business_id=world.business.pk):
        assert "1.080,00\u00a0Marka" in receipt_html(receipt)
