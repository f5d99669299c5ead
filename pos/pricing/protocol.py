"""The engine's operations by name: text in, text out (docs/pricing.md). Both commands speak this."""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from pos.pricing import exchange, fitting, loyalty, parsing, payment, refunds, rendering, replies, shift_cash, splits, wire
from pos.pricing import lines as rules
from pos.pricing.engine import price
from pos.pricing.errors import PricingError
from smartpos.errors import DomainError
from smartpos.money import allocate, format_quantity, parse_count, parse_price, parse_quantity
from smartpos.taxes.engine import taxes_of


class Operation(NamedTuple):
    """What a request's field is called, what is in it, what is done with it, and what comes back."""

    field: str
    payload: type[wire.Wire]
    run: Callable[[Any], wire.Wire]
    reply: type[wire.Wire]


def _price(cart: wire.Cart) -> replies.Sale:
    return rendering.render_sale(price(parsing.parse_cart(cart)))


def _fit_discounts(cart: wire.Cart) -> replies.Fit:
    parsed = parsing.parse_cart(cart)
    return rendering.render_fit(fitting.fit_discounts(parsed), parsed.currency)


def _tax(asked: wire.TaxOf) -> replies.Taxed:
    currency = parsing.parse_currency(asked.currency)
    amount, profile = currency.parse(asked.amount), parsing.parse_profile(asked.profile)
    return rendering.render_taxed(amount, profile, taxes_of(profile, amount, currency), currency)


def _settle(asked: wire.Settle) -> replies.Settled:
    currency = parsing.parse_currency(asked.currency)
    before = asked.before
    result = payment.settle(
        currency.parse(asked.due),
        parsing.parse_tenders(asked.tenders, currency),
        parsing.parse_rounding(asked.cash_rounding, currency),
        currency,
        payment.CashBefore(currency.parse(before.cash), currency.parse(before.cash_paid)) if before else payment.NOTHING_BEFORE,
    )
    return replies.Settled(rendering.render_currency(currency), rendering.render_payment(result, currency.format))


def _refund(asked: wire.Refund) -> replies.Refund:
    return rendering.render_refund(refunds.refund(parsing.parse_refund(asked)))


def _exchange(asked: wire.Exchange) -> replies.Exchange:
    result = exchange.exchange(parsing.parse_cart(asked.cart), parsing.parse_refund(asked.refund))
    return rendering.render_exchange(result)


def _split_equal(asked: wire.SplitEqual) -> replies.EqualSplit:
    currency = parsing.parse_currency(asked.currency)
    total, taxes = currency.parse(asked.total), parsing.parse_shares(asked.taxes, currency)
    return rendering.render_equal_split(splits.split_equal(total, taxes, asked.guests, currency), currency)


def _split_items(asked: wire.SplitItems) -> replies.ItemSplit:
    currency = parsing.parse_currency(asked.currency)
    lines, portions = parsing.parse_bill(asked, currency)
    return rendering.render_item_split(splits.split_items(lines, asked.guests, portions, currency), currency)


def _tax_difference(asked: wire.TaxDifference) -> replies.TaxDifference:
    currency = parsing.parse_currency(asked.currency)
    allocated = parsing.parse_tax_amounts(asked.allocated, currency)
    differences = splits.tax_difference(allocated, parsing.parse_tax_amounts(asked.anew, currency))
    shown = tuple(replies.TaxAmount(code, currency.format(amount)) for code, amount in differences.items())
    return replies.TaxDifference(rendering.render_currency(currency), shown)


def _earn(asked: wire.Earn) -> replies.Earned:
    currency = parsing.parse_currency(asked.currency)
    total, rate = currency.parse(asked.total), parse_price(asked.points_per_unit)
    earned = loyalty.earn(total, rate, loyalty.Account(parse_count(asked.balance), parse_count(asked.debt)))
    account = earned.account
    return replies.Earned(str(earned.points), str(earned.debt_paid), str(account.balance), str(account.debt))


def _take_back(asked: wire.TakeBack) -> replies.TakenBack:
    currency = parsing.parse_currency(asked.currency)
    sale = loyalty.RefundedSale(
        paid=currency.parse(asked.paid),
        refunded=currency.parse(asked.refunded),
        complete=asked.complete,
        points_per_unit=parse_price(asked.points_per_unit),
        earned=parse_count(asked.earned),
        redeemed=parse_count(asked.redeemed),
        taken_before=parse_count(asked.taken_before),
        given_before=parse_count(asked.given_before),
    )
    taken = loyalty.take_back(sale, loyalty.Account(parse_count(asked.balance), parse_count(asked.debt)))
    counts = (taken.given_back, taken.balance_between, taken.taken, taken.uncovered, taken.account.balance, taken.account.debt)
    return replies.TakenBack(*map(str, counts))


