"""Tax rates, groups and the calculator in the Backoffice (FIN-09 to FIN-16)."""

import re
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from smartpos.audit.models import Entry
from smartpos.context import Act, acting
from smartpos.taxes.models import TaxProfile, TaxRate
from smartpos.taxes.selectors import default_profile
from smartpos.taxes.services import create_profile, create_rate, plan_change
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
RATE = {"name": "PDV 9 %", "percent": "9", "kind": "reduced", "basis": "in", "code": "", "priority": "1"}


@pytest.fixture
def office(client: Client, world: World) -> Client:
    """Ana, signed in."""
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def at_home(world: World) -> TaxRate:
    """A second rate of A's."""
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return create_rate(by=world.owner, code="9", name="Reduced", rate=Decimal(9), kind="reduced", at=AT)


def mine(world: World) -> AbstractContextManager[Act]:
    """Looking at A's rows; a request ends whatever act was going on."""
    return acting(business_id=world.business.pk, actor_id=world.owner.pk)


def today() -> date:
    return datetime.now(UTC).date()


@pytest.mark.feature("FIN-09")
def test_a_rate_is_made_by_its_form_and_gets_a_code_from_its_percentage(office: Client, world: World) -> None:
    assert office.post("/backoffice/taxes/rates/new/", RATE).status_code == 302
    with acting(business_id=world.business.pk):
        made = TaxRate.objects.get(name="PDV 9 %")
        assert (made.rate, made.kind, made.inclusive, made.compound, made.priority, made.code) == (
            Decimal(9), "reduced", True, False, 1, "9",
        )  # fmt: skip
        assert default_profile() == world.standard
        assert Entry.objects.filter(action="tax.rate_created").count() == 2
    page = office.get("/backoffice/taxes/").content.decode()
    assert "PDV 9 %" in page
    assert page.count("Default</span>") == 1


