"""The log notices what a database administrator does to it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from smartpos.audit.models import Entry, OfficeChain
from smartpos.audit.services import canonical, digest, moment, record
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.operations.models import DeviceJournal
from smartpos.people.models import Device
from tests.fixtures import books_open
from tests.world import PASSWORD, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def chains(world: World, other_world: World) -> tuple[str, str]:
    """Two tenants at work: the names of A's office chain and of A's till's chain, each with five entries and more."""
    for each in (world, other_world):
        till = each.till()
        till.open_shift()
        till.post(*(till.sale([(till.item("ESP"), "1")]) for _ in range(4)))
    journal = DeviceJournal.everywhere.get(business=world.business)
    assert list(faults()) == []
    return f"office:{world.business.pk}", f"device:{journal.device_id}"


def tamper(statement: str, *params: object) -> None:
    with books_open(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        assert cursor.rowcount


@pytest.mark.parametrize("column", ["data", "subject", "action", "address", "actor_id", "device_id", "store_id", "business_id"])
@pytest.mark.parametrize("which", [0, 1])
def test_an_altered_entry_is_named(chains: tuple[str, str], which: int, column: str) -> None:
    value = 987_654 if column.endswith("_id") else "else"
    tamper(f"UPDATE audit_entry SET {column} = %s WHERE chain = %s AND position = 3", value, chains[which])
    assert f"{chains[which]}: entry 3 was altered" in list(faults())


def test_an_altered_time_is_named(chains: tuple[str, str]) -> None:
    entry = Entry.objects.get(chain=chains[1], position=2)
    later = connection.ops.adapt_datetimefield_value(entry.at + timedelta(microseconds=1))
    tamper("UPDATE audit_entry SET at = %s WHERE id = %s", later, entry.pk)
    assert list(faults()) == [f"{chains[1]}: entry 2 was altered"]


def test_an_entry_made_to_fit_breaks_the_next_one(chains: tuple[str, str]) -> None:
    """Whoever alters an entry and its hash has to alter all that follow, and the head."""
    tamper("UPDATE audit_entry SET hash = %s WHERE chain = %s AND position = 2", "f" * 64, chains[1])
    assert list(faults()) == [f"{chains[1]}: entry 2 was altered", f"{chains[1]}: entry 3 was altered"]


@pytest.mark.feature("SEC-07")
@pytest.mark.parametrize("which", [0, 1])
def test_a_removed_entry_is_named(chains: tuple[str, str], which: int) -> None:
    tamper("DELETE FROM audit_entry WHERE chain = %s AND position = 3", chains[which])
    assert f"{chains[which]}: entry 3 is missing (found 4)" in list(faults())


@pytest.mark.feature("SEC-07")
@pytest.mark.parametrize("which", [0, 1])
def test_a_cut_off_tail_is_named(chains: tuple[str, str], which: int) -> None:
    last = Entry.objects.filter(chain=chains[which]).count()
    tamper("DELETE FROM audit_entry WHERE chain = %s AND position > 3", chains[which])
    assert list(faults()) == [f"{chains[which]}: ends at 3, its head says {last}"]


def test_a_chain_that_vanished_is_named(chains: tuple[str, str]) -> None:
    last = Entry.objects.filter(chain=chains[1]).count()
    tamper("DELETE FROM audit_entry WHERE chain = %s", chains[1])
    assert list(faults()) == [f"{chains[1]}: ends at 0, its head says {last}"]


def test_entries_whose_head_vanished_are_named(chains: tuple[str, str]) -> None:
    OfficeChain.objects.filter(business_id=int(chains[0].partition(":")[2])).delete()
    assert list(faults()) == [f"{chains[0]}: has entries and no head"]


def test_entries_moved_to_another_chain_are_named(chains: tuple[str, str]) -> None:
    tamper("UPDATE audit_entry SET chain = %s WHERE chain = %s", "device:0", chains[1])
    found = list(faults())
    assert "device:0: entry 1 was altered" in found
    assert "device:0: has entries and no head" in found
    assert any(fault.startswith(f"{chains[1]}: ends at 0") for fault in found)


@pytest.mark.feature("SEC-07")
def test_the_log_itself_refuses_change(chains: tuple[str, str]) -> None:
    for statement in ("UPDATE audit_entry SET data = ''", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.feature("SEC-07")
def test_an_entry_holds_old_and_new_where_it_came_from_and_no_secret(world: World) -> None:
    office = Client(REMOTE_ADDR="10.0.0.7")
    office.post("/sign-in/", {"email": "ana@a.example", "password": PASSWORD})
    page = f"/backoffice/employees/{world.cashier.uuid}/"
    form = {
        "uuid": str(world.cashier.uuid), "version": "1", "name": "Boris B.", "role": "cashier", "pin": "7391", "card": "04A1B2C3",
        "stores": str(world.store.uuid), "primary": str(world.store.uuid),
    }  # fmt: skip
    assert office.post(page, form).status_code == 302
    entry = Entry.objects.get(action="employee.changed")
    assert "Boris A → Boris B." in entry.data
    assert (entry.actor_id, entry.address, entry.device_id) == (world.owner.pk, "10.0.0.7", None)
    till = world.till(Client(REMOTE_ADDR="10.0.0.8"), pin="7391")
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    sold = Entry.objects.get(action="receipt.sale")
    assert (sold.actor_id, sold.address, sold.device_id) == (world.cashier.pk, "10.0.0.8", Device.everywhere.get().pk)
    everything = " ".join(f"{e.subject} {e.data}" for e in Entry.objects.all())
    for secret in ("7391", "04A1B2C3", PASSWORD, "argon2", *(bytes(d.token_hash).hex() for d in Device.everywhere.all())):
        assert secret not in everything


@pytest.mark.feature("SEC-07")
def test_no_way_leads_to_an_entry_that_is_there_not_even_the_owners(world: World) -> None:
    office, entry = Client(), Entry.objects.filter(business_id=world.business.pk).first()
    office.force_login(world.owner.user)
    before = list(Entry.objects.values())
    for method in ("post", "put", "patch", "delete"):
        assert getattr(office, method)(f"/backoffice/audit/{entry.pk}/", {"data": "x"}).status_code in {404, 405}
    entry.data = "{}"
    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(data="{}")):
        with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
            change()
    assert list(Entry.objects.values())[: len(before)] == before


def test_an_office_act_without_a_business_is_a_programmers_error(world: World) -> None:
    with pytest.raises(LookupError), transaction.atomic():
        record("x.y", subject="z", data={}, at=datetime.now(UTC))


def test_an_act_that_fails_leaves_no_entry(world: World) -> None:
    before = Entry.objects.count()

    def fail() -> None:
        with acting(business_id=world.business.pk), transaction.atomic():
            record("x.y", subject="z", data={}, at=datetime.now(UTC))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert Entry.objects.count() == before
    assert list(faults()) == []


@given(
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=6)), min_size=3, max_size=3),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=6)), min_size=3, max_size=3),
)
def test_different_columns_never_share_a_text(one: list, other: list) -> None:
    """`1` and `"1"` are the same text on purpose: columns have one type each."""
    if [str(part) for part in one] != [str(part) for part in other]:
        assert digest("", *one) != digest("", *other)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("1:a;", ""), ("", "1:a;")), (("a", "1:b"), ("a;1:b", ""))],
)
def test_columns_cannot_be_shifted_into_each_other(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert digest("", *one) != digest("", *other)


def test_a_time_is_hashed_alike_from_every_zone() -> None:
    at = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    assert moment(at) == moment(at.astimezone(UTC)) == "2026-10-25T00:30:00.000000Z"


def test_data_is_hashed_alike_whatever_the_order_of_its_keys() -> None:
    make: Callable[[dict], str] = canonical
    assert make({"b": "1", "a": {"d": None, "c": "ž"}}) == make({"a": {"c": "ž", "d": None}, "b": "1"})
