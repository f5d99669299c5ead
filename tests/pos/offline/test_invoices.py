"""Invoices of receipts: their own numbers, the buyer who stands outside every book that cannot forget, the paper (POS-35 to 38, 62)."""

from typing import Any

import pytest
from django.test import Client

from pos.documents.invoices import invoice_context, invoice_html, invoice_pdf
from pos.models import Invoice, InvoiceBuyer, Receipt
from pos.selectors.invoices import invoice_of
from smartpos.audit.models import Entry
from smartpos.audit.verify import faults
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.operations.models import Operation, ParkedBody
from tests.till import Till
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BUYER = {"company": "Gradnja d.o.o.", "tax_number": "4200000000009", "address": "Zmaja od Bosne 1, Sarajevo"}


@pytest.fixture
def till(world: World) -> Till:
    """Boris's till with an open shift."""
    till = world.till()
    till.open_shift()
    return till


def issue(till: Till, receipt: str, number: int, *, year: int = 0, buyer: Any = BUYER, **more: Any) -> dict[str, Any]:
    """An invoice as an operation."""
    body = {
        "receipt": receipt, "series": till.snapshot["device"]["series"], "year": year or till.clock().year, "number": number,
        **({"buyer": buyer} if buyer else {}),
    }  # fmt: skip
    return till.operation("invoice.issue", body, **more)


def sold(till: Till, *skus: str) -> str:
    """A sale; answers its id."""
    [answer] = till.post(till.sale([(till.item(sku), "1") for sku in skus or ("CEV",)]))
    return str(answer["id"])


def test_a_sale_and_its_invoice_travel_together(world: World, till: Till) -> None:
    sale = till.sale([(till.item("CEV"), "1")])
    done = till.post(sale, issue(till, sale["id"], 1, needs=[sale["id"]]))
    assert [answer["state"] for answer in done] == ["done", "done"]
    year = till.clock().year
    assert done[1]["result"]["label"] == f"INV-A1-{year}-1"
    with acting(business_id=world.business.pk):
        invoice = Invoice.objects.select_related("receipt", "buyer").get()
        assert (invoice.receipt.label, invoice.kind, invoice.seller_name) == ("A1-1", "invoice", "Business A")
        assert (invoice.buyer.company, invoice.buyer.tax_number) == (BUYER["company"], BUYER["tax_number"])
    assert Receipt.everywhere.get().number == 1  # a series of its own
    assert list(faults()) == []


def test_the_journal_and_the_log_say_nothing_of_the_buyer(till: Till) -> None:
    till.post(issue(till, sold(till), 1))
    kept = Operation.everywhere.get(kind="invoice.issue")
    said = kept.body + kept.answer + "".join(Entry.objects.values_list("data", flat=True))
    assert not [word for word in BUYER.values() if word in said]


@pytest.mark.parametrize("late", [False, True])
def test_an_invoice_that_waits_for_review_keeps_and_shows_its_buyer(world: World, till: Till, late: bool) -> None:
    """A second invoice of a receipt; one whose sale was not booked, so that no judge of invoices ever saw it."""
    receipt = sold(till)
    till.post(issue(till, receipt, 1))
    other = {**BUYER, "company": "Druga firma d.o.o."}
    [answer] = till.post(issue(till, receipt, 2, buyer=other, **({"needs": [str(uuid7())]} if late else {})))
    assert answer["state"] == "review"
    kept = Operation.everywhere.get(uuid=answer["id"])
    assert "Druga firma" not in kept.body + kept.answer + "".join(Entry.objects.values_list("data", flat=True))
    office = Client()
    office.force_login(world.owner.user)
    page = office.get(f"/backoffice/review/{answer['id']}/").content.decode()
    assert "<dd>Druga firma d.o.o.</dd>" in page
    assert f"<dd>{BUYER['tax_number']}</dd>" in page
    assert f"<dd>{BUYER['address']}</dd>" in page
    assert ParkedBody.everywhere.count() == 1  # not of the one that was booked


