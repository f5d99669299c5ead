"""The tree of categories."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from inventory.folding import fold
from inventory.hooks import categories_changed, items_changed
from inventory.models import COLOURS, Category, Product, Variant
from smartpos.audit.services import record
from smartpos.db.locks import serialise, write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee


def create_category(
    *, by: Employee, name: str, colour: str, position: int | None = None, parent: Category | None = None, at: datetime
) -> Category:
    """Add a category; without a position it comes last among its siblings."""
    category = Category(business_id=by.business_id)
    return _put(category, name=name, colour=colour, position=position, parent=parent, action="category.created", at=at)


def update_category(
    category: Category,
    *,
    by: Employee,
    name: str,
    colour: str,
    position: int | None,
    parent: Category | None = None,
    at: datetime,
) -> Category:
    """Rename, recolour or move a category."""
    return _put(category, name=name, colour=colour, position=position, parent=parent, action="category.changed", at=at)


def arrange(parent: Category | None, ordered: Sequence[Category], *, by: Employee, at: datetime) -> None:
    """Put these under one parent in this order, before any sibling that is not named."""
    with write_transaction():
        _lock(by.business_id)
        tree = {c.pk: c for c in Category.objects.select_for_update()}
        above = tree.get(parent.pk) if parent else None
        moved = [tree[c.pk] for c in ordered if c.pk in tree]
        rest = [c for c in tree.values() if c.parent_id == (above.pk if above else None) and c not in moved]
        for category in moved:
            _check_parent(category, above, tree)
            category.parent = above
        _check_names([*moved, *rest])
        changed = []
        for position, category in enumerate([*moved, *sorted(rest, key=lambda c: (c.position, c.name))], start=1):
            category.position = position
            changed.append(category)
        Category.objects.bulk_update(changed, ["parent", "position"])
        data = {"parent": above.name if above else "", "order": [c.name for c in changed]}
        record("category.arranged", subject=f"category:{above.uuid if above else ''}", data=data, at=at)
        categories_changed(changed)


def delete_category(category: Category, *, by: Employee, to: Category | None, at: datetime) -> int:
    """Remove a category: its products go to another one or none, its subcategories one floor up. Answers how many products."""
    with write_transaction():
        _lock(by.business_id)
        tree = {c.pk: c for c in Category.objects.select_for_update()}
        gone = tree[category.pk]
        if to is not None and to.pk == gone.pk:
            raise DomainError(_("Choose another category."), field="to")
        above = tree.get(gone.parent_id) if gone.parent_id else None
        children = [c for c in tree.values() if c.parent_id == gone.pk]
        siblings = [c for c in tree.values() if c.parent_id == gone.parent_id and c.pk != gone.pk]
        _check_names([*siblings, *children])
        for child in children:
            child.parent = above
        Category.objects.bulk_update(children, ["parent"])
        moved = list(Variant.objects.filter(product__category=gone).select_related("product"))
        count = Product.objects.filter(category=gone).update(category=to)
        data = {"name": gone.name, "products": count, "to": to.name if to else ""}
        record("category.deleted", subject=f"category:{gone.uuid}", data=data, at=at)
        key = gone.pk
        gone.delete()
        items_changed(moved)
        categories_changed([*children, Category(pk=key, uuid=gone.uuid, business_id=gone.business_id)])
    return count


def _put(
    category: Category, *, name: str, colour: str, position: int | None, parent: Category | None, action: str, at: datetime
) -> Category:
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise DomainError(_("Give a name of at most 60 letters."), field="name")
    if colour not in COLOURS:
        raise DomainError(_("Choose one of the colours."), field="colour")
    with write_transaction():
        _lock(category.business_id)
        tree = {c.pk: c for c in Category.objects.select_for_update()}
        if category.pk:
            category = tree[category.pk]
        _check_parent(category, parent, tree)
        siblings = [c for c in tree.values() if c.parent_id == (parent.pk if parent else None) and c.pk != category.pk]
        if fold(name) in {fold(c.name) for c in siblings}:
            raise DomainError(_("There is a category with this name already."), field="name")
        category.name, category.colour, category.parent = name, colour, parent
        category.position = max((c.position for c in siblings), default=0) + 1 if position is None else position
        category.save()
        data = {"name": name, "colour": colour, "parent": parent.name if parent else "", "position": category.position}
        record(action, subject=f"category:{category.uuid}", data=data, at=at)
        categories_changed([category])
    return category


def _lock(business_id: int) -> None:
    """One hand at a time rearranges the tree: neither a ring nor two of a name can come of two that meet."""
    serialise(f"categories:{business_id}")


def _check_parent(category: Category, parent: Category | None, tree: dict[int, Category]) -> None:
    above = parent.pk if parent else None
    while above is not None:
        if above == category.pk:
            raise DomainError(_("A category cannot lie under itself."), field="parent")
        above = tree[above].parent_id


def _check_names(siblings: Sequence[Category]) -> None:
    seen: dict[str, Category] = {}
    for category in siblings:
        twin = seen.setdefault(fold(category.name), category)
        if twin is not category:
            raise DomainError(_("Two categories named %(name)s would lie side by side.") % {"name": category.name}, field="to")
