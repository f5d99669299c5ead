"""Where somebody works: the choice of store and terminal after the PIN, and who is there already."""

from typing import Any

import pytest
from django.test import Client

from pos.models import Shift
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.people.models import Device, Employee, Role, Store, Terminal
from smartpos.people.services.employees import create_employee
from smartpos.people.services.places import archive_terminal, create_store, create_terminal
from tests.till import Till
from tests.world import AT, World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def own(world: World, act: Any, *args: Any, **kwargs: Any) -> Any:
    with acting(business_id=world.business.pk, actor_id=world.owner.pk):
        return act(*args, by=world.owner, at=AT, **kwargs)


@pytest.fixture
def second(world: World) -> Terminal:
    """Another terminal of the store, where nobody is."""
    return own(world, create_terminal, world.store, name="Till 2")


@pytest.fixture
def other_store(world: World) -> Store:
    return own(world, create_store, name="Other", currency="EUR", time_zone="Europe/Vienna")


@pytest.fixture
def other_terminal(world: World, other_store: Store) -> Terminal:
    return own(world, create_terminal, other_store, name="Other 1")


@pytest.fixture
def admin(world: World, other_store: Store) -> Employee:
    return own(
        world, create_employee, name="Adi", role=Role.ADMIN, email="", password="", pin="7777",
        stores=[world.store, other_store],
    )  # fmt: skip


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def till(world: World, client: Client) -> Till:
    return world.till(client)


def enter(till: Till, pin: str) -> dict[str, Any]:
    status, answer = till.send("POST", "/pos/pin", {"pin": pin})
    assert status == 200
    till.actor = answer["employee"]["id"]
    return answer


def places(till: Till, pin: str) -> dict[str, list[tuple[str, str, str]]]:
    status, answer = till.send("POST", "/pos/places", {"pass": enter(till, pin)["pass"]})
    assert status == 200
    return {store["name"]: [(t["name"], t["state"], t["by"]) for t in store["terminals"]] for store in answer["stores"]}


def go(till: Till, pin: str, terminal: Terminal, **more: Any) -> tuple[int, Any]:
    body = {
        "pass": enter(till, pin)["pass"],
        "terminal": str(terminal.uuid),
        "last_seq": till.seq,
        "request": str(uuid7()),
        **more,
    }
    return till.send("POST", "/pos/place", body)


@pytest.mark.feature("AUT-09")
def test_an_admin_of_several_stores_chooses_among_the_assigned_ones_and_others_have_no_choice(
    world: World, till: Till, admin: Employee, other_terminal: Terminal
) -> None:
    third = own(world, create_store, name="Third", currency="EUR", time_zone="Europe/Vienna")
    own(world, create_terminal, third, name="Third 1")
    assert list(places(till, "7777")) == ["Store A", "Other"]
    assert list(places(till, "9999")) == ["Store A", "Other", "Third"]
    assert list(places(till, "1111")) == ["Store A"]
    assert enter(till, "7777")["places"]
    assert not enter(till, "1111")["places"]
    assert go(till, "1111", other_terminal)[0] == 404
    status, answer = go(till, "7777", other_terminal)
    assert (status, answer["store"]["name"], answer["terminal"]["name"]) == (200, "Other", "Other 1")


@pytest.mark.feature("AUT-10")
def test_only_active_terminals_of_the_store_are_listed_and_one_is_taken_before_a_shift_starts(
    world: World, till: Till, second: Terminal
) -> None:
    gone = own(world, create_terminal, world.store, name="Till 3")
    own(world, archive_terminal, gone)
    assert places(till, "1111") == {"Store A": [("Till 1", "here", ""), ("Till 2", "free", "")]}
    assert go(till, "1111", gone)[0] == 404
    assert go(till, "1111", second)[0] == 200
    till.load().open_shift()
    assert Shift.everywhere.get().terminal == second
    assert till.snapshot["terminal"]["name"] == "Till 2"


