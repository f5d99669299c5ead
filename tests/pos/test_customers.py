"""Customers: what is kept and refused, merged, erased; the pages as somebody uses them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pos.models import Customer, Receipt
from pos.selectors import customers as selector
from pos.services import customers as service
from pos.services.customers import CustomerInput, EmailTaken
from smartpos.access.services.rights import set_rights
from smartpos.audit.models import Entry
from smartpos.context import acting, begin, current
from smartpos.errors import Conflict, DomainError, NotFound
from smartpos.operations.models import Change, Operation
from smartpos.people.models import Role
from tests.architecture.queries import assert_constant_queries
from tests.architecture.shop import sell_and_refund, staff
from tests.world import AT, World

pytestmark = pytest.mark.django_db
NEW = "01934b7e-0000-7000-8000-00000000000b"
PAGE = "/backoffice/customers/"


class Inside(Client):
    """A client after whose requests the test's own act goes on."""

    def request(self, **request: Any) -> Any:
        before = current()
        try:
            return super().request(**request)
        finally:
            begin(before)


@pytest.fixture
def act(world: World) -> Any:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk) as going:
        yield going


@pytest.fixture
def office(world: World) -> Client:
    client = Inside()
    client.force_login(world.owner.user)
    return client


def add(world: World, name: str = "Amra Đulić", **more: Any) -> Customer:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return service.create_customer(CustomerInput(name=name, **more), by=world.owner, at=AT)


def filled(**more: str) -> dict[str, str]:
    return {"uuid": NEW, "version": "0", "name": "Amra Đulić", **more}


def log(customer: Customer) -> list[tuple[str, dict[str, Any]]]:
    rows = Entry.objects.filter(subject=f"customer:{customer.uuid}").order_by("position")
    return [(entry.action, json.loads(entry.data)) for entry in rows]


# ── one record ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_customer_is_added_once_however_often_the_form_is_sent(office: Client, act: Any) -> None:
    for _ in range(2):
        answer = office.post(f"{PAGE}new/", filled(email="Amra@Example.com", company="Firma d.o.o.", consent="on"))
        assert answer.status_code == 302
    customer = Customer.objects.get()
    assert (customer.email, customer.company, customer.card) == ("amra@example.com", "Firma d.o.o.", None)
    assert customer.consent_at is not None
    assert log(customer) == [("customer.created", {"changes": dict.fromkeys(["company", "consent", "email", "name"], "…")})]
    assert office.post(f"{PAGE}new/", filled(name="Somebody else")).status_code == 409