def _shift_cash(asked: wire.ShiftCash) -> replies.ShiftCash:
    currency = parsing.parse_currency(asked.currency)
    result = shift_cash.reckon(parsing.parse_drawer(asked, currency))
    shown = [
        None if amount is None else currency.format(amount)
        for amount in (result.expected, result.difference, result.opening_difference)
    ]
    return replies.ShiftCash(rendering.render_currency(currency), shown[0] or "", shown[1], shown[2])


def _allocate(asked: wire.Allocate) -> replies.Allocated:
    currency = parsing.parse_currency(asked.currency)
    amount, weights = currency.parse(asked.amount), [parse_price(weight) for weight in asked.weights]
    if amount and not any(weights):
        raise PricingError("nothing_to_allocate_over")
    parts = allocate(amount, weights, currency.step)
    return replies.Allocated(rendering.render_currency(currency), tuple(currency.format(part) for part in parts))


def _label_quantity(asked: wire.LabelQuantity) -> replies.LabelQuantity:
    currency = parsing.parse_currency(asked.currency)
    return replies.LabelQuantity(format_quantity(rules.label_quantity(currency.parse(asked.label), parse_price(asked.unit))))


def _gratis_split(asked: wire.GratisSplit) -> replies.GratisSplit:
    paid, gratis = rules.gratis_split(parse_quantity(asked.quantity))
    return replies.GratisSplit(format_quantity(paid), format_quantity(gratis))


OPERATIONS = {
    "price": Operation("cart", wire.Cart, _price, replies.Sale),
    "fit_discounts": Operation("cart", wire.Cart, _fit_discounts, replies.Fit),
    "tax": Operation("tax", wire.TaxOf, _tax, replies.Taxed),
    "settle": Operation("settle", wire.Settle, _settle, replies.Settled),
    "refund": Operation("refund", wire.Refund, _refund, replies.Refund),
    "exchange": Operation("exchange", wire.Exchange, _exchange, replies.Exchange),
    "split_equal": Operation("split_equal", wire.SplitEqual, _split_equal, replies.EqualSplit),
    "split_items": Operation("split_items", wire.SplitItems, _split_items, replies.ItemSplit),
    "tax_difference": Operation("tax_difference", wire.TaxDifference, _tax_difference, replies.TaxDifference),
    "earn": Operation("earn", wire.Earn, _earn, replies.Earned),
    "take_back": Operation("take_back", wire.TakeBack, _take_back, replies.TakenBack),
    "shift_cash": Operation("shift_cash", wire.ShiftCash, _shift_cash, replies.ShiftCash),
    "allocate": Operation("allocate", wire.Allocate, _allocate, replies.Allocated),
    "label_quantity": Operation("label_quantity", wire.LabelQuantity, _label_quantity, replies.LabelQuantity),
    "gratis_split": Operation("gratis_split", wire.GratisSplit, _gratis_split, replies.GratisSplit),
}
REQUESTS: dict[str, type[msgspec.Struct]] = {
    name: msgspec.defstruct(
        f"Ask{''.join(word.title() for word in name.split('_'))}",
        [(operation.field, operation.payload)],
        bases=(wire.Wire,),
        tag_field="op",
        tag=name,
    )
    for name, operation in OPERATIONS.items()
}


class _Named(msgspec.Struct):
    op: str


_name = msgspec.json.Decoder(_Named)
_decoders = {name: msgspec.json.Decoder(request) for name, request in REQUESTS.items()}


def answer(line: bytes) -> dict[str, wire.Wire]:
    """The answer to one line; whatever is wrong with it is an answer too."""
    try:
        name = _name.decode(line).op
        if name not in OPERATIONS:
            return {"error": replies.Refusal("unknown_op", {})}
        operation = OPERATIONS[name]
        return {"result": operation.run(getattr(_decoders[name].decode(line), operation.field))}
    except DomainError as error:
        return {"error": replies.Refusal(error.code, error.params)}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {"error": replies.Refusal("malformed", {})}
