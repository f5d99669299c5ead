"""Exchanges: a refund and a sale, two linked documents of which only the net is paid (pricing rule 14)."""

from dataclasses import dataclass, replace

from pos.pricing.engine import quote
from pos.pricing.errors import PricingError
from pos.pricing.payment import settle
from pos.pricing.refunds import Refund, RefundResult, Taxed, pay_out, rate_sums, refund_amounts
from pos.pricing.types import Cart, RateSum, Sale


@dataclass(frozen=True, slots=True)
class Exchange:
    """Both documents, the `credit` that the refund lends to the sale, and what remains due or is paid out.

    `difference` is sale less refund per rate, so that a residue of an even exchange can be explained.
    """

    sale: Sale
    refund: RefundResult
    credit: int
    due: int
    payout: int
    difference: tuple[RateSum, ...]


def exchange(cart: Cart, request: Refund) -> Exchange:
    """Price the cart, refund the lines, and settle only the net. PricingError as for a sale and a refund."""
    if cart.currency != request.currency:
        raise PricingError("currency_differs")
    sale, refunded = quote(cart), refund_amounts(request)
    credit = min(sale.totals.total, refunded.total)
    due, payout = sale.totals.total - credit, refunded.total - credit
    if cart.tenders is not None:
        sale = replace(sale, payment=settle(due, cart.tenders, cart.cash_rounding, cart.currency))
    if request.tenders is not None:
        refunded = replace(refunded, payout=pay_out(request, request.tenders, payout))
    return Exchange(sale, refunded, credit, due, payout, _difference(sale, refunded))


def _difference(sale: Sale, refunded: RefundResult) -> tuple[RateSum, ...]:
    sold: list[Taxed] = list(sale.lines)
    if sale.service_charge:
        sold.append(sale.service_charge)
    plus = {_identity(total): total for total in rate_sums(sold)}
    minus = {_identity(total): total for total in refunded.taxes}
    differences = []
    for identity in plus | minus:
        rate = (plus.get(identity) or minus[identity]).rate
        more, less = plus.get(identity, RateSum(rate, 0, 0)), minus.get(identity, RateSum(rate, 0, 0))
        differences.append(RateSum(rate, more.net - less.net, more.amount - less.amount))
    return tuple(differences)


def _identity(total: RateSum) -> tuple[str, str, int, bool]:
    return (total.rate.code, total.rate.kind, total.rate.rate, total.rate.inclusive)
