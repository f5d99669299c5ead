"""What a till threw away unsent: booked nowhere, told to the office."""

import json
from typing import Any

import pytest
from django.test import Client

from pos.models import Receipt
from pos.offline.bodies import Discarded
from pos.offline.discarded import spans
from smartpos.audit.models import Entry
from smartpos.ids import uuid7
from smartpos.outbox.models import OutboxEvent
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def till(world: World) -> Till:
    till = world.till(Client())
    till.open_shift()
    return till


def discard(till: Till, *gone: dict[str, Any], by: str = "") -> dict[str, Any]:
    """As the till says it, with the owner's yes unless nobody gave one."""
    operations = []
    for operation in gone:
        body = operation["body"]
        told = {"total": body["figures"]["total"], "series": body["series"], "number": body["number"]}
        operations.append({"id": operation["id"], "kind": operation["kind"], **told})
    approvals = [{"by": by, "code": "queue.discard", "offline": True, "reason": "Broken", "amounts": {"count": str(len(gone))}}]
    return till.operation("queue.discard", {"operations": operations}, approvals=approvals if by else [])


@pytest.mark.feature("SET-20")
def test_what_was_thrown_away_is_told_with_its_numbers_and_sums(world: World, till: Till) -> None:
    gone = [till.sale([(till.item("ESP"), "1")]) for _ in range(3)]
    late = till.sale([(till.item("ESP"), "2")])
    till.post(late)
    [answer] = till.post(discard(till, *gone, late, by=str(world.owner.uuid)))
    assert (answer["state"], answer["result"]) == ("done", {"discarded": 4, "arrived": 1})
    assert [mark["code"] for mark in answer["marks"]] == ["approved_offline"]
    said = json.loads(Entry.objects.get(action="queue.discarded").data)
    total = sum(float(operation["body"]["figures"]["total"]) for operation in (*gone, late))
    assert (said["count"], said["arrived"], float(said["total"])) == (4, 1, total)
    assert said["numbers"] == "A1-1 – A1-4"
    assert (said["approved_by"], said["reason"]) == (world.owner.name, "Broken")
    assert Receipt.everywhere.count() == 1
    assert OutboxEvent.objects.filter(name="queue.discarded").count() == 1
    [answer] = till.post(till.sale([(till.item("ESP"), "1")]))
    assert answer["state"] == "done"


def test_without_an_admins_yes_it_is_kept_and_marked(world: World, till: Till) -> None:
    """Whoever has the right enters their PIN for it, too; a cashier's yes is none."""
    gone = till.sale([(till.item("ESP"), "1")])
    for by in ("", str(world.cashier.uuid)):
        [answer] = till.post(discard(till, gone, by=by))
        assert answer["state"] == "done"
        assert [(mark["code"], mark["permission"]) for mark in answer["marks"]] == [("permission_missing", "queue.discard")]


def test_numbers_are_written_as_people_write_them() -> None:
    papers = [("A1", 3), ("A1", 5), ("A1", 4), ("B2", 9), ("A1", 8)]
    gone = [Discarded(id=uuid7(), kind="sale.settle", series=series, number=number) for series, number in papers]
    assert spans(gone) == "A1-3 – A1-5, A1-8, B2-9"
    assert spans([Discarded(id=uuid7(), kind="invoice.issue", series="A1", number=1)]) == ""
