"""Rows of variants in the product form."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.forms.stores import StoreRows
from inventory.models import Product, Variant
from inventory.types import VariantInput
from smartpos.errors import DomainError
from smartpos.web.forms import NumberField, OfficeForm

MOST_ROWS = 100
BETWEEN_CODES = re.compile(r"[\s,;]+")


class VariantForm(OfficeForm):
    """One variant. Its name is asked for once there are two, its price may follow the product's."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    gone = forms.CharField(widget=forms.HiddenInput(attrs={"data-gone": ""}), required=False)
    name = forms.CharField(
        label=_("Variant name"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Small, Red, 0.5 l …")}),
    )
    price = NumberField(label=_("Own price"), required=False)
    sku = forms.CharField(label=_("SKU"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    barcode = forms.CharField(
        label=_("Barcode"), max_length=1200, required=False, help_text=_("Scan or type; several are separated by commas."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off", "data-behaviour": "barcode",
                "data-warning": _("Is {code} right? Its last digit should be {digit}."),
            }
        ),
    )  # fmt: skip
    cost = NumberField(label=_("Cost Price"), required=False)
    tracked = forms.BooleanField(label=_("Track Stock"), required=False)

    @property
    def is_gone(self) -> bool:
        """Whether the row was taken away on the page."""
        return bool(self.data.get(self.add_prefix("gone"), "") == "on")


class VariantRows:
    """The rows: how many, which are left, and what a refusal says about one of them."""

    prefix = "variants"

    def __init__(self, data: Mapping[str, Any] | None, *, product: Product | None) -> None:
        self.product = product
        initial = _initial(product)
        count = _count(data.get(f"{self.prefix}-count")) if data is not None else len(initial)
        self.count = max(1, count)
        self.rows = [
            VariantForm(data, prefix=f"{self.prefix}-{n}", initial=initial[n] if n < len(initial) else None, auto_id="id_%s")
            for n in range(self.count)
        ]
        self.empty = VariantForm(prefix=f"{self.prefix}-__prefix__", initial={"tracked": True})

    @property
    def left(self) -> list[VariantForm]:
        """The rows that were not taken away."""
        return [row for row in self.rows if not row.is_gone]

    def is_valid(self) -> bool:
        """Every row that is left."""
        return [row for row in self.left if not row.is_valid()] == [] and bool(self.left)

    def inputs(self, stores: StoreRows) -> list[VariantInput]:
        """The variants in the order of the page."""
        return [_input(row.cleaned_data, stores, alone=len(self.left) == 1) for row in self.left]

    def refuse(self, error: DomainError) -> bool:
        """Put a refusal beside the field of the row that it names; False when it names none."""
        match = re.fullmatch(r"variants-(\d+)-(\w+)", error.field)
        if match is None or int(match[1]) >= len(self.left):
            return False
        row = self.left[int(match[1])]
        row.add_error(match[2] if match[2] in row.fields else None, error.message)
        return True


def _count(text: Any) -> int:
    return min(int(text), MOST_ROWS) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 5 else 1


def _initial(product: Product | None) -> list[dict[str, Any]]:
    variants = [v for v in product.variants.all() if v.active] if product else []
    return [_fields(v) for v in sorted(variants, key=lambda v: (v.position, v.pk))] or [{"tracked": True}]


def _fields(variant: Variant) -> dict[str, Any]:
    codes = sorted(variant.barcodes.all(), key=lambda code: code.position)
    return {
        "uuid": variant.uuid, "name": variant.name, "price": variant.price, "sku": variant.sku, "cost": variant.cost,
        "barcode": ", ".join(code.code for code in codes), "tracked": variant.tracked,
    }  # fmt: skip


def _input(data: Mapping[str, Any], stores: StoreRows, *, alone: bool) -> VariantInput:
    """An only variant has no price of its own: the product's field is its price."""
    key: UUID | None = data["uuid"]
    codes = tuple(code for code in BETWEEN_CODES.split(data["barcode"]) if code)
    return VariantInput(
        uuid=key, name=data["name"], sku=data["sku"], barcodes=codes, price=None if alone else data["price"], cost=data["cost"],
        tracked=data["tracked"], stores=stores.of(key),
    )  # fmt: skip
