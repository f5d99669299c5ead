"""Paying an amount: mixed tenders, change, tips and cash rounding (pricing rules 12 and 13)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pos.pricing.errors import PricingError
from pos.pricing.types import CashRounding, Paid, Payment, Tender
from smartpos.money import Currency, round_to_step


class CashBefore(NamedTuple):
    """Cash of earlier payments of the same bill: the exact parts it settled, and what was really taken."""

    part: int
    paid: int


NOTHING_BEFORE: Final = CashBefore(0, 0)


def cash_due(part: int, rounding: CashRounding | None, before: CashBefore = NOTHING_BEFORE) -> int:
    """The cash to take for an exact part: rounded together with the bill's earlier cash, less what that paid."""
    if rounding is None:
        return part
    return max(0, round_to_step(before.part + part, rounding.step) - before.paid)


def settle(
    due: int,
    tenders: Sequence[Tender],
    rounding: CashRounding | None,
    currency: Currency,
    before: CashBefore = NOTHING_BEFORE,
) -> Payment:
    """How the tenders pay what is due. PricingError unless they add up exactly, cash after rounding."""
    cash = _check_tenders(tenders)
    others = sum(tender.amount for tender in tenders if tender is not cash)
    if others > due:
        raise PricingError("tender_above_due", due=currency.format(due), excess=currency.format(others - due))
    part = due - others
    _check_cash(cash, part, rounding, currency, before)
    taken = cash.amount if cash else part
    paid = tuple(_paid(tender, part if tender is cash else tender.amount, currency) for tender in tenders)
    return Payment(
        due=due,
        cash_part=part,
        rounding=taken - part,
        paid=others + taken,
        change=sum(tender.change for tender in paid),
        tips=sum(tender.tip for tender in paid),
        tenders=paid,
    )


def _check_tenders(tenders: Sequence[Tender]) -> Tender | None:
    """The cash tender, if there is one."""
    cash = None
    for tender in tenders:
        if tender.method == "cash":
            if cash is not None:
                raise PricingError("cash_twice")
            cash = tender
        elif tender.tendered is not None:
            raise PricingError("tendered_not_cash", method=tender.method)
        elif not tender.amount:
            raise PricingError("tender_zero", method=tender.method)
    return cash


def _check_cash(cash: Tender | None, part: int, rounding: CashRounding | None, currency: Currency, before: CashBefore) -> None:
    if cash is None:
        if part:
            raise PricingError("tenders_below_due", missing=currency.format(part))
        return
    due = cash_due(part, rounding, before)
    if cash.amount == due or (rounding and rounding.exact_coins and cash.amount == part):
        return
    if cash.amount < due:
        raise PricingError("tenders_below_due", missing=currency.format(due - cash.amount))
    raise PricingError("tenders_above_due", excess=currency.format(cash.amount - due))


def _paid(tender: Tender, part: int, currency: Currency) -> Paid:
    needed = tender.amount + tender.tip
    tendered = needed if tender.tendered is None else tender.tendered
    if tendered < needed:
        raise PricingError("tendered_below_amount", missing=currency.format(needed - tendered))
    return Paid(tender.method, part, tender.amount, tendered, tendered - needed, tender.tip)
