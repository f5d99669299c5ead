"""What a manager should see: where a till's inputs differ from what was valid at its cursor."""

from collections.abc import Iterator

from pos.offline.bodies import Good
from pos.pricing import types
from pos.pricing.lines import label_quantity
from smartpos.money import ONE, parse_price, parse_rate
from smartpos.operations.envelope import Mark
from smartpos.operations.facts import Fact
from smartpos.operations.kinds import Case
from smartpos.taxes.engine import Rate

# Places in the rows that tills cache (docs/terminal-protocol.md, 4).
ITEM_PRODUCT, ITEM_PRICE, ITEM_PROFILE, ITEM_UNIT, ITEM_TRACKED = 0, 5, 6, 8, 9
PROFILE_RATES = 1
PIECE = "piece"


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
    if parse_price(body[ITEM_PRICE]) != line.list_price or not _price_explained(line):
        marks.append(Mark(code="price_differs", line=where, listed=body[ITEM_PRICE]))
    if body[ITEM_UNIT] == PIECE and line.quantity % ONE and line.label is None:
        marks.append(Mark(code="quantity_differs", line=where))
    if line.product != body[ITEM_PRODUCT]:
        marks.append(Mark(code="input_unknown", line=where, detail="product"))
    if line.profile != body[ITEM_PROFILE] or not _profile_valid(case, line.profile, cart):
        marks.append(Mark(code="tax_differs", line=where))
    return known.object_id, bool(body[ITEM_TRACKED])


def _price_explained(line: types.Line) -> bool:
    """Whether the catalogue knows what the price was made of: it has neither promotions nor options yet, and a label's amount
    must be worth its quantity.
    """
    if line.promotion is not None or line.modifiers:
        return False
    return line.label is None or bool(line.list_price and label_quantity(line.label, line.list_price) == line.quantity)


def unknown_inputs(cart: types.Cart) -> list[Mark]:
    """What lowered or raised the total and that no setting of this server asks for."""
    given = {"points": cart.points, "service_charge": cart.service_charge, "cash_rounding": cart.cash_rounding}
    return [Mark(code="input_unknown", detail=name) for name, value in given.items() if value is not None]


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
