"""How the demo's guests behave: when they come, what they take, how they pay. Pure, and the same for the same seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

Item = TypeVar("Item")
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Habits:
    """A store's rhythm: receipts on an ordinary day, weight of each weekday and hour, and how the money comes."""

    receipts: int
    weekdays: tuple[float, ...]
    hours: dict[int, float]
    card: float
    mixed: float
    returned: float
    discounted: float


SHOP = Habits(
    receipts=36,
    weekdays=(1.0, 0.95, 1.0, 1.0, 1.2, 1.35, 0.6),
    hours={
        7: 0.8, 8: 1.2, 9: 1.1, 10: 1.2, 11: 1.1, 12: 1.0, 13: 0.9, 14: 0.9, 15: 1.2, 16: 1.6, 17: 1.7, 18: 1.3, 19: 0.9, 20: 0.4,
    },
    card=0.42, mixed=0.03, returned=0.012, discounted=0.03,
)  # fmt: skip
CAFE = Habits(
    receipts=42,
    weekdays=(0.8, 0.85, 0.9, 1.0, 1.3, 1.45, 1.1),
    hours={
        8: 0.9, 9: 1.3, 10: 1.5, 11: 1.1, 12: 1.5, 13: 1.7, 14: 1.3, 15: 0.9, 16: 0.9, 17: 1.0, 18: 1.2, 19: 1.4, 20: 1.3, 21: 0.9,
        22: 0.4,
    },
    card=0.36, mixed=0.02, returned=0.004, discounted=0.02,
)  # fmt: skip
TARGET_STEP = 100
MOST_A_DAY = 60  # so that a first start stays short


def times_of(day: date, habits: Habits, zone: ZoneInfo, rnd: Random) -> list[datetime]:
    """When the day's receipts are made, in order."""
    # The year breathes: more before holidays, less at its beginning; and no two days are alike.
    season = 1 + 0.12 * ((day.timetuple().tm_yday % 91) / 91 - 0.5)
    count = round(habits.receipts * habits.weekdays[day.weekday()] * season * rnd.uniform(0.85, 1.15))
    hours = rnd.choices(list(habits.hours), weights=list(habits.hours.values()), k=min(count, MOST_A_DAY))
    seconds = sorted(hour * 3600 + rnd.randrange(3600) for hour in hours)
    return [datetime.combine(day, time(), zone) + timedelta(seconds=second) for second in seconds]


class Fancy(Generic[Item]):
    """Some goods are loved, most are bought now and then: the n-th of a fixed order sells about 1/n as often as the first."""

    def __init__(self, items: Sequence[Item], rnd: Random) -> None:
        self.items = list(items)
        rnd.shuffle(self.items)
        self.weights = [1 / (place + 3) for place in range(len(self.items))]

    def take(self, rnd: Random, count: int) -> list[Item]:
        """Different things, `count` at most."""
        chosen = rnd.choices(self.items, weights=self.weights, k=count)
        return list(dict.fromkeys(chosen))


def shop_basket(shelves: dict[str, Fancy[Item]], everything: Fancy[Item], hour: int, rnd: Random) -> list[Item]:
    """Bread in the morning, a full bag in the afternoon."""
    size = rnd.choices((1, 2, 3, 4, 6, 8), weights=(22, 24, 20, 16, 12, 6))[0]
    basket = everything.take(rnd, size)
    if hour < 10 and rnd.random() < 0.6:
        basket = [*shelves["Hljeb i peciva"].take(rnd, 2), *basket[:2]]
    return list(dict.fromkeys(basket))


def cafe_table(shelves: dict[str, Fancy[Item]], hour: int, rnd: Random) -> list[Item]:
    """Coffee all day, breakfast early, meals at noon and in the evening, something sweet after."""
    warm, cold = shelves["Topli napici"], shelves["Hladni napici"]
    if hour < 11 and rnd.random() < 0.35:
        return [*shelves["Doručak"].take(rnd, 2), *warm.take(rnd, 2)]
    if (12 <= hour <= 14 or hour >= 18) and rnd.random() < 0.65:
        main = rnd.choices(("Roštilj", "Kuhana jela", "Pite", "Supe i čorbe"), weights=(5, 3, 3, 2))[0]
        side = shelves["Salate i prilozi"].take(rnd, rnd.choice((0, 1, 1, 2)))
        sweet = shelves["Deserti"].take(rnd, 1) if rnd.random() < 0.25 else []
        return [*shelves[main].take(rnd, rnd.choice((1, 2, 2, 3))), *side, *cold.take(rnd, rnd.choice((1, 2))), *sweet]
    sweet = shelves["Deserti"].take(rnd, 1) if rnd.random() < 0.3 else []
    return [*warm.take(rnd, rnd.choice((1, 1, 2, 3))), *(cold.take(rnd, 1) if rnd.random() < 0.4 else []), *sweet]


def payment(habits: Habits, rnd: Random) -> str:
    """Cash, card or both."""
    chance = rnd.random()
    return "mixed" if chance < habits.mixed else "card" if chance < habits.mixed + habits.card else "cash"


def targets(today: date, takings: Decimal, *, days: int) -> dict[date, Decimal | None]:
    """What a store means to take in each month of this year: a little more than it does, and more towards summer and the holidays."""
    month = 30 * takings / days
    moods = {1: 92, 2: 94, 3: 98, 4: 102, 5: 105, 6: 108, 7: 110, 8: 108, 9: 103, 10: 100, 11: 98, 12: 112}
    amounts = {place: round(month * mood / 100 / TARGET_STEP) * TARGET_STEP for place, mood in moods.items()}
    return {date(today.year, place, 1): Decimal(amount) for place, amount in amounts.items() if amount}


def counted_error(rnd: Random) -> int:
    """What the count of a drawer is off by, in minor units: mostly nothing."""
    return rnd.choice((-500, -200, -100, -50, 50, 100, 200)) if rnd.random() < 0.15 else 0
