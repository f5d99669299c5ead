"""Random carts and refunds of every kind that the engine knows; the same seed gives the same ones."""

from random import Random
from typing import Any

CURRENCIES = ({"code": "JPY", "digits": 0}, {"code": "BAM", "digits": 2}, {"code": "KWD", "digits": 3})
PROFILES: dict[str, list[dict[str, Any]]] = {
    "standard": [{"code": "17", "kind": "standard", "rate": "17", "inclusive": True}],
    "two": [
        {"code": "a", "kind": "standard", "rate": "2", "inclusive": True},
        {"code": "b", "kind": "reduced", "rate": "6.25", "inclusive": True},
    ],
    "compound": [
        {"code": "state", "kind": "standard", "rate": "5", "inclusive": False, "priority": 1},
        {"code": "city", "kind": "standard", "rate": "2", "inclusive": False, "compound": True, "priority": 2},
    ],
    "inside": [
        {"code": "s", "kind": "standard", "rate": "5", "inclusive": True, "priority": 1},
        {"code": "c", "kind": "standard", "rate": "2", "inclusive": True, "compound": True, "priority": 2},
    ],
    "mixed": [
        {"code": "in", "kind": "standard", "rate": "21", "inclusive": True, "priority": 2},
        {"code": "on", "kind": "standard", "rate": "8.7", "inclusive": False, "compound": True, "priority": 1},
    ],
    "zero": [{"code": "0", "kind": "zero", "rate": "0", "inclusive": True}],
    "exempt": [{"code": "E", "kind": "exempt", "rate": "0", "inclusive": True}],
    "none": [],
}


def amount(rnd: Random, digits: int, most: int = 5000) -> str:
    """An amount of so many decimals."""
    whole = rnd.randrange(most)
    return f"{whole}.{rnd.randrange(10**digits):0{digits}d}" if digits else str(whole)


def chance(rnd: Random, share: float, value: Any, other: Any = None) -> Any:
    """The value so often, the other otherwise."""
    return value if rnd.random() < share else other


def discount(rnd: Random, digits: int, most: int = 30) -> dict[str, str]:
    """A manual discount."""
    if rnd.random() < 0.6:
        return {"kind": "percent", "value": rnd.choice(("5", "10", "12.5", "33.3333", "100", "0"))}
    return {"kind": "amount", "value": amount(rnd, digits, most)}


def line(rnd: Random, index: int, digits: int) -> dict[str, Any]:
    """A line of any kind."""
    made: dict[str, Any] = {
        "id": f"l{index}", "product": f"p{rnd.randrange(8)}", "profile": rnd.choice(list(PROFILES)),
        "quantity": rnd.choice(("1", "2", "3", "0.5", "1.234", "12", "0.001")), "list": amount(rnd, rnd.choice((digits, 4)), 200),
    }  # fmt: skip
    kind = rnd.random()
    if kind < 0.15:
        made["promotion"] = rnd.choice(("10", "25", "33.3333"))
    elif kind < 0.3:
        made["modifiers"] = [rnd.choice(("0.50", "-0.25", "1.3333")) for _ in range(rnd.randrange(1, 3))]
    elif kind < 0.4:
        made["override"] = amount(rnd, 3, 100)
    elif kind < 0.5:
        made["label"] = amount(rnd, digits, 100)
    elif kind < 0.6:
        made.update(gratis=True, quantity="1")
    elif kind < 0.75:
        made["discount"] = discount(rnd, digits)
    return made


def cart(rnd: Random) -> dict[str, Any]:
    """A cart without tenders."""
    currency = rnd.choice(CURRENCIES)
    digits = int(currency["digits"])  # type: ignore[call-overload]
    tiers = [{"start": "0", "kind": "percent", "value": "20"}, {"start": "50", "kind": "amount", "value": "40"}]
    points = {
        "use": rnd.choice(("all", "150", "7")),
        "balance": "770",
        "minimum": "100",
        "value_of_100": rnd.choice(("1.00", "3.3333")),
    }
    return {
        "currency": currency, "customer": rnd.random() < 0.5, "profiles": PROFILES,
        "lines": [line(rnd, n, digits) for n in range(rnd.randrange(1, 8))],
        "discount": chance(rnd, 0.3, discount(rnd, digits)),
        "limit": chance(rnd, 0.3, {"tiers": tiers, "with_customer": {"kind": "percent", "value": "30"}, "approved": rnd.random() < 0.7}),
        "points": chance(rnd, 0.2, points),
        "service_charge": chance(rnd, 0.2, {"kind": "percent", "value": "10", "profile": "standard"}),
        "cash_rounding": chance(rnd, 0.3, {"step": {0: "5", 2: "0.05", 3: "0.005"}[digits], "exact_coins": rnd.random() < 0.5}),
    }  # fmt: skip
