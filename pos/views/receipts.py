"""Receipts as a till reads them."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pos.documents import receipt_html, receipt_pdf
from pos.models import Receipt, ReceiptLine, ReceiptTax
from pos.offline.refund import NOTHING
from pos.selectors.receipts import Given, given_back, recent, taxes_by_line
from pos.views.api import living_device, revoked
from smartpos.access.guards import till
from smartpos.access.till import till_answer, till_error
from smartpos.money import Currency, format_price, format_quantity, format_rate

LABEL = re.compile(r"([A-Z]+[0-9]+)-([0-9]{1,15})")


@require_GET
@till
def receipts_view(request: HttpRequest) -> HttpResponse:
    """The store's last receipts, or those with a number, with all that a refund needs."""
    device = living_device(request)
    if device is None:
        return revoked()
    series, number = "", None
    if wanted := request.GET.get("number", "").strip().upper():
        match = LABEL.fullmatch(wanted)
        if match is None:
            return till_error(404, "not_found", _("There is no receipt with this number."))
        series, number = match[1], int(match[2])
    found = recent(device.store_id, series=series, number=number)
    taxes, given = taxes_by_line(found), given_back(found)
    return till_answer({"receipts": [_receipt(receipt, taxes, given) for receipt in found]})


@require_GET
@till
def receipt_page(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The printable page."""
    found = _of_store(request, receipt)
    return HttpResponse(receipt_html(found)) if found else _none()


@require_GET
@till
def receipt_file(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The PDF."""
    found = _of_store(request, receipt)
    return HttpResponse(receipt_pdf(found), content_type="application/pdf") if found else _none()


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


def _receipt(receipt: Receipt, taxes: dict[tuple[int, int], list[ReceiptTax]], given: dict[int, Given]) -> dict[str, Any]:
    money = Money(receipt.currency)
    lines = sorted(receipt.lines.all(), key=lambda line: line.position)
    return {
        "id": str(receipt.uuid), "label": receipt.label, "kind": receipt.kind, "occurred_at": receipt.occurred_at,
        "business_date": receipt.business_date, "currency": receipt.currency, "total": money(receipt.total),
        "rounding": money(receipt.rounding), "employee": receipt.employee.name if receipt.employee else "",
        "original": str(receipt.original.uuid) if receipt.original else None, "reason": receipt.reason,
        "tenders": [
            {
                "method": p.method, "part": money(p.part), "amount": money(p.amount),
                "tendered": money(p.tendered), "change": money(p.change),
            }
            for p in receipt.payments.all()
        ],
        "lines": [_line(line, taxes[receipt.pk, line.position], given.get(line.pk, NOTHING), money) for line in lines],
    }  # fmt: skip


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
        "payable": money(line.payable), "gratis": line.gratis,
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
