"""What a product was like before and after a save: the audit entry's data, and the price history."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from inventory.models import PriceChange, PriceKind, Product, StoreItem, Variant
from smartpos.context import current

Amounts = dict[tuple[int, int | None, str], Decimal | None]
Facts = dict[str, str]


def amounts_of(variants: Sequence[Variant]) -> Amounts:
    """Every price and cost in force, by variant and store. The products must be loaded. One query."""
    living = {v.pk: v for v in variants if v.active}
    found: Amounts = {}
    for key, variant in living.items():
        found[key, None, PriceKind.PRICE] = variant.list_price
        found[key, None, PriceKind.COST] = variant.cost
    for item in StoreItem.objects.filter(variant__in=living, price__isnull=False):
        found[item.variant_id, item.store_id, PriceKind.PRICE] = item.price
    return found


def write_prices(before: Amounts, after: Amounts, variants: Sequence[Variant], *, at: datetime) -> None:
    """Append what differs. One statement."""
    products = {v.pk: (v.product_id, v.business_id) for v in variants}
    rows = []
    for key in sorted({*before, *after}, key=str):
        variant, store, kind = key
        old, new = before.get(key), after.get(key)
        if old != new and variant in products:
            product, business = products[variant]
            rows.append(
                PriceChange(
                    business_id=business, product_id=product, variant_id=variant, store_id=store, kind=kind, before=old, after=new,
                    actor_id=current().actor_id, at=at,
                )
            )  # fmt: skip
    PriceChange.objects.bulk_create(rows, batch_size=500)


def facts_of(product: Product, variants: Sequence[Variant]) -> Facts:
    """A product in words, for the audit log: what can be compared and read."""
    facts = {
        "name": product.name, "category": product.category.name if product.category else "", "tax": product.tax_profile.name,
        "unit": product.unit.name, "price": _said(product.price), "description": product.description[:200],
        "min_stock": _said(product.min_stock), "max_stock": _said(product.max_stock),
        "favourite": "yes" if product.favourite else "", "picture": product.picture,
    }  # fmt: skip
    for variant in variants:
        if variant.active:
            name = variant.name or "1"
            facts |= {
                f"{name}: price": _said(variant.price), f"{name}: cost": _said(variant.cost), f"{name}: sku": variant.sku or "",
                f"{name}: barcodes": " ".join(code.code for code in sorted(variant.barcodes.all(), key=lambda c: c.position)),
                f"{name}: tracked": "yes" if variant.tracked else "",
            }  # fmt: skip
            for item in variant.store_items.all():
                facts[f"{name}: store {item.store_id}"] = "hidden" if item.hidden else _said(item.price)
    return facts


def _said(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount.normalize(), "f")


def differences(before: Facts, after: Facts) -> dict[str, list[str]]:
    """What changed, as {fact: [before, after]}."""
    names = [*before, *(name for name in after if name not in before)]
    return {n: [before.get(n, ""), after.get(n, "")] for n in names if before.get(n, "") != after.get(n, "")}
