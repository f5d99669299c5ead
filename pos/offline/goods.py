"""The rows of the catalogue that tills cache, and when they change (docs/terminal-protocol.md, 4)."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q

from inventory import hooks as inventory_hooks
from inventory.models import Barcode, Category, Modifier, ModifierGroup, ProductModifierGroup, StoreItem, Unit, Variant
from inventory.models.unit import PIECE
from smartpos.money import format_price
from smartpos.operations.services.changes import NewState, put

ITEM_PRICE = 5
ITEMS_AT_ONCE = 1000
# Columns of a variant and its product; without model instances, of which a thousand variants would need five thousand.
_LOOK = (
    "pk", "name", "sku", "price", "tracked", "position", "product_id", "product__uuid", "product__name", "product__price",
    "product__picture", "product__favourite", "product__tax_profile__uuid", "product__category__uuid", "product__unit__uuid",
    "product__unit__abbreviation", "product__unit__abbreviated",
)  # fmt: skip


def item_states(variants: Sequence[Variant]) -> list[NewState]:
    """Variants as tills see them: a general row each, then one for every store that differs. Read anew: four statements.

    Gone is what is archived, hidden in a store, or was just deleted.
    """
    states: list[NewState] = []
    for start in range(0, len(variants), ITEMS_AT_ONCE):
        part = variants[start : start + ITEMS_AT_ONCE]
        keys = [variant.pk for variant in part]
        bodies, own = _bodies(keys), _own(keys)
        for variant in part:
            key, uuid = variant.pk, str(variant.uuid)
            body = bodies.get(key)
            states.append(NewState("item", uuid, key, body))
            if body:
                states += [NewState("item", uuid, key, _in_store(body, look), look[0]) for look in own[key]]
    return states


def _bodies(keys: Sequence[int]) -> dict[int, list[Any]]:
    living = Variant.objects.filter(pk__in=keys, active=True, product__active=True)
    rows = list(living.values_list(*_LOOK))
    codes: dict[int, list[str]] = defaultdict(list)
    for key, code in Barcode.objects.filter(variant__in=keys).order_by("position", "pk").values_list("variant_id", "code"):
        codes[key].append(code)
    groups: dict[int, list[str]] = defaultdict(list)
    links = ProductModifierGroup.objects.filter(product__in={row[6] for row in rows}, group__active=True)
    for key, group in links.order_by("position", "pk").values_list("product_id", "group__uuid"):
        groups[key].append(str(group))
    return {row[0]: _body(row, codes[row[0]], groups[row[6]]) for row in rows}


def _body(row: tuple[Any, ...], codes: list[str], groups: list[str]) -> list[Any]:
    (
        _key, name, sku, own_price, tracked, position, _product, product, product_name, price, picture, favourite, profile,
        category, unit, abbreviation, abbreviated,
    ) = row  # fmt: skip
    listed = price if own_price is None else own_price
    return [
        str(product), product_name, name, sku or "", codes[0] if codes else "", format_price(int(listed.scaleb(4))), str(profile),
        str(category) if category else "", abbreviation if abbreviated else PIECE, tracked, position, str(unit), codes[1:],
        picture, groups, favourite,
    ]  # fmt: skip


def _own(keys: Sequence[int]) -> dict[int, list[tuple[int, bool, Decimal]]]:
    """By variant: each store that hides it or has a price of its own."""
    own: dict[int, list[tuple[int, bool, Decimal]]] = defaultdict(list)
    different = StoreItem.objects.filter(Q(hidden=True) | Q(price__isnull=False), variant__in=keys).order_by("pk")
    for key, *look in different.values_list("variant_id", "store_id", "hidden", "price"):
        own[key].append((look[0], look[1], look[2]))
    return own


def _in_store(body: list[Any], look: tuple[int, bool, Decimal]) -> list[Any] | None:
    _store, hidden, price = look
    if hidden:
        return None
    return [*body[:ITEM_PRICE], format_price(int(price.scaleb(4))), *body[ITEM_PRICE + 1 :]]


def category_states(categories: Sequence[Category]) -> list[NewState]:
    """Categories as tills see them; gone are those just deleted. One statement."""
    found = {c.pk: c for c in Category.objects.filter(pk__in=[c.pk for c in categories]).select_related("parent")}
    bodies = {
        key: [c.name, c.colour, c.position, str(c.parent.uuid) if c.parent else ""] for key, c in found.items()
    }  # fmt: skip
    return [NewState("category", str(c.uuid), c.pk, bodies.get(c.pk)) for c in categories]


def unit_state(unit: Unit) -> NewState:
    """A unit as tills see it: what stands beside quantities, how many decimals these have, and its name."""
    body = [unit.word, unit.decimals, unit.name] if unit.pk else None
    return NewState("unit", str(unit.uuid), unit.pk or 0, body)


def modifier_states(groups: Sequence[ModifierGroup]) -> list[NewState]:
    """Modifier groups with their answers in order; gone are those not asked any more. Two statements."""
    answers = Modifier.objects.filter(active=True).select_related("nested").order_by("position", "pk")
    living = ModifierGroup.objects.filter(pk__in=[g.pk for g in groups], active=True)
    found = living.prefetch_related(Prefetch("modifiers", answers))
    bodies = {g.pk: [g.name, g.minimum, g.maximum, [_answer(modifier) for modifier in g.modifiers.all()]] for g in found}
    return [NewState("modifiers", str(g.uuid), g.pk, bodies.get(g.pk)) for g in groups]


def _answer(modifier: Modifier) -> list[Any]:
    nested = str(modifier.nested.uuid) if modifier.nested and modifier.nested.active else ""
    price = format_price(int(modifier.price.scaleb(4)))
    return [str(modifier.uuid), modifier.name, modifier.kitchen_name, price, modifier.default, nested]


@inventory_hooks.items_changed.implement
def _items_changed(variants: Sequence[Variant]) -> None:
    put(item_states(variants))


@inventory_hooks.categories_changed.implement
def _categories_changed(categories: Sequence[Category]) -> None:
    put(category_states(categories))


@inventory_hooks.units_changed.implement
def _units_changed(units: Sequence[Unit]) -> None:
    put([unit_state(unit) for unit in units])


@inventory_hooks.modifiers_changed.implement
def _modifiers_changed(groups: Sequence[ModifierGroup]) -> None:
    put(modifier_states(groups))
