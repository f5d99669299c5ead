"""Writing documents into the ledger: one statement per table, whatever the number of lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from inventory.models import Variant
from pos.models import Payment, Receipt, ReceiptLine, ReceiptTax
from smartpos.db.rows import insert_row, insert_rows


@dataclass(frozen=True, slots=True)
class TaxDraft:
    """A line's share of one rate."""

    code: str
    kind: str
    rate: int
    inclusive: bool
    compound: bool
    amount: int


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line to be written; scaled integers, positive."""

    uuid: UUID
    variant_id: int | None
    name: str
    sku: str
    unit: str
    quantity: int
    list_price: int
    unit_price: int
    gross: int
    discount: int
    points: int
    payable: int
    net: int
    tax: int
    gratis: bool
    profile: str
    taxes: tuple[TaxDraft, ...]
    original_line_id: int | None = None
    note: str = ""
    promotion_id: int | None = None
    promotion_percent: int | None = None
    promotion_off: int = 0
    restocked: bool = True


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A tender to be written."""

    method: str
    part: int
    amount: int
    tendered: int
    change: int
    tip: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDraft:
    """A document to be written, as positive figures; `kind` decides the sign that the ledger keeps."""

    uuid: UUID
    business_id: int
    store_id: int
    terminal_id: int
    device_id: int
    shift_id: int
    employee_id: int | None
    customer_id: int | None = None
    kind: str
    original_id: int | None = None
    reason: str = ""
    series: str
    number: int
    occurred_at: datetime
    received_at: datetime
    business_date: date
    late: bool
    currency: str
    service: int = 0
    total: int
    rounding: int
    marks: str = "[]"
    lines: Sequence[LineDraft]
    payments: Sequence[PaymentDraft]

    @property
    def label(self) -> str:
        """The number as printed."""
        return f"{self.series}-{self.number}"


_LINE_COLUMNS = (
    "receipt_id", "position", "uuid", "variant_id", "original_line_id", "name", "sku", "unit", "quantity", "list_price",
    "unit_price", "gross", "discount", "points", "payable", "net", "tax", "gratis", "tax_profile", "note",
    "promotion_id", "promotion_percent", "promotion_off",
    "restocked",
)  # fmt: skip
# What a unit costs now; of a line that goes back, what it had cost.
_COST = (
    "CASE WHEN given.original_line_id IS NULL "  # noqa: S608 - own names
    f"THEN (SELECT item.cost FROM {Variant._meta.db_table} AS item WHERE item.id = given.variant_id) "
    f"ELSE (SELECT sold.cost FROM {ReceiptLine._meta.db_table} AS sold WHERE sold.id = given.original_line_id) END"
)
_TAX_COLUMNS = ("receipt_id", "position", "code", "kind", "rate", "inclusive", "compound", "amount")
_PAYMENT_COLUMNS = ("receipt_id", "method", "part", "amount", "tendered", "change", "tip")


def write_receipt(draft: ReceiptDraft) -> int:
    """Write a document with its lines, taxes and payments; answers its key. Inside the transaction of the act."""
    sign = 1 if draft.kind == "sale" else -1
    receipt = _write_head(draft, sign)
    lines = [_line_row(receipt, n, line, sign) for n, line in enumerate(draft.lines)]
    insert_rows(ReceiptLine, _LINE_COLUMNS, lines, computed=(("cost", _COST),))
    taxes = [_tax_row(receipt, n, tax, sign) for n, line in enumerate(draft.lines) for tax in line.taxes]
    insert_rows(ReceiptTax, _TAX_COLUMNS, taxes)
    payments = [
        (receipt, p.method, sign * p.part, sign * p.amount, sign * p.tendered, sign * p.change, sign * p.tip)
        for p in draft.payments
    ]
    insert_rows(Payment, _PAYMENT_COLUMNS, payments)
    return receipt


def _write_head(draft: ReceiptDraft, sign: int) -> int:
    lines = draft.lines
    tax = sum(line.tax for line in lines)
    return insert_row(
        Receipt, uuid=draft.uuid, business_id=draft.business_id, store_id=draft.store_id, terminal_id=draft.terminal_id,
        device_id=draft.device_id, shift_id=draft.shift_id, employee_id=draft.employee_id, customer_id=draft.customer_id, kind=draft.kind,
        original_id=draft.original_id, reason=draft.reason, series=draft.series, number=draft.number,
        occurred_at=draft.occurred_at, received_at=draft.received_at, business_date=draft.business_date, late=draft.late,
        currency=draft.currency, gross=sign * (sum(line.gross for line in lines) - draft.service),
        discount=sign * sum(line.discount for line in lines), points=sign * sum(line.points for line in lines),
        service=sign * draft.service, net=sign * (draft.total - tax), tax=sign * tax, total=sign * draft.total,
        rounding=sign * draft.rounding, marks=draft.marks,
    )  # fmt: skip


def _line_row(receipt: int, position: int, line: LineDraft, sign: int) -> tuple[object, ...]:
    return (
        receipt, position, line.uuid, line.variant_id, line.original_line_id, line.name, line.sku, line.unit,
        sign * line.quantity, line.list_price, line.unit_price, sign * line.gross, sign * line.discount, sign * line.points,
        sign * line.payable, sign * line.net, sign * line.tax, line.gratis, line.profile, line.note,
        line.promotion_id, line.promotion_percent, sign * line.promotion_off,
        line.restocked,
    )  # fmt: skip


def _tax_row(receipt: int, position: int, tax: TaxDraft, sign: int) -> tuple[object, ...]:
    return (receipt, position, tax.code, tax.kind, tax.rate, tax.inclusive, tax.compound, sign * tax.amount)
