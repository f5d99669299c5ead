"""What was chosen with an item, held against the modifier groups that the item had at the act's cursor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pos.offline.bodies import Good
from smartpos.money import parse_price
from smartpos.operations.kinds import Case

# Places in the rows that tills cache (docs/terminal-protocol.md, 4).
ITEM_GROUPS = 14
GROUP_MINIMUM, GROUP_MAXIMUM, GROUP_ANSWERS = 1, 2, 3
ANSWER_ID, ANSWER_PRICE, ANSWER_NESTED = 0, 3, 5


@dataclass(slots=True)
class Choices:
    """What the groups make of the chosen answers: the price differences, and whether minimum and maximum were kept."""

    prices: list[int] = field(default_factory=list)
    kept: bool = True


def choices_of(case: Case, body: Sequence[Any], good: Good) -> Choices:
    """Read the chosen answers by the groups of an item's row; an answer that no group asks breaks the rules."""
    chosen = {str(uuid) for uuid in good.modifiers}
    found, seen = Choices(), set[str]()
    own = body[ITEM_GROUPS] if len(body) > ITEM_GROUPS else []
    for group in _asked(case, own, chosen):
        answers = [answer for answer in group[GROUP_ANSWERS] if answer[ANSWER_ID] in chosen]
        most = group[GROUP_MAXIMUM]
        if len(answers) < group[GROUP_MINIMUM] or (most is not None and len(answers) > most):
            found.kept = False
        found.prices += [parse_price(answer[ANSWER_PRICE], signed=True) for answer in answers]
        seen |= {answer[ANSWER_ID] for answer in answers}
    found.kept = found.kept and seen == chosen and len(chosen) == len(good.modifiers)
    return found


def _asked(case: Case, own: Sequence[str], chosen: set[str]) -> Iterator[Sequence[Any]]:
    """The groups that are asked: the item's own, and those that chosen answers lead to, each once."""
    waiting, met = list(own), set[str]()
    while waiting:
        key = waiting.pop(0)
        fact = case.facts.at("modifiers", key, case.operation.cursor)
        if key in met or fact is None or fact.body is None:
            continue
        met.add(key)
        yield fact.body
        waiting += [a[ANSWER_NESTED] for a in fact.body[GROUP_ANSWERS] if a[ANSWER_NESTED] and a[ANSWER_ID] in chosen]
