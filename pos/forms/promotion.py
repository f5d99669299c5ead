"""The form of a promotion: how much, when, where, and the products, which are looked for and ticked."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from pos.forms.places import PlacedForm, new_place, place_of
from pos.models import Promotion
from pos.services.promotions import LONGEST_NAME, MOST_PERCENT, WALL, PromotionInput
from smartpos.ids import uuid7
from smartpos.web.forms import NumberField

WEEK = timedelta(days=6)
DAY = {"type": "date"}
TIME = {"type": "time"}


class PromotionForm(PlacedForm):
    """`known` are the products that the page offers: those chosen, and those found."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    percent = NumberField(label=_("Discount"), places=2, digits=3, shown=0)
    start_day = forms.DateField(label=_("Starts on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    start_time = forms.TimeField(label=_("Start time"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    end_day = forms.DateField(label=_("Ends on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    end_time = forms.TimeField(
        label=_("End time"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"), help_text=_("This minute is still in it.")
    )
    products = forms.ModelMultipleChoiceField(
        label=_("Products"), queryset=Product.everywhere.none(), to_field_name="uuid", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one product.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["products"].queryset = Product.objects.order_by("folded", "pk")  # type: ignore[attr-defined]

    def clean_percent(self) -> Decimal:
        """More than nothing, and not more than everything."""
        percent: Decimal = self.cleaned_data["percent"]
        if not 0 < percent <= MOST_PERCENT:
            raise forms.ValidationError(_("More than 0 and at most 100 per cent."))
        return percent

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        data = super().clean()
        whole = all(data.get(name) is not None for name in ("start_day", "start_time", "end_day", "end_time"))
        if whole and _wall(data["end_day"], data["end_time"]) <= _wall(data["start_day"], data["start_time"]):
            self.add_error("end_day", _("It must end after it starts."))
        return data

    def given(self) -> PromotionInput:
        """The promotion as the services take it."""
        data = self.cleaned_data
        return PromotionInput(
            name=data["name"], percent=data["percent"], starts=_wall(data["start_day"], data["start_time"]),
            ends=_wall(data["end_day"], data["end_time"]), products=list(data["products"]),
            stores=self.chosen_stores(),
        )  # fmt: skip

    @property
    def chosen_products(self) -> set[str]:
        """The ids of the products that are ticked."""
        return {str(value) for value in self["products"].value() or ()}


def _wall(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment.replace(second=0, microsecond=0))


def new_values(today: date, *, everywhere: bool) -> dict[str, Any]:
    """What stands in the form of a new one: a week from today on."""
    return {
        "uuid": uuid7(), "version": 0, "start_day": today, "start_time": time(0, 0), "end_day": today + WEEK,
        "end_time": time(23, 59), "products": [], **new_place(everywhere=everywhere),
    }  # fmt: skip


def values_of(promotion: Promotion) -> dict[str, Any]:
    """What a promotion is now."""
    starts, ends = (datetime.strptime(text, WALL) for text in (promotion.starts, promotion.ends))  # noqa: DTZ007 - wall clocks
    return {
        "uuid": promotion.uuid, "version": promotion.version, "name": promotion.name, "percent": promotion.percent,
        "start_day": starts.date(), "start_time": starts.time(), "end_day": ends.date(), "end_time": ends.time(),
        **place_of(promotion),
        "products": [str(uuid) for uuid in promotion.product_links.values_list("product__uuid", flat=True)],
    }  # fmt: skip


def typed_values(post: QueryDict) -> dict[str, Any]:
    """What somebody has typed so far, to be shown again unjudged."""
    many = {name: [text[:40] for text in post.getlist(name)] for name in ("products", "stores")}
    return {name: value[:200] for name, value in post.items() if isinstance(value, str) and name not in many} | many
