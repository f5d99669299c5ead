"""What a till did and could not be booked is seen, explained and dealt with by whoever may."""

import pytest
from django.test import Client

from backoffice.models import OperationNote
from pos.explained import SENTENCES, sentence
from smartpos.audit.models import Entry
from smartpos.ids import uuid7
from smartpos.operations.models import Operation
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/backoffice/review/"


def park(world: World) -> str:
    """A sale whose figures the server does not come to; its id."""
    till = world.till()
    till.open_shift()
    sale = till.sale([(till.item("ESP"), "1")])
    sale["body"]["figures"]["total"] = "0.01"
    [answer] = till.post(sale)
    assert answer["state"] == "review"
    return str(sale["id"])


@pytest.fixture
def office(client: Client, world: World) -> Client:
    client.force_login(world.owner.user)
    return client


def test_it_waits_with_its_reason_until_somebody_says_that_nothing_is_left(office: Client, world: World) -> None:
    operation = park(world)
    assert "figures differ" in office.get(PAGE).content.decode()
    page = office.get(f"{PAGE}{operation}/").content.decode()
    assert "figures differ" in page
    assert "0.01" in page
    form = {"uuid": str(uuid7()), "note": "  Sold again  by hand ", "done": ""}
    assert office.post(f"{PAGE}{operation}/", form).status_code == 302
    assert "Sold again by hand" in office.get(PAGE).content.decode()
    assert office.post(f"{PAGE}{operation}/", {**form, "uuid": str(uuid7()), "done": "on"}).status_code == 302
    assert "Nothing waits for you" in office.get(PAGE).content.decode() or "Nothing found" in office.get(PAGE).content.decode()
    assert operation in office.get(f"{PAGE}?state=done").content.decode()
    assert Entry.objects.filter(action="operation.noted").count() == 2


def test_a_note_sent_twice_is_one_and_an_empty_one_is_refused(office: Client, world: World) -> None:
    operation = park(world)
    form = {"uuid": str(uuid7()), "note": "Seen", "done": "on"}
    office.post(f"{PAGE}{operation}/", form)
    office.post(f"{PAGE}{operation}/", form)
    assert OperationNote.everywhere.count() == 1
    for wrong in ({**form, "note": "  "}, {**form, "note": "x" * 501}, {**form, "uuid": "no"}):
        assert office.post(f"{PAGE}{operation}/", wrong).status_code == 422
    assert OperationNote.everywhere.count() == 1


def test_a_neighbours_and_a_booked_operation_are_not_there(office: Client, world: World, other_world: World) -> None:
    foreign = park(other_world)
    till = world.till()
    till.open_shift()
    [booked] = till.post(till.sale([(till.item("ESP"), "1")]))
    for operation in (foreign, booked["id"]):
        assert office.get(f"{PAGE}{operation}/").status_code == 404
        assert office.post(f"{PAGE}{operation}/", {"uuid": str(uuid7()), "note": "x"}).status_code == 404
    assert Operation.everywhere.filter(uuid=foreign).exists()
    assert OperationNote.everywhere.count() == 0


def test_marks_are_sentences() -> None:
    assert "In the catalogue: 2.00." in sentence({"code": "price_differs", "listed": "2.00"})
    assert "Change a price at the till" in sentence({"code": "permission_missing", "permission": "sale.price"})
    assert "(strange)" in sentence({"code": "strange"})
    assert all(str(text).endswith(".") for text in SENTENCES.values())


def test_every_reason_and_mark_of_the_code_has_its_sentence() -> None:
    import re

    from tests.architecture.product import source_files

    text = "\n".join(p.read_text(encoding="utf-8") for p in source_files() if "pos/offline" in str(p) or "operations" in str(p))
    found = set(re.findall(r'(?:Mark\(code=|Verdict\.review\(|Unbookable\()"([a-z_]+)"', text))
    assert found - set(SENTENCES) == set()
    assert len(found) > 15
