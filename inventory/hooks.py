"""What higher rooms do when the catalogue changes, in the same transaction."""

from collections.abc import Sequence

from inventory.models import Category, ModifierGroup, Product, Unit, Variant
from smartpos.registry import Hook

# Once per command, with every variant that tills should look at again: also archived ones, and ones just deleted.
items_changed: Hook[[Sequence[Variant]]] = Hook("inventory.items_changed")
categories_changed: Hook[[Sequence[Category]]] = Hook("inventory.categories_changed")
units_changed: Hook[[Sequence[Unit]]] = Hook("inventory.units_changed")
modifiers_changed: Hook[[Sequence[ModifierGroup]]] = Hook("inventory.modifiers_changed")

# An implementation adds a sentence for each thing that a product's history consists of.
deleting_product: Hook[[Product, list[str]]] = Hook("inventory.deleting_product")
