"""The invoices of a real retailer, as its till would have had them: sales, and returns that look for their sale."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from pathlib import Path

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Sold:
    """A line of an invoice. The quantity is positive, also of a return."""

    sku: str
    name: str
    quantity: int
    price: Decimal

    @property
    def amount(self) -> Decimal:
        """Rounded half-up to the cent."""
        return (self.quantity * self.price).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Invoice:
    """A sale, or a return (its number begins with C), without the lines that cost nothing."""

    number: str
    at: datetime
    customer: str
    lines: tuple[Sold, ...]

    @property
    def is_return(self) -> bool:
        """Whether goods came back."""
        return self.number.startswith("C")

    @property
    def amount(self) -> Decimal:
        """What its lines come to."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(slots=True)
class Sums:
    """Documents, lines and money of one kind."""

    documents: int = 0
    lines: int = 0
    amount: Decimal = Decimal(0)

    def add(self, invoice: Invoice) -> None:
        """Count an invoice."""
        self.documents += 1
        self.lines += len(invoice.lines)
        self.amount += invoice.amount


def days(path: Path, months: int) -> Iterator[tuple[date, list[Invoice]]]:
    """The invoices of each day of the first months of a file, in the order in which they began."""
    wanted: set[str] = set()
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        for day, rows in groupby(csv.DictReader(file), key=lambda row: row["InvoiceDate"][:10]):
            wanted.add(day[:7])
            if len(wanted) > months:
                return
            yield date.fromisoformat(day), _invoices(rows)


def _invoices(rows: Iterator[dict[str, str]]) -> list[Invoice]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        if Decimal(row["UnitPrice"]):
            found.setdefault(row["InvoiceNo"], []).append(row)
    return [_invoice(number, lines) for number, lines in found.items()]


def _invoice(number: str, rows: list[dict[str, str]]) -> Invoice:
    lines = tuple(
        Sold(row["StockCode"], " ".join(row["Description"].split()), abs(int(row["Quantity"])), Decimal(row["UnitPrice"]))
        for row in rows
    )
    return Invoice(number, datetime.fromisoformat(rows[0]["InvoiceDate"]), rows[0]["CustomerID"], lines)


@dataclass(slots=True)
class _Open:
    """A sale with what is left of each of its lines."""

    invoice: Invoice
    left: list[int]


@dataclass(frozen=True, slots=True)
class Origin:
    """The sale that a return belongs to, and which of its lines each returned one is."""

    invoice: Invoice
    lines: tuple[int, ...]


@dataclass(slots=True)
class Matcher:
    """Finds the sale of a return: the customer's latest one that has all the returned goods left, at the same price.

    Prices of a part of a cent are left out: a share of a rounded line may differ by a cent from the line reckoned anew.
    """

    sales: dict[str, list[_Open]] = field(default_factory=dict)

    def remember(self, invoice: Invoice) -> None:
        """A sale that may come back."""
        if invoice.customer:
            self.sales.setdefault(invoice.customer, []).append(_Open(invoice, [line.quantity for line in invoice.lines]))

    def origin(self, returned: Invoice) -> Origin | None:
        """The sale, with the goods taken off it; None where none fits."""
        for sale in reversed(self.sales.get(returned.customer, [])):
            places = _fit(sale, returned)
            if places is not None:
                for place, line in zip(places, returned.lines, strict=True):
                    sale.left[place] -= line.quantity
                return Origin(sale.invoice, places)
        return None


def _fit(sale: _Open, returned: Invoice) -> tuple[int, ...] | None:
    taken: list[int] = []
    for line in returned.lines:
        place = next(
            (n for n, left in enumerate(sale.left) if n not in taken and left >= line.quantity and _same(sale, n, line)), None
        )
        if place is None:
            return None
        taken.append(place)
    return tuple(taken)


def _same(sale: _Open, place: int, line: Sold) -> bool:
    sold = sale.invoice.lines[place]
    return sold.sku == line.sku and sold.price == line.price and line.price == line.price.quantize(CENT)
