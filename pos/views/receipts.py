"""Receipts as a till reads them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pos.documents import receipt_html, receipt_pdf
from pos.documents.invoices import invoice_html, invoice_pdf
from pos.models import Invoice, Receipt, ReceiptKind, ReceiptLine, ReceiptTax
from pos.models.loyalty import PointsMoved
from pos.selectors.customers import buyer
from pos.selectors.invoices import invoice_of, labels_by_receipt
from pos.selectors.links import ways_back
from pos.selectors.loyalty import moved_with
from pos.selectors.receipts import NOTHING, Given, Search, given_back, search_receipts, taxes_by_line
from pos.services.strays import ONLINE
from pos.views.api import living_device, revoked
from smartpos.access.guards import till
from smartpos.access.permissions import allowed
from smartpos.access.till import till_answer, till_error
from smartpos.money import Currency, format_price, format_quantity, format_rate
from smartpos.people.models import Employee

LABEL = re.compile(r"([A-Z]+[0-9]+)-([0-9]{1,15})")
PAGE = 20
HISTORY = "receipt.history"
NONE = (Decimal(0), Decimal(0))


@require_GET
@till
def receipts_view(request: HttpRequest) -> HttpResponse:
    """The store's receipts, newest first, with all that a refund needs: the last ones, or those that are looked for."""
    device = living_device(request)
    if device is None:
        return revoked()
    try:
        search, actor = _search(request.GET), actor_of(request)
    except ValueError:
        return till_error(400, "unreadable", _("The request cannot be read."))
    if actor is not None and not allowed(actor, HISTORY, device.store_id):
        return till_error(403, "not_allowed", _("Your role does not allow this. Ask a manager or the owner."))
    if search is None:
        return till_error(404, "not_found", _("There is no receipt with this number."))
    rows = search_receipts(device.store, search, limit=PAGE + 1)
    page = rows[:PAGE]
    taxes, given, points, papers = taxes_by_line(page), given_back(page), moved_with(page), labels_by_receipt(page)
    online = _ways_back(page)
    told = [
        {
            **_receipt(receipt, taxes, given, online), "points": _points(receipt, points.get(receipt.pk)),
            "invoice": papers.get(receipt.pk),
        }
        for receipt in page
    ]  # fmt: skip
    return till_answer({"receipts": told, "more": len(rows) > PAGE})


def actor_of(request: HttpRequest) -> Employee | None:
    """Who stands at the till, as it says; None where it says nobody, or somebody who is not here. ValueError for an id that is none."""
    said = request.GET.get("actor", "")
    return Employee.objects.filter(uuid=UUID(said), active=True).first() if said else None


def _search(asked: Mapping[str, str]) -> Search | None:
    """What is looked for; None where a number is none. ValueError for a day or an id that is none."""
    wanted = asked.get("number", "").strip().upper().replace("'", "-")
    match = LABEL.fullmatch(wanted)
    bare = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 16 else None
    if wanted and match is None and bare is None:
        return None
    first, last, before = asked.get("from", ""), asked.get("to", ""), asked.get("before", "")
    return Search(
        label=(match[1], int(match[2])) if match else None, number=bare, customer=asked.get("customer", "")[:80],
        start=date.fromisoformat(first) if first else None, end=date.fromisoformat(last) if last else None,
        before=UUID(before) if before else None,
    )  # fmt: skip


