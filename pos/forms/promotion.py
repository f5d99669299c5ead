"""The form of a promotion: how much, when, where, and the products, which are looked for and ticked."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from inventory.models import Product
from pos.models import Promotion
from pos.services.promotions import LONGEST_NAME, MOST_PERCENT, WALL, PromotionInput
from smartpos.ids import uuid7
from smartpos.people.models import Store
from smartpos.web.forms import NumberField, OfficeForm

EVERYWHERE, CHOSEN = "all", "chosen"
WEEK = timedelta(days=6)
DAY = {"type": "date"}
TIME = {"type": "time"}


class PromotionForm(OfficeForm):
    """`known` are the products that the page offers: those chosen, and those found."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    percent = NumberField(label=_("Discount"), places=2, digits=3, shown=0)
    start_day = forms.DateField(label=_("Starts on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    start_time = forms.TimeField(label=_("Start time"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    end_day = forms.DateField(label=_("Ends on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    end_time = forms.TimeField(
        label=_("End time"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"), help_text=_("This minute is still in it.")
    )
    scope = forms.ChoiceField(
        label=_("Where"), choices=((EVERYWHERE, _("In every store, also in later ones")), (CHOSEN, _("In these stores"))),
        widget=forms.RadioSelect,
    )  # fmt: skip
    stores = forms.ModelMultipleChoiceField(
        label=_("Stores"), queryset=Store.everywhere.none(), required=False, to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    products = forms.ModelMultipleChoiceField(
        label=_("Products"), queryset=Product.everywhere.none(), to_field_name="uuid", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one product.")},
    )  # fmt: skip

    def __init__(self, *args: Any, stores: Sequence[Store], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = stores
        self.fields["stores"].queryset = Store.objects.filter(pk__in=[store.pk for store in stores])  # type: ignore[attr-defined]
        self.fields["products"].queryset = Product.objects.order_by("folded", "pk")  # type: ignore[attr-defined]
        if not everywhere:
            self.fields["scope"].choices = [choice for choice in self.fields["scope"].choices if choice[0] == CHOSEN]  # type: ignore[attr-defined]

    def clean_percent(self) -> Decimal:
        """More than nothing, and not more than everything."""
        percent: Decimal = self.cleaned_data["percent"]
        if not 0 < percent <= MOST_PERCENT:
            raise forms.ValidationError(_("More than 0 and at most 100 per cent."))
        return percent

    def clean(self) -> dict[str, Any]:
        """It ends after it starts, and what holds in some stores names them."""
        data = super().clean() or {}
        whole = all(data.get(name) is not None for name in ("start_day", "start_time", "end_day", "end_time"))
        if whole and _wall(data["end_day"], data["end_time"]) <= _wall(data["start_day"], data["start_time"]):
            self.add_error("end_day", _("It must end after it starts."))
        if data.get("scope") == CHOSEN and not data.get("stores"):
            self.add_error("stores", _("Choose at least one store."))
        return data

    def given(self) -> PromotionInput:
        """The promotion as the services take it."""
        data = self.cleaned_data
        return PromotionInput(
            name=data["name"], percent=data["percent"], starts=_wall(data["start_day"], data["start_time"]),
            ends=_wall(data["end_day"], data["end_time"]), products=list(data["products"]),
            stores=list(data["stores"]) if data["scope"] == CHOSEN else (),
        )  # fmt: skip

    @property
    def chosen_products(self) -> set[str]:
        """The ids of the products that are ticked."""
        return {str(value) for value in self["products"].value() or ()}

    @property
    def store_rows(self) -> list[tuple[Store, bool]]:
        """Each store and whether it is ticked."""
        ticked = {str(value) for value in self["stores"].value() or ()}
        return [(store, str(store.uuid) in ticked) for store in self.places]


def _wall(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment.replace(second=0, microsecond=0))


def new_values(today: date, *, everywhere: bool) -> dict[str, Any]:
    """What stands in the form of a new one: a week from today on."""
    return {
        "uuid": uuid7(), "version": 0, "start_day": today, "start_time": time(0, 0), "end_day": today + WEEK,
        "end_time": time(23, 59), "scope": EVERYWHERE if everywhere else CHOSEN, "products": [], "stores": [],
    }  # fmt: skip


def values_of(promotion: Promotion) -> dict[str, Any]:
    """What a promotion is now."""
    starts, ends = (datetime.strptime(text, WALL) for text in (promotion.starts, promotion.ends))  # noqa: DTZ007 - wall clocks
    return {
        "uuid": promotion.uuid, "version": promotion.version, "name": promotion.name, "percent": promotion.percent,
        "start_day": starts.date(), "start_time": starts.time(), "end_day": ends.date(), "end_time": ends.time(),
        "scope": EVERYWHERE if promotion.in_all_stores else CHOSEN,
        "stores": [str(link.store.uuid) for link in promotion.store_links.all()],
        "products": [str(uuid) for uuid in promotion.product_links.values_list("product__uuid", flat=True)],
    }  # fmt: skip


def typed_values(post: QueryDict) -> dict[str, Any]:
    """What somebody has typed so far, to be shown again unjudged."""
    many = {name: [text[:40] for text in post.getlist(name)] for name in ("products", "stores")}
    return {name: value[:200] for name, value in post.items() if isinstance(value, str) and name not in many} | many
