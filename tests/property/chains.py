"""What follows a cart: payment, refunds in parts, exchange, splits, points. Each request is built on the answers before it."""

import copy
import json
from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, Decimal
from random import Random
from typing import Any

from tests.property.carts import CURRENCIES, amount, cart, rates

Request = dict[str, Any]
Ask = Callable[[Request], Any]
JUNK: tuple[Any, ...] = (
    None,
    True,
    7,
    -1,
    "",
    "x",
    "-0",
    "1e3",
    "0.123456",
    "999999999999",
    "0",
    "-5",
    [],
    {},
    "percent",
    "card",
    "17",
    2**31,
)


def fraction(rnd: Random, quantity: str) -> str:
    """Some of a quantity, perhaps none or all of it."""
    whole = Decimal(quantity)
    part = (whole * rnd.choice((0, 1, 1, Decimal("0.5"), Decimal("0.333"), Decimal("0.7")))).quantize(
        Decimal("0.001"), ROUND_DOWN
    )
    return format(part.normalize() if part else Decimal(0), "f")


def chain(rnd: Random, ask: Ask) -> Iterator[Request]:
    """All requests about one cart; `ask` is the engine whose answers they are built on."""
    made = cart(rnd)
    yield (unpaid := {"op": "price", "cart": made})
    yield {"op": "fit_discounts", "cart": made}
    if rnd.random() < 0.5:
        yield broken(rnd, unpaid)
    sale = ask(unpaid).get("result")
    if sale is None:
        return
    yield (paying := {"op": "price", "cart": {**made, "tenders": tenders(rnd, made, sale)}})
    yield settle(rnd, made, sale)
    yield from split(rnd, made, sale)
    paid = ask(paying).get("result")
    if paid is not None:
        for asked in refunds(rnd, made, paid, ask):
            yield asked
            if rnd.random() < 0.2:
                yield broken(rnd, asked)
        yield exchange(rnd, made, paid)


