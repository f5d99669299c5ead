"""What crosses a boundary: the requests of the pricing engine as text, whole numbers and flags.

Numbers are strings in plain decimal form ("2.50"); `pos.pricing.parsing` turns them into the integers of
`pos.pricing.types`. The annotations are plain, so that any decoder of dataclasses can fill them.
"""

from dataclasses import dataclass
from typing import Literal

DiscountKind = Literal["percent", "amount"]
TaxKind = Literal["standard", "reduced", "zero", "exempt"]
Method = Literal["cash", "card", "online"]


@dataclass(frozen=True, slots=True)
class Currency:
    """ISO 4217 code and the digits of its minor unit: 0, 2 or 3."""

    code: str
    digits: int


@dataclass(frozen=True, slots=True)
class Discount:
    """A manual discount: per cent (0 to 100) or an amount."""

    kind: DiscountKind
    value: str


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One rate of a tax profile; `rate` in per cent, a lower `priority` comes first."""

    code: str
    kind: TaxKind
    rate: str
    inclusive: bool
    compound: bool = False
    priority: int = 1


@dataclass(frozen=True, slots=True)
class Line:
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


@dataclass(frozen=True, slots=True)
class Tier:
    """The largest discount for carts whose gross is `start` or more, up to the next tier's start."""

    start: str
    kind: DiscountKind
    value: str


@dataclass(frozen=True, slots=True)
class Limit:
    """Discount limits: tiers by gross without a customer, one maximum with a customer; none there means no limit.

    `approved` says that a manager approved what lies above.
    """

    tiers: tuple[Tier, ...] = ()
    with_customer: Discount | None = None
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Loyalty points to redeem: a whole number or "all", of a balance, once it reaches the minimum."""

    use: str
    balance: str
    minimum: str
    value_of_100: str


@dataclass(frozen=True, slots=True)
class ServiceCharge:
    """A service charge: per cent or an amount, with a tax profile of its own."""

    kind: DiscountKind
    value: str
    profile: str


@dataclass(frozen=True, slots=True)
class CashRounding:
    """The store's cash increment, and whether it takes the exact unrounded coins."""

    step: str
    exact_coins: bool = False


@dataclass(frozen=True, slots=True)
class Tender:
    """One payment: `amount` settles the sale, `tendered` is the cash handed over, `tip` comes on top."""

    method: Method
    amount: str
    tendered: str | None = None
    tip: str | None = None


@dataclass(frozen=True, slots=True)
class Cart:
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


@dataclass(frozen=True, slots=True)
class TaxShare:
    """A line's share of one rounded tax, as the sale's result gives it."""

    code: str
    kind: TaxKind
    rate: str
    inclusive: bool
    amount: str


@dataclass(frozen=True, slots=True)
class TaxAmount:
    """An amount of the tax with that code."""

    code: str
    amount: str


@dataclass(frozen=True, slots=True)
class Refunded:
    """What was refunded of a line before."""

    quantity: str = "0"
    payable: str = "0"
    taxes: tuple[TaxAmount, ...] = ()


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A sold line (its quantity, payable and taxes as sold) and the quantity to refund `now`."""

    id: str
    quantity: str
    payable: str
    taxes: tuple[TaxShare, ...]
    now: str
    refunded: Refunded = Refunded()


@dataclass(frozen=True, slots=True)
class RefundTender:
    """A tender of the sale: its exact part (cash before rounding), what was given back on it before, likewise exact,
    and what to give back `now`. Where no tender says `now`, the refund goes back in proportion.
    """

    method: Method
    amount: str
    refunded: str = "0"
    now: str | None = None


@dataclass(frozen=True, slots=True)
class RefundRounding:
    """The cash increment, and the cash that earlier refunds of this sale really paid out."""

    step: str
    paid_out: str = "0"


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund of lines of one sale. `approved`: a manager lets more go back in cash than was paid in cash.

    `tenders` null: only the amounts are asked.
    """

    currency: Currency
    lines: tuple[RefundLine, ...]
    tenders: tuple[RefundTender, ...] | None = None
    cash_rounding: RefundRounding | None = None
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A refund and a sale of which only the net is paid: the cart's tenders or the refund's tenders settle it."""

    cart: Cart
    refund: Refund


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """Cash of earlier payments of the same bill: the exact parts it settled, and what was really taken."""

    cash: str
    cash_paid: str


@dataclass(frozen=True, slots=True)
class Settle:
    """A payment of an amount that is already known: a part of a bill, an order priced before."""

    currency: Currency
    due: str
    tenders: tuple[Tender, ...]
    cash_rounding: CashRounding | None = None
    before: PaidBefore | None = None


@dataclass(frozen=True, slots=True)
class SplitEqual:
    """A bill (total and rounded taxes) in equal parts for 2 to 50 guests."""

    currency: Currency
    total: str
    taxes: tuple[TaxShare, ...]
    guests: int


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line of the bill to split, with the amounts of its result."""

    id: str
    quantity: str
    payable: str
    taxes: tuple[TaxShare, ...]


@dataclass(frozen=True, slots=True)
class Portion:
    """A quantity of a line for one guest, or shared equally by several."""

    line: str
    quantity: str
    guests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitItems:
    """A bill by items. Portions are only ever appended, so that the amount of a paid part stays what it was."""

    currency: Currency
    lines: tuple[BillLine, ...]
    guests: tuple[str, ...]
    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class TaxDifference:
    """Taxes of a part as allocated from the bill, and as its own fiscal receipt computed them."""

    currency: Currency
    allocated: tuple[TaxAmount, ...]
    anew: tuple[TaxAmount, ...]


@dataclass(frozen=True, slots=True)
class TaxOf:
    """An amount in one tax profile: the tax calculator."""

    currency: Currency
    amount: str
    profile: tuple[TaxRate, ...]


@dataclass(frozen=True, slots=True)
class Earn:
    """A paid sale (total before cash rounding, without tips) of a loyalty customer."""

    currency: Currency
    total: str
    points_per_unit: str
    balance: str
    debt: str = "0"


@dataclass(frozen=True, slots=True)
class TakeBack:
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


@dataclass(frozen=True, slots=True)
class ShiftCash:
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


@dataclass(frozen=True, slots=True)
class Allocate:
    """An amount to split in proportion to weights by largest remainder, as the price of a combo over its parts."""

    currency: Currency
    amount: str
    weights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelQuantity:
    """The amount of a price label and the unit price it was made with."""

    currency: Currency
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class GratisSplit:
    """The quantity of a line that is marked gratis."""

    quantity: str
