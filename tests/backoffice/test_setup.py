"""The first-run wizard: four steps in order, nothing lost on the way, and never again."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from inventory.services.products import create_product
from inventory.types import VariantInput
from smartpos.audit.models import Entry
from smartpos.context import acting
from smartpos.people.countries import country_guess
from smartpos.people.models import Business, Employee, EmployeeStore, PosMode, Role, Store, Terminal
from smartpos.people.services.first_visit import found_first
from smartpos.people.services.pins import pin_hash
from smartpos.taxes.models import TaxProfile, TaxRate
from tests.architecture.addresses import addresses
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STEPS = ["business", "store", "employee", "tax"]
GOOD: dict[str, dict[str, str]] = {
    "business": {
        "name": "Pekara Đurđa", "email": "pekara@example.com", "phone": "+387 33 111 222", "address": "Ferhadija 3",
        "country": "BA", "currency": "BAM", "language": "bs",
    },
    "store": {"name": "Centar", "address": "", "mode": "both"},
    "employee": {"name": "Boris", "role": "cashier", "pin": "1234"},
    "tax": {"rate": "17", "name": "PDV", "inclusive": "on"},
}  # fmt: skip


@pytest.fixture
def owner(db: None) -> Employee:
    return found_first(
        business_name="Pekara", owner_name="Đurđa", email="durda@example.com", password="vrlo dobra lozinka 7", language="bs",
        at=AT,
    )[1]  # fmt: skip


@pytest.fixture
def office(owner: Employee) -> Client:
    client = Client(headers={"Accept-Language": "bs-BA,bs;q=0.9"})
    client.force_login(owner.user)
    return client


def path(step: str) -> str:
    return f"/backoffice/setup/{step}/"


def post(office: Client, step: str, **changes: str) -> Any:
    return office.post(path(step), {**GOOD[step], **changes})


def go(office: Client, *steps: str) -> None:
    for step in steps:
        assert post(office, step).status_code == 302, step


def counts() -> tuple[int, ...]:
    models = (Store, Terminal, Employee, EmployeeStore, TaxRate, TaxProfile)
    return (*(model.everywhere.count() for model in models), Entry.objects.count())


@pytest.mark.parametrize("done", range(4))
def test_until_it_is_finished_every_page_leads_to_the_first_unfinished_step(office: Client, done: int) -> None:
    go(office, *STEPS[:done])
    pages = [a.path for a in addresses() if a.guard.startswith("office") and not a.parameters and "/setup/" not in a.path]
    assert len(pages) > 3
    for page in pages:
        answer = office.get(page)
        if answer.status_code != 405:
            assert answer.headers["Location"] == "/backoffice/setup/", page
            assert office.get(page, headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/backoffice/setup/", page
    assert office.get("/backoffice/setup/").headers["Location"] == path(STEPS[done])
    for later in STEPS[done + 1 :]:
        assert office.get(path(later)).headers["Location"] == path(STEPS[done])
        assert post(office, later).headers["Location"] == path(STEPS[done])


@pytest.mark.feature("ONB-02")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 121),
        ("email", ""),
        ("email", "pekara@"),
        ("phone", "abc"),
        ("phone", "12"),
        ("country", "XX"),
        ("country", ""),
        ("currency", "ZZZ"),
        ("currency", ""),
        ("language", "de"),
        ("language", ""),
    ],
)
def test_step_1_refuses_what_is_wrong_beside_its_field_and_saves_nothing(office: Client, field: str, value: str) -> None:
    before = Business.objects.values().get(), counts()
    answer = post(office, "business", **{field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert (Business.objects.values().get(), counts()) == before
    go(office, "business")
    assert post(office, "business", phone="", address="").status_code == 302


def test_step_1_keeps_what_was_given_and_takes_the_clock_of_the_country(office: Client) -> None:
    page = office.get(path("business"))
    assert {name: page.context["form"].initial[name] for name in ("name", "country", "currency", "language", "email")} == {
        "name": "Pekara", "country": "BA", "currency": "BAM", "language": "bs", "email": "durda@example.com",
    }  # fmt: skip
    post(office, "business", seen_zone="Europe/Vienna")
    business = Business.objects.get()
    assert (business.name, business.phone, business.address) == ("Pekara Đurđa", "+387 33 111 222", "Ferhadija 3")
    assert (business.country, business.currency, business.language) == ("BA", "BAM", "bs")
    assert business.time_zone == "Europe/Sarajevo"
    post(office, "business", country="US", currency="USD", seen_zone="America/Denver")
    assert Business.objects.get().time_zone == "America/Denver"


@pytest.mark.feature("ONB-03")
def test_step_2_makes_the_first_store_with_a_terminal_at_the_address_of_step_1(office: Client) -> None:
    go(office, "business")
    for mode in ("", "kiosk"):
        answer = post(office, "store", mode=mode)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["mode"])
    assert post(office, "store", name=" ").status_code == 422
    assert not Store.everywhere.exists()
    page = office.get(path("store")).content.decode()
    assert [mode for mode in PosMode.values if f'value="{mode}"' in page] == ["retail", "restaurant", "both"]
    go(office, "store")
    store = Store.everywhere.get()
    assert (store.name, store.address, store.mode) == ("Centar", "Ferhadija 3", "both")
    assert (store.currency, store.own_currency, store.time_zone) == ("BAM", False, "Europe/Sarajevo")
    assert Terminal.everywhere.get().name == "Kasa 1"


@pytest.mark.feature("ONB-05")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("pin", ""),
        ("pin", "123"),
        ("pin", "12345"),
        ("pin", "12a4"),
        ("pin", "\uff11\uff12\uff13\uff14"),
        ("role", ""),
        ("role", "boss"),
    ],
)
def test_step_3_refuses_what_is_wrong(office: Client, field: str, value: str) -> None:
    go(office, "business", "store")
    answer = post(office, "employee", **{field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Employee.everywhere.count() == 1
    roles = [value for value, _label in answer.context["form"].fields["role"].choices]
    assert roles == ["owner", "admin", "manager", "employee", "cashier", "waiter"]


@pytest.mark.feature("ONB-05")
def test_step_3_refuses_a_pin_that_somebody_has(office: Client, owner: Employee) -> None:
    go(office, "business", "store")
    owner.pin_hash = pin_hash(owner.business_id, "1234")
    owner.save()
    answer = post(office, "employee")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["pin"])


def test_step_3_gives_oneself_a_pin_and_makes_no_twin(office: Client, owner: Employee) -> None:
    go(office, "business", "store")
    post(office, "employee", name=" Đurđa ", role="owner", pin="4321")
    person = Employee.everywhere.get()
    assert (person.pk, bytes(person.pin_hash)) == (owner.pk, pin_hash(owner.business_id, "4321"))
    post(office, "employee", name="Boris", role="cashier", pin="1234")
    assert sorted(Employee.everywhere.values_list("name", "role")) == [("Boris", "cashier"), ("Đurđa", "owner")]


def test_going_back_shows_what_was_entered_and_changes_it_without_making_it_twice(office: Client) -> None:
    go(office, "business", "store", "employee")
    made = counts()[:-1]
    for step, fields in GOOD.items():
        if step == "tax":
            continue
        shown = office.get(path(step)).context["form"].initial
        assert {k: v for k, v in fields.items() if v and k != "pin"}.items() <= {**shown}.items(), step
    before = counts()
    go(office, "business", "store")
    post(office, "employee", pin="")
    assert counts() == before
    post(office, "store", name="Novi centar", mode="retail")
    post(office, "employee", name="Boris B.", pin="")
    assert (Store.everywhere.get().name, Store.everywhere.get().mode) == ("Novi centar", "retail")
    boris = Employee.everywhere.get(role=Role.CASHIER)
    assert (boris.name, bytes(boris.pin_hash)) == ("Boris B.", pin_hash(boris.business_id, "1234"))
    assert counts()[:-1] == made
    assert office.get("/backoffice/setup/").headers["Location"] == path("tax")


@pytest.mark.feature("ONB-06")
def test_step_4_starts_with_the_countrys_rate_and_makes_the_default_of_new_products(office: Client) -> None:
    go(office, *STEPS[:3])
    assert 'value="17"' in office.get(path("tax")).content.decode()
    for wrong in ("", "101", "-1", "abc", "100,00001"):
        answer = post(office, "tax", rate=wrong)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["rate"]), wrong
    assert not TaxRate.everywhere.exists()
    go(office, "tax")
    profile = TaxProfile.everywhere.get()
    assert (profile.default, profile.only.rate, profile.only.inclusive, profile.only.kind) == (True, 17, True, "standard")
    form = office.get("/backoffice/products/new/")
    assert str(profile.uuid) in form.content.decode()


def test_who_chose_a_language_is_guessed_to_be_where_it_is_spoken_english_says_nothing() -> None:
    assert country_guess("en-US,en", chosen="bs") == "BA"
    assert country_guess("en-US,bs-HR", chosen="bs") == "HR"
    assert country_guess("bs-BA,bs", chosen="en") == "BA"


def test_a_mode_that_is_missing_is_named_and_led_to(office: Client) -> None:
    go(office, "business")
    page = post(office, "store", mode="").content.decode()
    assert '<a href="#id_mode">' in page
    assert 'id="id_mode"' in page


def test_step_4_says_that_a_rate_is_filled_in_only_where_one_is(office: Client) -> None:
    assert post(office, "business", country="US", currency="USD", language="en").status_code == 302
    go(office, "store", "employee")
    page = office.get(path("tax"), headers={"Accept-Language": "en"}).content.decode()
    assert "Filled in with" not in page
    assert "Upisana je" not in page


@pytest.mark.parametrize("rate", ["0", "100", "8,1"])
def test_step_4_takes_nought_a_hundred_and_fractions(office: Client, rate: str) -> None:
    go(office, *STEPS[:3])
    office.cookies["smartpos_language"] = "bs"
    assert post(office, "tax", rate=rate).status_code == 302
    assert Business.objects.get().is_set_up


@pytest.mark.feature("ONB-01")
def test_once_finished_it_never_opens_again_and_sending_a_step_again_changes_nothing(office: Client) -> None:
    go(office, *STEPS)
    assert office.get("/backoffice/").status_code == 200
    before = counts(), Business.objects.values().get()
    for step in STEPS:
        assert office.get(path(step)).headers["Location"] == "/backoffice/"
        other = {"name": "Other", "pin": "9999", "rate": "5", "mode": "restaurant"}
        assert post(office, step, **{k: v for k, v in other.items() if k in GOOD[step]}).headers["Location"] == "/backoffice/"
    assert (counts(), Business.objects.values().get()) == before
    client = Client()
    client.post("/sign-in/", {"email": "durda@example.com", "password": "vrlo dobra lozinka 7"})
    answer = client.get("/backoffice/", follow=True)
    assert not any("setup" in place for place, _status in answer.redirect_chain)


def test_the_end_offers_a_product_and_the_till_until_something_is_sold(office: Client, owner: Employee) -> None:
    go(office, *STEPS)
    page = office.get("/backoffice/").content.decode()
    for address in ("/backoffice/products/new/", "/backoffice/products/import/", "/backoffice/devices/enrol/", "/pos/"):
        assert f'href="{address}"' in page
    assert "ostala su još 3 koraka" in page
    with acting(business_id=owner.business_id, actor_id=owner.pk):
        create_product(
            by=owner, name="Burek", category=None, tax_profile=TaxProfile.objects.get(), at=AT,
            variants=[VariantInput(price=Decimal(5))],
        )  # fmt: skip
    page = office.get("/backoffice/").content.decode()
    assert "ostala su još 2 koraka" in page
    assert "/backoffice/products/import/" not in page


def test_whoever_has_sold_needs_no_first_steps(world: World, client: Client) -> None:
    client.force_login(world.owner.user)
    assert 'id="welcome"' in client.get("/backoffice/").content.decode()
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    assert 'id="welcome"' not in client.get("/backoffice/").content.decode()


def test_a_business_that_was_made_otherwise_never_sees_it(client: Client, world: World) -> None:
    client.force_login(world.owner.user)
    assert client.get("/backoffice/setup/").headers["Location"] == "/backoffice/"
    for step in STEPS:
        assert client.get(path(step)).headers["Location"] == "/backoffice/"


def test_a_finished_business_pays_no_query_for_the_wizard(world: World, client: Client) -> None:
    from tests.architecture.queries import statements

    client.force_login(world.owner.user)
    client.get("/backoffice/sales/")
    finished = len(statements(lambda: client.get("/backoffice/sales/")))
    with acting(business_id=world.business.pk):
        Business.objects.filter(pk=world.business.pk).update(setup_step=4)
    assert len(statements(lambda: client.get("/backoffice/sales/"))) == finished
    assert not any("setup" in sql.lower().split("from")[-1] for sql in statements(lambda: client.get("/backoffice/sales/")))


def test_the_steps_speak_both_languages(office: Client) -> None:
    for language, words in (("en", "Your business"), ("bs", "Vaša firma")):
        office.cookies["smartpos_language"] = language
        assert words in office.get(path("business")).content.decode()
