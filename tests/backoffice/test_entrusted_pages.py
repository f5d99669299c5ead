"""What is owed to others, in the office: who, how much, paying by bank, correcting, archiving."""

from decimal import Decimal

import pytest
from django.test import Client

from pos.models import CashMovement, EntrustedEntry, Party
from smartpos.ids import uuid7
from smartpos.people.models import Role
from tests.architecture.shop import staff
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OWED = "/backoffice/owed/"


@pytest.fixture
def till(world: World) -> Till:
    till = world.till()
    till.open_shift("100.00")
    return till


@pytest.fixture
def office(world: World) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.owner.user)
    return client


@pytest.fixture
def fata(till: Till) -> Party:
    """An owner of goods to whom 40 are owed."""
    body = {"owner": {"id": str(uuid7()), "name": "Fata"}, "amount": "40.00", "method": "card", "note": "Two rugs"}
    till.post(till.operation("consignment.sell", body))
    return Party.everywhere.get()


def book(office: Client, world: World, party: Party, what: str, amount: str, **more: str) -> tuple[int, str]:
    data = {"uuid": str(uuid7()), "what": what, "store": str(world.store.uuid), "amount": amount, "note": "by bank", **more}
    answer = office.post(f"{OWED}{party.uuid}/book/", data)
    return answer.status_code, answer.content.decode()


def account() -> list[tuple[str, str, Decimal]]:
    return list(EntrustedEntry.everywhere.order_by("pk").values_list("kind", "method", "due"))


@pytest.mark.feature("INV-21")
def test_the_balance_of_an_owner_is_seen_and_paid_by_bank(office: Client, world: World, fata: Party) -> None:
    assert "40.00" in office.get(OWED).content.decode()
    page = office.get(f"{OWED}{fata.uuid}/").content.decode()
    for word in ("Fata", "Two rugs", "40.00", "Sold for an owner"):
        assert word in page
    assert "That is more than the store owes." in book(office, world, fata, "paid", "40.01")[1]
    once = str(uuid7())
    assert {book(office, world, fata, "paid", "30", uuid=once)[0] for _press in range(2)} == {302}
    assert account() == [("sale", "card", Decimal(40)), ("payout", "bank", Decimal(-30))]
    assert not CashMovement.everywhere.exists()


def test_a_correction_has_a_sign_and_a_reason(office: Client, world: World, fata: Party) -> None:
    assert book(office, world, fata, "less", "5", note="")[0] == 422
    assert book(office, world, fata, "less", "0")[0] == 422
    assert book(office, world, fata, "less", "5", note="Counted again")[0] == 302
    assert book(office, world, fata, "more", "2")[0] == 302
    assert [due for _kind, _method, due in account()] == [Decimal(40), Decimal(-5), Decimal(2)]


def test_owners_and_couriers_are_added_renamed_and_archived(office: Client, till: Till, fata: Party) -> None:
    form = {"uuid": str(uuid7()), "kind": "courier", "name": " BH  Pošta ", "note": ""}
    assert {office.post(f"{OWED}new/", form).status_code for _press in range(2)} == {302}
    twin = office.post(f"{OWED}new/", {**form, "uuid": str(uuid7()), "name": "bh posta"})
    assert (twin.status_code, "There is one with this name already." in twin.content.decode()) == (422, True)
    courier = Party.everywhere.get(kind="courier")
    assert courier.name == "BH Pošta"
    office.post(f"{OWED}{courier.uuid}/edit/", {**form, "name": "Brza pošta", "note": "0600 123"})
    till.load()
    assert till.rows("party")[str(courier.uuid)] == ["courier", "Brza pošta"]
    office.post(f"{OWED}{courier.uuid}/archive/")
    till.load()
    assert str(courier.uuid) not in till.rows("party")
    office.post(f"{OWED}{courier.uuid}/restore/")
    assert Party.everywhere.get(pk=courier.pk).active


def test_the_log_and_the_shift_speak_of_it(office: Client, till: Till, fata: Party) -> None:
    assert "Two rugs" in office.get(f"{OWED}log/").content.decode()
    till.close_shift("100.00")
    report = office.get(f"/backoffice/shifts/{till.shift}/").content.decode()
    assert "Not ours" in report
    assert "Sold for an owner · Card" in report


def test_whoever_may_not_sees_nothing(world: World, fata: Party) -> None:
    somebody = staff(world, "Dino", Role.CASHIER, pin="3333", store=world.store, email="dino@a.example")
    client = Client()
    client.force_login(somebody.user)
    assert client.get(OWED).status_code in (302, 403)
    assert client.post(f"{OWED}{fata.uuid}/book/", {}).status_code in (302, 403)
    assert EntrustedEntry.everywhere.count() == 1
