"""Promotions at the tills: what holds when, and how a sold line is held against it (decisions 14 and 19)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db.models import Exists, OuterRef

from inventory.models import Movement, MovementKind, StockLevel
from pos.offline.bodies import Good
from pos.pricing import types
from pos.services.promotions import WALL
from pos.settings import setting_at
from smartpos.money import parse_rate
from smartpos.operations.envelope import Mark
from smartpos.operations.facts import Log, log_for
from smartpos.operations.kinds import Case
from smartpos.people.models import Device, Store

MODULE = "promotional_prices"
# Places in the rows that tills cache (docs/terminal-protocol.md, 4).
PERCENT, STARTS, ENDS, PRODUCTS = 1, 2, 3, 4
# A cart may stand for so long before it is paid, and a clock be so far ahead.
LONGEST_CART = timedelta(hours=24)
CLOCK_TOLERANCE = timedelta(minutes=2)
# Tills keep what is over for so long, because their clocks may be wrong.
KEPT = timedelta(days=2)
GONE = msgspec.Raw(b"null")
_decode = msgspec.json.Decoder(list[Any]).decode


@dataclass(frozen=True, slots=True)
class Promoted:
    """Which promotion a line is on, where that is known, and how much."""

    key: int | None = None
    percent: int | None = None


class Promotions:
    """What held at an act's cursor in the store of its device; read once for all lines."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.on = bool(setting_at(case, "module.promotional_prices"))
        self.now = case.occurred_at.astimezone(case.device.store.zone).replace(tzinfo=None)

    def judge(self, line: types.Line, good: Good, marks: list[Mark]) -> Promoted:
        """Which promotion the line was sold on; a mark where it is not the best one that held when the line was made.

        What was paid stands: the line keeps the percentage it was sold with.
        """
        best = self._best(line.product, self._wall(good)) if self.on else {}
        if line.promotion is not None and not self.on:
            marks.append(Mark(code="module_off", line=line.id, detail=MODULE))
        elif not self._explained(line, good, best):
            listed = next(iter(best.values()), None)
            marks.append(Mark(code="promotion_differs", line=line.id, listed=f"{listed} %" if listed else ""))
        if line.promotion is None:
            return Promoted()
        known = self.case.facts.last("promotion", str(good.promotion), self.case.device.store_id) if good.promotion else None
        return Promoted(known.object_id if known else None, line.promotion)

    def _explained(self, line: types.Line, good: Good, best: dict[str, str]) -> bool:
        if not self._added_in_time(good):
            return False
        if line.promotion is None:
            return not best and good.promotion is None
        percent = best.get(str(good.promotion)) if good.promotion else None
        return percent is not None and parse_rate(percent) == line.promotion

    def _wall(self, good: Good) -> str:
        return good.added or self.now.strftime(WALL)

    def _added_in_time(self, good: Good) -> bool:
        """Whether a line can have been made when it says: not after it was paid, and not in another week."""
        if good.added is None:
            return True
        try:
            added = datetime.strptime(good.added, WALL)  # noqa: DTZ007 - what a clock on the wall shows
        except ValueError:
            return False
        return self.now - LONGEST_CART <= added <= self.now + CLOCK_TOLERANCE

    def _best(self, product: str, wall: str) -> dict[str, str]:
        """The percentage of the promotions that take the most off a product, by their keys (ANL-26)."""
        valid = [(key, body) for key, body in self._valid(wall) if product in body[PRODUCTS]]
        most = max((parse_rate(body[PERCENT]) for _key, body in valid), default=0)
        return {key: body[PERCENT] for key, body in valid if parse_rate(body[PERCENT]) == most}

    def _valid(self, wall: str) -> Iterator[tuple[str, Sequence[Any]]]:
        case = self.case
        return holding(case.facts, case.operation.cursor, case.device.store_id, wall)


def holding(log: Log, cursor: int, store_id: int, wall: str) -> Iterator[tuple[str, Sequence[Any]]]:
    """The promotions that hold in a store at a cursor, while its clock shows `wall`."""
    for key in log.keys("promotion"):
        fact = log.at("promotion", key, cursor, store_id)
        if fact is not None and fact.body is not None and fact.body[STARTS] <= wall <= fact.body[ENDS]:
            yield key, fact.body


def till_promotions(
    rows: Iterable[tuple[str, msgspec.Raw]], store: Store, *, full: bool, at: datetime
) -> list[tuple[str, msgspec.Raw]]:
    """The change log's rows without what has been over for days: of no use to a till, which would keep all that ever was."""
    past = (at - KEPT).astimezone(store.zone).strftime(WALL)
    found = [(key, GONE if _over(body, past) else body) for key, body in rows]
    return [(key, body) for key, body in found if not full or body is not GONE]


def _over(body: msgspec.Raw, past: str) -> bool:
    return bytes(body) != b"null" and _decode(body)[ENDS] < past


def sold_out(device: Device, cursor: int, at: datetime) -> list[str]:
    """The variants on a promotion that holds in the device's store now of which none is left there (POS-22).

    Only what is counted and was ever put in stock: a shop that counts nothing has levels below nought and plenty of goods. No
    statement where no promotion runs.
    """
    wall = at.astimezone(device.store.zone).strftime(WALL)
    products = {
        product
        for _key, body in holding(log_for(device.business_id, cursor), cursor, device.store_id, wall)
        for product in body[PRODUCTS]
    }
    if not products:
        return []
    filled = Movement.objects.filter(
        variant=OuterRef("variant"), store_id=device.store_id, kind__in=[MovementKind.RECEIVE, MovementKind.ADJUSTMENT]
    )
    levels = StockLevel.objects.filter(
        Exists(filled), store=device.store_id, quantity__lte=0, variant__tracked=True, variant__product__uuid__in=products
    )
    return [str(uuid) for uuid in levels.order_by("variant").values_list("variant__uuid", flat=True)]
