"""The plain product form: a name, a category, a tax profile, and one variant."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.models import Category, Product
from inventory.models.product import Unit
from inventory.types import VariantInput
from smartpos.taxes.models import TaxProfile


class ProductForm(forms.Form):
    """Checks the form's fields; the service checks the rules."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.everywhere.none(), required=False, to_field_name="uuid"
    )
    tax_profile = forms.ModelChoiceField(label=_("Tax"), queryset=TaxProfile.everywhere.none(), to_field_name="uuid")
    price = forms.DecimalField(label=_("Price"), min_value=Decimal(0), max_digits=13, decimal_places=4, localize=True)
    sku = forms.CharField(label=_("SKU"), max_length=60, required=False)
    barcode = forms.CharField(label=_("Barcode"), max_length=60, required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    tracked = forms.BooleanField(label=_("Count stock"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.order_by("position", "name")  # type: ignore[attr-defined]
        self.fields["tax_profile"].queryset = TaxProfile.objects.order_by("name")  # type: ignore[attr-defined]
        for field in self.fields.values():
            kind = "select" if isinstance(field.widget, forms.Select) else "input"
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", kind)

    def variants(self, product: Product | None) -> list[VariantInput]:
        """The form's variant, and the product's further ones as they are."""
        data = self.cleaned_data
        there = list(product.variants.filter(active=True).order_by("position")) if product else []
        own = VariantInput(
            uuid=there[0].uuid if there else None, name=there[0].name if there else "",
            sku=data["sku"], barcode=data["barcode"],
            price=data["price"], cost=there[0].cost if there else None, unit=data["unit"], tracked=data["tracked"],
        )  # fmt: skip
        others = [
            VariantInput(
                uuid=v.uuid, name=v.name, sku=v.sku or "", barcode=v.barcode or "", price=v.price, cost=v.cost, unit=v.unit,
                tracked=v.tracked,
            )
            for v in there[1:]
        ]  # fmt: skip
        return [own, *others]
