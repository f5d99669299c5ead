"""What stores do differently, in the product form: a row for each store and variant."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.models import Product, Variant
from inventory.types import StoreInput
from smartpos.people.models import Store
from smartpos.web.forms import NumberField, OfficeForm


class StoreForm(OfficeForm):
    """A variant in a store; what is empty is as the business has it."""

    sold = forms.BooleanField(label=_("Sold here"), required=False)
    price = NumberField(label=_("Price here"), required=False)
    min_stock = NumberField(label=_("Minimum stock"), places=3, shown=0, required=False)
    max_stock = NumberField(label=_("Maximum stock"), places=3, shown=0, required=False)

    def __init__(self, *args: Any, store: Store, variant: Variant, **kwargs: Any) -> None:
        self.store, self.variant = store, variant
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A minimum above the maximum is refused beside it."""
        data = super().clean() or {}
        low, high = data.get("min_stock"), data.get("max_stock")
        if low is not None and high is not None and low > high:
            self.add_error("max_stock", _("The minimum lies above the maximum."))
        return data


class StoreRows:
    """The rows for the variants that are there; a new variant is everywhere as the business has it."""

    def __init__(self, data: Mapping[str, Any] | None, *, product: Product | None, stores: Sequence[Store]) -> None:
        variants = [v for v in product.variants.all() if v.active] if product else []
        variants.sort(key=lambda v: (v.position, v.pk))
        self.rows = [_row(data, store, variant) for store in stores for variant in variants] if len(stores) > 1 else []

    def is_valid(self) -> bool:
        """Every row."""
        return [row for row in self.rows if not row.is_valid()] == []

    def of(self, variant: UUID | None) -> tuple[StoreInput, ...]:
        """What the rows of a variant say; rows that the page did not have say nothing."""
        own = [row for row in self.rows if row.variant.uuid == variant and row.add_prefix("price") in row.data]
        return tuple(_input(row.store, row.cleaned_data) for row in own)


def _input(store: Store, data: Mapping[str, Any]) -> StoreInput:
    low, high = data["min_stock"], data["max_stock"]
    return StoreInput(store=store, hidden=not data["sold"], price=data["price"], min_stock=low, max_stock=high)


def _row(data: Mapping[str, Any] | None, store: Store, variant: Variant) -> StoreForm:
    item = next((item for item in variant.store_items.all() if item.store_id == store.pk), None)
    initial: dict[str, Any] = {"sold": True}
    if item is not None:
        initial = {"sold": not item.hidden, "price": item.price, "min_stock": item.min_stock, "max_stock": item.max_stock}
    prefix = f"stores-{store.uuid}-{variant.uuid}"
    return StoreForm(data, store=store, variant=variant, prefix=prefix, initial=initial)