def test_invoices_count_from_one_in_every_year_and_their_holes_are_told(till: Till) -> None:
    year = till.clock().year
    marks = []
    for number, of in ((1, year), (2, year), (4, year), (2, year), (1, year + 1)):
        [answer] = till.post(issue(till, sold(till), number, year=of))
        assert answer["state"] == "done"
        marks.append([(mark["code"], mark.get("number") or mark.get("detail")) for mark in answer["marks"]])
    assert marks == [[], [], [("number_skipped", 4)], [("number_repeated", 2)], [("invoice_year", str(year + 1))]]
    assert till.load().snapshot["device"]["papers"] == {f"invoice-{year}": 4, f"invoice-{year + 1}": 1}


def test_a_receipt_has_one_invoice_and_may_get_it_next_week(till: Till) -> None:
    receipt = sold(till)
    first = issue(till, receipt, 1)
    assert till.post(first) == till.post(first)
    [second] = till.post(issue(till, receipt, 2))
    assert (second["state"], second["marks"][0]["code"]) == ("review", "invoiced_already")
    assert Invoice.everywhere.count() == InvoiceBuyer.everywhere.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"receipt": "01934b7e-0000-7000-8000-000000000000"}, "receipt_unknown"),
        ({"series": "B9"}, "unreadable"),
        ({"buyer": None}, "unreadable"),
        ({"buyer": {**BUYER, "tax_number": ""}}, "unreadable"),
        ({"buyer": {**BUYER, "company": ""}}, "unreadable"),
        ({"number": 0}, "unreadable"),
    ],
)
def test_what_cannot_be_issued_waits_for_a_manager(till: Till, change: dict[str, Any], code: str) -> None:
    operation = issue(till, sold(till), 1)
    operation["body"].update(change)
    [answer] = till.post(operation)
    assert (answer["state"], answer["marks"][0]["code"]) == ("review", code)


def test_another_shop_s_receipt_is_unknown(till: Till, other_world: World) -> None:
    theirs = other_world.till()
    theirs.open_shift()
    [answer] = till.post(issue(till, sold(theirs), 1))
    assert answer["marks"][0]["code"] == "receipt_unknown"


def test_without_the_right_it_is_issued_and_marked(world: World) -> None:
    till = world.till(pin="2222")  # a waiter
    till.open_shift()
    [answer] = till.post(issue(till, sold(till), 1))
    assert [(mark["code"], mark["permission"]) for mark in answer["marks"]] == [("permission_missing", "sale.invoice")]


@pytest.mark.feature("POS-62")
def test_the_void_of_an_invoiced_sale_gets_a_credit_note_with_every_rate_turned(world: World, till: Till) -> None:
    till.post(issue(till, sold(till, "CEV", "ESP"), 1))
    receipt = till.send("GET", "/pos/receipts?number=A1-1", None)[1]["receipts"][0]
    by = {"by": str(world.owner.uuid), "code": "receipt.void", "reason": "Wrong table"}
    void = till.void(receipt) | {"approvals": [by]}
    voided, credit = till.post(void, issue(till, void["id"], 1, buyer=None, needs=[void["id"]]))
    assert (voided["state"], credit["state"]) == ("done", "done"), (voided, credit)
    with acting(business_id=world.business.pk):
        found = invoice_of(Receipt.objects.get(uuid=void["id"]))
        assert found is not None
        assert found.original is not None
        assert (found.kind, found.number, found.original.number, found.buyer.company) == ("credit", 1, 1, BUYER["company"])
        rows = [(row.rate, row.base, row.tax) for row in invoice_context(found)["taxes"]]
    assert [(str(rate), str(base), str(tax)) for rate, base, tax in rows] == [("17", "-9.40", "-1.60")]


