"""What crosses a boundary: the requests of the pricing engine as text, whole numbers and flags.

Numbers are strings in plain decimal form ("2.50"); `pos.pricing.parsing` turns them into the integers of
`pos.pricing.types`. Unknown fields are refused: nothing that decides an amount is overlooked.
"""

from typing import Annotated, Literal

import msgspec

DiscountKind = Literal["percent", "amount"]
TaxKind = Literal["standard", "reduced", "zero", "exempt"]
Method = Literal["cash", "card", "online", "exchange"]
Digits = Annotated[int, msgspec.Meta(ge=0, le=9)]
Priority = Annotated[int, msgspec.Meta(ge=0, le=32767)]
Guests = Annotated[int, msgspec.Meta(ge=0, le=1000)]


class Wire(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all of them are."""


class Currency(Wire, frozen=True):
    """ISO 4217 code and the digits of its minor unit: 0, 2 or 3."""

    code: str
    digits: Digits


class Discount(Wire, frozen=True):
    """A manual discount: per cent (0 to 100) or an amount."""

    kind: DiscountKind
    value: str


class TaxRate(Wire, frozen=True):
    """One rate of a tax profile; `rate` in per cent, a lower `priority` comes first."""

    code: str
    kind: TaxKind
    rate: str
    inclusive: bool
    compound: bool = False
    priority: Priority = 1


class Line(Wire, frozen=True):
    """One line of a cart.

    `list` is the unit price without promotion, `promotion` the per cent of the promotion that covers the product,
    `modifiers` the price differences of the chosen options (may be negative), `override` a manual unit price, `label`
    the amount on a price label, `profile` a key of the cart's profiles. The quantity is above 0; on a label line it is
    derived (`label_quantity`) and decides no amount.
    """

    id: str
    product: str
    quantity: str
    list: str
    profile: str
    promotion: str | None = None
    modifiers: tuple[str, ...] = ()
    override: str | None = None
    label: str | None = None
    gratis: bool = False
    discount: Discount | None = None


class Tier(Wire, frozen=True):
    """The largest discount for carts whose gross is `start` or more, up to the next tier's start."""

    start: str
    kind: DiscountKind
    value: str


class Limit(Wire, frozen=True):
    """Discount limits: tiers by gross without a customer, one maximum with a customer; none there means no limit.

    `approved` says that a manager approved what lies above.
    """

    tiers: tuple[Tier, ...] = ()
    with_customer: Discount | None = None
    approved: bool = False


class Points(Wire, frozen=True):
    """Loyalty points to redeem: a whole number or "all", of a balance, once it reaches the minimum."""

    use: str
    balance: str
    minimum: str
    value_of_100: str


class ServiceCharge(Wire, frozen=True):
    """A service charge: per cent or an amount, with a tax profile of its own."""

    kind: DiscountKind
    value: str
    profile: str


class CashRounding(Wire, frozen=True):
    """The store's cash increment, and whether it takes the exact unrounded coins."""

    step: str
    exact_coins: bool = False


class Tender(Wire, frozen=True):
    """One payment: `amount` settles the sale, `tendered` is the cash handed over, `tip` comes on top."""

    method: Method
    amount: str
    tendered: str | None = None
    tip: str | None = None


class Cart(Wire, frozen=True):
    """Everything that decides what a sale costs, and nothing else. `tenders` null: not paid yet."""

    currency: Currency
    customer: bool
    lines: tuple[Line, ...]
    profiles: dict[str, tuple[TaxRate, ...]]
    discount: Discount | None = None
    limit: Limit | None = None
    points: Points | None = None
    service_charge: ServiceCharge | None = None
    cash_rounding: CashRounding | None = None
    tenders: tuple[Tender, ...] | None = None


class TaxShare(Wire, frozen=True):
    """A line's share of one rounded tax, as the sale's result gives it."""

    code: str
    kind: TaxKind
    rate: str
    inclusive: bool
    amount: str


class TaxAmount(Wire, frozen=True):
    """An amount of the tax with that code."""

    code: str
    amount: str


class Refunded(Wire, frozen=True):
    """What was refunded of a line before."""

    quantity: str = "0"
    payable: str = "0"
    taxes: tuple[TaxAmount, ...] = ()


class RefundLine(Wire, frozen=True):
    """A sold line (its quantity, payable and taxes as sold) and the quantity to refund `now`."""

    id: str
    quantity: str
    payable: str
    taxes: tuple[TaxShare, ...]
    now: str
    refunded: Refunded = Refunded()


class RefundTender(Wire, frozen=True):
    """A tender of the sale: its exact part (cash before rounding), what was given back on it before, likewise exact,
    and what to give back `now`. Where no tender says `now`, the refund goes back in proportion.
    """

    method: Method
    amount: str
    refunded: str = "0"
    now: str | None = None


class RefundRounding(Wire, frozen=True):
    """The cash increment, and the cash that earlier refunds of this sale really paid out."""

    step: str
    paid_out: str = "0"


class Refund(Wire, frozen=True):
    """A refund of lines of one sale. `approved`: a manager lets more go back in cash than was paid in cash.

    `tenders` null: only the amounts are asked.
    """

    currency: Currency
    lines: tuple[RefundLine, ...]
    tenders: tuple[RefundTender, ...] | None = None
    cash_rounding: RefundRounding | None = None
    approved: bool = False


class Exchange(Wire, frozen=True):
    """A refund and a sale of which only the net is paid: the cart's tenders or the refund's tenders settle it."""

    cart: Cart
    refund: Refund


class PaidBefore(Wire, frozen=True):
    """Cash of earlier payments of the same bill: the exact parts it settled, and what was really taken."""

    cash: str
    cash_paid: str


class Settle(Wire, frozen=True):
    """A payment of an amount that is already known: a part of a bill, an order priced before."""

    currency: Currency
    due: str
    tenders: tuple[Tender, ...]
    cash_rounding: CashRounding | None = None
    before: PaidBefore | None = None


class SplitEqual(Wire, frozen=True):
    """A bill (total and rounded taxes) in equal parts for 2 to 50 guests."""

    currency: Currency
    total: str
    taxes: tuple[TaxShare, ...]
    guests: Guests


class BillLine(Wire, frozen=True):
    """A line of the bill to split, with the amounts of its result."""

    id: str
    quantity: str
    payable: str
    taxes: tuple[TaxShare, ...]


class Portion(Wire, frozen=True):
    """A quantity of a line for one guest, or shared equally by several."""

    line: str
    quantity: str
    guests: tuple[str, ...]


class SplitItems(Wire, frozen=True):
    """A bill by items. Portions are only ever appended, so that the amount of a paid part stays what it was."""

    currency: Currency
    lines: tuple[BillLine, ...]
    guests: tuple[str, ...]
    portions: tuple[Portion, ...]


class TaxDifference(Wire, frozen=True):
    """Taxes of a part as allocated from the bill, and as its own fiscal receipt computed them."""

    currency: Currency
    allocated: tuple[TaxAmount, ...]
    anew: tuple[TaxAmount, ...]


class TaxOf(Wire, frozen=True):
    """An amount in one tax profile: the tax calculator."""

    currency: Currency
    amount: str
    profile: tuple[TaxRate, ...]


class Earn(Wire, frozen=True):
    """A paid sale (total before cash rounding, without tips) of a loyalty customer."""

    currency: Currency
    total: str
    points_per_unit: str
    balance: str
    debt: str = "0"


class TakeBack(Wire, frozen=True):
    """A refund of a loyalty customer's sale. `refunded` is the sum of all refunds, this one included.

    `complete` says that nothing is left to refund; `taken_before` and `given_before` are what earlier refunds took of
    the `earned` points and gave back of the `redeemed` ones.
    """

    currency: Currency
    paid: str
    refunded: str
    complete: bool
    points_per_unit: str
    earned: str
    redeemed: str
    balance: str
    taken_before: str = "0"
    given_before: str = "0"
    debt: str = "0"


class ShiftCash(Wire, frozen=True):
    """The sums of a drawer's shift, the count, and what the drawer held when it was closed before."""

    currency: Currency
    opening: str
    taken: str = "0"
    change: str = "0"
    refunds: str = "0"
    cash_in: str = "0"
    cash_out: str = "0"
    handovers: str = "0"
    cod: str = "0"
    counted: str | None = None
    previous_close: str | None = None


class Allocate(Wire, frozen=True):
    """An amount to split in proportion to weights by largest remainder, as the price of a combo over its parts."""

    currency: Currency
    amount: str
    weights: tuple[str, ...]


class LabelQuantity(Wire, frozen=True):
    """The amount of a price label and the unit price it was made with."""

    currency: Currency
    label: str
    unit: str


class GratisSplit(Wire, frozen=True):
    """The quantity of a line that is marked gratis."""

    quantity: str
