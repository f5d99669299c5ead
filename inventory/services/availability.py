"""Which variants a store sells, said from the store's side."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from inventory.hooks import items_changed
from inventory.models import Product, StoreItem, Variant
from smartpos.audit.services import record
from smartpos.db.locks import write_transaction
from smartpos.people.models import Employee, Store


def set_available(variants: Sequence[Variant], store: Store, *, available: bool, by: Employee, at: datetime) -> int:
    """Show or hide variants on the tills of one store; answers how many changed. Forms that are open elsewhere notice it."""
    keys = [variant.pk for variant in variants]
    with write_transaction():
        held = list(Product.objects.select_for_update().filter(variants__in=keys).order_by("pk"))
        there = {item.variant_id: item for item in StoreItem.objects.filter(store=store, variant__in=keys)}
        changed = [pk for pk in keys if (there[pk].hidden if pk in there else False) == available]
        for pk in changed:
            item = there.get(pk) or StoreItem(business_id=store.business_id, store=store, variant_id=pk)
            item.hidden = not available
            if (item.hidden, item.price, item.min_stock, item.max_stock) == (False, None, None, None):
                item.delete()
            else:
                item.save()
        if changed:
            Product.objects.filter(pk__in=[product.pk for product in held]).update(version=F("version") + 1)
            found = list(Variant.objects.filter(pk__in=changed).select_related("product").order_by("pk"))
            names = [variant.full_name for variant in found]
            action = "product.shown" if available else "product.hidden"
            record(action, subject=f"store:{store.uuid}", data={"store": store.name, "products": names[:50]}, at=at)
            items_changed(found)
    return len(changed)