@require_GET
@till
def receipt_page(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The printable page; what is printed again says that it is a copy."""
    found = _of_store(request, receipt)
    return HttpResponse(receipt_html(found, copy="copy" in request.GET)) if found else _none()


@require_GET
@till
def receipt_file(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The PDF."""
    found = _of_store(request, receipt)
    return HttpResponse(receipt_pdf(found, copy="copy" in request.GET), content_type="application/pdf") if found else _none()


@require_GET
@till
def invoice_page(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The invoice or credit note of a receipt, printable."""
    found = _invoice_of_store(request, receipt)
    return HttpResponse(invoice_html(found)) if found else _none()


@require_GET
@till
def invoice_file(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The same as a PDF."""
    found = _invoice_of_store(request, receipt)
    return HttpResponse(invoice_pdf(found), content_type="application/pdf") if found else _none()


def _invoice_of_store(request: HttpRequest, uuid: UUID) -> Invoice | None:
    found = _of_store(request, uuid)
    return invoice_of(found) if found else None


def _of_store(request: HttpRequest, uuid: UUID) -> Receipt | None:
    device = living_device(request)
    if device is None:
        return None
    found: Receipt | None = (
        Receipt.objects.select_related("store", "business").filter(store_id=device.store_id, uuid=uuid).first()
    )
    return found


def _none() -> HttpResponse:
    return till_error(404, "not_found", _("There is no receipt with this number."))


def _ways_back(page: list[Receipt]) -> dict[int, str]:
    """How far money is that goes back through a gateway, by document; asked only where something was paid online."""
    documents = [document for receipt in page for document in (receipt, *receipt.reversals.all())]
    online = [d.pk for d in documents if d.kind != ReceiptKind.SALE and any(p.method == ONLINE for p in d.payments.all())]
    return {key: row.state for key, row in ways_back(online).items()} if online else {}


def _receipt(
    receipt: Receipt, taxes: dict[tuple[int, int], list[ReceiptTax]], given: dict[int, Given], online: dict[int, str]
) -> dict[str, Any]:  # fmt: skip
    money, void, customer = Money(receipt.currency), receipt.voided_by, buyer(receipt)
    back = _back_by_tender(receipt)
    lines = sorted(receipt.lines.all(), key=lambda line: line.position)
    return {
        "id": str(receipt.uuid), "label": receipt.label, "kind": receipt.kind, "occurred_at": receipt.occurred_at,
        "business_date": receipt.business_date, "currency": receipt.currency, "total": money(receipt.total),
        "gross": money(receipt.gross), "discount": money(receipt.discount),
        "rounding": money(receipt.rounding), "employee": receipt.employee.name if receipt.employee else "",
        "original": str(receipt.original.uuid) if receipt.original else None, "reason": receipt.reason,
        "exchanged": receipt.original.label if receipt.original and receipt.kind == ReceiptKind.SALE else None,
        "shift": str(receipt.shift.uuid), "tax": money(receipt.tax), "late": receipt.late,
        "customer": customer.name if customer and customer.erased_at is None else "",
        "voided": {"label": void.label, "reason": void.reason} if void else None,
        "online": online.get(receipt.pk),
        "reversals": [
            {"id": str(r.uuid), "kind": r.kind, "label": r.label, "total": money(r.total), "online": online.get(r.pk)}
            for r in receipt.reversals.all()
        ],
        "tenders": [
            {
                "method": p.method, "part": money(p.part), "amount": money(p.amount),
                "tendered": money(p.tendered), "change": money(p.change), **_gone(back.pop(p.method, NONE), money),
            }
            for p in sorted(receipt.payments.all(), key=lambda payment: payment.pk)
        ],
        "lines": [_line(line, taxes[receipt.pk, line.position], given.get(line.pk, NOTHING), money) for line in lines],
    }  # fmt: skip


def _points(receipt: Receipt, moved: PointsMoved | None) -> dict[str, Any] | None:
    """What points took off and how many moved; null where none did."""
    if moved is None and not receipt.points:
        return None
    moved = moved or PointsMoved()
    return {
        "value": Money(receipt.currency)(receipt.points), "used": moved.used, "earned": moved.earned,
        "given_back": moved.given_back, "taken": moved.taken,
    }  # fmt: skip


def _back_by_tender(receipt: Receipt) -> dict[str, tuple[Decimal, Decimal]]:
    """What went back on each means of payment so far: the exact parts, and what was paid out."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for reversal in receipt.reversals.all():
        for payment in reversal.payments.all():
            part, amount = sums.get(payment.method, NONE)
            sums[payment.method] = (part - payment.part, amount - payment.amount)
    return sums


def _gone(back: tuple[Decimal, Decimal], money: "Money") -> dict[str, str]:
    """Said by the first tender of its kind for all of them."""
    return {"refunded": money(back[0]), "paid_back": money(back[1])}


class Money:
    """Amounts of one currency as text."""

    def __init__(self, code: str) -> None:
        self.currency = Currency.of(code)

    def __call__(self, amount: Any) -> str:
        return self.currency.format(int(amount.scaleb(4)))


def _line(line: ReceiptLine, taxes: list[ReceiptTax], given: Given, money: Money) -> dict[str, Any]:
    return {
        "id": str(line.uuid), "item": str(line.variant.uuid) if line.variant else None, "name": line.name, "sku": line.sku,
        "unit": line.unit, "quantity": format_quantity(int(line.quantity.scaleb(3))),
        "unit_price": format_price(int(line.unit_price.scaleb(4))),
        "gross": money(line.gross), "discount": money(line.discount), "payable": money(line.payable), "gratis": line.gratis,
        "note": line.note, "restocked": line.restocked,
        "promotion": None if line.promotion_percent is None else format_rate(int(line.promotion_percent.scaleb(4))),
        "list_price": format_price(int(line.list_price.scaleb(4))),
        "taxes": [
            {
                "code": t.code, "kind": t.kind, "rate": format_rate(int(t.rate.scaleb(4))), "inclusive": t.inclusive,
                "amount": money(t.amount),
            }
            for t in taxes
        ],
        "refunded": {
            "quantity": format_quantity(int(given.quantity.scaleb(3))), "payable": money(given.payable),
            "taxes": [{"code": code, "amount": money(amount)} for code, amount in given.taxes.items()],
        },
    }  # fmt: skip
