"""What a till did and could not be booked is seen, explained and dealt with by whoever may."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from backoffice.models import OperationNote
from pos.explained import SENTENCES, sentence
from pos.models import Invoice, Receipt
from pos.offline import settle
from smartpos.audit.models import Entry
from smartpos.ids import uuid7
from smartpos.operations.models import Operation, ParkedBody, Retrial
from tests.architecture.shop import booked_later
from tests.kernel.test_verify_ledger import verify
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
        assert again(office, operation).status_code == 404
        assert office.get(f"{PAGE}{operation}/").status_code == 404
        assert office.post(f"{PAGE}{operation}/", {"uuid": str(uuid7()), "note": "x"}).status_code == 404
    assert Operation.everywhere.filter(uuid=foreign).exists()
    assert OperationNote.everywhere.count() == 0


def again(office: Client, operation: str) -> Any:
    return office.post(f"{PAGE}{operation}/again/")


@pytest.mark.feature("OFF-09")
def test_what_waited_for_its_shift_is_booked_at_a_later_try_and_once(office: Client, world: World) -> None:
    sale = booked_later(world, world.till())
    receipt = Receipt.everywhere.get(uuid=sale["id"])
    assert (receipt.total, receipt.late, str(receipt.shift.uuid)) == (Decimal(2), False, sale["shift"])
    for _press in range(2):
        assert again(office, sale["id"]).status_code == 302
    assert (Receipt.everywhere.count(), Retrial.everywhere.count()) == (1, 1)
    page = office.get(f"{PAGE}{sale['id']}/").content.decode()
    assert f"/backoffice/sales/{sale['id']}/" in page
    assert "Book it now" not in page
    assert sale["id"] not in office.get(PAGE).content.decode()
    assert "Booked at a later try" in office.get(f"{PAGE}?state=done").content.decode()
    assert verify()[0], verify()[1]


def test_what_the_till_was_told_stays_and_what_hangs_on_it_can_follow(office: Client, world: World) -> None:
    till = world.till()
    till.open_shift()
    first, second = till.sale([(till.item("ESP"), "1")]), till.sale([(till.item("CEV"), "1")])
    shift, first["shift"] = first["shift"], str(uuid7())
    second["needs"] = [first["id"]]
    answers = till.post(first, second)
    assert [answer["state"] for answer in answers] == ["review", "review"]
    assert again(office, second["id"]).status_code == 422
    till.close_shift("100.00")
    till.post(till.operation("shift.open", {"shift": first["shift"], "opening_float": "0.00"}))
    assert again(office, first["id"]).status_code == 302
    assert again(office, second["id"]).status_code == 302
    late = Receipt.everywhere.get(uuid=second["id"])
    assert (late.late, str(late.shift.uuid)) == (True, shift)
    assert till.post(first, second) == answers
    assert verify()[0], verify()[1]


def test_a_defect_is_booked_once_it_is_mended(office: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    till = world.till()
    till.open_shift()
    sale = till.sale([(till.item("ESP"), "1")])
    with monkeypatch.context() as broken:
        broken.setattr(settle, "price", lambda _cart: 1 / 0)
        [answer] = till.post(sale)
        assert (answer["state"], answer["marks"][0]["code"]) == ("review", "defect")
        assert "The server failed over it" in again(office, sale["id"]).content.decode()
    assert again(office, sale["id"]).status_code == 302
    assert Receipt.everywhere.get().total == 2
    assert list(Entry.objects.filter(action="operation.retried").order_by("pk").values_list("data", flat=True)) == [
        '{"reason":"defect","state":"review"}', '{"state":"done"}',
    ]  # fmt: skip
    assert verify()[0], verify()[1]


def test_figures_that_differ_cannot_be_booked_and_the_page_says_so(office: Client, world: World) -> None:
    operation = park(world)
    page = again(office, operation)
    assert page.status_code == 422
    assert "It still cannot be booked: The till&#x27;s figures differ" in page.content.decode()
    assert not Receipt.everywhere.exists()


def test_an_invoice_that_came_before_its_receipt_is_issued_and_its_words_kept_aside_go(office: Client, world: World) -> None:
    till = world.till()
    till.open_shift()
    sale = till.sale([(till.item("ESP"), "1")])
    buyer = {"company": "Gradnja d.o.o.", "tax_number": "42"}
    body = {"receipt": sale["id"], "series": till.snapshot["device"]["series"], "year": till.clock().year, "number": 1}
    invoice = till.operation("invoice.issue", {**body, "buyer": buyer})
    assert [answer["state"] for answer in till.post(invoice, sale)] == ["review", "done"]
    assert ParkedBody.everywhere.count() == 1
    assert again(office, invoice["id"]).status_code == 302
    assert (Invoice.everywhere.get().receipt.uuid, ParkedBody.everywhere.count()) == (UUID(sale["id"]), 0)
    assert verify()[0], verify()[1]


def test_what_the_journal_did_not_keep_is_not_tried_again(office: Client, world: World) -> None:
    till = world.till()
    customer = till.operation("customer.put", {"customer": str(uuid7()), "name": " "})
    assert till.post(customer)[0]["state"] == "review"
    assert "Book it now" not in office.get(f"{PAGE}{customer['id']}/").content.decode()
    assert again(office, customer["id"]).status_code == 422


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