def test_within_a_store_the_device_keeps_its_series_and_its_numbers(till: Till, second: Terminal) -> None:
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    till.close_shift("102.00")
    before = till.snapshot["device"]["series"]
    assert go(till, "1111", second)[0] == 200
    till.load().open_shift()
    [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert (answer["state"], answer["result"]["label"], answer["marks"]) == ("done", f"{before}-2", [])
    assert Device.everywhere.count() == 1


def test_another_store_gives_another_series_and_the_former_device_is_closed(
    world: World, till: Till, admin: Employee, other_terminal: Terminal, client: Client
) -> None:
    status, answer = go(till, "7777", other_terminal)
    assert (status, answer["device"]["series"]) == (200, "A2")
    assert Device.everywhere.filter(revoked_at__isnull=True).get().store == other_terminal.store
    assert client.cookies["smartpos_device"].value
    assert client.cookies["smartpos_events"]["path"] == "/events"


def test_a_move_whose_answer_was_lost_is_answered_again_and_made_once(
    world: World, admin: Employee, other_terminal: Terminal
) -> None:
    _device, token = world.enrol()
    from tests.world import by_client

    till = Till(by_client(Client(), token)).load()
    request = str(uuid7())
    word = enter(till, "7777")["pass"]
    body = {"pass": word, "terminal": str(other_terminal.uuid), "last_seq": till.seq, "request": request}
    first = till.send("POST", "/pos/place", body)
    again = till.send("POST", "/pos/place", body)
    assert first == again
    assert first[0] == 200
    assert Device.everywhere.count() == 2
    other = till.send("POST", "/pos/place", {**body, "request": str(uuid7())})
    assert (other[0], other[1]["error"]["code"]) == (409, "device_revoked")


@pytest.mark.feature("AUT-11")
def test_a_terminal_with_somebody_elses_shift_is_occupied_and_ones_own_is_resumed(
    world: World, till: Till, second: Terminal
) -> None:
    till.open_shift()
    shift = till.shift
    till.actor = enter(till, "2222")["employee"]["id"]
    assert till.load().snapshot["shift"]["employee"] == str(world.cashier.uuid)
    [taken] = till.post(till.operation("shift.open", {"shift": str(uuid7()), "opening_float": "0.00"}))
    assert (taken["state"], taken["marks"][0]["code"]) == ("review", "shift_taken")
    assert Shift.everywhere.filter(closed_at__isnull=True).count() == 1

    assert go(till, "2222", second)[0] == 200
    assert places(till, "2222") == {"Store A": [("Till 1", "occupied", "Boris A"), ("Till 2", "here", "")]}
    status, answer = go(till, "2222", world.terminal)
    assert (status, answer["error"]["code"], answer["error"]["name"]) == (409, "terminal_occupied", "Boris A")
    assert answer["error"]["message"] == "Terminal is occupied by Boris A."

    assert places(till, "1111")["Store A"][0] == ("Till 1", "mine", "")
    assert go(till, "1111", world.terminal)[0] == 200
    assert till.load().shift == shift


def test_a_terminal_where_another_device_stands_is_not_taken(world: World, till: Till, second: Terminal) -> None:
    world.enrol(second, name="Bar tablet")
    assert places(till, "1111")["Store A"][1] == ("Till 2", "held", "Bar tablet")
    assert not enter(till, "1111")["places"]
    status, answer = go(till, "1111", second)
    assert (status, answer["error"]["code"]) == (409, "terminal_held")


def test_with_something_unsent_the_browser_stays(till: Till, second: Terminal) -> None:
    status, answer = go(till, "1111", second, last_seq=till.seq + 1)
    assert (status, answer["error"]["code"]) == (409, "unsent")


def test_the_word_of_a_pin_is_good_on_its_device_and_for_ten_minutes(
    world: World, till: Till, second: Terminal, time_machine: Any
) -> None:
    word = enter(till, "1111")["pass"]
    body = {"terminal": str(second.uuid), "last_seq": till.seq, "request": str(uuid7())}
    other = world.till(Client(), terminal=second)
    for wrong in ("", "x", word + "x"):
        assert till.send("POST", "/pos/place", {**body, "pass": wrong})[0] == 401
    assert other.send("POST", "/pos/places", {"pass": word})[0] == 401
    from datetime import UTC, datetime, timedelta

    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=11))
    assert till.send("POST", "/pos/places", {"pass": word})[0] == 401


def test_another_tenants_terminal_is_not_there(till: Till, other_world: World) -> None:
    assert go(till, "9999", other_world.terminal)[0] == 404


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_devices_that_want_one_terminal_at_once_get_it_once(world: World) -> None:
    from collections import Counter

    from tests.concurrency.together import together

    terminals = [own(world, create_terminal, world.store, name=f"T{n}") for n in range(4)]
    free = terminals.pop()
    tills = [world.till(Client(), terminal=terminal) for terminal in terminals]
    answers = together([lambda t=t: go(t, "1111", free)[0] for t in tills])
    assert Counter(answers) == {200: 1, 409: 2}
    assert Device.everywhere.filter(terminal=free, revoked_at__isnull=True).count() == 1
