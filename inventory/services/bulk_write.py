"""Writing a batch of goods: new rows by one statement a table, changed ones by one more."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from inventory.folding import searchable
from inventory.models import Barcode, PriceChange, PriceKind, Product, Variant
from inventory.services.bulk_match import Goods
from smartpos.context import current
from smartpos.db.rows import insert_rows, update_rows
from smartpos.money import PRICE_PLACES

NEW_PRODUCT = (
    "business_id", "uuid", "kind", "name", "description", "picture", "folded", "category_id", "tax_profile_id", "unit_id",
    "price", "favourite", "active", "version", "created_at",
)  # fmt: skip
NEW_VARIANT = (
    "business_id", "uuid", "product_id", "name", "sku", "price", "cost", "tracked", "position", "active",
)  # fmt: skip
CODE_COLUMNS = ("business_id", "variant_id", "code", "position")
PRODUCT_COLUMNS = ("name", "folded", "category_id", "unit_id", "price", "version")
VARIANT_COLUMNS = ("name", "sku", "price", "cost")
PRICE_COLUMNS = ("business_id", "product_id", "variant_id", "kind", "before", "after", "actor_id", "at")


def write(goods: Goods, *, at: datetime) -> list[Variant]:
    """Write what is new or different; answers every variant that looks different now."""
    groups = [goods.groups[key] for key in goods.touched]
    made = {id(variant) for variant in goods.new}
    known = [group for group in groups if group[0].product.pk]
    for group in groups:
        group[0].product.folded = _searchable(group, goods)
        group[0].product.version += bool(group[0].product.pk)
    _insert_products([group[0].product for group in groups if not group[0].product.pk])
    update_rows(Product, PRODUCT_COLUMNS, [_product_row(group[0].product) for group in known])
    update_rows(Variant, VARIANT_COLUMNS, [_variant_row(v) for group in known for v in group if id(v) not in made])
    _insert_variants(goods.new)
    _write_codes(goods.new_codes, made)
    touched = [variant for group in groups for variant in group]
    _write_prices(goods, touched, at=at)
    return touched


def _insert_products(products: Sequence[Product]) -> None:
    """One statement, and one to learn the keys that the database gave."""
    insert_rows(
        Product, NEW_PRODUCT,
        [
            (
                p.business_id, p.uuid, p.kind, p.name, p.description, p.picture, p.folded, p.category_id, p.tax_profile_id, p.unit_id,
                _scaled(p.price), p.favourite, p.active, p.version, p.created_at,
            )
            for p in products
        ],
    )  # fmt: skip
    keys = dict(Product.objects.filter(uuid__in=[p.uuid for p in products]).values_list("uuid", "pk"))
    for product in products:
        product.pk = keys[product.uuid]


def _insert_variants(variants: Sequence[Variant]) -> None:
    insert_rows(
        Variant, NEW_VARIANT,
        [
            (
                v.business_id, v.uuid, v.product.pk, v.name, v.sku, _scaled(v.price), _scaled(v.cost), v.tracked, v.position,
                v.active,
            )
            for v in variants
        ],
    )  # fmt: skip
    keys = dict(Variant.objects.filter(uuid__in=[v.uuid for v in variants]).values_list("uuid", "pk"))
    for variant in variants:
        variant.pk = keys[variant.uuid]
        # The key first, the object after it: setting a key alone would forget the object.
        variant.product = variant.product


def _searchable(group: Sequence[Variant], goods: Goods) -> str:
    texts = (text for v in group if v.active for text in (v.sku or "", *goods.codes[id(v)], v.name))
    return searchable(group[0].product.name, *texts)


def _write_codes(codes: Sequence[tuple[Variant, str]], made: set[int]) -> None:
    """A new code goes in front of those that a variant has already."""
    moved = {variant.pk for variant, _code in codes if id(variant) not in made}
    if moved:
        Barcode.objects.filter(variant__in=moved).update(position=F("position") + 1)
    insert_rows(Barcode, CODE_COLUMNS, [(variant.business_id, variant.pk, code, 0) for variant, code in codes])


def _write_prices(goods: Goods, variants: Sequence[Variant], *, at: datetime) -> None:
    actor = current().actor_id
    rows = []
    for variant in variants:
        if variant.active:
            before = goods.amounts.get(variant.pk, (None, None))
            after = (variant.list_price, variant.cost)
            rows += [
                (variant.business_id, variant.product_id, variant.pk, kind, _scaled(old), _scaled(new), actor, at)
                for kind, old, new in zip((PriceKind.PRICE, PriceKind.COST), before, after, strict=True)
                if old != new
            ]
    insert_rows(PriceChange, PRICE_COLUMNS, rows)


def _product_row(product: Product) -> tuple[object, ...]:
    price = _scaled(product.price)
    return product.pk, product.name, product.folded, product.category_id, product.unit_id, price, product.version


def _variant_row(variant: Variant) -> tuple[object, ...]:
    return variant.pk, variant.name, variant.sku, _scaled(variant.price), _scaled(variant.cost)


def _scaled(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount.scaleb(PRICE_PLACES))
