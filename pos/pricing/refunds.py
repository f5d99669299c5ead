"""Refunds and exchanges (pricing rule 14, with the cumulative cash rounding of rule 13)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pos.pricing.errors import PricingError
from pos.pricing.sale import net_and_tax
from pos.pricing.types import LinePart, Method, RateSum, TaxShare
from smartpos.money import Currency, allocate, format_quantity, round_to_step

# What may go back beyond what was paid so, where somebody approved it: cash, and what is lent to the sale of an exchange.
BEYOND = ("cash", "exchange")


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A sold line, what was refunded of it before (taxes in the order of `taxes`), and the quantity to refund now."""

    id: str
    quantity: int
    payable: int
    taxes: tuple[TaxShare, ...]
    now: int
    quantity_before: int
    payable_before: int
    taxes_before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefundTender:
    """A tender of the sale: its exact part, what went back on it before, and what shall go back now, if said."""

    method: Method
    amount: int
    refunded: int
    now: int | None


@dataclass(frozen=True, slots=True)
class RefundRounding:
    """The cash increment, and the cash that earlier refunds of the sale really paid out."""

    step: int
    paid_out: int


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund of lines of one sale; `approved` lets more go back in cash than was paid in cash."""

    currency: Currency
    lines: tuple[RefundLine, ...]
    tenders: tuple[RefundTender, ...] | None
    cash_rounding: RefundRounding | None
    approved: bool


class Taxed(Protocol):
    """A line with a net and tax shares."""

    @property
    def net(self) -> int:
        """Without any tax."""
        ...

    @property
    def taxes(self) -> tuple[TaxShare, ...]:
        """Its shares."""
        ...


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What goes back on one tender: the exact amount, and what is paid (cash: after rounding)."""

    method: Method
    amount: int
    paid: int


@dataclass(frozen=True, slots=True)
class Payout:
    """How a refund is paid. amount + rounding = paid."""

    amount: int
    rounding: int
    paid: int
    tenders: tuple[GivenBack, ...]


@dataclass(frozen=True, slots=True)
class RefundResult:
    """A refund's amounts, all positive. `payout` is None while there are no tenders."""

    currency: Currency
    lines: tuple[LinePart, ...]
    taxes: tuple[RateSum, ...]
    payable: int
    net: int
    tax: int
    total: int
    payout: Payout | None


def refund(request: Refund) -> RefundResult:
    """The amounts of a refund, and the tenders on which it goes back.

    PricingError where more is refunded than was sold or paid.
    """
    amounts = refund_amounts(request)
    if request.tenders is None:
        return amounts
    return replace(amounts, payout=pay_out(request, request.tenders, amounts.total))


def refund_amounts(request: Refund) -> RefundResult:
    """What is refunded, whatever the tenders. PricingError `refund_above_sold` beyond the quantity that is left."""
    lines = tuple(_refund_line(line, request.currency) for line in request.lines)
    return RefundResult(
        currency=request.currency,
        lines=lines,
        taxes=rate_sums(lines),
        payable=sum(line.payable for line in lines),
        net=sum(line.net for line in lines),
        tax=sum(line.tax for line in lines),
        total=sum(line.total for line in lines),
        payout=None,
    )


def pay_out(request: Refund, tenders: Sequence[RefundTender], amount: int) -> Payout:
    """Give an amount back as the tenders say or in proportion, and round the cumulative cash."""
    if sum(tender.method == "cash" for tender in tenders) > 1:
        raise PricingError("cash_twice")
    if any(tender.now is not None for tender in tenders):
        parts = _chosen(request, tenders, amount)
    else:
        parts = _in_proportion(tenders, amount, request.currency)
    given = tuple(_given_back(tender, part, request.cash_rounding) for tender, part in zip(tenders, parts, strict=True))
    paid = sum(tender.paid for tender in given)
    return Payout(amount, paid - amount, paid, given)


def rate_sums(lines: Iterable[Taxed]) -> tuple[RateSum, ...]:
    """Net and tax of the lines per rate identity, in order of appearance."""
    sums: dict[tuple[str, str, int, bool], RateSum] = {}
    for line in lines:
        for share in line.taxes:
            rate = share.rate
            key = (rate.code, rate.kind, rate.rate, rate.inclusive)
            before = sums.get(key) or RateSum(rate, 0, 0)
            sums[key] = RateSum(before.rate, before.net + line.net, before.amount + share.amount)
    return tuple(sums.values())


def share_before(amount: int, part: int, whole: int, currency: Currency) -> int:
    """What belongs to the first `part` of `whole`, rounded; a further part gets what this grows by."""
    return currency.round(amount * part, whole)


def _refund_line(line: RefundLine, currency: Currency) -> LinePart:
    until = line.quantity_before + line.now
    if until > line.quantity:
        left = format_quantity(max(0, line.quantity - line.quantity_before))
        raise PricingError("refund_above_sold", line=line.id, left=left)
    payable = _growth(line.payable, line.payable_before, line, currency)
    taxes = tuple(
        TaxShare(share.rate, _growth(share.amount, before, line, currency))
        for share, before in zip(line.taxes, line.taxes_before, strict=True)
    )
    net, tax = net_and_tax(payable, taxes)
    return LinePart(line.id, line.now, payable, net, tax, net + tax, taxes)


def _growth(amount: int, before: int, line: RefundLine, currency: Currency) -> int:
    """The cumulative share of an amount, less what was refunded of it before."""
    until = share_before(amount, line.quantity_before + line.now, line.quantity, currency)
    return max(0, until - before)


def _in_proportion(tenders: Sequence[RefundTender], amount: int, currency: Currency) -> list[int]:
    """Each tender's part of everything given back so far, less what it had before."""
    paid = sum(tender.amount for tender in tenders)
    before = sum(tender.refunded for tender in tenders)
    if before + amount > paid:
        raise PricingError("refund_above_paid", left=currency.format(max(0, paid - before)))
    until = allocate(before + amount, [tender.amount for tender in tenders], currency.step)
    parts = [max(0, new - tender.refunded) for new, tender in zip(until, tenders, strict=True)]
    # Largest remainder may lower a share when the sum grows; nobody pays back, so the last ones wait for their unit.
    excess = sum(parts) - amount
    for index in reversed(range(len(parts))):
        cut = min(excess, parts[index])
        parts[index] -= cut
        excess -= cut
    return parts


def _chosen(request: Refund, tenders: Sequence[RefundTender], amount: int) -> list[int]:
    currency = request.currency
    parts = [tender.now or 0 for tender in tenders]
    for tender, part in zip(tenders, parts, strict=True):
        left = tender.amount - tender.refunded
        if part > left and not (request.approved and tender.method in BEYOND):
            raise PricingError("refund_above_tender", method=tender.method, left=currency.format(max(0, left)))
    missing = amount - sum(parts)
    if missing > 0:
        raise PricingError("tenders_below_due", missing=currency.format(missing))
    if missing < 0:
        raise PricingError("tenders_above_due", excess=currency.format(-missing))
    return parts


def _given_back(tender: RefundTender, part: int, rounding: RefundRounding | None) -> GivenBack:
    paid = part
    if part and rounding and tender.method == "cash":
        paid = max(0, round_to_step(tender.refunded + part, rounding.step) - rounding.paid_out)
    return GivenBack(tender.method, part, paid)