@pytest.mark.feature("CUS-02")
def test_a_company_is_kept_with_its_tax_number_and_address(office: Client, world: World) -> None:
    office.post(f"{PAGE}new/", filled(company="Firma d.o.o.", tax_number="4200000000009", address="Ulica 1", city="Mostar"))
    page = office.get(f"{PAGE}{NEW}/").content.decode()
    for text in ("Firma d.o.o.", "4200000000009", "Ulica 1, Mostar"):
        assert text in page
    assert world.till(Inside()).rows("customer")[NEW][4:8] == ["Mostar", "Firma d.o.o.", "4200000000009", "Ulica 1"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 121), ("email", "amra@"), ("email", "a b@example.com"), ("phone", "1" * 41)],
)
def test_what_cannot_stand_is_refused_beside_its_field(office: Client, act: Any, field: str, value: str) -> None:
    answer = office.post(f"{PAGE}new/", filled(**{field: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Customer.objects.exists()


def test_a_known_address_is_refused_and_leads_to_whoever_has_it(office: Client, world: World, act: Any) -> None:
    known = add(world, email="amra@example.com")
    answer = office.post(f"{PAGE}new/", filled(email="AMRA@example.com"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["email"] == ["Amra Đulić has this address already."]
    assert f'href="{PAGE}{known.uuid}/"' in answer.content.decode()
    with pytest.raises(DomainError, match="card"):
        add(world, "Another", card=add(world, "One", card="4711").card)


def test_the_same_address_may_be_known_to_another_business(world: World, other_world: World) -> None:
    add(world, email="amra@example.com", card="4711")
    assert add(other_world, email="amra@example.com", card="4711").pk


def test_two_forms_never_overwrite_each_other(office: Client, world: World, act: Any) -> None:
    customer = add(world)
    form = filled(uuid=str(customer.uuid), version="1", phone="061 111 222")
    assert office.post(f"{PAGE}{customer.uuid}/edit/", form).status_code == 302
    late = office.post(f"{PAGE}{customer.uuid}/edit/", {**form, "phone": "062"})
    assert late.status_code == 409
    assert 'value="062"' in late.content.decode()
    customer.refresh_from_db()
    assert (customer.phone, customer.version) == ("061 111 222", 2)
    assert log(customer)[1:] == [("customer.changed", {"changes": {"phone": "…"}})]


def test_consent_keeps_the_day_on_which_it_was_given(world: World, act: Any) -> None:
    customer = add(world, consent=True)
    given = CustomerInput(name="Amra", consent=True)
    changed = service.update_customer(customer, given, version=1, at=AT + timedelta(days=9))
    assert changed.consent_at == AT
    gone = service.update_customer(changed, CustomerInput(name="Amra"), version=2, at=AT + timedelta(days=10))
    assert gone.consent_at is None


def test_search_finds_by_name_mail_telephone_card_and_city_without_marks(world: World, act: Any) -> None:
    customer = add(world, email="amra@example.com", phone="061 123-456", card="4711", city="Čapljina", company="Kuća")
    add(world, "Somebody")
    for words in ("dulic amra", "djulic", "AMRA@", "061123456", "061 123", "4711", "capljina", "kuca"):
        assert list(selector.with_words(selector.customers(), words)) == [customer], words


# ── archive, merge, erase ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_archived_customer_leaves_list_and_tills_and_comes_back(office: Client, world: World, act: Any) -> None:
    customer, till = add(world), world.till(Inside())
    assert till.rows("customer")[str(customer.uuid)][0] == "Amra Đulić"
    office.post(f"{PAGE}{customer.uuid}/archive/")
    assert "Amra" not in office.get(f"{PAGE}?view=all").context["listing"].lines.__str__()
    assert "Amra" in office.get(f"{PAGE}?state=archived").content.decode()
    assert till.load().rows("customer") == {}
    office.post(f"{PAGE}{customer.uuid}/restore/")
    assert str(customer.uuid) in till.load().rows("customer")


def both(world: World) -> tuple[Customer, Customer]:
    stays = add(world, phone="061", city="Mostar", note="first")
    goes = add(world, "A. Djulic", email="amra@example.com", phone="062", city="Tuzla", address="Ulica 1", note="second",
               card="4711", company="Firma", tax_number="4200", consent=True, enrolled=True)  # fmt: skip
    return stays, goes


@pytest.mark.database
def test_merging_takes_over_what_is_missing_and_moves_the_receipts(office: Client, world: World, act: Any) -> None:
    stays, goes = both(world)
    till = world.till(Inside())
    till.open_shift()
    for one in (stays, goes):
        till.post(till.sale([(till.item("ESP"), "1")], buyer=str(one.uuid)))
    asked = office.get(f"{PAGE}{stays.uuid}/merge/?with={goes.uuid}").content.decode()
    assert "062" in asked
    form = {"with": str(goes.uuid), "version": "1", "other_version": "1"}
    assert office.post(f"{PAGE}{stays.uuid}/merge/", {**form, "version": "7"}).status_code == 422
    assert office.post(f"{PAGE}{stays.uuid}/merge/", form)["Location"] == f"{PAGE}{stays.uuid}/"
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.name, stays.phone, stays.city, stays.address) == ("Amra Đulić", "061", "Mostar", "")
    assert (stays.email, stays.card, stays.company, stays.tax_number) == ("amra@example.com", "4711", "Firma", "4200")
    assert (stays.note, stays.enrolled, stays.consent_at) == ("first\nsecond", True, AT)
    assert (goes.name, goes.email, goes.card, goes.folded, goes.merged_into) == ("", "", None, "", stays)
    assert selector.receipts_of(stays).count() == 2
    assert office.get(f"{PAGE}{goes.uuid}/")["Location"] == f"{PAGE}{stays.uuid}/"
    assert list(till.load().rows("customer")) == [str(stays.uuid)]
    assert log(stays)[-1][1]["merged"] == str(goes.uuid)
    page = office.get("/backoffice/sales/?column=customer").content.decode()
    assert page.count(">Amra Đulić<") == 2
    # Once more says the same, and a record that is gone cannot be changed or chosen.
    assert service.merge_customers(stays, goes, versions=(0, 0), at=AT).pk == stays.pk
    with pytest.raises(NotFound):
        service.update_customer(goes, CustomerInput(name="x"), version=2, at=AT)


def test_a_chain_of_merges_ends_at_the_one_that_stayed(world: World, act: Any) -> None:
    first, second, third = (add(world, name) for name in ("One", "Two", "Three"))
    second = service.merge_customers(second, first, versions=(1, 1), at=AT)
    third = service.merge_customers(third, second, versions=(1, 2), at=AT)
    assert selector.customer_of(first.uuid) == third
    assert set(Customer.objects.filter(merged_into=third)) == {first, second}
    with pytest.raises(DomainError, match="two different"):
        service.merge_customers(third, third, versions=(2, 2), at=AT)


def test_consent_of_another_address_is_never_taken_over(world: World, act: Any) -> None:
    stays = add(world, email="one@example.com")
    merged = service.merge_customers(stays, add(world, "Two", email="two@example.com", consent=True), versions=(1, 1), at=AT)
    assert (merged.email, merged.consent_at) == ("one@example.com", None)


@pytest.mark.database
def test_erasing_forgets_the_person_everywhere_and_keeps_the_receipts(office: Client, world: World, act: Any) -> None:
    customer = add(
        world, "Zlatko Nepoznat", email="zlatko@example.com", phone="066 777 888", card="LOYAL-4711-0815", note="a secret note"
    )
    till = world.till(Inside())
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")], buyer=str(customer.uuid)))
    asked = office.get(f"{PAGE}{customer.uuid}/erase/").content.decode()
    assert "1 receipt stays" in asked
    assert office.post(f"{PAGE}{customer.uuid}/erase/").status_code == 302
    service.erase_customer(customer, at=AT)
    receipt = Receipt.objects.get()
    assert receipt.customer_id == customer.pk
    assert office.get(f"{PAGE}{customer.uuid}/").status_code == 404
    assert "erased" in office.get(f"/backoffice/sales/{receipt.uuid}/").content.decode()
    assert till.load().rows("customer") == {}
    kept = [list(Customer.objects.values()), list(Change.objects.values()), list(Operation.objects.values())]
    text = repr([*kept, list(Entry.objects.values())])
    for word in ("Zlatko", "zlatko", "066 777", "066777888", "LOYAL-4711", "secret note"):
        assert word not in text, word
    # The address is free again.
    assert add(world, "Zlatko Novi", email="zlatko@example.com").pk


# ── the pages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_detail_page_says_what_somebody_bought(office: Client, world: World) -> None:
    customer = add(world, email="amra@example.com")
    till = world.till(Inside())
    till.open_shift()
    sell_and_refund(till)
    [sale] = till.post(till.sale([(till.item("ESP"), "3")], buyer=str(customer.uuid)))
    _status, found = till.send("GET", f"/pos/receipts?number={sale['result']['label']}", None)
    line = found["receipts"][0]["lines"][0]["id"]
    figures = {"total": "2.00", "tax": "0.29", "rounding": "0.00", "payable": ["2.00"]}
    [back] = till.post(
        till.refund(found["receipts"][0], {line: "1"}, tenders=[{"method": "cash", "amount": "2.00"}], figures=figures)
    )
    assert back["state"] == "done"
    page = office.get(f"{PAGE}{customer.uuid}/")
    [sums] = page.context["spent"]
    assert (str(sums.total), sums.visits, sums.refunds, str(sums.refunded)) == ("4", 1, 1, "2")
    assert len(page.context["listing"].lines) == 2
    file = json.loads(office.get(f"{PAGE}{customer.uuid}/data.json").content)
    assert file["customer"]["email"] == "amra@example.com"
    assert [r["total"] for r in file["receipts"]] == ["6", "-2"]
    assert file["receipts"][0]["lines"] == [{"name": "Espresso", "quantity": "3", "amount": "6"}]
    with acting(business_id=world.business.pk):
        assert log(customer)[-1][0] == "customer.handed_out"


def test_a_customers_page_costs_the_same_with_one_receipt_and_with_many(office: Client, world: World) -> None:
    customer = add(world)
    till = world.till(Inside())
    till.open_shift()

    def more(times: int = 12) -> None:
        for _ in range(times):
            till.post(till.sale([(till.item("ESP"), "1")], buyer=str(customer.uuid)))

    more(1)
    for path in (f"{PAGE}{customer.uuid}/", f"{PAGE}{customer.uuid}/data.json", f"{PAGE}{customer.uuid}/erase/"):
        assert_constant_queries(lambda path=path: office.get(path), more, most=20)


def test_only_stores_that_somebody_sees_are_counted(world: World) -> None:
    customer = add(world)
    till = world.till(Inside())
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")], buyer=str(customer.uuid)))
    from smartpos.people.services.places import create_store

    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        other = create_store(by=world.owner, name="Other", code="O1", currency="BAM", time_zone="Europe/Sarajevo", at=AT)
    client = Client()
    client.force_login(staff(world, "Mira", Role.MANAGER, pin="3333", store=other, email="mira@a.example").user)
    assert client.get(f"{PAGE}{customer.uuid}/").context["spent"] == []
    assert json.loads(client.get(f"{PAGE}{customer.uuid}/data.json").content)["receipts"] == []


def test_each_act_needs_its_own_right(world: World) -> None:
    customer = add(world)
    manager = staff(world, "Mira", Role.MANAGER, pin="3333", store=world.store, email="mira@a.example")
    client = Client()
    client.force_login(manager.user)
    acts = {"manage": "edit/", "export": "data.json", "erase": "erase/"}
    for code, end in acts.items():
        assert client.get(f"{PAGE}{customer.uuid}/{end}").status_code == 200
        with acting(business_id=world.business.pk, actor_id=world.owner.pk):
            set_rights({(Role.MANAGER, f"customer.{code}"): False}, by=world.owner, at=AT)
        assert client.get(f"{PAGE}{customer.uuid}/{end}").status_code == 403
        assert f"{customer.uuid}/{end}" not in client.get(f"{PAGE}{customer.uuid}/").content.decode()


def test_the_list_goes_out_as_a_file(office: Client, world: World) -> None:
    add(world, email="amra@example.com", phone="+387 61", city="Mostar", note="=1+1")
    rows = office.get(f"{PAGE}?export=csv&column=email&column=phone&column=city&column=note")
    text = b"".join(rows.streaming_content).decode()
    assert "Amra Đulić,amra@example.com,'+387 61,Mostar,,'=1+1" in text


def test_foreign_and_broken_choices_are_no_choice(office: Client, world: World, other_world: World) -> None:
    customer, foreign = add(world), add(other_world, "Foreign")
    for text in (str(foreign.uuid), str(customer.uuid), "nonsense"):
        assert office.get(f"{PAGE}{customer.uuid}/merge/?with={text}").status_code == 404
        form = {"with": text, "version": "1", "other_version": "1"}
        assert office.post(f"{PAGE}{customer.uuid}/merge/", form).status_code == 404
    assert office.get(f"{PAGE}{customer.uuid}/merge/?q=nobody").status_code == 200
    given = CustomerInput(name="Foreign")
    with acting(business_id=world.business.pk), pytest.raises(Conflict):
        service.create_customer(given, by=world.owner, at=AT, uuid=foreign.uuid)


def test_an_address_that_two_take_at_the_same_moment_goes_to_one(world: World, act: Any) -> None:
    add(world, email="amra@example.com")
    with pytest.raises(EmailTaken):
        add(world, "Another", email="amra@example.com")
    assert Customer.objects.count() == 1
