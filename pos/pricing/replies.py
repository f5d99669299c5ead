"""What the engine answers, as text: the shapes of `docs/schemas/pricing-response.schema.json`.

Amounts carry exactly the currency's digits; unit prices, rates and quantities stand in their shortest form.
"""

from typing import Annotated

import msgspec

from pos.pricing.wire import Currency, Discount, DiscountKind, Method, TaxKind, Wire

Amount = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]*)(\.[0-9]{2,3})?$")]
Signed = Annotated[str, msgspec.Meta(pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]{2,3})?$")]
Number = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]*)(\.[0-9]{0,3}[1-9])?$")]
Count = Annotated[str, msgspec.Meta(pattern=r"^(0|[1-9][0-9]*)$")]
Place = Annotated[int, msgspec.Meta(ge=0)]


class TaxShare(Wire, frozen=True):
    """A share of one rounded tax."""

    code: str
    kind: TaxKind
    rate: Number
    inclusive: bool
    amount: Amount


class RateSum(Wire, frozen=True):
    """One rate over several lines: their net, and the tax. Negative in the difference of an exchange."""

    code: str
    kind: TaxKind
    rate: Number
    inclusive: bool
    net: Signed
    amount: Signed


class RateTotal(Wire, frozen=True):
    """One rate of one group: what it was reckoned on, and the tax."""

    code: str
    kind: TaxKind
    rate: Number
    inclusive: bool
    compound: bool
    base: Signed
    amount: Amount


class SoldLine(Wire, frozen=True):
    """gross - discount - cart_discount - points = payable; net + tax = total."""

    id: str
    quantity: Number
    unit: Number
    gross: Amount
    list_value: Amount
    discount: Amount
    cart_discount: Amount
    points: Amount
    gratis: bool
    payable: Amount
    net: Signed
    tax: Amount
    total: Amount
    taxes: tuple[TaxShare, ...]


class Costs(Wire, frozen=True):
    """The service charge as a line of its own."""

    payable: Amount
    net: Signed
    tax: Amount
    total: Amount
    taxes: tuple[TaxShare, ...]


class Group(Wire, frozen=True):
    """All lines with the same tax profile."""

    profile: str
    amount: Amount
    net: Signed
    total: Amount
    rates: tuple[RateTotal, ...]


class Totals(Wire, frozen=True):
    """gross - discounts - points + service_charge + tax_added = total = net + tax."""

    gross: Amount
    line_discounts: Amount
    cart_discount: Amount
    discounts: Amount
    points: Amount
    service_charge: Amount
    net: Signed
    tax: Amount
    tax_added: Amount
    total: Amount
    cash_due: Amount


class PointsUse(Wire, frozen=True):
    """Points redeemed, their value and the balance after."""

    used: Count
    value: Amount
    balance: Count


class LimitUse(Wire, frozen=True):
    """The maximum that applied, as an amount of this cart, and what was used of it."""

    kind: DiscountKind
    value: str
    allowed: Amount
    used: Amount
    exceeded: bool


class Paid(Wire, frozen=True):
    """One tender: `part` is its exact share of what was due, `amount` what it paid (cash: after rounding)."""

    method: Method
    part: Amount
    amount: Amount
    tendered: Amount
    change: Amount
    tip: Amount


class Payment(Wire, frozen=True):
    """due + rounding = paid."""

    due: Amount
    cash_part: Amount
    rounding: Signed
    paid: Amount
    change: Amount
    tips: Amount
    tenders: tuple[Paid, ...]


class Sale(Wire, frozen=True):
    """What a cart costs."""

    currency: Currency
    lines: tuple[SoldLine, ...]
    service_charge: Costs | None
    taxes: tuple[Group, ...]
    totals: Totals
    points: PointsUse | None
    limit: LimitUse | None
    payment: Payment | None


class LineFit(Wire, frozen=True):
    """A line discount as it may stay (null: not at all), and the refusal it would otherwise meet."""

    line: str
    discount: Discount | None
    reason: str


class CartFit(Wire, frozen=True):
    """The cart's discount as it may stay (null: not at all), and the refusal it would otherwise meet."""

    discount: Discount | None
    reason: str


