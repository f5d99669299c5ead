"""Many new products one after the other: only what each of them needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.forms.category import CategoryField
from inventory.models import Category, Unit
from inventory.selectors.categories import flat
from smartpos.errors import DomainError
from smartpos.taxes.models import TaxProfile
from smartpos.web.forms import NumberField, OfficeForm


class QuickForm(OfficeForm):
    """What stays from one to the next (category, tax, unit) comes first, then name, price and barcode; Enter saves."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    category = CategoryField(
        label=_("Category"), queryset=Category.everywhere.none(), required=False, empty_label=_("Uncategorised")
    )
    tax_profile = forms.ModelChoiceField(
        label=_("Tax Rate"), queryset=TaxProfile.everywhere.none(), to_field_name="uuid", empty_label=None
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.everywhere.none(), to_field_name="uuid", empty_label=None)
    name = forms.CharField(
        label=_("Product Name"), max_length=120, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"})
    )
    price = NumberField(label=_("Price"))
    barcode = forms.CharField(
        label=_("Barcode"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    KEPT = ("category", "tax_profile", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].offer(flat())  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.order_by("pk")  # type: ignore[attr-defined]
        self.fields["tax_profile"].queryset = TaxProfile.objects.filter(active=True).order_by("-default", "name", "pk")  # type: ignore[attr-defined]

    def refuse(self, error: DomainError) -> None:
        """The only variant's fields are the form's own."""
        field = error.field.rpartition("-")[2]
        super().refuse(DomainError(error.message, code=error.code, field=field))
        self.refused = error.status
