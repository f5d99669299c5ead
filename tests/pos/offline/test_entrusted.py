"""Money that is somebody else's: neither revenue nor expense, in the drawer where it was cash, owed until it is paid on."""

from decimal import Decimal

import pytest

from pos.models import CashMovement, EntrustedEntry, Party, Receipt, Shift
from pos.selectors.checks import shifts as broken_shifts
from pos.selectors.entrusted import coins, owed
from smartpos.access.services.settings import set_values
from smartpos.context import acting
from smartpos.ids import uuid7
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till, open with 100."""
    till = world.till()
    till.open_shift("100.00")
    return till


def codes(answer: dict) -> list[str]:
    return [mark["code"] for mark in answer["marks"]]


def party(name: str, uuid: str = "") -> dict[str, str]:
    return {"id": uuid or str(uuid7()), "name": name}


def sell(till: Till, owner: dict[str, str], amount: str, method: str = "card", note: str = "") -> dict:
    body = {"owner": owner, "amount": amount, "method": method, "note": note}
    [answer] = till.post(till.operation("consignment.sell", body))
    return answer


def pay(till: Till, owner: dict[str, str], amount: str, note: str = "Fata, signed", **more: object) -> dict:
    [answer] = till.post(till.operation("consignment.pay", {"owner": owner, "amount": amount, "note": note}, **more))
    return answer


def parcels(till: Till, courier: dict[str, str], packages: int, cod: str) -> dict:
    [answer] = till.post(till.operation("parcels.receive", {"courier": courier, "packages": packages, "cod": cod}))
    return answer


def collect(till: Till, world: World, courier: dict[str, str], amount: str, *, approved: bool = True) -> dict:
    receiver = str(world.owner.uuid)
    approvals = [{"by": receiver, "code": "cash.receive"}] if approved else []
    body = {"receiver": receiver, "amount": amount, "courier": courier}
    [answer] = till.post(till.operation("cash.handover", body, approvals=approvals))
    return answer


def yes(world: World) -> dict[str, object]:
    return {"approvals": [{"by": str(world.owner.uuid), "code": "consignment.pay"}]}


def expected(till: Till) -> str:
    return str(till.send("GET", "/pos/snapshot", None)[1]["shift"]["expected"])


def balance(world: World, name: str) -> Decimal:
    with acting(business_id=world.business.pk):
        return owed(Party.objects.get(name=name), currency="BAM")


@pytest.mark.feature("INV-20", "INV-21")
def test_a_commission_sale_by_card_is_a_debt_and_cash_leaves_when_it_is_paid(till: Till, world: World) -> None:
    owner = party("Kućna radinost")
    assert codes(sell(till, owner, "40.00", note="Two rugs")) == []
    assert (expected(till), balance(world, "Kućna radinost")) == ("100.00", Decimal(40))
    assert codes(pay(till, owner, "40.00", **yes(world))) == []
    assert (expected(till), balance(world, "Kućna radinost")) == ("60.00", Decimal(0))
    assert not Receipt.everywhere.exists()
    [moved] = CashMovement.everywhere.all()
    assert (moved.kind, moved.drawer, moved.expense, moved.category, moved.reason) == (
        "payout", Decimal(-40), False, "Kućna radinost", "Fata, signed",
    )  # fmt: skip


@pytest.mark.feature("INV-21")
def test_paid_in_cash_expected_cash_rises_first(till: Till, world: World) -> None:
    sell(till, party("Fata"), "25.00", "cash")
    assert (expected(till), balance(world, "Fata")) == ("125.00", Decimal(25))


@pytest.mark.feature("INV-24", "INV-25")
def test_parcels_raise_the_drawer_and_the_courier_takes_their_money_by_a_managers_pin(till: Till, world: World) -> None:
    courier = party("BH Pošta")
    assert codes(parcels(till, courier, 3, "57.00")) == []
    assert (expected(till), balance(world, "BH Pošta")) == ("157.00", Decimal(57))
    assert codes(collect(till, world, courier, "57.00", approved=False)) == ["receiver_unconfirmed"]
    assert codes(collect(till, world, courier, "57.00")) == []
    assert (expected(till), balance(world, "BH Pošta")) == ("100.00", Decimal(0))
    kinds = CashMovement.everywhere.order_by("pk").values_list("kind", "drawer", "receiver__name")
    assert list(kinds) == [("cod", Decimal(57), None), ("collected", Decimal(-57), world.owner.name)]
    assert list(EntrustedEntry.everywhere.order_by("pk").values_list("packages", flat=True)) == [3, 0]


@pytest.mark.feature("SHF-08", "SHF-26")
def test_the_shift_counts_it_in_the_drawer_and_apart_from_sales(till: Till, world: World) -> None:
    courier, owner = party("SDS"), party("Fata")
    till.post(till.sale([(till.item("ESP"), "1")]))
    parcels(till, courier, 2, "30.00")
    sell(till, owner, "20.00", "cash")
    sell(till, owner, "15.00")
    collect(till, world, courier, "10.00")
    pay(till, owner, "5.00", **yes(world))
    assert till.close_shift("137.00")["result"]["difference"] == "0.00"
    report = till.send("GET", f"/pos/shifts/{till.shift}?actor={world.owner.uuid}", None)[1]
    figures = report["figures"]
    assert figures["total"] == "2.00"
    assert figures["entrusted"] == [
        {"kind": "cod", "method": "cash", "count": 1, "amount": "30.00", "packages": 2},
        {"kind": "collected", "method": "cash", "count": 1, "amount": "10.00", "packages": 0},
        {"kind": "payout", "method": "cash", "count": 1, "amount": "5.00", "packages": 0},
        {"kind": "sale", "method": "card", "count": 1, "amount": "15.00", "packages": 0},
        {"kind": "sale", "method": "cash", "count": 1, "amount": "20.00", "packages": 0},
    ]
    drawer = figures["drawer"]
    sums = {name: drawer[name] for name in ("cod", "cash_in", "cash_out", "handovers", "expected")}
    assert sums == {"cod": "30.00", "cash_in": "20.00", "cash_out": "5.00", "handovers": "10.00", "expected": "137.00"}
    assert [*broken_shifts(), *coins()] == []


@pytest.mark.feature("INV-24")
@pytest.mark.parametrize(("packages", "cod"), [(0, "0.00"), (1, "-3.00"), (1, "1.001"), (1, "")])
def test_parcels_that_are_none_are_refused(till: Till, packages: int, cod: str) -> None:
    answer = parcels(till, party("SDS"), packages, cod)
    assert (answer["state"], codes(answer)[0]) == ("review", "unreadable")
    assert not Party.everywhere.exists()


def test_parcels_without_money_and_money_without_parcels_are_entries(till: Till, world: World) -> None:
    courier = party("SDS")
    assert codes(parcels(till, courier, 4, "0.00")) == []
    assert codes(parcels(till, courier, 0, "9.00")) == []
    assert (expected(till), CashMovement.everywhere.count()) == ("109.00", 1)


def test_what_is_odd_is_booked_and_marked(till: Till, world: World) -> None:
    owner = party("Fata")
    assert codes(pay(till, owner, "3.00", **yes(world))) == ["more_than_owed"]
    sell(till, owner, "500.00")
    assert codes(pay(till, owner, "400.00", **yes(world))) == ["drawer_short"]
    assert codes(pay(till, owner, "1.00")) == ["permission_missing", "drawer_short"]
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        set_values({"module.commission_sales": False, "module.postal_packages": False}, by=world.owner, at=AT)
    till.load()
    assert codes(sell(till, owner, "1.00")) == ["module_off"]
    assert codes(parcels(till, party("SDS"), 1, "1.00")) == ["module_off"]


def test_a_courier_collects_what_this_store_took(till: Till, world: World) -> None:
    courier = party("BH Pošta")
    parcels(till, courier, 1, "20.00")
    assert codes(collect(till, world, courier, "20.01")) == ["more_than_owed"]


def test_one_name_entered_at_two_tills_is_one_party(till: Till, world: World) -> None:
    parcels(till, party("BH Pošta"), 1, "5.00")
    parcels(till, party("bh  posta"), 1, "6.00")
    assert balance(world, "BH Pošta") == Decimal(11)
    assert codes(collect(till, world, party("BH POŠTA"), "11.00")) == []
    till.load()
    assert list(till.rows("party").values()) == [["courier", "BH Pošta"]]


def test_an_owner_and_a_courier_of_one_name_are_two(till: Till) -> None:
    parcels(till, party("Fata"), 1, "5.00")
    sell(till, party("Fata"), "7.00")
    assert list(Party.everywhere.order_by("kind").values_list("kind", flat=True)) == ["courier", "owner"]


def test_sent_twice_it_is_one_entry(till: Till, world: World) -> None:
    operation = till.operation("consignment.sell", {"owner": party("Fata"), "amount": "7.00", "method": "cash"})
    assert till.post(operation)[0]["result"] == till.post(operation)[0]["result"]
    assert (EntrustedEntry.everywhere.count(), expected(till)) == (1, "107.00")


def test_after_the_closing_it_is_a_supplement(till: Till) -> None:
    late = till.operation("parcels.receive", {"courier": party("SDS"), "packages": 1, "cod": "8.00"})
    till.close_shift("100.00")
    [answer] = till.post(late)
    assert (answer["state"], codes(answer)) == ("done-late", ["shift_closed"])
    assert (Shift.everywhere.get().expected, EntrustedEntry.everywhere.get().late) == (Decimal(100), True)
    assert [*broken_shifts(), *coins()] == []


def test_what_another_business_has_is_nobody_here(till: Till, other_world: World) -> None:
    theirs = party("Theirs")
    neighbour = other_world.till()
    neighbour.open_shift("10.00")
    parcels(neighbour, theirs, 1, "1.00")
    assert codes(parcels(till, {**theirs, "name": "Ours"}, 1, "2.00")) == []
    assert sorted(Party.everywhere.values_list("name", flat=True)) == ["Ours", "Theirs"]


def test_the_till_is_told_what_is_owed_where_the_person_pays_it(till: Till, world: World) -> None:
    courier = party("SDS")
    parcels(till, courier, 1, "8.00")
    status, body = till.send("GET", f"/pos/owed?actor={till.actor}", None)
    assert (status, body["owed"]) == (200, [{"id": courier["id"], "owed": "8.00"}])
    assert till.send("GET", f"/pos/owed?actor={uuid7()}", None)[0] == 403
    assert till.send("GET", "/pos/owed?actor=nobody", None)[0] == 400