def test_the_refund_of_an_invoiced_sale_gets_a_credit_note(world: World, till: Till) -> None:
    sale = sold(till, "CEV", "ESP")
    till.post(issue(till, sale, 1))
    receipt = till.send("GET", "/pos/receipts?number=A1-1", None)[1]["receipts"][0]
    line = next(line for line in receipt["lines"] if line["name"] == "Espresso")
    figures = {"total": "2.00", "tax": "0.29", "rounding": "0.00", "payable": ["2.00"]}
    refund = till.refund(receipt, {line["id"]: "1"}, tenders=[{"method": "cash", "amount": "2.00"}], figures=figures)
    back, credit = till.post(refund, issue(till, refund["id"], 1, buyer=None, needs=[refund["id"]]))
    assert (back["state"], credit["state"]) == ("done", "done"), back
    assert credit["result"]["label"] == f"CN-A1-{till.clock().year}-1"
    with acting(business_id=world.business.pk):
        found = invoice_of(Receipt.objects.get(uuid=refund["id"]))
        assert found is not None
        assert found.original is not None
        assert (found.kind, found.original.number, found.buyer.company) == ("credit", 1, BUYER["company"])
        rows = [(row.rate, row.base, row.tax) for row in invoice_context(found)["taxes"]]
        assert [(str(rate), str(base), str(tax)) for rate, base, tax in rows] == [("17", "-1.71", "-0.29")]
        html = invoice_html(found)
    assert "Credit note" in html
    assert f"INV-A1-{till.clock().year}-1" in html


def test_a_refund_of_a_sale_without_invoice_has_no_credit_note(till: Till) -> None:
    sold(till)
    receipt = till.send("GET", "/pos/receipts?number=A1-1", None)[1]["receipts"][0]
    figures = {"total": "9.00", "tax": "1.31", "rounding": "0.00", "payable": ["9.00"]}
    refund = till.refund(
        receipt, {receipt["lines"][0]["id"]: "1"}, tenders=[{"method": "cash", "amount": "9.00"}], figures=figures
    )
    [back, credit] = till.post(refund, issue(till, refund["id"], 1, buyer=None))
    assert back["state"] == "done"
    assert credit["marks"][0]["code"] == "original_not_invoiced"


def test_the_paper_has_seller_buyer_and_every_rate(world: World, till: Till) -> None:
    till.post(issue(till, sold(till, "CEV", "ESP"), 1))
    with acting(business_id=world.business.pk):
        found = invoice_of(Receipt.objects.get())
        assert found is not None
        html, pdf = invoice_html(found), invoice_pdf(found)
        assert invoice_pdf(found) == pdf  # the same document, the same bytes
    for word in ("Invoice", "INV-A1-", "Business A", *BUYER.values(), "Espresso", "17 · 17 %", "9.40", "1.60", "11.00"):
        assert word in html, word
    assert pdf.startswith(b"%PDF")


def test_till_and_office_show_and_hand_out_the_invoice(world: World, till: Till, client: Client) -> None:
    receipt = sold(till)
    assert till.send("GET", "/pos/receipts", None)[1]["receipts"][0]["invoice"] is None
    till.post(issue(till, receipt, 1))
    shown = till.send("GET", "/pos/receipts", None)[1]["receipts"][0]["invoice"]
    assert shown == {"label": f"INV-A1-{till.clock().year}-1", "kind": "invoice", **BUYER}
    client.post("/sign-in/", {"email": "ana@a.example", "password": "correct horse battery"})
    listed = client.get("/backoffice/invoices/?q=gradnja").content.decode()
    assert "INV-A1-" in listed
    assert BUYER["tax_number"] in listed
    assert "No invoices" not in client.get(f"/backoffice/invoices/?q=INV-A1-{till.clock().year}-1").content.decode()
    assert BUYER["company"] in client.get(f"/backoffice/sales/{receipt}/").content.decode()
    assert client.get(f"/backoffice/sales/{receipt}/invoice.pdf")["Content-Type"] == "application/pdf"
    assert client.get(f"/backoffice/sales/{receipt}/invoice/").status_code == 200
