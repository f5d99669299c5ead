"""A till that sends a retailer's invoices as operations: one device, a shift a day.

Ids, places in the count and receipt numbers follow from the file alone, so that a run that was killed goes on where it stopped
and a second run has nothing to send.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, cast
from uuid import UUID

import msgspec

from backoffice.demo.retail import Invoice, Matcher, Origin, Sold
from pos.models import Receipt, ReceiptLine, ReceiptTax
from pos.pricing import wire
from pos.pricing.engine import price
from pos.pricing.parsing import parse_cart, parse_refund
from pos.pricing.refunds import refund
from pos.selectors.receipts import Given, given_back, taxes_by_line
from smartpos.clock import now
from smartpos.context import acting
from smartpos.ids import uuid7_of
from smartpos.money import Currency, format_price, format_quantity, format_rate, from_decimal
from smartpos.operations.models import Operation
from smartpos.operations.services.accept import accept
from smartpos.operations.snapshot import snapshot
from smartpos.people.models import Device, Employee

FLOAT = "100.00"
MINUTE = timedelta(minutes=1)
WITHOUT_RECEIPT = "refund.without_receipt"
NOTHING = Given(Decimal(0), Decimal(0), {})
Method = Literal["cash", "card"]


class Stopped(RuntimeError):
    """The server did not book an operation as the file says."""


@dataclass(slots=True)
class Replayer:
    """The till. It counts through the whole file, and sends what the server does not have yet."""

    device: Device
    actor: Employee
    currency: Currency = field(init=False)
    items: dict[str, tuple[str, list[Any]]] = field(init=False)
    profiles: dict[str, tuple[wire.TaxRate, ...]] = field(init=False)
    fallback: str = ""
    cursor: int = field(init=False)
    matcher: Matcher = field(default_factory=Matcher)
    seq: int = 0
    number: int = 0
    cash: Decimal = Decimal(0)
    shift: UUID | None = None
    sent: int = 0
    known: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        cache = snapshot(self.device.store, None)
        rows = {kind: [(key, msgspec.json.decode(body)) for key, body in found] for kind, found in cache.rows.items()}
        self.currency = Currency.of(self.device.store.currency)
        self.cursor = cache.cursor
        self.items = {body[3]: (key, body) for key, body in rows.get("item", []) if body[3]}
        self.profiles = {key: tuple(wire.TaxRate(*rate[:6]) for rate in body[1]) for key, body in rows.get("profile", [])}

    def day(self, day: date, invoices: Sequence[Invoice]) -> None:
        """Open, sell, take back, count."""
        self.shift = uuid7_of(_ms(invoices[0].at), str(self.device.uuid), "shift", day.isoformat())
        ids = [self._id(invoice) for invoice in invoices]
        opening, closing = (self._named(kind, self.shift, invoices[0].at) for kind in ("open", "close"))
        self.known = set(Operation.objects.filter(uuid__in=[*ids, opening, closing]).values_list("uuid", flat=True))
        self.cash = Decimal(FLOAT)
        self.send("shift.open", opening, {"shift": self.shift, "opening_float": FLOAT}, invoices[0].at - MINUTE, shift=False)
        for invoice, uuid in zip(invoices, ids, strict=True):
            if invoice.is_return:
                self.take_back(invoice, uuid)
            else:
                self.sell(invoice, uuid)
        counted = format(self.cash, "f")
        self.send("shift.close", closing, {"shift": self.shift, "counted": counted}, invoices[-1].at + MINUTE, shift=False)

    def sell(self, invoice: Invoice, uuid: UUID) -> None:
        """A sale: in cash over the counter, on a card where the customer is known."""
        self.matcher.remember(invoice)
        self.number += 1
        if invoice.customer == "":
            self.cash += invoice.amount
        if self._is_known(uuid):
            return
        cart = self._paid(self._cart(invoice, uuid), "card" if invoice.customer else "cash")
        self.send("sale.settle", uuid, {**self._priced(cart, invoice), "cart": cart}, invoice.at)

    def take_back(self, invoice: Invoice, uuid: UUID) -> None:
        """A return: of the sale where one fits, without a receipt and with an approval where none does."""
        origin = self.matcher.origin(invoice)
        self.number += 1
        if self._is_known(uuid):
            return
        if origin is not None:
            self.send("refund.make", uuid, self._of_receipt(invoice, origin, uuid), invoice.at)
            return
        cart = self._paid(self._cart(invoice, uuid), "card")
        body = {**self._priced(cart, invoice), "cart": cart, "reason": "Returned", "original": None}
        del body["figures"]["change"]
        approved = [{"by": self.actor.uuid, "code": WITHOUT_RECEIPT}]
        self.send("refund.make", uuid, body, invoice.at, approvals=approved)

    def send(
        self, kind: str, uuid: UUID, body: Any, at: datetime, *, shift: bool = True, approvals: Iterable[Any] = ()
    ) -> None:
        """One operation through the door that tills use, unless it is there already."""
        if self._is_known(uuid):
            return
        self.seq += 1
        local = at.replace(tzinfo=self.device.store.zone)
        operation = {
            "v": 1, "id": uuid, "seq": self.seq, "kind": kind, "at": local, "business_date": at.date(), "actor": self.actor.uuid,
            "shift": self.shift if shift else None, "cursor": self.cursor, "approvals": list(approvals), "body": body,
        }  # fmt: skip
        device = self.device
        with acting(business_id=device.business_id, store_id=device.store_id, device_id=device.pk, actor_id=None):
            answer = accept(device, msgspec.json.encode(operation), at=now())
        if answer.state != "done":
            reasons = ", ".join(mark.code for mark in answer.marks) or (answer.error.message if answer.error else "")
            raise Stopped(f"{kind} of {at} became {answer.state}: {reasons}")
        self.sent += 1

    def _is_known(self, uuid: UUID) -> bool:
        """Whether the server has it; its place in the count is taken then, once."""
        if uuid not in self.known:
            return False
        self.known.discard(uuid)
        self.seq += 1
        return True

    def _id(self, invoice: Invoice) -> UUID:
        return self._named("invoice", invoice.number, invoice.at)

    def _named(self, kind: str, name: object, at: datetime) -> UUID:
        return uuid7_of(_ms(at), str(self.device.uuid), kind, str(name))

    def _lines(self, invoice: Invoice, uuid: UUID) -> list[str]:
        return [str(uuid7_of(_ms(invoice.at), str(uuid), str(n))) for n in range(len(invoice.lines))]

    def _cart(self, invoice: Invoice, uuid: UUID) -> wire.Cart:
        lines = tuple(map(self._line, invoice.lines, self._lines(invoice, uuid)))
        used = {line.profile: self.profiles[line.profile] for line in lines}
        return wire.Cart(wire.Currency(self.currency.code, self.currency.digits), customer=False, lines=lines, profiles=used)

    def _line(self, sold: Sold, uuid: str) -> wire.Line:
        """A line at the file's price, which is an override where the list says another."""
        asked = format_price(from_decimal(sold.price, 4))
        _key, body = self.items.get(sold.sku) or ("", [str(self.device.uuid), *[""] * 4, asked, self.fallback])
        override = None if body[5] == asked else asked
        return wire.Line(uuid, body[0], str(sold.quantity), body[5], body[6], override=override)

    def _paid(self, cart: wire.Cart, method: Method) -> wire.Cart:
        due = self.currency.format(price(parse_cart(cart)).totals.total)
        return msgspec.structs.replace(cart, tenders=(wire.Tender(method, due),))

    def _priced(self, cart: wire.Cart, invoice: Invoice) -> dict[str, Any]:
        """Number, goods and figures of a priced cart."""
        sale, text = price(parse_cart(cart)), self.currency.format
        figures = {
            "total": text(sale.totals.total), "tax": text(sale.totals.tax), "rounding": text(0), "change": text(0),
            "payable": [text(line.payable) for line in sale.lines],
        }  # fmt: skip
        if Decimal(text(sale.totals.total)) != invoice.amount:
            raise Stopped(f"{invoice.number}: the engine says {text(sale.totals.total)}, the file {invoice.amount}")
        goods = [self._good(line.id, sold) for line, sold in zip(cart.lines, invoice.lines, strict=True)]
        return {"series": self.device.series, "number": self.number, "goods": goods, "figures": figures}

    def _good(self, line: str, sold: Sold) -> dict[str, str]:
        """How a line was shown. What is not in the catalogue sells under an id of nothing, and is marked."""
        key, body = self.items.get(sold.sku) or (str(UUID(int=0)), ["", sold.name, "", sold.sku, "", "", "", "", "piece"])
        return {"line": line, "item": key, "name": body[1], "sku": body[3], "unit": body[8]}

    def _of_receipt(self, invoice: Invoice, origin: Origin, uuid: UUID) -> dict[str, Any]:
        """The body of a refund of lines of a receipt, by the refund rule over what the server says was sold and given back."""
        original = Receipt.objects.get(uuid=self._id(origin.invoice))
        sold = {str(line.uuid): line for line in original.lines.all()}
        shares, before = taxes_by_line([original]), given_back([original])
        keys = self._lines(origin.invoice, original.uuid)
        chosen = [(sold[keys[place]], line) for place, line in zip(origin.lines, invoice.lines, strict=True)]
        wanted = tuple(
            self._refund_line(line, shares[original.pk, line.position], before.get(line.pk, NOTHING), back)
            for line, back in chosen
        )
        made = refund(parse_refund(wire.Refund(wire.Currency(self.currency.code, self.currency.digits), wanted)))
        text = self.currency.format
        figures = {
            "total": text(made.total), "tax": text(made.tax), "rounding": text(0),
            "payable": [text(line.payable) for line in made.lines],
        }  # fmt: skip
        lines = [
            {"line": key, "original_line": line.uuid, "quantity": str(back.quantity)}
            for key, (line, back) in zip(self._lines(invoice, uuid), chosen, strict=True)
        ]
        return {
            "series": self.device.series, "number": self.number, "original": original.uuid, "reason": "Returned", "lines": lines,
            "tenders": [{"method": "card", "amount": figures["total"]}], "figures": figures,
        }  # fmt: skip

    def _refund_line(self, line: ReceiptLine, shares: Sequence[ReceiptTax], before: Given, back: Sold) -> wire.RefundLine:
        taxes = tuple(map(self._share, shares))
        given = tuple(wire.TaxAmount(code, self._text(amount)) for code, amount in before.taxes.items())
        return wire.RefundLine(
            str(line.uuid), format_quantity(from_decimal(line.quantity, 3)), self._text(line.payable), taxes, str(back.quantity),
            wire.Refunded(format_quantity(from_decimal(before.quantity, 3)), self._text(before.payable), given),
        )  # fmt: skip

    def _share(self, share: ReceiptTax) -> wire.TaxShare:
        rate = format_rate(from_decimal(share.rate, 4))
        return wire.TaxShare(share.code, cast(wire.TaxKind, share.kind), rate, share.inclusive, self._text(share.amount))

    def _text(self, amount: Decimal) -> str:
        return self.currency.format(from_decimal(amount, 4))


def _ms(at: datetime) -> int:
    """The moment of the file's clock, as ids carry it."""
    return int(at.replace(tzinfo=UTC).timestamp() * 1000)