@pytest.mark.feature("FIN-09")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "This field is required"), ("name", "   ", "This field is required"),
        ("percent", "", "This field is required"), ("percent", "100.01", "between 0 and 100"),
        ("percent", "-1", "less than nought"), ("percent", "ten", "Write a number"), ("percent", "1.23456", "At most 4 decimals"),
        ("percent", "1000", "too large"), ("percent", "NaN", "Write a number"), ("kind", "half", "not one of the available choices"),
        ("basis", "", "This field is required"), ("priority", "-1", "greater than or equal to 0"),
        ("priority", "100", "less than or equal to 99"), ("code", "1234567890123", "at most 12 characters"),
        ("code", "17", "This code is taken"), ("name", "Standard", "There is one with this name already"),
    ],
)  # fmt: skip
def test_what_a_rate_cannot_be_is_said_beside_the_field(
    office: Client, world: World, field: str, value: str, sentence: str
) -> None:
    answer = office.post("/backoffice/taxes/rates/new/", {**RATE, field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with acting(business_id=world.business.pk):
        assert TaxRate.objects.count() == 1
        assert TaxProfile.objects.count() == 1


@pytest.mark.feature("FIN-10")
def test_there_is_exactly_one_default(office: Client, world: World, at_home: TaxRate) -> None:
    assert office.post(f"/backoffice/taxes/{at_home.own_profile.uuid}/default/").status_code == 302
    with mine(world):
        assert list(TaxProfile.objects.filter(default=True)) == [at_home.own_profile]
    office.post("/backoffice/taxes/rates/new/", {**RATE, "default": "on"})
    with mine(world):
        assert [p.name for p in TaxProfile.objects.filter(default=True)] == ["PDV 9 %"]
        default = default_profile()
    assert office.post(f"/backoffice/taxes/{default.uuid}/remove/").status_code == 302
    with mine(world):
        assert default_profile() == default


@pytest.mark.feature("FIN-16")
def test_zero_and_exempt_are_two_things(office: Client, world: World) -> None:
    for kind, name in (("zero", "Export"), ("exempt", "Insurance")):
        assert (
            office.post("/backoffice/taxes/rates/new/", {**RATE, "name": name, "kind": kind, "percent": "0"}).status_code == 302
        )
        with acting(business_id=world.business.pk):
            made = TaxRate.objects.get(kind=kind)
        page = office.get(f"/backoffice/taxes/rates/{made.uuid}/").content.decode()
        assert "Zero and exempt stay at 0" in page
        assert "Plan the change" not in page
        refused = office.post("/backoffice/taxes/rates/new/", {**RATE, "name": f"{name} 2", "kind": kind, "percent": "9"})
        assert "Zero-rated and exempt have no per cent" in refused.content.decode()
    office.post("/backoffice/taxes/rates/new/", RATE)
    with acting(business_id=world.business.pk):
        assert {(rate.code, rate.kind, rate.rate) for rate in TaxRate.objects.all()} == {
            ("17", "standard", Decimal(17)), ("9", "reduced", Decimal(9)), ("0", "zero", Decimal(0)), ("E", "exempt", Decimal(0)),
        }  # fmt: skip


@pytest.mark.feature("FIN-13")
def test_a_group_holds_rates_of_both_ways(office: Client, world: World, at_home: TaxRate) -> None:
    with mine(world):
        city = create_rate(
            by=world.owner, code="C", name="City", rate=Decimal(2), inclusive=False, compound=True, priority=2, at=AT
        )
    form = {"name": "State and city", "rates": [str(city.uuid), str(world.standard.only.uuid)]}
    assert office.post("/backoffice/taxes/groups/new/", form).status_code == 302
    with mine(world):
        group = TaxProfile.objects.get(name="State and city")
        assert [e.rate.name for e in group.entries.order_by("position")] == ["Standard", "City"]
    address = f"/backoffice/taxes/groups/{group.uuid}/"
    assert office.get(address).status_code == 200
    assert office.post(address, {"name": "State", "rates": [str(at_home.uuid)]}).status_code == 302
    with mine(world):
        assert [e.rate for e in group.entries.all()] == [at_home]
    for name, rates in (("X", []), ("", [city]), ("Standard", [city])):
        wrong = {"name": name, "rates": [str(rate.uuid) for rate in rates]}
        assert office.post("/backoffice/taxes/groups/new/", wrong).status_code == 422


def test_another_tenants_rates_are_in_no_group_and_on_no_page(office: Client, other_world: World) -> None:
    foreign = other_world.standard.only
    answer = office.post("/backoffice/taxes/groups/new/", {"name": "Mine", "rates": [str(foreign.uuid)]})
    assert answer.status_code == 422
    for path in (
        f"rates/{foreign.uuid}/", f"rates/{foreign.uuid}/changes/", f"groups/{other_world.standard.uuid}/",
        *(f"{other_world.standard.uuid}/{act}/" for act in ("default", "remove", "restore")),
    ):  # fmt: skip
        assert office.post(f"/backoffice/taxes/{path}", {**RATE, "drop": "2030-01-01"}).status_code == 404, path


@pytest.mark.feature("FIN-14")
def test_the_calculator_shows_each_rates_amount_and_the_total(office: Client, world: World) -> None:
    with acting(business_id=world.business.pk):
        state = create_rate(by=world.owner, code="S", name="State", rate=Decimal(5), inclusive=False, at=AT)
        city = create_rate(
            by=world.owner, code="C", name="City", rate=Decimal(10), inclusive=False, compound=True, priority=2, at=AT
        )
        group = create_profile(by=world.owner, name="Both", rates=[state, city], at=AT)
    page = office.get("/backoffice/taxes/calculator/", {"amount": "100", "tax": str(group.uuid)}).content.decode()
    for figure in ("5.00\u00a0KM", "10.50\u00a0KM", "115.50\u00a0KM"):
        assert figure in page
    inside = office.get("/backoffice/taxes/calculator/", {"amount": "11.70", "tax": str(world.standard.uuid)}).content.decode()
    assert "1.70\u00a0KM" in inside
    assert "10.00\u00a0KM" in inside
    for wrong in ("ten", "", "1e3", "-5", "1.005"):
        answer = office.get("/backoffice/taxes/calculator/", {"amount": wrong, "tax": str(group.uuid)})
        assert answer.status_code == 422, wrong
        assert "Total" not in answer.content.decode()
    fragment = office.get(
        "/backoffice/taxes/calculator/", {"amount": "1", "tax": str(group.uuid)}, headers={"HX-Request": "true"}
    )
    assert not fragment.content.decode().lstrip().startswith("<!doctype")


def test_a_change_is_planned_for_today_or_later_and_taken_back_before_its_day(
    office: Client, world: World, at_home: TaxRate
) -> None:
    address = f"/backoffice/taxes/rates/{at_home.uuid}/changes/"
    later, past = today() + timedelta(days=40), today() - timedelta(days=2)

    def plan(percent: str, start: date | str) -> int:
        return office.post(address, {"change-percent": percent, "change-valid_from": str(start)}).status_code

    assert plan("10", later) == 302
    assert plan("11", later) == 302
    assert [plan("10", past), plan("101", later), plan("", later), plan("10", ""), plan("10", "2030-02-30")] == [422] * 5
    assert "11\u00a0% from" in office.get("/backoffice/taxes/").content.decode()
    with mine(world):
        assert [change.percent for change in at_home.changes.all()] == [Decimal(11)]
    assert office.post(address, {"drop": "2030-01-01"}).status_code == 404
    assert office.post(address, {"drop": later.isoformat()}).status_code == 302
    with mine(world):
        assert not at_home.changes.exists()
        plan_change(at_home, percent=Decimal(12), valid_from=past, today=past, at=AT)
    assert office.post(address, {"drop": past.isoformat()}).status_code == 422
    with mine(world):
        assert at_home.changes.exists()


def _rates_shown(office: Client, address: str) -> list[str]:
    """Every percentage that a page writes, apart from its style sheets and hashes."""
    return re.findall(r"\b\d+(?:\.\d+)?\s?%", office.get(address).content.decode())


@pytest.mark.feature("FIN-15")
def test_what_was_sold_keeps_its_rate_and_a_used_rate_is_archived(office: Client, world: World, at_home: TaxRate) -> None:
    till = world.till()
    till.open_shift()
    [sold] = till.post(till.sale([(till.item("CEV"), "1")]))
    standard = world.standard.only
    receipt = f"/backoffice/sales/{sold['result']['receipt']}/"
    before = _rates_shown(office, receipt)
    assert before
    terms = {"name": "Renamed", "percent": "20", "kind": "standard", "basis": "on", "code": "XX", "priority": "3"}
    assert office.post(f"/backoffice/taxes/rates/{standard.uuid}/", terms).status_code == 302
    standard.refresh_from_db()
    assert (standard.name, standard.code) == ("Renamed", "XX")
    assert standard.rate == Decimal(17), "sold: only a dated change moves it"
    assert _rates_shown(office, receipt) == before
    office.post(f"/backoffice/taxes/{at_home.own_profile.uuid}/default/")
    office.post(f"/backoffice/taxes/{world.standard.uuid}/remove/")
    world.standard.refresh_from_db()
    assert not world.standard.active
    office.get("/backoffice/taxes/")  # the toast
    assert "Renamed" not in office.get("/backoffice/taxes/").content.decode()
    assert "Renamed" in office.get("/backoffice/taxes/?state=archived").content.decode()
    [answer] = till.load().post(till.sale([(till.item("CEV"), "1")]))
    assert answer == {**answer, "state": "done", "marks": []}, "what carries it goes on being sold"
    office.post(f"/backoffice/taxes/{world.standard.uuid}/restore/")
    world.standard.refresh_from_db()
    assert world.standard.active


def test_what_never_was_used_is_deleted_and_what_a_group_holds_is_archived(
    office: Client, world: World, at_home: TaxRate
) -> None:
    with mine(world):
        group = create_profile(by=world.owner, name="Both", rates=[at_home], at=AT)
    office.post(f"/backoffice/taxes/{at_home.own_profile.uuid}/remove/")
    at_home.refresh_from_db()
    assert not at_home.active
    office.post(f"/backoffice/taxes/{group.uuid}/remove/")
    assert not TaxProfile.everywhere.filter(pk=group.pk).exists()
    office.post(f"/backoffice/taxes/{at_home.own_profile.uuid}/remove/")
    assert not TaxRate.everywhere.filter(pk=at_home.pk).exists()
    assert [key for key, _body in world.till().snapshot["changes"]["profile"]] == [str(world.standard.uuid)]


def test_a_typo_is_corrected_while_nothing_was_sold(office: Client, world: World, at_home: TaxRate) -> None:
    terms = {**RATE, "name": "Reduced", "code": "9", "percent": "8"}
    assert office.post(f"/backoffice/taxes/rates/{at_home.uuid}/", terms).status_code == 302
    at_home.refresh_from_db()
    assert at_home.rate == Decimal(8)
    own = office.get(f"/backoffice/taxes/groups/{at_home.own_profile.uuid}/")
    assert own["Location"] == f"/backoffice/taxes/rates/{at_home.uuid}/"


@pytest.mark.database
def test_the_server_judges_by_what_is_in_force_on_the_stores_day(world: World) -> None:
    """A till with an old cache sells by it; a till that knows of the change must use it from its day on."""
    old = world.till()
    old.open_shift()
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        plan_change(world.standard.only, percent=Decimal(19), valid_from=today(), today=today(), at=AT)
    stale = old.sale([(old.item("CEV"), "1")])
    [answer] = old.post(stale)
    assert answer["marks"] == [], "by its own cursor it was right"
    fresh = old.load().sale([(old.item("CEV"), "1")])
    assert next(iter(fresh["body"]["cart"]["profiles"].values()))[0]["rate"] == "19"
    assert old.post(fresh)[0]["marks"] == []
    wrong = {**stale, "id": fresh["id"][:-4] + "0000", "cursor": fresh["cursor"], "seq": 90}
    assert "tax_differs" in [mark["code"] for mark in old.post(wrong)[0]["marks"]]


@pytest.mark.feature("FIN-11")
def test_an_inclusive_rate_is_in_the_price_and_an_exclusive_one_comes_on_top_of_it(office: Client, world: World) -> None:
    """The same product, before and after its rate is made exclusive on the page: 9.00 with 17 % inside, then 17 % on top."""
    till = world.till()
    till.open_shift()
    item = [(till.item("CEV"), "1")]
    inside = till.figures(till.cart(item))
    assert (inside["total"], inside["tax"]) == ("9.00", "1.31")
    form = {"name": "Standard", "percent": "17", "kind": "standard", "basis": "on", "code": "17", "priority": "1"}
    assert office.post(f"/backoffice/taxes/rates/{world.standard.only.uuid}/", form).status_code == 302
    sale = till.load().sale(item)
    assert (sale["body"]["figures"]["total"], sale["body"]["figures"]["tax"]) == ("10.53", "1.53")
    [answer] = till.post(sale)
    assert answer == {**answer, "state": "done", "marks": []}


@pytest.mark.feature("FIN-12")
def test_lower_order_comes_first_and_compound_counts_the_taxes_before_it(office: Client, world: World) -> None:
    """100 + 5 % then compound 10 % is 5.00 + 10.50; with equal order the older rate comes first; one rounding per document."""
    with mine(world):
        made = [
            create_rate(
                by=world.owner, code=code, name=code, rate=Decimal(rate), inclusive=False, compound=compound, priority=priority,
                at=AT,
            )
            for code, rate, compound, priority in (
                ("late", 10, True, 2), ("first", 5, False, 1), ("older", 1, True, 5), ("newer", 2, True, 5),
            )
        ]  # fmt: skip

    def group(name: str, *rates: TaxRate) -> TaxProfile:
        form = {"name": name, "rates": [str(rate.uuid) for rate in rates]}
        assert office.post("/backoffice/taxes/groups/new/", form).status_code == 302
        return TaxProfile.everywhere.get(business=world.business, name=name)

    def page(tax: TaxProfile) -> str:
        return office.get("/backoffice/taxes/calculator/", {"amount": "100", "tax": str(tax.uuid)}).content.decode()

    late, first, older, newer = made
    reckoned = page(group("Two", late, first))
    assert reckoned.index("5.00\u00a0KM") < reckoned.index("10.50\u00a0KM") < reckoned.index("115.50\u00a0KM")
    equal = page(group("Equal", newer, older))
    assert equal.index("1.00\u00a0KM") < equal.index("2.02\u00a0KM") < equal.index("103.02\u00a0KM")
    odd = world.till()
    cart = odd.cart([(odd.item("ODD"), "1"), (odd.item("ODD"), "1"), (odd.item("ODD"), "1")])
    assert odd.figures(cart)["tax"] == "0.43", "three lines of 0.99 at 17 % would be 0.14 each, 0.42 together"
