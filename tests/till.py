"""A till in Python: it prices carts and makes operations as docs/terminal-protocol.md says, and sends them by any transport."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from pos.pricing import wire
from pos.pricing.engine import price
from pos.pricing.parsing import parse_cart
from smartpos.clock import business_day
from smartpos.ids import uuid7
from smartpos.taxes.engine import percent_on

# Sends JSON (or bytes as they are) to a path; answers status and the decoded body.
Transport = Callable[[str, str, Any], tuple[int, Any]]


@dataclass
class Till:
    """An enrolled device with somebody signed in."""

    send: Transport
    snapshot: dict[str, Any] = field(default_factory=dict)
    actor: str = ""
    shift: str | None = None
    seq: int = 0
    number: int = 0
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def load(self) -> "Till":
        """Fetch the cache."""
        status, self.snapshot = self.send("GET", "/pos/snapshot", None)
        assert status == 200, self.snapshot
        self.number = max(self.number, self.snapshot["device"]["last_number"])
        self.seq = max(self.seq, self.snapshot["device"]["last_seq"])
        self.shift = self.snapshot["shift"]["id"] if self.snapshot["shift"] else None
        return self

    def sign_in(self, pin: str) -> "Till":
        """Enter a PIN."""
        status, answer = self.send("POST", "/pos/pin", {"pin": pin})
        assert status == 200, answer
        self.actor = answer["employee"]["id"]
        return self

    def rows(self, kind: str) -> dict[str, list[Any]]:
        """Cached rows of a kind by key."""
        return dict(self.snapshot["changes"].get(kind, []))

    def item(self, sku: str) -> str:
        """The variant with that SKU."""
        return next(key for key, body in self.rows("item").items() if body[3] == sku)

    @property
    def day(self) -> str:
        """The business day at the store, by this till's clock."""
        store = self.snapshot["store"]
        return business_day(self.clock(), ZoneInfo(store["time_zone"]), store["cutoff_minutes"]).isoformat()

    def operation(self, kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Wrap a body; takes the next place in the device's count."""
        self.seq += 1
        at = self.clock()
        return {
            "v": 1, "id": str(uuid7()), "seq": self.seq, "kind": kind, "at": at.isoformat(timespec="milliseconds"),
            "clock_offset_ms": 0, "business_date": more.pop("business_date", self.day), "actor": self.actor,
            "shift": self.shift, "cursor": self.snapshot["cursor"], "approvals": [], "needs": [], "body": body, **more,
        }  # fmt: skip

    def post(self, *operations: dict[str, Any]) -> list[dict[str, Any]]:
        """Send operations; answers theirs."""
        status, answer = self.send("POST", "/pos/operations", {"operations": list(operations)})
        assert status == 200, (status, answer)
        return answer["answers"]

    def send_raw(self, body: bytes) -> tuple[int, Any]:
        """Send bytes as a request of operations, whatever they are."""
        return self.send("POST", "/pos/operations", body)

    def send_bytes(self, body: bytes) -> list[dict[str, Any]]:
        """Send a request written by hand; answers its operations' answers."""
        status, answer = self.send_raw(body)
        assert status == 200, (status, answer)
        return answer["answers"]

    def open_shift(self, opening_float: str = "100.00") -> dict[str, Any]:
        """Open a shift and work in it."""
        shift = str(uuid7())
        [answer] = self.post(self.operation("shift.open", {"shift": shift, "opening_float": opening_float}))
        assert answer["state"] == "done", answer
        self.shift = shift
        return answer

    def close_shift(self, counted: str) -> dict[str, Any]:
        """Count the drawer."""
        [answer] = self.post(self.operation("shift.close", {"shift": self.shift, "counted": counted}))
        return answer

    def cart(self, goods: Sequence[tuple[str, str]], **more: Any) -> dict[str, Any]:
        """A cart of (variant id, quantity); `more` goes into the cart."""
        items, profiles = self.rows("item"), self.rows("profile")
        store, day = self.snapshot["store"], self.day
        lines = [
            {
                "id": str(uuid7()),
                "product": items[key][0],
                "quantity": quantity,
                "list": items[key][5],
                "profile": items[key][6],
            }
            for key, quantity in goods
        ]
        used = {
            key: [
                {"code": c, "kind": k, "rate": percent_on(r, later, day), "inclusive": i, "compound": o, "priority": p}
                for c, k, r, i, o, p, later in profiles[key][1]
            ]
            for key in {line["profile"] for line in lines}
        }
        return {
            "currency": {"code": store["currency"], "digits": store["digits"]},
            "customer": False,
            "lines": lines,
            "profiles": used,
            **more,
        }

    def sale(
        self, goods: Sequence[tuple[str, str]], *, tenders: list[dict[str, Any]] | None = None, buyer: str = "", **more: Any
    ) -> dict[str, Any]:
        """A paid sale as an operation; exact cash unless tenders are given. `buyer` is the customer's id."""
        cart = self.cart(goods, **({"customer": True} if buyer else {}), **more)
        sale = self.settle(cart, [key for key, _quantity in goods], tenders=tenders)
        if buyer:
            sale["body"]["customer"] = buyer
        return sale

    def settle(
        self, cart: dict[str, Any], items: Sequence[str], *, tenders: list[dict[str, Any]] | None = None
    ) -> dict[str, Any]:
        """Pay a cart and make the operation."""
        total = self.figures(cart)["total"]
        cart["tenders"] = tenders if tenders is not None else [{"method": "cash", "amount": total}]
        self.number += 1
        body = {
            "series": self.snapshot["device"]["series"], "number": self.number, "cart": cart,
            "goods": self.goods(cart, items), "figures": self.figures(cart),
        }  # fmt: skip
        return self.operation("sale.settle", body)

    def goods(self, cart: dict[str, Any], items: Sequence[str]) -> list[dict[str, str]]:
        """How the lines were shown."""
        rows = self.rows("item")
        return [
            {"line": line["id"], "item": key, "name": rows[key][1], "sku": rows[key][3], "unit": rows[key][8]}
            for line, key in zip(cart["lines"], items, strict=True)
        ]

    def figures(self, cart: dict[str, Any]) -> dict[str, Any]:
        """What the engine makes of a cart."""
        sale = price(parse_cart(to_wire(cart)))
        text, payment = sale.currency.format, sale.payment
        return {
            "total": text(sale.totals.total), "tax": text(sale.totals.tax),
            "rounding": text(payment.rounding if payment else 0), "change": text(payment.change if payment else 0),
            "payable": [text(line.payable) for line in sale.lines],
        }  # fmt: skip

    def refund(
        self, receipt: dict[str, Any], quantities: dict[str, str], *, reason: str = "Changed their mind", **figures: Any
    ) -> dict[str, Any]:
        """A refund of lines of a receipt as `GET /pos/receipts` gives it; `figures` are what the engine says."""
        self.number += 1
        lines = [{"line": str(uuid7()), "original_line": key, "quantity": q} for key, q in quantities.items()]
        body = {
            "series": self.snapshot["device"]["series"], "number": self.number, "original": receipt["id"], "reason": reason,
            "lines": lines, **figures,
        }  # fmt: skip
        return self.operation("refund.make", body)

    def void(self, receipt: dict[str, Any], *, reason: str = "Wrong table", **more: Any) -> dict[str, Any]:
        """A void of a receipt as `GET /pos/receipts` gives it; `more` goes into the body."""
        self.number += 1
        series = self.snapshot["device"]["series"]
        body = {"series": series, "number": self.number, "original": receipt["id"], "reason": reason, "total": receipt["total"]}
        return self.operation("receipt.void", body | more)


def to_wire(cart: dict[str, Any]) -> wire.Cart:
    """A cart's JSON as the engine's wire types."""

    return msgspec.convert(json.loads(json.dumps(cart)), wire.Cart)
