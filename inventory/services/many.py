"""Many products at once: price, category, tax, what a store sells. With a look ahead, and a way back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from inventory.hooks import items_changed
from inventory.models import BulkChange, Category, Product, StoreItem, Variant
from inventory.services.history import amounts_of, write_prices
from inventory.services.variants import MAX_PRICE
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.errors import Conflict, DomainError
from smartpos.people.models import Employee, Store
from smartpos.taxes.models import TaxProfile

MOST = 500
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRule:
    """How prices change: by an amount, by a per cent, or to a new price; rounded half up to a step."""

    kind: str
    value: Decimal
    step: Decimal = Decimal("0.01")

    def applied(self, price: Decimal) -> Decimal:
        """The new price, exact and rounded once; never below nought."""
        if self.kind == "percent":
            new = price * (HUNDRED + self.value) / HUNDRED
        else:
            new = price + self.value if self.kind == "amount" else self.value
        steps = (new / self.step).to_integral_value(ROUND_HALF_UP)
        return max(Decimal(0), steps * self.step)


@dataclass(frozen=True, slots=True)
class Step:
    """One amount of the look ahead. No variant: the product's own price."""

    product: Product
    variant: Variant | None
    before: Decimal
    after: Decimal


def price_steps(products: Sequence[Product], rule: PriceRule) -> list[Step]:
    """What a rule makes of the products' prices and of the variants' own ones. One query."""
    steps = [Step(product, None, product.price, rule.applied(product.price)) for product in products]
    own = Variant.objects.filter(product__in=products, active=True, price__isnull=False).select_related("product")
    steps += [Step(v.product, v, v.price, rule.applied(v.price)) for v in own.order_by("product__folded", "position", "pk")]
    for step in steps:
        if step.after >= MAX_PRICE:
            raise DomainError(_("The price of %(name)s would be too large.") % {"name": step.product.name}, field="value")
    return sorted(steps, key=lambda step: (step.product.folded, step.product.pk, step.variant.position if step.variant else -1))


def change_prices(products: Sequence[Product], rule: PriceRule, *, by: Employee, at: datetime) -> BulkChange:
    """Change the prices of many products by a rule."""

    def write(locked: list[Product], variants: list[Variant]) -> list[list[Any]]:
        done: list[list[Any]] = []
        for product in locked:
            done.append(["product", product.pk, _text(product.price), _text(rule.applied(product.price))])
            product.price = rule.applied(product.price)
        for variant in variants:
            if variant.price is not None:
                done.append(["variant", variant.pk, _text(variant.price), _text(rule.applied(variant.price))])
                variant.price = rule.applied(variant.price)
        Variant.objects.bulk_update([v for v in variants if v.price is not None], ["price"], batch_size=500)
        return done

    price_steps(products, rule)
    data = {"rule": rule.kind, "value": str(rule.value), "step": str(rule.step)}
    return _many("price", products, write, data=data, by=by, at=at)


def change_category(products: Sequence[Product], category: Category | None, *, by: Employee, at: datetime) -> BulkChange:
    """Put many products into a category."""

    def write(locked: list[Product], _variants: list[Variant]) -> list[list[Any]]:
        done = [["category", p.pk, p.category_id, category.pk if category else None] for p in locked]
        for product in locked:
            product.category = category
        return done

    return _many("category", products, write, data={"category": category.name if category else ""}, by=by, at=at)


def change_tax(products: Sequence[Product], tax: TaxProfile, *, by: Employee, at: datetime) -> BulkChange:
    """Give many products a tax."""

    def write(locked: list[Product], _variants: list[Variant]) -> list[list[Any]]:
        done = [["tax", p.pk, p.tax_profile_id, tax.pk] for p in locked]
        for product in locked:
            product.tax_profile = tax
        return done

    return _many("tax", products, write, data={"tax": tax.name}, by=by, at=at)


def change_availability(
    products: Sequence[Product], store: Store, *, sold: bool, by: Employee, at: datetime
) -> BulkChange:  # fmt: skip
    """Sell many products in a store, or hide them there."""

    def write(_locked: list[Product], variants: list[Variant]) -> list[list[Any]]:
        living = [variant for variant in variants if variant.active]
        before = {item.variant_id: item.hidden for item in StoreItem.objects.filter(store=store, variant__in=living)}
        _hide(store, [v for v in living if before.get(v.pk, False) == sold], hidden=not sold)
        return [["hidden", v.pk, before.get(v.pk, False), not sold, store.pk] for v in living]

    return _many("availability", products, write, data={"store": store.name, "sold": sold}, by=by, at=at)


