"""Stores and terminals in the Backoffice: their pages, who may change what, and what closing one asks for."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from inventory.models import StockLevel, StoreItem
from pos.models import Receipt
from smartpos.access.settings import value
from smartpos.context import acting
from smartpos.people.models import Employee, EmployeeStore, Role, Store, Terminal
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import archive_store, create_store, create_terminal
from tests.world import AT, PASSWORD, World, fold

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = {"name": "Ilidža", "address": "Mala Aleja 1", "city": "Sarajevo", "phone": "033 555 111", "mode": "restaurant"}


def signed_in(employee: Employee) -> Client:
    client = Client()
    client.force_login(employee.user)
    return client


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.owner)


@pytest.fixture
def second(world: World) -> Store:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_store(by=world.owner, name="Second", currency="EUR", time_zone="Europe/Vienna", at=AT)


@pytest.fixture
def manager(world: World) -> Employee:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_employee(
            by=world.owner, name="Mira", role=Role.MANAGER, email="mira@a.example", password=PASSWORD, pin="3333",
            stores=[world.store], at=AT,
        )  # fmt: skip


def page(store: Store, tab: str = "") -> str:
    return f"/backoffice/stores/{store.uuid}/{tab + '/' if tab else ''}"


def errors(answer: Any, form: str = "form") -> list[str]:
    assert answer.status_code == 422
    return list(answer.context[form].errors)


def test_a_store_is_opened_with_a_name_and_a_mode(office: Client, world: World) -> None:
    answer = office.post("/backoffice/stores/new/", NEW)
    made = Store.everywhere.get(name="Ilidža")
    assert answer.headers["Location"] == page(made, "terminals")
    assert (made.city, made.phone, made.mode, made.currency) == ("Sarajevo", "033 555 111", "restaurant", "BAM")
    assert "Ilidža" in office.get("/backoffice/stores/").content.decode()
    for field, wrong in (("name", " "), ("mode", ""), ("mode", "kiosk"), ("phone", "abc")):
        assert errors(office.post("/backoffice/stores/new/", {**NEW, field: wrong})) == [field]
    assert Store.everywhere.filter(business=world.business).count() == 2


@pytest.mark.feature("STO-03")
def test_the_overview_changes_the_store_and_says_what_it_came_to(office: Client, world: World) -> None:
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "2")]))
    fold()
    text = office.get(page(world.store)).content.decode()
    assert "4.00\u00a0KM" in text
    figures = office.get(page(world.store)).context["figures"]
    assert (figures.receipts, figures.products, figures.people) == (1, 3, 2)
    assert office.post(page(world.store), {**NEW, "receipt_footer": "Hvala"}).status_code == 302
    world.store.refresh_from_db()
    assert (world.store.name, world.store.city, world.store.receipt_footer) == ("Ilidža", "Sarajevo", "Hvala")
    assert errors(office.post(page(world.store), {**NEW, "name": ""})) == ["name"]


def test_every_tab_opens_in_both_languages(office: Client, world: World) -> None:
    for language in ("en", "bs"):
        office.cookies["smartpos_language"] = language
        for tab in ("", "regional", "products", "people", "terminals", "archive"):
            answer = office.get(page(world.store, tab))
            assert answer.status_code == 200
            assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.feature("STO-10")
def test_clock_and_business_day_are_the_stores_own_and_change_nothing_stored(office: Client, world: World) -> None:
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    before = list(Receipt.everywhere.values())
    region = {"currency": "BAM", "time_zone": "Asia/Tokyo", "cutoff": "240"}
    assert office.post(page(world.store, "regional"), region).status_code == 302
    world.store.refresh_from_db()
    assert (world.store.time_zone, world.store.cutoff_minutes) == ("Asia/Tokyo", 240)
    assert list(Receipt.everywhere.values()) == before
    fresh = till.load().snapshot["store"]
    assert (fresh["time_zone"], fresh["cutoff_minutes"]) == ("Asia/Tokyo", 240)
    for field, wrong in (("time_zone", "Mars"), ("cutoff", "1500"), ("cutoff", "x"), ("currency", "XXX")):
        assert errors(office.post(page(world.store, "regional"), {**region, field: wrong}), "region") == [field]
    [answer] = till.post({**till.sale([(till.item("ESP"), "1")]), "business_date": "2000-01-01"})
    assert "day_differs" in [mark["code"] for mark in answer["marks"]]
    assert Receipt.everywhere.latest("pk").business_date.year > 2000


@pytest.mark.parametrize(
    ("clock", "utc", "day"),
    [
        (("Europe/Sarajevo", 0), "2026-11-24T22:59:00", "2026-11-24"), (("Europe/Sarajevo", 0), "2026-11-24T23:00:00", "2026-11-25"),
        (("Europe/Sarajevo", 240), "2026-11-25T02:59:00", "2026-11-24"), (("Europe/Sarajevo", 240), "2026-11-25T03:00:00", "2026-11-25"),
        (("Asia/Tokyo", 0), "2026-11-24T15:00:00", "2026-11-25"), (("America/Denver", 120), "2026-11-25T08:59:00", "2026-11-24"),
    ],
)  # fmt: skip
def test_a_sale_before_the_cut_off_is_stamped_with_the_day_before(
    office: Client, world: World, clock: tuple[str, int], utc: str, day: str
) -> None:
    region = {"currency": "BAM", "time_zone": clock[0], "cutoff": str(clock[1])}
    assert office.post(page(world.store, "regional"), region).status_code == 302
    with time_machine.travel(datetime.fromisoformat(utc).replace(tzinfo=UTC), tick=False):
        till = world.till()
        till.open_shift()
        [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert answer["state"] == "done"
    receipt = Receipt.everywhere.get()
    assert receipt.business_date.isoformat() == day
    office.post(page(world.store, "regional"), {**region, "time_zone": "UTC", "cutoff": "600"})
    receipt.refresh_from_db()
    assert receipt.business_date.isoformat() == day


def test_another_currency_waits_for_the_shift_and_saves_nothing_meanwhile(office: Client, world: World) -> None:
    till = world.till()
    till.open_shift()
    region = {"currency": "EUR", "time_zone": "Europe/Vienna", "cutoff": "0"}
    assert errors(office.post(page(world.store, "regional"), region), "region") == ["currency"]
    world.store.refresh_from_db()
    assert (world.store.currency, world.store.time_zone) == ("BAM", "Europe/Sarajevo")
    till.close_shift("100.00")
    assert office.post(page(world.store, "regional"), region).status_code == 302
    world.store.refresh_from_db()
    assert (world.store.currency, world.store.own_currency) == ("EUR", True)
    assert office.post(page(world.store, "regional"), {**region, "currency": ""}).status_code == 302
    world.store.refresh_from_db()
    assert (world.store.currency, world.store.own_currency) == ("BAM", False)


def test_symbol_and_separators_of_one_store_are_set_on_its_page(office: Client, world: World) -> None:
    answer = office.get(page(world.store, "regional"))
    form, action = answer.context["form"], answer.context["action"]
    data = {"seen": form["seen"].value(), "own:currency.symbol": "on", "currency.symbol": "Mk"}
    assert office.post(action, data).status_code == 200
    with acting(business_id=world.business.pk):
        assert (value("currency.symbol", store=world.store), value("currency.symbol")) == ("Mk", "")


@pytest.mark.feature("STO-05")
def test_products_of_a_store_show_its_price_and_stock_and_are_hidden_on_its_tills_alone(
    office: Client, world: World, second: Store
) -> None:
    variant = world.variant("ESP")
    lying = {"business_id": world.business.pk, "variant": variant}
    StockLevel.everywhere.create(store=second, quantity=7, **lying)
    StoreItem.everywhere.create(store=second, price=3, **lying)
    text = office.get(page(second, "products")).content.decode()
    assert "3.00\u00a0€" in text
    assert "7 pc" in text
    till = world.till()
    assert office.post(page(second, "products"), {"act": "hide", "row": [str(variant.uuid)]}).status_code == 302
    assert StoreItem.everywhere.get(variant=variant).hidden
    assert variant.sku in [body[3] for body in till.load().rows("item").values()]
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        from smartpos.people.services.places import create_terminal

        other = world.till(Client(), terminal=create_terminal(second, by=world.owner, name="T", at=AT), pin="9999")
    assert variant.sku not in [body[3] for body in other.rows("item").values()]
    assert office.get(page(second, "products") + "?state=hidden").content.decode().count('id="row-') == 1
    office.post(page(second, "products"), {"act": "show", "row": [str(variant.uuid)]})
    assert not StoreItem.everywhere.get(variant=variant).hidden


@pytest.mark.feature("STO-06")
def test_people_are_assigned_and_taken_out_and_the_till_knows_at_once(
    office: Client, world: World, second: Store, manager: Employee
) -> None:
    assert office.post(page(second, "people"), {"employee": str(world.cashier.uuid)}).status_code == 302
    links = EmployeeStore.everywhere.filter(employee=world.cashier)
    assert links.count() == 2
    office.post(page(second, "people"), {"employee": str(world.cashier.uuid)})
    assert links.count() == 2
    out = f"{page(world.store, 'people')}{world.cashier.uuid}/out/"
    assert office.post(out).status_code == 302
    assert [link.store_id for link in links] == [second.pk]
    till = world.till(pin="2222")
    assert till.send("POST", "/pos/pin", {"pin": "1111"})[0] == 401
    last = office.post(f"{page(second, 'people')}{world.cashier.uuid}/out/", follow=True)
    assert "works in no other store" in last.content.decode()
    assert links.count() == 1


def test_terminals_are_made_renamed_taken_out_and_put_back(office: Client, world: World) -> None:
    where = page(world.store, "terminals")
    assert office.post(where, {"name": "Bar"}).status_code == 302
    bar = Terminal.everywhere.get(name="Bar")
    assert errors(office.post(where, {"name": " bar ".title().strip()})) == ["name"]
    assert errors(office.post(f"/backoffice/terminals/{bar.uuid}/", {"name": "Till 1"})) == ["name"]
    office.post(f"/backoffice/terminals/{bar.uuid}/", {"name": "Terrace"})
    office.post(f"/backoffice/terminals/{bar.uuid}/archive/")
    bar.refresh_from_db()
    assert (bar.name, bar.active) == ("Terrace", False)
    office.post(f"/backoffice/terminals/{bar.uuid}/restore/")
    world.till().open_shift()
    office.post(f"/backoffice/terminals/{world.terminal.uuid}/archive/")
    assert Terminal.everywhere.filter(active=True).count() == 2
    text = office.get(where).content.decode()
    assert "Shift of Boris A" in text
    assert "Test till" in text


@pytest.mark.feature("STO-09")
def test_a_store_in_use_is_not_closed_and_a_closed_one_leaves_the_pickers(office: Client, world: World, second: Store) -> None:
    till = world.till()
    till.open_shift()
    refused = office.post(page(world.store, "archive"))
    assert refused.status_code == 422
    assert "Till 1" in refused.content.decode()
    till.close_shift("100.00")
    level = StockLevel.everywhere.create(business=world.business, store=world.store, variant=world.variant("ESP"), quantity=1)
    assert office.post(page(world.store, "archive")).status_code == 422
    level.delete()
    assert office.post(page(world.store, "archive")).status_code == 302
    assert "Store A" not in office.get("/backoffice/stores/").context["listing"].lines.__repr__()
    assert "Store A" in office.get("/backoffice/stores/?state=archived").content.decode()
    assert office.get(page(world.store)).status_code == 200
    office.post(page(world.store, "restore"))
    assert Store.everywhere.get(pk=world.store.pk).active


def test_a_manager_sees_and_changes_the_own_store_and_no_other(world: World, second: Store, manager: Employee) -> None:
    client = signed_in(manager)
    assert client.get(page(world.store)).status_code == 200
    for tab in ("", "regional", "products", "people", "terminals", "archive", "restore"):
        assert client.get(page(second, tab)).status_code in {404, 405}
        assert client.post(page(second, tab), NEW).status_code == 404
    assert client.post(f"{page(world.store, 'people')}{world.owner.uuid}/out/").status_code == 404


def test_another_tenants_store_is_not_there(office: Client, other_world: World) -> None:
    for tab in ("", "regional", "products", "people", "terminals", "archive"):
        assert office.get(page(other_world.store, tab)).status_code == 404
    assert office.post(f"/backoffice/terminals/{other_world.terminal.uuid}/archive/").status_code == 404


def test_archiving_twice_and_saving_the_same_again_change_nothing(office: Client, world: World, second: Store) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        archive_store(second, by=world.owner, at=AT)
    from smartpos.audit.models import Entry

    before = Entry.objects.count()
    office.post(page(second, "archive"))
    assert Entry.objects.count() == before


def test_a_further_store_is_rolled_out_to_its_test_sale(office: Client, world: World) -> None:
    """The path of docs/onboarding.md, as far as its rooms are built (ONB-09)."""
    office.post("/backoffice/stores/new/", NEW)
    store = Store.everywhere.get(name="Ilidža")
    office.post(page(store, "people"), {"employee": str(world.waiter.uuid)})
    office.post(page(store, "terminals"), {"name": "Till 1"})
    terminal = Terminal.everywhere.get(store=store)
    till = world.till(Client(), terminal=terminal, pin="2222")
    assert till.send("POST", "/pos/pin", {"pin": "1111"})[0] == 401
    till.open_shift("50.00")
    [sale] = till.post(till.sale([(till.item("ESP"), "1")]))
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    till.sign_in("9999")
    [back] = till.post(till.void(found["receipts"][0]))
    assert (sale["state"], back["state"]) == ("done", "done")
    closing = till.close_shift("50.00")
    assert (closing["result"]["difference"], closing["result"]["receipts"]) == ("0.00", 2)
    assert Receipt.everywhere.filter(store=store).count() == 2
    fold()
    assert "0.00" in office.get(page(store)).content.decode()


def test_an_archived_store_is_no_choice_any_more_and_takes_no_terminal(office: Client, world: World) -> None:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        old = create_store(by=world.owner, name="Old corner", mode="retail", at=AT)
        till = create_terminal(old, by=world.owner, name="Old till", at=AT)
        archive_store(old, by=world.owner, at=AT)
    # The top bar keeps it, for reports of the time when it was open.
    assert "Old corner" in office.get("/backoffice/employees/new/").content.decode().partition("<main")[0]
    for path in ("/backoffice/employees/new/", "/backoffice/products/new/", "/backoffice/devices/enrol/"):
        assert "Old corner" not in office.get(path).content.decode().partition("<main")[2]
    assert office.post(f"/backoffice/devices/code/{till.uuid}/").status_code == 404
    assert office.post(page(old, "terminals"), {"name": "Another"}).status_code == 422
    assert Terminal.everywhere.filter(store=old).count() == 1