def tenders(rnd: Random, made: dict[str, Any], sale: dict[str, Any]) -> list[dict[str, Any]]:
    """Tenders that fit, more or less."""
    total, step = Decimal(sale["totals"]["total"]), Decimal(1).scaleb(-made["currency"]["digits"])
    due = sale["totals"]["cash_due"]
    if not total:
        return []
    way = rnd.random()
    if way < 0.35:
        return [{"method": "cash", "amount": due, "tendered": str(Decimal(due) + rnd.choice((0, 10, 100)))}]
    if way < 0.5:
        return [{"method": rnd.choice(("card", "online")), "amount": sale["totals"]["total"], "tip": rnd.choice((None, "1"))}]
    card = (total / rnd.choice((2, 3, 7))).quantize(step, ROUND_DOWN)
    rest = total - card
    if way < 0.8:
        if made["cash_rounding"]:
            unit = Decimal(made["cash_rounding"]["step"])
            rest = ((rest / unit + Decimal("0.5")) // 1) * unit
        return [{"method": "card", "amount": str(card)}, {"method": "cash", "amount": str(rest.quantize(step))}]
    return [{"method": "card", "amount": str(card)}, {"method": "online", "amount": str(rest)}]


def settle(rnd: Random, made: dict[str, Any], sale: dict[str, Any]) -> Request:
    """A part of a bill paid in cash, after another."""
    total, digits = sale["totals"]["total"], made["currency"]["digits"]
    before = {"cash": total, "cash_paid": sale["totals"]["cash_due"]} if rnd.random() < 0.5 else None
    cash = {"method": "cash", "amount": rnd.choice((total, sale["totals"]["cash_due"], amount(rnd, digits)))}
    settled = {
        "currency": made["currency"],
        "due": total,
        "tenders": [cash],
        "cash_rounding": made["cash_rounding"],
        "before": before,
    }
    return {"op": "settle", "settle": settled}


def split(rnd: Random, made: dict[str, Any], sale: dict[str, Any]) -> Iterator[Request]:
    """The bill in equal parts, and by items with shared units."""
    guests = rnd.choice((2, 3, 7, 50, 1))
    shares = [
        {
            "code": f"{index}-{rate['code']}",
            "kind": rate["kind"],
            "rate": rate["rate"],
            "inclusive": rate["inclusive"],
            "amount": rate["amount"],
        }
        for index, group in enumerate(sale["taxes"])
        for rate in group["rates"]
    ]
    equal = {"currency": made["currency"], "total": sale["totals"]["total"], "taxes": shares, "guests": guests}
    yield {"op": "split_equal", "split_equal": equal}
    names = ["Ana", "Boris", "Ceca"]
    portions = []
    for sold in sale["lines"]:
        first = fraction(rnd, sold["quantity"])
        rest = format(Decimal(sold["quantity"]) - Decimal(first), "f")
        portions += [
            {"line": sold["id"], "quantity": part, "guests": rnd.sample(names, rnd.randrange(1, 4))}
            for part in ((first, rest) if rnd.random() < 0.8 else (first,))
        ]
    rnd.shuffle(portions)
    lines = [{name: sold[name] for name in ("id", "quantity", "payable", "taxes")} for sold in sale["lines"]]
    yield {
        "op": "split_items",
        "split_items": {"currency": made["currency"], "lines": lines, "guests": names, "portions": portions},
    }


def refunds(rnd: Random, made: dict[str, Any], sale: dict[str, Any], ask: Ask) -> Iterator[Request]:
    """Refunds of one sale until everything is given back, each knowing what the ones before gave."""
    lines_sold = sold_lines(sale)
    before: dict[str, dict[str, Any]] = {
        sold["id"]: {"quantity": "0", "payable": "0", "taxes": {tax["code"]: "0" for tax in sold["taxes"]}}
        for sold in lines_sold
    }
    back = [{"method": t["method"], "amount": t["part"], "refunded": "0"} for t in sale["payment"]["tenders"]]
    paid_out = Decimal(0)
    for last in (False, False, True):
        lines = []
        for sold in lines_sold:
            left = format(Decimal(sold["quantity"]) - Decimal(before[sold["id"]]["quantity"]), "f")
            lines.append(refund_line(sold, before[sold["id"]], left if last else fraction(rnd, left)))
        step = made["cash_rounding"] and {"step": made["cash_rounding"]["step"], "paid_out": format(paid_out, "f")}
        request = {"currency": made["currency"], "lines": lines, "tenders": copy.deepcopy(back), "cash_rounding": step}
        yield {"op": "refund", "refund": request}
        done = ask({"op": "refund", "refund": request}).get("result")
        if done is None:
            return
        for part in done["lines"]:
            add(before[part["id"]], part)
        for tender, given in zip(back, done["payout"]["tenders"], strict=True):
            tender["refunded"] = plus(tender["refunded"], given["amount"])
            paid_out += Decimal(given["paid"]) if given["method"] == "cash" else 0
        yield from points(rnd, made, sale, done, complete=last)


def sold_lines(sale: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be given back: the lines, and the service charge as one of them."""
    service = sale["service_charge"]
    return [*sale["lines"], *([{"id": "service", "quantity": "1", **service}] if service else [])]


def refund_line(sold: dict[str, Any], before: dict[str, Any], now: str) -> dict[str, Any]:
    """A sold line with what was given back of it."""
    taxes = [{"code": code, "amount": given} for code, given in before["taxes"].items()]
    refunded = {"quantity": before["quantity"], "payable": before["payable"], "taxes": taxes}
    return {
        "id": sold["id"],
        "quantity": sold["quantity"],
        "payable": sold["payable"],
        "taxes": sold["taxes"],
        "now": now,
        "refunded": refunded,
    }


def plus(one: str, other: str) -> str:
    """The sum of two plain numbers."""
    return format(Decimal(one) + Decimal(other), "f")


def add(before: dict[str, Any], part: dict[str, Any]) -> None:
    """One more refund of a line."""
    before["quantity"] = plus(before["quantity"], part["quantity"])
    before["payable"] = plus(before["payable"], part["payable"])
    for tax in part["taxes"]:
        before["taxes"][tax["code"]] = plus(before["taxes"][tax["code"]], tax["amount"])


def points(
    rnd: Random, made: dict[str, Any], sale: dict[str, Any], done: dict[str, Any], *, complete: bool
) -> Iterator[Request]:
    """The points of a sale and of its refund."""
    common = {
        "currency": made["currency"],
        "points_per_unit": rnd.choice(("1", "0.5", "0.3333", "0")),
        "balance": str(rnd.randrange(300)),
    }
    yield {"op": "earn", "earn": {**common, "total": sale["totals"]["total"], "debt": rnd.choice(("0", "5", "1000"))}}
    counts = {name: str(rnd.randrange(200)) for name in ("earned", "redeemed", "taken_before", "given_before", "debt")}
    refunded = sale["totals"]["total"] if complete else done["total"]
    yield {
        "op": "take_back",
        "take_back": {**common, **counts, "paid": sale["totals"]["total"], "refunded": refunded, "complete": complete},
    }


def exchange(rnd: Random, made: dict[str, Any], sale: dict[str, Any]) -> Request:
    """Some lines back against another cart, now and then in another currency."""
    lines = [
        refund_line(sold, {"quantity": "0", "payable": "0", "taxes": {}}, fraction(rnd, sold["quantity"]))
        for sold in sale["lines"]
    ]
    other = cart(rnd)
    if rnd.random() < 0.95:
        other.update(currency=made["currency"], cash_rounding=made["cash_rounding"])
    return {"op": "exchange", "exchange": {"cart": other, "refund": {"currency": made["currency"], "lines": lines}}}


def alone(rnd: Random) -> Request:
    """An operation that follows nothing."""
    currency = rnd.choice(CURRENCIES)
    digits = int(currency["digits"])  # type: ignore[call-overload]
    some = [amount(rnd, digits) for _ in range(9)]
    weights = [amount(rnd, 4, 3) for _ in range(rnd.randrange(6))]
    choices: list[Request] = [
        {"op": "tax", "tax": {"currency": currency, "amount": some[0], "profile": rates(rnd)}},
        {"op": "allocate", "allocate": {"currency": currency, "amount": some[0], "weights": weights}},
        {"op": "label_quantity", "label_quantity": {"currency": currency, "label": some[0], "unit": amount(rnd, 4, 9)}},
        {"op": "gratis_split", "gratis_split": {"quantity": amount(rnd, 3, 4)}},
        {"op": "tax_difference", "tax_difference": {
            "currency": currency, "allocated": [{"code": c, "amount": a} for c, a in zip("abc", some, strict=False)],
            "anew": [{"code": c, "amount": a} for c, a in zip("bcd", some[3:], strict=False)],
        }},
        {"op": "shift_cash", "shift_cash": {
            "currency": currency, "counted": rnd.choice((None, some[8])), "previous_close": rnd.choice((None, some[0])),
            **dict(zip(("opening", "taken", "change", "refunds", "cash_in", "cash_out", "handovers", "cod"), some, strict=False)),
        }},
    ]  # fmt: skip
    return rnd.choice(choices)


def broken(rnd: Random, request: Request) -> Request:
    """The same with one place changed, removed or added."""
    made: Request = json.loads(json.dumps(request))
    spots = [(inner, key) for inner in containers(made) for key in (inner if isinstance(inner, dict) else range(len(inner)))]
    inner, key = rnd.choice(spots)
    if rnd.random() < 0.15:
        del inner[key]
    elif rnd.random() < 0.05 and isinstance(inner, dict):
        inner["surplus"] = 1
    else:
        inner[key] = rnd.choice(JUNK)
    return made


def containers(value: Any) -> Iterator[Any]:
    """Every object and list inside, itself included."""
    if isinstance(value, dict | list):
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from containers(part)