def _hide(store: Store, variants: Iterable[Variant], *, hidden: bool) -> None:
    """Set the switch of these variants; a row that then says nothing any more goes."""
    keys = {v.pk: v.business_id for v in variants}
    rows = StoreItem.objects.filter(store=store, variant__in=keys)
    there = set(rows.values_list("variant_id", flat=True))
    rows.update(hidden=hidden)
    if hidden:
        StoreItem.objects.bulk_create(
            StoreItem(business_id=business, store=store, variant_id=key, hidden=True)
            for key, business in keys.items()
            if key not in there
        )
    else:
        rows.filter(price=None, min_stock=None, max_stock=None).delete()


Write = Callable[[list[Product], list[Variant]], list[list[Any]]]


def _many(
    kind: str, products: Sequence[Product], write: Write, *, data: dict[str, Any], by: Employee, at: datetime
) -> BulkChange:  # fmt: skip
    """Lock, write, price history, one audit entry, one row to take it back, one word to the tills."""
    if not 1 <= len(products) <= MOST:
        raise DomainError(_("Choose between 1 and 500 products."))
    with write_transaction():
        locked, variants = _lock([product.pk for product in products])
        before = amounts_of(variants)
        values = write(locked, variants)
        _save(locked)
        change: BulkChange = BulkChange.objects.create(
            business_id=by.business_id, kind=kind, values=msgspec.json.encode(values).decode(), actor_id=by.pk, at=at
        )  # fmt: skip
        record("product.bulk", subject=f"bulk:{change.uuid}", data={"kind": kind, "products": len(locked), **data}, at=at)
        write_prices(before, amounts_of(variants), variants, at=at)
        items_changed(variants)
    return change


def _lock(keys: Sequence[int]) -> tuple[list[Product], list[Variant]]:
    locked = list(Product.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    variants = list(Variant.objects.filter(product__in=locked).order_by("pk"))
    by_key = {product.pk: product for product in locked}
    for variant in variants:
        variant.product = by_key[variant.product_id]
    return locked, variants


def _save(products: Sequence[Product]) -> None:
    for product in products:
        product.version += 1
    Product.objects.bulk_update(products, ["price", "category", "tax_profile", "version"], batch_size=500)


def undo(change: BulkChange, *, by: Employee, at: datetime) -> int:
    """Take an act back where nothing else happened since; answers how many values stayed because somebody changed them."""
    with write_transaction():
        change = BulkChange.objects.select_for_update().get(pk=change.pk)
        if change.undone_at is not None:
            raise Conflict(_("This was taken back already."))
        values: list[list[Any]] = msgspec.json.decode(change.values)
        locked, variants = _lock(_products_of(values))
        before = amounts_of(variants)
        stayed = _put_back(values, locked, variants)
        _save(locked)
        change.undone_at = at
        change.save(update_fields=["undone_at"])
        record("product.bulk_undone", subject=f"bulk:{change.uuid}", data={"kind": change.kind, "stayed": stayed}, at=at)
        write_prices(before, amounts_of(variants), variants, at=at)
        items_changed(variants)
    return stayed


def _text(amount: Decimal) -> str:
    """An amount as it is compared later: 2.5, never 2.50."""
    return format(amount.normalize(), "f")


def _products_of(values: Sequence[Sequence[Any]]) -> list[int]:
    products = {row[1] for row in values if row[0] in ("product", "category", "tax")}
    variants = [row[1] for row in values if row[0] in ("variant", "hidden")]
    return sorted(products | set(Variant.objects.filter(pk__in=variants).values_list("product_id", flat=True)))


def _put_back(values: Sequence[Sequence[Any]], products: Sequence[Product], variants: Sequence[Variant]) -> int:
    by_key = {product.pk: product for product in products}
    by_variant = {variant.pk: variant for variant in variants}
    stayed, priced, shown = 0, [], dict[tuple[int, bool], list[Variant]]()
    hidden_now = set(StoreItem.objects.filter(variant__in=by_variant, hidden=True).values_list("store_id", "variant_id"))
    for kind, key, old, new, *rest in values:
        target: Any = by_key.get(key) if kind in ("product", "category", "tax") else by_variant.get(key)
        if target is None or _now(kind, target, rest, hidden_now) != new:
            stayed += old != new
        elif kind in ("product", "variant"):
            target.price = Decimal(old)
            priced += [target] if kind == "variant" else []
        elif kind == "hidden":
            shown.setdefault((rest[0], old), []).append(target)
        else:
            setattr(target, "category_id" if kind == "category" else "tax_profile_id", old)
    Variant.objects.bulk_update(priced, ["price"], batch_size=500)
    for (store, hidden), those in shown.items():
        _hide(Store.objects.get(pk=store), those, hidden=hidden)
    return stayed


def _now(kind: str, target: Any, rest: Sequence[Any], hidden_now: set[tuple[int, int]]) -> Any:
    """What a value is now, as it was written down."""
    if kind in ("product", "variant"):
        return None if target.price is None else _text(target.price)
    if kind == "hidden":
        return (rest[0], target.pk) in hidden_now
    return target.category_id if kind == "category" else target.tax_profile_id
