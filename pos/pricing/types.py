"""Inputs and outputs of the engine, in integers (units: see `smartpos.money`).

Amounts are scaled by 10,000 and whole minor units of the currency, except unit prices (`unit`, `list_price`,
`modifiers`, `override`); quantities are scaled by 1,000, rates are in 1/10,000 of a per cent.
"""

from dataclasses import dataclass
from typing import Literal

from smartpos.money import Currency
from smartpos.taxes.engine import Profile, Rate

DiscountKind = Literal["percent", "amount"]
Method = Literal["cash", "card", "online", "exchange"]


@dataclass(frozen=True, slots=True)
class Discount:
    """A manual discount or a maximum: a rate or an amount."""

    kind: DiscountKind
    value: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cart; `modifiers` is the sum of the price differences."""

    id: str
    product: str
    quantity: int
    list_price: int
    profile: str
    promotion: int | None
    modifiers: int
    override: int | None
    label: int | None
    gratis: bool
    discount: Discount | None


@dataclass(frozen=True, slots=True)
class Tier:
    """The maximum for carts from `start` on."""

    start: int
    maximum: Discount


@dataclass(frozen=True, slots=True)
class Limit:
    """Discount limits: tiers without a customer, one maximum with a customer."""

    tiers: tuple[Tier, ...]
    with_customer: Discount | None
    approved: bool


@dataclass(frozen=True, slots=True)
class Points:
    """Points to redeem; `use` None means all that fit. `value_of_100` is an amount of up to four decimals."""

    use: int | None
    balance: int
    minimum: int
    value_of_100: int


@dataclass(frozen=True, slots=True)
class ServiceCharge:
    """A service charge and the key of its tax profile."""

    charge: Discount
    profile: str


@dataclass(frozen=True, slots=True)
class CashRounding:
    """The store's cash increment, and whether exact coins are taken."""

    step: int
    exact_coins: bool


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment; `tendered` is None where exactly the amount and the tip were handed over."""

    method: Method
    amount: int
    tendered: int | None
    tip: int


@dataclass(frozen=True, slots=True)
class Cart:
    """Everything that decides what a sale costs."""

    currency: Currency
    customer: bool
    lines: tuple[Line, ...]
    profiles: dict[str, Profile]
    discount: Discount | None
    limit: Limit | None
    points: Points | None
    service_charge: ServiceCharge | None
    cash_rounding: CashRounding | None
    tenders: tuple[Tender, ...] | None


@dataclass(frozen=True, slots=True)
class TaxShare:
    """A line's or part's share of one rounded tax."""

    rate: Rate
    amount: int


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A priced line. gross - discount - cart_discount - points = payable; net + tax = total (what the line costs)."""

    id: str
    quantity: int
    unit: int
    gross: int
    list_value: int
    discount: int
    cart_discount: int
    points: int
    payable: int
    net: int
    tax: int
    total: int
    gratis: bool
    taxes: tuple[TaxShare, ...]


@dataclass(frozen=True, slots=True)
class SoldService:
    """The service charge as a line of its own."""

    payable: int
    net: int
    tax: int
    total: int
    taxes: tuple[TaxShare, ...]


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part of a sold line: what is refunded of it, or not yet assigned of a bill. net + tax = total."""

    id: str
    quantity: int
    payable: int
    net: int
    tax: int
    total: int
    taxes: tuple[TaxShare, ...]


@dataclass(frozen=True, slots=True)
class RateSum:
    """A rate over several lines: their net and the tax."""

    rate: Rate
    net: int
    amount: int


@dataclass(frozen=True, slots=True)
class RateTotal:
    """One rate of one group: what it was reckoned on, and the tax."""

    rate: Rate
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """All lines with the same tax profile: amount (sum of payables), printed net, total with every tax."""

    profile: str
    amount: int
    net: int
    total: int
    rates: tuple[RateTotal, ...]


@dataclass(frozen=True, slots=True)
class LimitUse:
    """The maximum that applied, as an amount of this cart, and what was used of it; `exceeded` needed an approval."""

    maximum: Discount
    allowed: int
    used: int
    exceeded: bool


@dataclass(frozen=True, slots=True)
class PointsUse:
    """Points redeemed, their value, and the balance after."""

    used: int
    value: int
    balance: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The document's sums. gross - discounts - points + service_charge + tax_added = total = net + tax.

    `tax` is all taxes, `tax_added` the exclusive ones; `cash_due` is the total if all of it is paid in cash.
    """

    gross: int
    line_discounts: int
    cart_discount: int
    discounts: int
    points: int
    service_charge: int
    net: int
    tax: int
    tax_added: int
    total: int
    cash_due: int


@dataclass(frozen=True, slots=True)
class Paid:
    """One tender as settled: `part` is its exact share of what was due, `amount` what it paid (cash: after rounding)."""

    method: Method
    part: int
    amount: int
    tendered: int
    change: int
    tip: int


@dataclass(frozen=True, slots=True)
class Payment:
    """How a sale was paid. due + rounding = paid; change and tips are not part of it."""

    due: int
    cash_part: int
    rounding: int
    paid: int
    change: int
    tips: int
    tenders: tuple[Paid, ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """What a cart costs. `payment` is None while there are no tenders."""

    currency: Currency
    lines: tuple[SoldLine, ...]
    service_charge: SoldService | None
    taxes: tuple[GroupTotal, ...]
    totals: Totals
    points: PointsUse | None
    limit: LimitUse | None
    payment: Payment | None
