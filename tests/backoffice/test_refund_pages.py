"""Refunds in the Backoffice: the list with reasons, requests, a yes, a no, and nobody's own (POS-47)."""

from typing import Any

import pytest
from django.test import Client

from pos.models import Receipt, RefundRequest
from smartpos.people.models import Role
from tests.architecture.shop import staff
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


@pytest.fixture
def office(world: World) -> Client:
    client = Client()
    client.force_login(world.owner.user)
    return client


def sold(till: Till) -> dict[str, Any]:
    [answer] = till.post(till.sale([(till.item("CEV"), "3")]))
    return till.send("GET", f"/pos/receipts?number={answer['result']['label']}", None)[1]["receipts"][0]


def ask(till: Till, receipt: dict[str, Any], reason: str = "Cold <soup>") -> str:
    lines = [{"original_line": receipt["lines"][0]["id"], "quantity": "1", "restock": False}]
    operation = till.operation("refund.request", {"original": receipt["id"], "reason": reason, "lines": lines, "total": "9.00"})
    assert till.post(operation)[0]["state"] == "done"
    return str(operation["id"])


def decide(office: Client, request: str, decision: str, note: str = "") -> Any:
    return office.post(f"/backoffice/refunds/requests/{request}/decide/", {"decision": decision, "note": note}, follow=True)


def test_the_list_has_refunds_and_voids_with_reason_original_and_employee(office: Client, till: Till) -> None:
    till.post(till.void(sold(till), reason="Rung up twice"))
    receipt = sold(till)
    figures = {"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]}
    tenders = [{"method": "cash", "amount": "9.00"}]
    till.post(till.refund(receipt, {receipt["lines"][0]["id"]: "1"}, reason="Cold", tenders=tenders, figures=figures))
    page = office.get("/backoffice/refunds/").content.decode()
    for said in ("Rung up twice", "Cold", "A1-1", receipt["label"], "Boris A"):
        assert said in page
    assert "Cold" not in office.get("/backoffice/refunds/?kind=void").content.decode()
    found = office.get("/backoffice/refunds/?q=rung").content.decode()
    assert ("Rung up twice" in found, "Cold" in found) == (True, False)
    rows = b"".join(office.get("/backoffice/refunds/?export=csv")).decode().splitlines()
    assert len(rows) == 3
    assert any("Rung up twice" in row for row in rows)
    sales = office.get("/backoffice/sales/").content.decode()
    assert sales.count("voided") == 1
    assert "A1-2" in office.get(f"/backoffice/sales/{Receipt.everywhere.get(number=1).uuid}/").content.decode()


@pytest.mark.feature("POS-47")
def test_a_request_is_seen_rejected_with_a_note_or_approved_and_paid(office: Client, till: Till) -> None:
    receipt = sold(till)
    no, yes = ask(till, receipt), ask(till, receipt)
    assert "2 requests wait" in office.get("/backoffice/refunds/").content.decode()
    page = office.get(f"/backoffice/refunds/requests/{no}/").content.decode()
    for said in ("Cold &lt;soup&gt;", "damaged", "Boris A", receipt["label"]):
        assert said in page
    refused = office.post(f"/backoffice/refunds/requests/{no}/decide/", {"decision": "reject", "note": " "})
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    assert "Rejected" in decide(office, no, "reject", "It was eaten").content.decode()
    assert Receipt.everywhere.count() == 1
    decide(office, yes, "approve")
    again = decide(office, no, "approve")
    assert again.status_code == 409
    _status, seen = till.send("GET", "/pos/refund-requests", None)
    assert {one["id"]: (one["state"], one["note"]) for one in seen["requests"]} == {
        no: ("rejected", "It was eaten"), yes: ("approved", ""),
    }  # fmt: skip
    figures = {"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]}
    paid = till.refund(
        receipt, {receipt["lines"][0]["id"]: "1"}, tenders=[{"method": "cash", "amount": "9.00"}], figures=figures
    )
    paid["body"] |= {"request": yes, "damaged": [paid["body"]["lines"][0]["line"]]}
    [answer] = till.post(paid)
    assert (answer["state"], answer["marks"]) == ("done", [])
    assert RefundRequest.everywhere.get(uuid=yes).refund.label == answer["result"]["label"]
    assert answer["result"]["label"] in office.get(f"/backoffice/refunds/requests/{yes}/").content.decode()


def test_nobody_finds_the_buttons_on_their_own_request(world: World, office: Client, till: Till) -> None:
    till.actor = str(world.owner.uuid)
    request = ask(till, sold(till))
    page = office.get(f"/backoffice/refunds/requests/{request}/").content.decode()
    assert ("Ask another manager" in page, "/decide/" in page) == (True, False)
    assert decide(office, request, "approve").status_code == 403
    mira = staff(world, "Mira", Role.MANAGER, pin="4444", store=world.store, email="mira@a.example")
    other = Client()
    other.force_login(mira.user)
    decide(other, request, "approve")
    assert RefundRequest.everywhere.get().decided_by == mira
