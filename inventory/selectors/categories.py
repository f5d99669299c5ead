"""Reading the tree of categories."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Count, Q

from inventory.folding import fold
from inventory.models import Category

HINT_ABOVE = 8
# The same few names are put in order with every list.
_folded = lru_cache(maxsize=4096)(fold)


@dataclass(slots=True)
class Node:
    """A category in the tree, with what lies under it."""

    category: Category
    depth: int
    path: str
    children: list["Node"] = field(default_factory=list)

    @property
    def everything(self) -> list["Node"]:
        """The node and all below it, top down."""
        return [self, *(below for child in self.children for below in child.everything)]


def tree(*, counted: bool = False) -> list[Node]:
    """The categories, siblings in their order; with `counted` the number of their products, which every product is read for."""
    found = Category.objects.all()
    if counted:
        found = found.annotate(product_count=Count("products", filter=Q(products__active=True)))
    below: dict[int | None, list[Category]] = defaultdict(list)
    for category in found:
        below[category.parent_id].append(category)
    return _nodes(below, None, depth=0, path="")


def _nodes(below: dict[int | None, list[Category]], parent: int | None, *, depth: int, path: str) -> list[Node]:
    ordered = sorted(below.get(parent, ()), key=lambda c: (c.position, _folded(c.name), c.pk))
    nodes = [Node(category, depth, f"{path} / {category.name}" if path else category.name) for category in ordered]
    for node in nodes:
        node.children = _nodes(below, node.category.pk, depth=depth + 1, path=node.path)
    return nodes


def flat() -> list[Node]:
    """The whole tree, top down."""
    return [node for top in tree() for node in top.everything]


def with_below(uuid: str) -> list[int]:
    """The key of a category and of everything below it; none where it is not there."""
    below: dict[int | None, list[int]] = defaultdict(list)
    found: list[int] = []
    for pk, parent, own in Category.objects.values_list("pk", "parent", "uuid"):
        below[parent].append(pk)
        if str(own) == uuid:
            found = [pk]
    for pk in found:
        found += below[pk]
    return found
