"""Many goods at once: a handful of statements a batch, one audit entry, and what tills cache told in one go.

Goods are matched by SKU (case counts), else by barcode; where a row carries neither, by the names of product and variant.
What a row leaves out (None) stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from inventory.hooks import items_changed
from inventory.models import Product, Variant
from inventory.services.bulk_categories import Categories
from inventory.services.bulk_match import Goods
from inventory.services.bulk_units import Units
from inventory.services.bulk_write import write
from inventory.services.variants import taken_by
from inventory.types import GoodsRow
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.imports.rows import Outcome
from smartpos.money import PRICE_PLACES, format_price, to_decimal
from smartpos.people.models import Employee
from smartpos.taxes.models import TaxProfile


@dataclass(slots=True)
class Batch:
    """Rows on their way: the goods they speak of, and what is new or different."""

    by: Employee
    profile: TaxProfile
    at: datetime
    goods: Goods
    categories: Categories
    units: Units
    prices: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)


def put_goods(rows: Sequence[GoodsRow], *, by: Employee, profile: TaxProfile, source: str, at: datetime) -> Outcome:
    """Add or change goods in one transaction. `source` says in the audit log where they came from."""
    outcome = Outcome()
    if not rows:
        return outcome
    with write_transaction():
        # Two imports of the same list at once would both find nothing to match.
        serialise(f"goods:{by.business_id}")
        batch = Batch(by, profile, at, Goods.of(rows), Categories(by, at), Units())
        for row in rows:
            _place(batch, row, outcome)
        outcome.news = batch.categories.made
        touched = write(batch.goods, at=at)
        if touched:
            data = {"created": outcome.created, "updated": outcome.updated, "lines": [rows[0].line, rows[-1].line]}
            record("products.imported", subject=source, data={**data, "prices": batch.prices}, at=at)
            items_changed(touched)
    return outcome


def try_goods(rows: Sequence[GoodsRow], *, by: Employee, profile: TaxProfile, at: datetime) -> Outcome:
    """What `put_goods` would do, without doing it: reads only, and takes no lock from anybody."""
    outcome = Outcome()
    batch = Batch(by, profile, at, Goods.of(rows), Categories(by, at, dry=True), Units())
    for row in rows:
        _place(batch, row, outcome)
    outcome.news = batch.categories.made
    return outcome


def _place(batch: Batch, row: GoodsRow, outcome: Outcome) -> None:
    """Decide what a row does; a row that cannot stand is told and left out."""
    found = batch.goods.match(row)
    problem = _problem(batch, row, found)
    if problem:
        outcome.problems.append((row.line, problem))
    elif found is None:
        _add(batch, row)
        outcome.created += 1
    elif _change(batch, row, found):
        outcome.updated += 1
    else:
        outcome.unchanged += 1


def _problem(batch: Batch, row: GoodsRow, found: Variant | None) -> str:
    if found is None and row.name is None:
        return _("There is no name, and no product with this code.")
    if found is None and row.price is None:
        return _("There is no price.")
    if found is not None and id(found) in batch.lines:
        return _("Line %(line)s is about the same product.") % {"line": batch.lines[id(found)]}
    other = batch.goods.by_barcode.get(row.barcode) if row.barcode else None
    if other is not None and other is not found:
        return taken_by(row.barcode, other)
    return batch.units.problem(row.unit) or batch.categories.problem(row.category)


def _add(batch: Batch, row: GoodsRow) -> None:
    price = to_decimal(row.price or 0, PRICE_PLACES)
    product = batch.goods.product_named(row.name) if row.variant and row.name else None
    if product is None:
        product = Product(
            business_id=batch.by.business_id, name=row.name or "", folded="", tax_profile=batch.profile, created_at=batch.at,
            category=batch.categories.named(row.category), unit=batch.units.named(row.unit), price=price,
        )  # fmt: skip
    variant = Variant(
        business_id=batch.by.business_id, product=product, name=row.variant or "", sku=row.sku or None,
        price=None if price == product.price else price, cost=_amount(row.cost),
    )  # fmt: skip
    batch.goods.add(variant, row.barcode)
    batch.lines[id(variant)] = row.line


def _change(batch: Batch, row: GoodsRow, variant: Variant) -> bool:
    """Put the row's values on the variant and its product; whether anything differs."""
    batch.lines[id(variant)] = row.line
    product, before, price = variant.product, _values(variant), variant.list_price
    _reprice(batch.goods, variant, _amount(row.price))
    if row.cost is not None:
        variant.cost = _amount(row.cost)
    variant.sku = row.sku or variant.sku
    variant.name = row.variant or variant.name
    product.name = row.name or product.name
    if row.category is not None:
        product.category = batch.categories.named(row.category)
    if row.unit is not None:
        product.unit = batch.units.named(row.unit)
    recoded = batch.goods.recode(variant, row.barcode)
    if _values(variant) == before and not recoded:
        return False
    batch.goods.changed(variant)
    if variant.list_price != price:
        batch.prices[str(variant.uuid)] = [format_price(int(p.scaleb(PRICE_PLACES))) for p in (price, variant.list_price)]
    return True


def _reprice(goods: Goods, variant: Variant, price: Decimal | None) -> None:
    """A product's only variant sells at the product's price; one of several gets its own where it differs."""
    if price is None or price == variant.list_price:
        return
    if variant.price is None and len(goods.living(variant.product)) <= 1:
        variant.product.price = price
    else:
        variant.price = None if price == variant.product.price else price


def _values(variant: Variant) -> tuple[object, ...]:
    product = variant.product
    return (
        variant.name, variant.sku, variant.price, variant.cost, product.name, product.category_id, product.unit_id, product.price,
    )  # fmt: skip


def _amount(scaled: int | None) -> Decimal | None:
    return None if scaled is None else to_decimal(scaled, PRICE_PLACES)
