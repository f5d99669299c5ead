"""Loyalty points after a sale and after a refund (pricing rule 16)."""

from dataclasses import dataclass

from pos.pricing.errors import PricingError
from smartpos.money import UNIT


@dataclass(frozen=True, slots=True)
class Account:
    """A customer's points: what can be spent, and what later earnings pay first. Neither is ever negative."""

    balance: int
    debt: int


@dataclass(frozen=True, slots=True)
class Earned:
    """Points of a sale: what it earned, what of it paid a debt, and the account after."""

    points: int
    debt_paid: int
    account: Account


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Points after a refund: redeemed ones given back, then earned ones taken; `uncovered` became a debt."""

    given_back: int
    balance_between: int
    taken: int
    uncovered: int
    account: Account


@dataclass(frozen=True, slots=True)
class RefundedSale:
    """A sale and all its refunds so far, this one included: amounts, and the points moved before this refund."""

    paid: int
    refunded: int
    complete: bool
    points_per_unit: int
    earned: int
    redeemed: int
    taken_before: int
    given_before: int


def points_for(amount: int, points_per_unit: int) -> int:
    """Whole points that an amount earns, rounded down; `points_per_unit` has four decimals like a price."""
    return amount * points_per_unit // (UNIT * UNIT)


def earn(total: int, points_per_unit: int, account: Account) -> Earned:
    """Points for a total before cash rounding and without tips; a debt is paid first."""
    points = points_for(total, points_per_unit)
    debt_paid = min(points, account.debt)
    return Earned(points, debt_paid, Account(account.balance + points - debt_paid, account.debt - debt_paid))


def take_back(sale: RefundedSale, account: Account) -> TakenBack:
    """Give back redeemed points in proportion and take back those no longer earned.

    Giving comes first, so that a debt arises only where both together leave one. PricingError where more was refunded
    than paid.
    """
    if sale.refunded > sale.paid:
        raise PricingError("refund_above_paid")
    given = max(0, _given_until(sale) - sale.given_before)
    between = account.balance + given
    still_earned = points_for(sale.paid - sale.refunded, sale.points_per_unit)
    taken = max(0, sale.earned - still_earned - sale.taken_before)
    uncovered = max(0, taken - between)
    after = Account(between - taken + uncovered, account.debt + uncovered)
    return TakenBack(given, between, taken, uncovered, after)


def _given_until(sale: RefundedSale) -> int:
    """Redeemed points that all refunds together give back; the last one gives the rest."""
    if sale.complete:
        return sale.redeemed
    return sale.redeemed * sale.refunded // sale.paid if sale.paid else 0
