"""What holds in every store or in some: the part of a form that says where."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartpos.people.models import Store
from smartpos.web.forms import OfficeForm

EVERYWHERE, CHOSEN = "all", "chosen"


class PlacedForm(OfficeForm):
    """A form about a thing with a version that holds in stores; only who may act `everywhere` may leave them open."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    scope = forms.ChoiceField(
        label=_("Where"), choices=((EVERYWHERE, _("In every store, also in later ones")), (CHOSEN, _("In these stores"))),
        widget=forms.RadioSelect,
    )  # fmt: skip
    stores = forms.ModelMultipleChoiceField(
        label=_("Stores"), queryset=Store.everywhere.none(), required=False, to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, stores: Sequence[Store], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = stores
        self.fields["stores"].queryset = Store.objects.filter(pk__in=[store.pk for store in stores])  # type: ignore[attr-defined]
        if not everywhere:
            self.fields["scope"].choices = [choice for choice in self.fields["scope"].choices if choice[0] == CHOSEN]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What holds in some stores names them."""
        data = super().clean() or {}
        if data.get("scope") == CHOSEN and not data.get("stores"):
            self.add_error("stores", _("Choose at least one store."))
        return data

    def chosen_stores(self) -> Sequence[Store]:
        """The stores that were named; none means every one."""
        data = self.cleaned_data
        return list(data["stores"]) if data["scope"] == CHOSEN else ()

    @property
    def store_rows(self) -> list[tuple[Store, bool]]:
        """Each store and whether it is ticked."""
        ticked = {str(value) for value in self["stores"].value() or ()}
        return [(store, str(store.uuid) in ticked) for store in self.places]


def new_place(*, everywhere: bool) -> dict[str, Any]:
    """Where something new holds, before anybody chose."""
    return {"scope": EVERYWHERE if everywhere else CHOSEN, "stores": []}


def place_of(thing: Any) -> dict[str, Any]:
    """Where a thing holds now."""
    return {
        "scope": EVERYWHERE if thing.in_all_stores else CHOSEN,
        "stores": [str(link.store.uuid) for link in thing.store_links.all()],
    }
