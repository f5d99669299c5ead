"""What a manager should see: where a till's inputs differ from what was valid at its cursor."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from pos.offline.bodies import Good
from pos.offline.options import Choices, choices_of
from pos.pricing import types
from pos.pricing.engine import price
from pos.pricing.lines import label_quantity
from pos.settings import setting_at
from pos.tiers import plain
from smartpos.money import ONE, Currency, parse_price, parse_rate
from smartpos.operations.envelope import Mark
from smartpos.operations.kinds import Case
from smartpos.taxes.engine import Rate, percent_on

# Places in the rows that tills cache (docs/terminal-protocol.md, 4).
ITEM_PRODUCT, ITEM_PRICE, ITEM_PROFILE, ITEM_UNIT, ITEM_TRACKED = 0, 5, 6, 8, 9
ITEM_UNIT_ID, UNIT_DECIMALS = 11, 1
PROFILE_RATES = 1
PIECE = "piece"
ABOVE_LIMIT = "sale.discount_above_limit"


def compare_line(case: Case, line: types.Line, good: Good, cart: types.Cart, marks: list[Mark]) -> tuple[int | None, bool]:
    """Hold a line against the catalogue; answers the variant's key (None when there is none) and whether stock moves."""
    cursor, where, store = case.operation.cursor, line.id, case.device.store_id
    known = case.facts.last("item", str(good.item), store)
    valid = case.facts.at("item", str(good.item), cursor, store)
    if known is None:
        marks.append(Mark(code="item_unknown", line=where))
        return None, False
    if valid is None or valid.body is None:
        marks.append(Mark(code="item_unknown", line=where))
        return known.object_id, bool(known.body and known.body[ITEM_TRACKED])
    body = valid.body
    choices = choices_of(case, body, good)
    if parse_price(body[ITEM_PRICE]) != line.list_price or not _price_explained(line, choices):
        marks.append(Mark(code="price_differs", line=where, listed=body[ITEM_PRICE]))
    if not choices.kept:
        marks.append(Mark(code="options_differ", line=where))
    if line.label is None and line.quantity % _least(case, body):
        marks.append(Mark(code="quantity_differs", line=where))
    if line.product != body[ITEM_PRODUCT]:
        marks.append(Mark(code="input_unknown", line=where, detail="product"))
    if line.profile != body[ITEM_PROFILE] or not _profile_valid(case, line.profile, cart):
        marks.append(Mark(code="tax_differs", line=where))
    return known.object_id, bool(body[ITEM_TRACKED])


def _price_explained(line: types.Line, choices: Choices) -> bool:
    """Whether the catalogue knows what the price was made of: the differences are those of the chosen answers, and a label's amount
    must be worth its quantity. Promotions are looked at by `pos.offline.promotions`.
    """
    if line.modifiers != sum(choices.prices):
        return False
    return line.label is None or bool(line.list_price and label_quantity(line.label, line.list_price) == line.quantity)


def _least(case: Case, body: Sequence[Any]) -> int:
    """The smallest quantity that the item's unit allows, in thousandths; rows of old tills say only whether it is a piece."""
    unit = case.facts.at("unit", body[ITEM_UNIT_ID], case.operation.cursor) if len(body) > ITEM_UNIT_ID else None
    if unit is None or unit.body is None:
        return ONE if body[ITEM_UNIT] == PIECE else 1
    return ONE // int(10 ** unit.body[UNIT_DECIMALS])


def unknown_inputs(cart: types.Cart) -> list[Mark]:
    """What lowered or raised the total and that no setting of this server asks for."""
    given = {"service_charge": cart.service_charge}
    return [Mark(code="input_unknown", detail=name) for name, value in given.items() if value is not None]


def rounding_marks(case: Case, cart: types.Cart) -> list[Mark]:
    """Whether cash was rounded as the settings of the act's time say. What was paid by card alone is not concerned."""
    in_cash = any(tender.method == "cash" for tender in cart.tenders or ())
    wanted = rounding_at(case, cart.currency)
    return [Mark(code="input_unknown", detail="cash_rounding")] if in_cash and cart.cash_rounding != wanted else []


def rounding_at(case: Case, currency: Currency) -> types.CashRounding | None:
    """How cash was rounded when the act was made; nothing where the currency cannot say the step."""
    step = parse_price(setting_at(case, "currency.cash_step"))
    if not step or step % currency.step:
        return None
    return types.CashRounding(step, setting_at(case, "currency.exact_coins"))


def _profile_valid(case: Case, key: str, cart: types.Cart) -> bool:
    fact = case.facts.at("profile", key, case.operation.cursor)
    if fact is None or fact.body is None:
        return False
    rates = [_rate_on(row, case.business_date.isoformat()) for row in fact.body[PROFILE_RATES]]
    return tuple(sorted(rates, key=lambda rate: rate.priority)) == tuple(cart.profiles.get(key, ()))


def _rate_on(row: Sequence[Any], day: str) -> Rate:
    """A rate of a cached profile as it is on a day of the store."""
    code, kind, rate, inclusive, compound, priority, *more = row
    return Rate(code, kind, parse_rate(percent_on(rate, more[0] if more else (), day)), inclusive, compound, priority)


def missing_rights(case: Case, cart: types.Cart) -> list[Mark]:
    """The permissions that the act needed and neither the actor had nor anybody approved."""
    return [Mark(code="permission_missing", permission=code) for code in _needed(cart) if not case.may(code)]


def limit_marks(case: Case, cart: types.Cart) -> list[Mark]:
    """Whether more was taken off than the settings of the act's time allow, and neither actor nor approval had the right.

    The till's own limit is not believed: the cart is priced once more with the one that was set.
    """
    if not (cart.discount or any(line.discount for line in cart.lines)) or case.may(ABOVE_LIMIT):
        return []
    tiers = tuple(
        types.Tier(cart.currency.parse(_whole(tier.start, cart)), _most(tier.kind, tier.most, cart))
        for tier in setting_at(case, "discount.tiers")
    )
    limit = types.Limit(tiers, _most("percent", setting_at(case, "discount.with_customer"), cart), approved=True)
    used = price(replace(cart, limit=limit)).limit
    return [Mark(code="limit_exceeded", detail=cart.currency.format(used.used))] if used and used.exceeded else []


def _most(kind: types.DiscountKind, most: Decimal, cart: types.Cart) -> types.Discount:
    return types.Discount(kind, parse_rate(plain(most)) if kind == "percent" else cart.currency.parse(_whole(most, cart)))


def _whole(amount: Decimal, cart: types.Cart) -> str:
    """An amount of the settings in whole minor units of the cart's currency, upward."""
    return plain(amount.quantize(Decimal(1).scaleb(-cart.currency.digits), ROUND_CEILING))


def _needed(cart: types.Cart) -> Iterator[str]:
    yield "sale.make"
    if cart.discount or any(line.discount for line in cart.lines):
        yield "sale.discount"
    if any(line.override is not None for line in cart.lines):
        yield "sale.price"
    if any(line.gratis for line in cart.lines):
        yield "sale.gratis"
    if cart.limit and cart.limit.approved:
        yield ABOVE_LIMIT
