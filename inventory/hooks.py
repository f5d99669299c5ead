"""What higher rooms do when the catalogue changes, in the same transaction."""

from collections.abc import Sequence

from inventory.models import Category, Variant
from smartpos.registry import Hook

# Variants come with their product loaded; those of an archived product, or archived themselves, too.
items_changed: Hook[[Sequence[Variant]]] = Hook("inventory.items_changed")
categories_changed: Hook[[Sequence[Category]]] = Hook("inventory.categories_changed")
