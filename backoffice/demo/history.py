"""Days of sales, made as a till makes them and booked as a till's are."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec

from inventory.models import Variant
from pos.pricing import wire
from pos.pricing.engine import price
from pos.pricing.parsing import parse_cart
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.money import Currency, format_price
from smartpos.operations.services.accept import accept
from smartpos.operations.snapshot import cursor_now
from smartpos.people.models import Device, Employee

SEED = 20261124


class Seller:
    """The demo's own till."""

    def __init__(self, device: Device, actor: Employee) -> None:
        self.device, self.actor = device, actor
        self.currency = Currency.of(device.store.currency)
        self.seq = self.number = 0
        self.shift = ""
        self.cursor = cursor_now()
        self.variants = list(Variant.objects.select_related("product__tax_profile").order_by("pk"))
        self.rates = [
            wire.TaxRate(e.rate.code, e.rate.kind, format_price(int(e.rate.rate.scaleb(4))), e.rate.inclusive)
            for e in self.variants[0].product.tax_profile.entries.select_related("rate")
        ]

    def send(self, kind: str, body: dict[str, Any], at: datetime) -> None:
        """Book an operation; anything but done is a defect of the demo."""
        self.seq += 1
        operation = {
            "v": 1, "id": uuid7(int(at.timestamp() * 1000)), "seq": self.seq, "kind": kind, "at": at, "business_date": at.date(),
            "actor": self.actor.uuid, "shift": self.shift or None, "cursor": self.cursor, "body": body,
        }  # fmt: skip
        with acting(device_id=self.device.pk, store_id=self.device.store_id):
            answer = accept(self.device, msgspec.json.encode(operation), at=at)
        if answer.state != "done":
            raise RuntimeError(f"the demo's {kind} became {answer.state}: {answer.marks}")

    def day(self, opening: datetime, sales: int, rnd: Random) -> None:
        """Open, sell, count."""
        self.shift = str(uuid7(int(opening.timestamp() * 1000)))
        self.send("shift.open", {"shift": self.shift, "opening_float": "150.00"}, opening)
        cash = 1_500_000
        for number in range(sales):
            cash += self.sale(opening + timedelta(minutes=7 + 9 * number), rnd)
        closing = opening + timedelta(hours=12)
        self.send("shift.close", {"shift": self.shift, "counted": self.currency.format(cash)}, closing)

    def sale(self, at: datetime, rnd: Random) -> int:
        """One sale; answers the cash it brought, scaled."""
        chosen = rnd.sample(self.variants, rnd.choice((1, 2, 2, 3, 4)))
        lines = tuple(
            wire.Line(
                str(uuid7()), str(v.product.uuid), str(rnd.choice((1, 1, 2))), format_price(int(v.price.scaleb(4))), self.key(v)
            )
            for v in chosen
        )
        currency = wire.Currency(self.currency.code, self.currency.digits)
        cart = wire.Cart(currency, customer=False, lines=lines, profiles={self.key(chosen[0]): tuple(self.rates)})
        method = "card" if rnd.random() < 0.35 else "cash"
        due = self.currency.format(price(parse_cart(cart)).totals.total)
        paid = _with_tender(cart, method, due)
        sold = price(parse_cart(paid))
        self.number += 1
        text = self.currency.format
        figures = {
            "total": text(sold.totals.total), "tax": text(sold.totals.tax), "rounding": text(0), "change": text(0),
            "payable": [text(line.payable) for line in sold.lines],
        }  # fmt: skip
        goods = [
            {"line": line.id, "item": v.uuid, "name": v.product.name, "sku": v.sku or "", "unit": v.unit}
            for line, v in zip(lines, chosen, strict=True)
        ]
        body = {"series": self.device.series, "number": self.number, "cart": paid, "goods": goods, "figures": figures}
        self.send("sale.settle", body, at)
        return sold.totals.total if method == "cash" else 0

    @staticmethod
    def key(variant: Variant) -> str:
        """The tax profile of a variant."""
        return str(variant.product.tax_profile.uuid)


def _with_tender(cart: wire.Cart, method: str, amount: str) -> wire.Cart:
    tender = wire.Tender("card" if method == "card" else "cash", amount)
    return wire.Cart(cart.currency, cart.customer, cart.lines, cart.profiles, tenders=(tender,))
