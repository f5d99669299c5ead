"""What a manager should see: where a till's inputs differ from what was valid at its cursor."""

from collections.abc import Iterator

from pos.offline.bodies import Good
from pos.pricing import types
from smartpos.money import parse_price, parse_rate
from smartpos.operations.envelope import Mark
from smartpos.operations.facts import Fact
from smartpos.operations.kinds import Case
from smartpos.taxes.engine import Rate

# Places in the rows that tills cache (docs/terminal-protocol.md, 4).
ITEM_PRODUCT, ITEM_PRICE, ITEM_PROFILE, ITEM_TRACKED = 0, 5, 6, 9
PROFILE_RATES = 1


def compare_line(case: Case, line: types.Line, good: Good, cart: types.Cart, marks: list[Mark]) -> tuple[int | None, bool]:
    """Hold a line against the catalogue; answers the variant's key (None when there is none) and whether stock moves."""
    cursor, where = case.operation.cursor, line.id
    known = case.facts.last("item", str(good.item))
    valid = case.facts.at("item", str(good.item), cursor)
    if known is None:
        marks.append(Mark(code="item_unknown", line=where))
        return None, False
    if valid is None or valid.body is None or not _in_store(valid, case):
        marks.append(Mark(code="item_unknown", line=where))
        return known.object_id, bool(known.body and known.body[ITEM_TRACKED])
    body = valid.body
    if parse_price(body[ITEM_PRICE]) != line.list_price or line.promotion is not None:
        marks.append(Mark(code="price_differs", line=where, listed=body[ITEM_PRICE]))
    if line.profile != body[ITEM_PROFILE] or not _profile_valid(case, line.profile, cart):
        marks.append(Mark(code="tax_differs", line=where))
    return known.object_id, bool(body[ITEM_TRACKED])


def _in_store(fact: Fact, case: Case) -> bool:
    return fact.store_id is None or fact.store_id == case.device.store_id


def _profile_valid(case: Case, key: str, cart: types.Cart) -> bool:
    fact = case.facts.at("profile", key, case.operation.cursor)
    if fact is None or fact.body is None:
        return False
    used = cart.profiles.get(key, ())
    rates = [
        Rate(code, kind, parse_rate(rate), inclusive, compound, priority)
        for code, kind, rate, inclusive, compound, priority in fact.body[PROFILE_RATES]
    ]
    return tuple(sorted(rates, key=lambda rate: rate.priority)) == tuple(used)


def missing_rights(case: Case, cart: types.Cart) -> list[Mark]:
    """The permissions that the act needed and neither the actor had nor anybody approved."""
    return [Mark(code="permission_missing", permission=code) for code in _needed(cart) if not case.may(code)]


def _needed(cart: types.Cart) -> Iterator[str]:
    yield "sale.make"
    if cart.discount or any(line.discount for line in cart.lines):
        yield "sale.discount"
    if any(line.override is not None for line in cart.lines):
        yield "sale.price"
    if any(line.gratis for line in cart.lines):
        yield "sale.gratis"
    if cart.limit and cart.limit.approved:
        yield "sale.discount_above_limit"
