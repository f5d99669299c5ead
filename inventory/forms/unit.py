"""The form of a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.models import Unit
from inventory.services.units import UnitInput
from smartpos.web.forms import NumberField, OfficeForm

DECIMALS = ((0, _("None: whole ones only")), (1, "0.0"), (2, "0.00"), (3, "0.000"))


class UnitForm(OfficeForm):
    """Name, abbreviation, decimals, and what one of it holds."""

    name = forms.CharField(label=_("Name"), max_length=40, widget=forms.TextInput(attrs={"placeholder": _("kilogram")}))
    abbreviation = forms.CharField(label=_("Abbreviation"), max_length=8, widget=forms.TextInput(attrs={"placeholder": "kg"}))
    decimals = forms.TypedChoiceField(
        label=_("Decimals"), choices=DECIMALS, coerce=int, help_text=_("Decides whether fractions are sold.")
    )
    abbreviated = forms.BooleanField(
        label=_("Write it beside quantities"),
        required=False,
        help_text=_("«0.350 kg» rather than «0.350». Pieces usually stand alone."),
    )
    factor = NumberField(label=_("One of it is"), places=3, shown=0, required=False)
    base = forms.ModelChoiceField(
        label=_("of"), queryset=Unit.everywhere.none(), required=False, to_field_name="uuid", empty_label=_("nothing else"),
        help_text=_("For example: a carton is 12 pieces, a gram is 0.001 kilograms."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Unit.objects.exclude(pk=unit.pk) if unit else Unit.objects.all()
        self.fields["base"].queryset = others.order_by("name", "pk")  # type: ignore[attr-defined]

    def given(self) -> UnitInput:
        """The unit as the service takes it."""
        return UnitInput(**{name: self.cleaned_data[name] for name in self.fields})
