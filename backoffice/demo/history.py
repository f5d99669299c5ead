"""Days of sales, made as a till makes them from what it caches, and booked as a till's are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from backoffice.demo import customs
from backoffice.demo.customs import Fancy, Habits
from pos.offline.refund import ALONE
from pos.pricing import types, wire
from pos.pricing.engine import price
from pos.pricing.parsing import parse_cart
from smartpos.access.permissions import OFFICE_ROLES
from smartpos.clock import business_day
from smartpos.context import acting
from smartpos.ids import uuid7
from smartpos.money import Currency, format_quantity
from smartpos.operations.services.accept import accept
from smartpos.operations.snapshot import snapshot
from smartpos.people.models import Device

SEED = 20261124
FLOAT = 1_500_000
AFTER_THE_LAST = timedelta(minutes=20)
NOTES = (50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000)


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the till's cache, as far as the demo looks at it."""

    key: str
    product: str
    name: str
    sku: str
    price: str
    profile: str
    category: str
    unit: str


class Seller:
    """The demo's own till, with the people who take turns at it."""

    def __init__(self, device: Device, actors: list[UUID], *, habits: Habits, cafe: bool) -> None:
        self.device, self.actors, self.habits, self.cafe = device, actors, habits, cafe
        self.currency = Currency.of(device.store.currency)
        self.seq = self.number = self.cash = 0
        self.shift, self.actor = "", actors[0]
        self.rnd = Random(f"{SEED}:{device.store.code}")  # noqa: S311 - the same sales every time
        # Of its own, so that who comes changes nothing of what is bought.
        self.door = Random(f"{SEED}:guests:{device.store.code}")  # noqa: S311
        self._load()

    def _load(self) -> None:
        found = snapshot(self.device.store, None)
        rows = {kind: [(key, msgspec.json.decode(body)) for key, body in entries] for kind, entries in found.rows.items()}
        self.cursor = found.cursor
        self.promotions = [(key, body) for key, body in rows.get("promotion", [])]
        self.profiles = {key: tuple(wire.TaxRate(*rate[:6]) for rate in body[1]) for key, body in rows["profile"]}
        names = {key: body[0] for key, body in rows["category"]}
        self.codes = {UUID(key): frozenset(body[2]) for key, body in rows["employee"]}
        self.manager = next(UUID(key) for key, body in rows["employee"] if body[1] in OFFICE_ROLES and ALONE in body[2])
        items = [_item(key, body) for key, body in rows["item"]]
        groups: dict[str, list[Item]] = {}
        for item in items:
            groups.setdefault(names.get(item.category, ""), []).append(item)
        self.shelves = {name: Fancy(group, self.rnd) for name, group in sorted(groups.items())}
        self.everything = Fancy(items, self.rnd)
        self.guests = sorted(key for key, _body in rows.get("customer", ()))

    def send(self, kind: str, body: dict[str, Any], at: datetime, *, approvals: Sequence[Any] = ()) -> UUID:
        """Book an operation; anything but done is a defect of the demo. Answers its id, which is its document's."""
        self.seq += 1
        store, made = self.device.store, uuid7(int(at.timestamp() * 1000))
        operation = {
            "v": 1, "id": made, "seq": self.seq, "kind": kind, "at": at,
            "business_date": business_day(at, store.zone, store.cutoff_minutes), "actor": self.actor,
            "shift": self.shift or None, "cursor": self.cursor, "approvals": list(approvals), "body": body,
        }  # fmt: skip
        with acting(device_id=self.device.pk, store_id=store.pk):
            answer = accept(self.device, msgspec.json.encode(operation), at=at)
        if answer.state != "done":
            raise RuntimeError(f"the demo's {kind} became {answer.state}: {answer.marks}")
        return made

    def _document(self, kind: str, body: dict[str, Any], at: datetime, *, approvals: Sequence[Any] = ()) -> UUID:
        """Send what carries a number of the device's series."""
        self.number += 1
        return self.send(kind, {"series": self.device.series, "number": self.number, **body}, at, approvals=approvals)

    def day(self, day: date, *, until: datetime) -> None:
        """Open, sell, count; what lies after `until` has not happened yet. The last person of the day counts."""
        times = [at for at in customs.times_of(day, self.habits, self.device.store.zone, self.rnd) if at < until]
        if not times:
            return
        self.actor, self.cash = self.rnd.choice(self.actors), FLOAT
        opening = times[0] - AFTER_THE_LAST
        self.shift = str(uuid7(int(opening.timestamp() * 1000)))
        self.send("shift.open", {"shift": self.shift, "opening_float": self.currency.format(FLOAT)}, opening)
        for at in times:
            if self.rnd.random() < 0.15:
                self.actor = self.rnd.choice(self.actors)
            self.sale(at)
        closing = times[-1] + AFTER_THE_LAST
        counted = self.currency.format(self.cash + customs.counted_error(self.rnd) * self.currency.step)
        self.send("shift.close", {"shift": self.shift, "counted": counted}, min(closing, until))

    def sale(self, at: datetime) -> None:
        """One sale, and now and then something of it that comes back."""
        basket, guest = self._basket(at), self._guest()
        offers = [self._offer(item, at) for item in basket]
        lines = tuple(
            wire.Line(
                str(uuid7()),
                item.product,
                self._quantity(item),
                item.price,
                item.profile,
                promotion=offer[1] if offer else None,
            )
            for item, offer in zip(basket, offers, strict=True)
        )
        generous = self._happens(self.habits.discounted, "sale.discount") and None in offers
        open_cart = wire.Cart(
            wire.Currency(self.currency.code, self.currency.digits), customer=guest is not None, lines=lines,
            profiles={item.profile: self.profiles[item.profile] for item in basket},
            discount=wire.Discount("percent", "5") if generous else None,
        )  # fmt: skip
        due = price(parse_cart(open_cart)).totals.total
        way = customs.payment(self.habits, self.rnd)
        cart = msgspec.structs.replace(open_cart, tenders=self._tenders(way, due))
        sold = price(parse_cart(cart))
        goods = [
            {
                "line": line.id,
                "item": item.key,
                "name": item.name,
                "sku": item.sku,
                "unit": item.unit,
                "promotion": offer and offer[0],
            }
            for line, item, offer in zip(lines, basket, offers, strict=True)
        ]
        body = {"cart": cart, "goods": goods, "figures": self._figures(sold), "customer": guest}
        receipt = self._document("sale.settle", body, at)
        self.cash += sum(tender.amount for tender in sold.payment.tenders if tender.method == "cash") if sold.payment else 0
        if way != "mixed" and self._happens(self.habits.returned, "refund.make"):
            self._give_back(receipt, sold.lines[0], way, at + timedelta(seconds=40))

    def _offer(self, item: Item, at: datetime) -> tuple[str, str] | None:
        """The promotion of an item then, and its percentage. The demo has no two for one product."""
        wall = at.astimezone(self.device.store.zone).strftime("%Y-%m-%dT%H:%M")
        held = ((key, body[1]) for key, body in self.promotions if item.product in body[4] and body[2] <= wall <= body[3])
        return next(held, None)

    def _guest(self) -> str | None:
        """One in six is known by name, and some of those come more often than others."""
        if not self.guests or self.door.random() >= 1 / 6:
            return None
        return self.door.choices(self.guests, weights=range(len(self.guests), 0, -1))[0]

    def _happens(self, chance: float, code: str) -> bool:
        """Now and then, by somebody who may."""
        return self.rnd.random() < chance and code in self.codes[self.actor]

    def _basket(self, at: datetime) -> list[Item]:
        if self.cafe:
            return customs.cafe_table(self.shelves, at.hour, self.rnd)
        return customs.shop_basket(self.shelves, self.everything, at.hour, self.rnd)

    def _quantity(self, item: Item) -> str:
        if item.unit == "kg":
            return format_quantity(self.rnd.randrange(120, 2400, 5))
        return str(self.rnd.choices((1, 2, 3), weights=(80, 16, 4))[0])

    def _tenders(self, way: str, due: int) -> tuple[wire.Tender, ...]:
        text, step = self.currency.format, self.currency.step
        if way == "card":
            return (wire.Tender("card", text(due)),)
        if way == "mixed":
            half = due // (2 * step) * step
            return (wire.Tender("card", text(half)), wire.Tender("cash", text(due - half)))
        given = next((note for note in NOTES if note >= due), due) if self.rnd.random() < 0.5 else due
        return (wire.Tender("cash", text(due), tendered=text(given)),)

    def _figures(self, sold: types.Sale) -> dict[str, Any]:
        text = self.currency.format
        return {
            "total": text(sold.totals.total), "tax": text(sold.totals.tax), "rounding": text(0),
            "change": text(sold.payment.change if sold.payment else 0), "payable": [text(line.payable) for line in sold.lines],
        }  # fmt: skip

    def _give_back(self, receipt: UUID, line: types.SoldLine, way: str, at: datetime) -> None:
        """A line of the last sale comes back whole, on the tender it was paid with."""
        text = self.currency.format
        figures = {"total": text(line.total), "tax": text(line.tax), "rounding": text(0), "payable": [text(line.payable)]}
        body = {
            "original": receipt, "reason": "Pogrešan artikal", "figures": figures,
            "lines": [{"line": uuid7(), "original_line": line.id, "quantity": format_quantity(line.quantity)}],
            "tenders": [{"method": way, "amount": text(line.total)}],
        }  # fmt: skip
        alone = ALONE in self.codes[self.actor]
        approvals = [] if alone else [{"by": self.manager, "code": ALONE, "reason": body["reason"]}]
        self._document("refund.make", body, at, approvals=approvals)
        self.cash -= line.total if way == "cash" else 0


def _item(key: str, body: list[Any]) -> Item:
    product, name, variant, sku, _barcode, cost, profile, category, unit = body[:9]
    return Item(key, product, f"{name} {variant}".strip(), sku, cost, profile, category, unit)
