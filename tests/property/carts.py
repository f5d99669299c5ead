"""Random carts of every kind that the engine knows, good ones and refused ones; the same seed gives the same ones."""

from random import Random
from typing import Any

CURRENCIES = ({"code": "JPY", "digits": 0}, {"code": "BAM", "digits": 2}, {"code": "KWD", "digits": 3})
STEPS = {0: ("5", "10"), 2: ("0.05", "0.10", "1"), 3: ("0.005", "0.050")}
RATES = ("17", "9", "5", "2", "6.25", "8.7", "21", "0.5", "33.3333", "100", "19.9999")
QUANTITIES = ("1", "1", "1", "2", "3", "0.5", "1.234", "12", "0.001", "100")
PERCENTS = ("5", "10", "12.5", "33.3333", "0.0001", "50", "100", "0")


def amount(rnd: Random, digits: int, most: int = 5000) -> str:
    """An amount of so many decimals."""
    whole = rnd.randrange(most)
    return f"{whole}.{rnd.randrange(10**digits):0{digits}d}" if digits else str(whole)


def chance(rnd: Random, share: float, value: Any, other: Any = None) -> Any:
    """The value so often, the other otherwise."""
    return value if rnd.random() < share else other


def rates(rnd: Random) -> list[dict[str, Any]]:
    """A tax profile: none, one or several rates, inclusive, exclusive, compound, in any priority."""
    made = []
    for number in range(rnd.choice((0, 1, 1, 1, 1, 2, 2, 3, 4))):
        rate: dict[str, Any] = {
            "code": f"r{number}",
            "kind": "standard",
            "rate": rnd.choice(RATES),
            "inclusive": rnd.random() < 0.6,
        }
        if rnd.random() < 0.1:
            rate.update(kind=rnd.choice(("zero", "exempt")), rate="0")
        if rnd.random() < 0.35:
            rate["compound"] = True
        if rnd.random() < 0.5:
            rate["priority"] = rnd.randrange(4)
        made.append(rate)
    if len(made) > 1 and rnd.random() < 0.01:
        made[1]["code"] = made[0]["code"]
    return made


def discount(rnd: Random, digits: int, most: int = 30) -> dict[str, str]:
    """A manual discount."""
    if rnd.random() < 0.6:
        return {"kind": "percent", "value": rnd.choice(PERCENTS)}
    return {"kind": "amount", "value": amount(rnd, digits, most)}


def line(rnd: Random, index: int, digits: int, profiles: list[str]) -> dict[str, Any]:
    """A line of any kind, or of several at once."""
    made: dict[str, Any] = {
        "id": f"l{index}", "product": f"p{rnd.randrange(8)}", "profile": rnd.choice(profiles),
        "quantity": rnd.choice(QUANTITIES), "list": amount(rnd, rnd.choice((0, digits, digits, 4)), 200),
    }  # fmt: skip
    if rnd.random() < 0.2:
        made["promotion"] = rnd.choice(("10", "25", "33.3333", "0", "100"))
    if rnd.random() < 0.2:
        made["modifiers"] = [rnd.choice(("0.50", "-0.25", "1.3333", "-1")) for _ in range(rnd.randrange(1, 3))]
    if rnd.random() < 0.1:
        made["override"] = amount(rnd, 3, 100)
    elif rnd.random() < 0.1 and "modifiers" not in made:
        made["label"] = amount(rnd, digits, 100)
    if rnd.random() < 0.08:
        made.update(gratis=True, quantity=rnd.choice(("1", "0.5")))
    elif rnd.random() < 0.2:
        made["discount"] = discount(rnd, digits)
    return made


def limit(rnd: Random, digits: int) -> dict[str, Any]:
    """Tiers of both kinds, with and without a maximum for customers."""
    tiers = [
        {"start": "0", **discount(rnd, digits)},
        {"start": "50", **discount(rnd, digits)},
        {"start": "200", **discount(rnd, digits)},
    ]
    return {
        "tiers": tiers[: rnd.randrange(4)],
        "with_customer": chance(rnd, 0.6, discount(rnd, digits)),
        "approved": rnd.random() < 0.5,
    }


def cart(rnd: Random) -> dict[str, Any]:
    """A cart without tenders."""
    currency = rnd.choice(CURRENCIES)
    digits = int(currency["digits"])  # type: ignore[call-overload]
    profiles = {f"t{n}": rates(rnd) for n in range(rnd.randrange(1, 4))}
    names = list(profiles)
    points = {
        "use": rnd.choice(("all", "all", "150", "7")),
        "balance": rnd.choice(("770", "12", "100000")),
        "minimum": rnd.choice(("0", "100")),
        "value_of_100": rnd.choice(("1.00", "3.3333", "0.01", "250")),
    }
    return {
        "currency": currency, "customer": rnd.random() < 0.6, "profiles": profiles,
        "lines": [line(rnd, n, digits, names) for n in range(rnd.choice((1, 1, 2, 3, 4, 5, 8)))],
        "discount": chance(rnd, 0.3, discount(rnd, digits)),
        "limit": chance(rnd, 0.3, limit(rnd, digits)),
        "points": chance(rnd, 0.2, points),
        "service_charge": chance(rnd, 0.2, {**discount(rnd, digits), "profile": rnd.choice(names)}),
        "cash_rounding": chance(rnd, 0.4, {"step": rnd.choice(STEPS[digits]), "exact_coins": rnd.random() < 0.5}),
    }  # fmt: skip
