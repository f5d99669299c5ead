"""Tax rates, groups, planned changes and the calculator: the fields, and nothing that the service decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.taxes.models import TaxKind, TaxProfile, TaxRate
from smartpos.taxes.selectors import open_profiles, open_rates
from smartpos.web.forms import NumberField, OfficeForm

BASES = (("in", _("Included in the price")), ("on", _("Added on top")))


class PercentField(NumberField):
    """A percentage, to four decimals, written as short as it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(places=4, digits=3, shown=0, **kwargs)


class RateForm(OfficeForm):
    """One rate (FIN-09, C-11)."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("As it stands on receipts and in lists: PDV 17 %."))
    percent = PercentField(label=_("Rate"))
    kind = forms.ChoiceField(
        label=_("Type"), choices=TaxKind.choices, initial=TaxKind.STANDARD,
        help_text=_("Zero-rated goods are taxed at 0 %; exempt goods are not taxed at all. Fiscal receipts tell them apart."),
    )  # fmt: skip
    basis = forms.ChoiceField(label=_("Prices"), choices=BASES, initial="in", widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Code"), max_length=12, required=False,
        help_text=_("Short, printed beside each amount on receipts. Empty: made from the rate."),
    )  # fmt: skip
    priority = forms.IntegerField(
        label=_("Order"), min_value=0, max_value=99, initial=1, help_text=_("In a group the lower number comes first.")
    )
    compound = forms.BooleanField(
        label=_("Compound"), required=False, help_text=_("Reckoned on the price and on the taxes before it.")
    )
    default = forms.BooleanField(label=_("Default for new products"), required=False)

    def __init__(self, *args: Any, rate: TaxRate | None = None, sold: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rate is None:
            return
        self.fields["code"].required = True
        self.fields["code"].help_text = _("Short, printed beside each amount on receipts.")
        if rate.own_profile.default or not rate.active:
            del self.fields["default"]
        if sold:
            self.fields["percent"].disabled = True
            self.fields["percent"].help_text = _("Sold already at this percentage: plan a change below.")

    def terms(self) -> dict[str, Any]:
        """What the service calls them."""
        data = self.cleaned_data
        names = ("name", "code", "kind", "compound", "priority")
        return {**{name: data[name] for name in names}, "inclusive": data["basis"] == "in"}


def initial_of(rate: TaxRate) -> dict[str, Any]:
    """A rate as its form shows it."""
    return {
        "name": rate.name, "percent": rate.rate, "kind": rate.kind, "basis": "in" if rate.inclusive else "on", "code": rate.code,
        "priority": rate.priority, "compound": rate.compound,
    }  # fmt: skip


class ChangeForm(OfficeForm):
    """Another percentage from a day on."""

    percent = PercentField(label=_("New rate"))
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class GroupForm(OfficeForm):
    """A tax group: several rates on one product (FIN-13)."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Such as «State and city»."))
    rates = forms.ModelMultipleChoiceField(
        label=_("Rates"), queryset=TaxRate.everywhere.none(), to_field_name="uuid", widget=forms.CheckboxSelectMultiple
    )
    default = forms.BooleanField(label=_("Default for new products"), required=False)

    def __init__(self, *args: Any, group: TaxProfile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rates"].queryset = open_rates(group)  # type: ignore[attr-defined]
        if group is not None and (group.default or not group.active):
            del self.fields["default"]

    def ordered(self) -> list[TaxRate]:
        """The chosen rates in the order in which they are reckoned."""
        return sorted(self.cleaned_data["rates"], key=lambda rate: (rate.priority, rate.pk))


class CalculatorForm(OfficeForm):
    """An amount and what it is taxed with (FIN-14)."""

    amount = NumberField(label=_("Price"))
    tax = forms.ModelChoiceField(label=_("Tax"), queryset=TaxProfile.everywhere.none(), to_field_name="uuid", empty_label=None)

    def __init__(self, *args: Any, places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount = self.fields["amount"]
        assert isinstance(amount, NumberField)
        amount.places = amount.shown = places
        offered = open_profiles()
        tax = self.fields["tax"]
        tax.queryset = TaxProfile.objects.filter(active=True).order_by("-default", "name")  # type: ignore[attr-defined]
        tax.initial = offered[0].uuid if offered else None
