"""`POST /pos/approve`: a manager's PIN at somebody's till."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from smartpos.audit.models import Entry
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def body(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "pin": "9999", "code": "sale.discount_above_limit", "subject": "operation:1", "actor": str(world.cashier.uuid),
        "reason": "guest", "amounts": {"discount": "5.00"}, **changes,
    }  # fmt: skip


def test_a_manager_approves_and_the_answer_names_them(world: World) -> None:
    status, answer = world.till().send("POST", "/pos/approve", body(world))
    assert status == 200
    assert answer["approval"]["by"] == {"id": str(world.owner.uuid), "name": world.owner.name}
    entry = Entry.objects.get(business_id=world.business.pk, action="approval.given")
    assert entry.device_id is not None
    assert "Boris A" in entry.data


@pytest.mark.parametrize("pin", ["1111", "0000"])
def test_whoever_may_not_is_told_no_and_guessing_locks_the_till(world: World, pin: str) -> None:
    till = world.till()
    answers = [till.send("POST", "/pos/approve", body(world, pin=pin)) for _ in range(6)]
    assert [status for status, _ in answers] == [403] * 5 + [429]
    assert answers[0][1]["error"]["code"] == "not_approved"
    assert till.send("POST", "/pos/approve", body(world))[0] == 429


@pytest.mark.parametrize(
    "changes", [{"code": "settings.manage"}, {"code": "nothing"}, {"pin": "12"}, {"subject": ""}, {"more": 1}, {"actor": "x"}]
)
def test_what_cannot_be_asked_for_is_refused(world: World, changes: dict[str, Any]) -> None:
    status, _answer = world.till().send("POST", "/pos/approve", body(world, **changes))
    assert status in (400, 422)


def test_a_revoked_till_asks_in_vain(world: World) -> None:
    till = world.till()
    world.enrol()
    assert till.send("POST", "/pos/approve", body(world))[0] == 401


def test_a_refusal_is_said_in_the_language_of_the_till_whatever_the_backoffice_speaks_in_this_browser(world: World) -> None:
    client = Client(headers={"Accept-Language": "bs"})
    client.cookies["smartpos_language"] = "en"
    till = world.till(client)
    refusals = [
        till.send("POST", "/pos/pin", {"pin": "0000"}),
        till.send("POST", "/pos/approve", body(world, pin="0000")),
        till.send("GET", "/pos/receipts?number=nothing", None),
        till.send("POST", "/pos/enrol", {"code": "AAAA-AAAA", "name": "Kasa"}),
    ]
    said = [answer["error"]["message"] for _status, answer in refusals]
    with override("bs"):
        assert said[2] == gettext("There is no receipt with this number.") != "There is no receipt with this number."
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.cookies["smartpos_language"] = "bs"
    again = [
        till.send("POST", "/pos/pin", {"pin": "0000"}),
        till.send("POST", "/pos/approve", body(world, pin="0000")),
        till.send("GET", "/pos/receipts?number=nothing", None),
        till.send("POST", "/pos/enrol", {"code": "AAAA-AAAA", "name": "Kasa"}),
    ]
    assert not {answer["error"]["message"] for _status, answer in again} & set(said)
