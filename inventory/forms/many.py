"""What is to happen to many products at once."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inventory.forms.category import CategoryField
from inventory.forms.modifier import DifferenceField
from inventory.models import Category
from inventory.selectors.categories import flat
from inventory.services.many import PriceRule
from smartpos.access.currency import money_format
from smartpos.people.models import Store
from smartpos.taxes.models import TaxProfile
from smartpos.web.forms import OfficeForm

ACTS = (
    ("price", _("Change prices")), ("category", _("Change category")), ("tax", _("Change tax")),
    ("availability", _("Change where they are sold")),
)  # fmt: skip
STEPS = ("0.01", "0.05", "0.1", "0.5", "1")


def steps() -> list[tuple[str, str]]:
    """What prices are rounded to, as the business writes it."""
    return [(step, money_format().number(Decimal(step), 2)) for step in STEPS]


class ManyForm(OfficeForm):
    """One act; only its own fields are asked for."""

    act = forms.ChoiceField(choices=ACTS, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("How"), required=False,
        choices=(("percent", _("By per cent")), ("amount", _("By an amount")), ("set", _("To a new price"))),
    )  # fmt: skip
    value = DifferenceField(label=_("How much"), required=False, help_text=_("With a minus in front: less. For example -5."))
    step = forms.ChoiceField(label=_("Rounded to"), choices=steps, required=False)
    category = CategoryField(
        label=_("Category"), queryset=Category.everywhere.none(), required=False, empty_label=_("Uncategorised")
    )
    tax = forms.ModelChoiceField(
        label=_("Tax Rate"), queryset=TaxProfile.everywhere.none(), required=False, to_field_name="uuid", empty_label=None
    )
    store = forms.ModelChoiceField(
        label=_("Store"), queryset=Store.everywhere.none(), required=False, to_field_name="uuid", empty_label=None
    )
    sold = forms.ChoiceField(label=_("Sold there"), choices=(("yes", _("Yes")), ("no", _("No, hide them"))), required=False)

    ASKED = {"price": ("kind", "value", "step"), "category": ("category",), "tax": ("tax",), "availability": ("store", "sold")}

    def __init__(self, *args: Any, stores: Sequence[Store], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].offer(flat())  # type: ignore[attr-defined]
        self.fields["tax"].queryset = TaxProfile.objects.filter(active=True).order_by("-default", "name", "pk")  # type: ignore[attr-defined]
        self.fields["store"].queryset = Store.objects.filter(pk__in=[store.pk for store in stores]).order_by("name", "pk")  # type: ignore[attr-defined]
        act = str(self["act"].value())
        self.asked = [self[name] for name in self.ASKED.get(act, ())]
        for name in self.ASKED.get(act, ()):
            if name != "category":
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """A new price is not negative, a per cent does not take more than all."""
        data = super().clean() or {}
        value = data.get("value")
        if value is not None and data.get("kind") == "set" and value < 0:
            self.add_error("value", _("This cannot be less than nought."))
        if value is not None and data.get("kind") == "percent" and not -100 <= value <= 1000:
            self.add_error("value", _("Between -100 and 1000 per cent."))
        return data

    def rule(self) -> PriceRule:
        """The price rule that was chosen."""
        data = self.cleaned_data
        return PriceRule(kind=data["kind"], value=data["value"], step=Decimal(data["step"]))