class Fit(Wire, frozen=True):
    """What has to change so that the discounts are allowed; empty and null where nothing has to."""

    lines: tuple[LineFit, ...]
    cart: CartFit | None


class Taxed(Wire, frozen=True):
    """An amount in one profile. net + tax = total."""

    currency: Currency
    amount: Amount
    net: Signed
    tax: Amount
    total: Amount
    rates: tuple[RateTotal, ...]


class LinePart(Wire, frozen=True):
    """A part of a line: refunded, or not assigned yet."""

    id: str
    quantity: Number
    payable: Amount
    net: Signed
    tax: Amount
    total: Amount
    taxes: tuple[TaxShare, ...]


class GivenBack(Wire, frozen=True):
    """What goes back on one tender: exactly, and as paid (cash: after rounding)."""

    method: Method
    amount: Amount
    paid: Amount


class Payout(Wire, frozen=True):
    """amount + rounding = paid."""

    amount: Amount
    rounding: Signed
    paid: Amount
    tenders: tuple[GivenBack, ...]


class Refund(Wire, frozen=True):
    """What is given back, all positive."""

    currency: Currency
    lines: tuple[LinePart, ...]
    taxes: tuple[RateSum, ...]
    payable: Amount
    net: Signed
    tax: Amount
    total: Amount
    payout: Payout | None


class Exchange(Wire, frozen=True):
    """Both documents, what the refund lends to the sale, and what remains due or is paid out; sale less refund per rate."""

    sale: Sale
    refund: Refund
    credit: Amount
    due: Amount
    payout: Amount
    difference: tuple[RateSum, ...]


class Settled(Wire, frozen=True):
    """How an amount is paid."""

    currency: Currency
    payment: Payment


class EqualPart(Wire, frozen=True):
    """One guest's part of an equal split."""

    total: Amount
    net: Signed
    tax: Amount
    taxes: tuple[TaxShare, ...]


class EqualSplit(Wire, frozen=True):
    """The parts, in the order of the guests."""

    currency: Currency
    parts: tuple[EqualPart, ...]


class PartLine(Wire, frozen=True):
    """What one guest pays of one portion (its place in the request)."""

    line: str
    portion: Place
    payable: Amount
    net: Signed
    tax: Amount
    total: Amount
    taxes: tuple[TaxShare, ...]


class Part(Wire, frozen=True):
    """One guest's part of a split by items."""

    guest: str
    lines: tuple[PartLine, ...]
    taxes: tuple[RateSum, ...]
    payable: Amount
    net: Signed
    tax: Amount
    total: Amount


class ItemSplit(Wire, frozen=True):
    """The guests' parts, and what no portion covers yet; together they are the bill."""

    currency: Currency
    parts: tuple[Part, ...]
    unassigned: tuple[LinePart, ...]


class TaxAmount(Wire, frozen=True):
    """What a tax differs by."""

    code: str
    amount: Signed


class TaxDifference(Wire, frozen=True):
    """Anew less allocated, per code."""

    currency: Currency
    difference: tuple[TaxAmount, ...]


class Earned(Wire, frozen=True):
    """Points of a sale: what it earned, what of it paid a debt, and the account after."""

    points: Count
    debt_paid: Count
    balance: Count
    debt: Count


class TakenBack(Wire, frozen=True):
    """Points after a refund: given back, the balance between, taken; `uncovered` became a debt; the account after."""

    given_back: Count
    balance_between: Count
    taken: Count
    uncovered: Count
    balance: Count
    debt: Count


class ShiftCash(Wire, frozen=True):
    """Expected cash and the differences; any of them may be negative."""

    currency: Currency
    expected: Signed
    difference: Signed | None
    opening_difference: Signed | None


class Allocated(Wire, frozen=True):
    """The parts, in the order of the weights."""

    currency: Currency
    parts: tuple[Amount, ...]


class LabelQuantity(Wire, frozen=True):
    """The quantity behind a price label."""

    quantity: Number


class GratisSplit(Wire, frozen=True):
    """What stays to be paid, and what becomes gratis."""

    paid: Number
    gratis: Number


class Refusal(Wire, frozen=True):
    """What the rules refuse: a stable code, and strings for its message."""

    code: str
    params: dict[str, str]
