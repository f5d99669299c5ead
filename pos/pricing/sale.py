"""Tax groups, the lines' shares and the totals of a document (pricing rules 10 and 11)."""

from collections.abc import Sequence

from pos.pricing.errors import PricingError
from pos.pricing.lines import Row
from pos.pricing.types import Cart, GroupTotal, RateTotal, SoldLine, SoldService, TaxShare, Totals
from smartpos.money import MAX_AMOUNT, Currency, allocate, round_to_step
from smartpos.taxes.engine import Profile, taxes_of

Shares = list[tuple[TaxShare, ...]]


def tax_groups(cart: Cart, payables: Sequence[int], keys: Sequence[str]) -> tuple[list[GroupTotal], Shares]:
    """Tax every group of equal profiles once and share each tax out over its lines.

    `payables` and `keys` (of profiles) go together; the shares come back in the same order.
    """
    shares: Shares = [()] * len(payables)
    groups = []
    for profile, key, members in _grouped(cart, keys):
        amounts = [payables[index] for index in members]
        group = _taxed_group(profile, key, sum(amounts), cart.currency)
        groups.append(group)
        for index, share in zip(members, _line_shares(group, amounts, cart.currency), strict=True):
            shares[index] = share
    return groups, shares


def sold_line(row: Row, taxes: tuple[TaxShare, ...]) -> SoldLine:
    """The finished line."""
    payable = row.left
    net, tax = net_and_tax(payable, taxes)
    return SoldLine(
        id=row.line.id,
        quantity=row.line.quantity,
        unit=row.unit,
        gross=row.gross,
        list_value=row.list_value,
        discount=row.discount,
        cart_discount=row.cart_discount,
        points=row.points,
        payable=payable,
        net=net,
        tax=tax,
        total=net + tax,
        gratis=row.line.gratis,
        taxes=taxes,
    )


def sold_service(payable: int, taxes: tuple[TaxShare, ...]) -> SoldService:
    """The finished service charge."""
    net, tax = net_and_tax(payable, taxes)
    return SoldService(payable, net, tax, net + tax, taxes)


def net_and_tax(payable: int, taxes: Sequence[TaxShare]) -> tuple[int, int]:
    """The net (payable less its inclusive taxes) and the sum of all taxes."""
    net, tax = payable, 0
    for share in taxes:
        tax += share.amount
        if share.rate.inclusive:
            net -= share.amount
    return net, tax


def totals_of(cart: Cart, rows: Sequence[Row], service: int, groups: Sequence[GroupTotal]) -> Totals:
    """The document's sums. PricingError `amount_too_large` where they pass what can be kept."""
    line_discounts = sum(row.discount for row in rows)
    cart_discount = sum(row.cart_discount for row in rows)
    total = sum(group.total for group in groups)
    if total > MAX_AMOUNT:
        raise PricingError("amount_too_large")
    net = sum(group.net for group in groups)
    return Totals(
        gross=sum(row.gross for row in rows),
        line_discounts=line_discounts,
        cart_discount=cart_discount,
        discounts=line_discounts + cart_discount,
        points=sum(row.points for row in rows),
        service_charge=service,
        net=net,
        tax=total - net,
        tax_added=total - sum(group.amount for group in groups),
        total=total,
        cash_due=round_to_step(total, cart.cash_rounding.step) if cart.cash_rounding else total,
    )


def _grouped(cart: Cart, keys: Sequence[str]) -> list[tuple[Profile, str, list[int]]]:
    """Profile, its first key, and the positions of its lines, in order of appearance."""
    by_profile: dict[Profile, tuple[Profile, str, list[int]]] = {}
    by_key: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key not in by_key:
            profile = cart.profiles[key]
            by_key[key] = by_profile.setdefault(profile, (profile, key, []))[2]
        by_key[key].append(index)
    return list(by_profile.values())


def _taxed_group(profile: Profile, key: str, amount: int, currency: Currency) -> GroupTotal:
    taxed = taxes_of(profile, amount, currency)
    rates = tuple(map(RateTotal, profile, taxed.bases, taxed.taxes))
    return GroupTotal(key, amount, taxed.net, taxed.total, rates)


def _line_shares(group: GroupTotal, amounts: Sequence[int], currency: Currency) -> Shares:
    columns = []
    for total in group.rates:
        parts = allocate(total.amount, amounts, currency.step)
        columns.append([TaxShare(total.rate, part) for part in parts])
    return list(zip(*columns, strict=True)) if columns else [()] * len(amounts)
